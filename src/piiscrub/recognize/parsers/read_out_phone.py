"""A phone number written as English words, as somebody says it: three oh three, five five five, oh one nine one.

Ten digits as North America gives them out, ten or eleven that begin with a zero, as in Britain, or eleven of a segment of the
mainland. Fewer are a count-down, an amount or a code.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Check
from piiscrub.parse.read_out import SPOKEN, is_american, read_out_in_english

NEEDS = SPOKEN


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every number so written.

    >>> text = "Sure, it's three oh three, five five five, oh one nine one. One two three four five six seven"
    >>> [text[a:b] for a, b, *_ in find(text)]
    ['three oh three, five five five, oh one nine one']
    """
    from piiscrub.validators import cn_mobile  # loaded with the first text that may hold one

    for start, end, number in read_out_in_english(text):
        if (
            is_american(number)
            or cn_mobile.is_valid(number)
            or (number[0] == "0" and number[1] != "0" and len(number) in (10, 11))
        ):
            yield start, end, "read out", "none"
