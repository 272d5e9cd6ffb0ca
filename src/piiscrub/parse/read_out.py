"""Digits read out and written down in Chinese numerals, with a mark at each pause: 幺三八，零零零零，五六七八.

Without pauses a run of numerals is folded to figures before anything looks at it; here are those with pauses. A long group
of them may have been folded all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_HAN = "〇零○一二三四五六七八九幺两洞拐勾"
_DIGITS = f"{_HAN}0-9"
_VALUES = str.maketrans(_HAN, "00012345678912079")
_NUMERAL = re.compile(f"[{_HAN}]")
_PAUSE = "(?:[,，、…—-]{1,2} ?| )"
_GROUP = f"[{_DIGITS}]{{2,8}}"
_RUN = re.compile(f"(?<![{_DIGITS}A-Za-z.]){_GROUP}(?:{_PAUSE}{_GROUP}){{1,6}}[Xx]?(?![{_DIGITS}A-Za-z])")


def read_out(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and figures of every number read out in two and more groups; no group is a single digit, as in 一、二、三.

    >>> text = "幺三八，零零零零，五六七八。一、二、三"
    >>> [(text[a:b], number) for a, b, number in read_out(text)]
    [('幺三八，零零零零，五六七八', '13800005678')]
    """
    for m in _RUN.finditer(text):
        if _NUMERAL.search(m.group()):
            yield *m.span(), re.sub("[^0-9Xx]", "", m.group().translate(_VALUES))
