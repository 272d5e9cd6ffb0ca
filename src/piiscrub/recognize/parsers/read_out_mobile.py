"""A mobile number of the mainland read out in Chinese numerals with pauses: 幺三八，零零零零，五六七八.

Transcripts of calls put a mark at each pause. Eleven digits of an assigned segment are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Check
from piiscrub.parse.read_out import read_out
from piiscrub.validators import cn_mobile

NEEDS = ("幺", *("一" + digit for digit in "三四五六七八九"))


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every number so written.

    >>> text = "我的是幺三八，零零零零，五六七八，谢谢"
    >>> [text[a:b] for a, b, *_ in find(text)]
    ['幺三八，零零零零，五六七八']
    """
    for start, end, number in read_out(text):
        if cn_mobile.is_valid(number):
            yield start, end, "read out", "passed"
