"""Digits read out and written down as words, with a mark at each pause: 幺三八，零零零零，五六七八; oh double seven.

Without pauses a run of Chinese numerals is folded to figures before anything looks at it; here are those with pauses. A long
group of them may have been folded all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from piiscrub.text.folding import HAN_TABLE
from piiscrub.text.late import late

_HAN = "〇零○一二三四五六七八九幺两洞拐勾"
_DIGITS = f"{_HAN}0-9"
_NUMERAL = late(f"[{_HAN}]")
_PAUSE = "(?:[,，、…—-]{1,2} ?| )"
_GROUP = f"[{_DIGITS}]{{2,8}}"
_RUN = late(f"(?<![{_DIGITS}A-Za-z.]){_GROUP}(?:{_PAUSE}{_GROUP}){{1,6}}[Xx]?(?![{_DIGITS}A-Za-z])")


def read_out(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and figures of every number read out in two and more groups; no group is a single digit, as in 一、二、三.

    >>> text = "幺三八，零零零零，五六七八。一、二、三"
    >>> [(text[a:b], number) for a, b, number in read_out(text)]
    [('幺三八，零零零零，五六七八', '13800005678')]
    """
    for m in _RUN.finditer(text):
        if _NUMERAL.search(m.group()):
            yield *m.span(), re.sub("[^0-9Xx]", "", m.group().translate(HAN_TABLE))


DIGIT_WORDS = {word: str(value) for value, word in enumerate("zero one two three four five six seven eight nine".split())} | {
    "oh": "0"
}
TIMES = {"double": 2, "triple": 3}
SPOKEN = (
    " oh ", " oh,", "Oh ", "zero", "Zero", "-oh", "ouble ", "riple ", "one one", "one-one", "two two", "three three", "four four",
    "five five", "six six", "seven seven", "eight eight", "nine nine",
)  # fmt: skip
"""A number of ten digits without any of these, so without a zero and without two alike in a row, is rare."""

_WORD = rf"(?:(?:{'|'.join(TIMES)})[ -])?(?:{'|'.join(DIGIT_WORDS)})"
_SPELLED = late(
    rf"(?<![A-Za-z])(?<![A-Za-z]-){_WORD}(?:(?:, |-|\.{{2,3}} ?| |,? (?:uh|um|er|erm),? ){_WORD}){{5,19}}(?![A-Za-z])",
    re.IGNORECASE,
)


def read_out_in_english(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and figures of every row of six and more digits written as English words.

    >>> text = "it's oh double seven, double oh, nine double oh four six one"
    >>> [number for _, _, number in read_out_in_english(text)]
    ['07700900461']
    """
    for m in _SPELLED.finditer(text):
        digits, times = "", 1
        for word in re.findall("[a-z]+", m.group().lower()):
            if word in TIMES:
                times = TIMES[word]
            elif word in DIGIT_WORDS:  # and no filler
                digits += DIGIT_WORDS[word] * times
                times = 1
        yield *m.span(), digits


def is_american(number: str) -> bool:
    """Whether ten digits, or eleven with the 1 of the country, are a number as North America gives them out."""
    digits = number[1:] if len(number) == 11 and number[0] == "1" else number
    return len(digits) == 10 and digits[0] not in "01" and digits[3] not in "01"
