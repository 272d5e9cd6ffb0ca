"""A date all in English words, as somebody says it: the fourteenth of March nineteen sixty-eight.

The year in words tells it from the fourteenth of March of any year. Beside a word for birth it is date_of_birth's as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Check
from piiscrub.text.late import late

NEEDS = ("nineteen ", "Nineteen ", "two thousand", "twenty twen", "twenty ten", "twenty oh", "nineteen-")

_DAY = (
    r"(?:(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth"
    r"|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|[0-3]?[0-9](?:st|nd|rd|th))"
)
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TWO = (
    rf"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:{_ONES}))?|oh[ -](?:{_ONES})|hundred"
    r"|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
)
_YEAR = (
    rf"(?:nineteen[ -]{_TWO}|twenty[ -](?:oh[ -](?:{_ONES})|ten|[a-z]{{3,5}}teen|eleven|twelve|twenty(?:[ -](?:{_ONES}))?)"
    rf"|two thousand(?:(?: and)? (?:{_ONES}|{_TWO}))?)"
)
_DATE = late(rf"(?:{_DAY} (?:of |day of )?{_MONTH}|{_MONTH} (?:the )?{_DAY}),? (?:in )?{_YEAR}(?![A-Za-z-])", re.IGNORECASE)
_EDGE = late(r"(?<![A-Za-z0-9-])")


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every date so said.

    >>> text = "it's the fourteenth of March nineteen sixty-eight, May twenty-first two thousand and four; in nineteen sixty"
    >>> [text[a:b] for a, b, *_ in find(text)]
    ['fourteenth of March nineteen sixty-eight', 'May twenty-first two thousand and four']
    """
    for m in _DATE.finditer(text):
        if _EDGE.match(text, m.start()):
            yield *m.span(), "in words", "none"
