"""Ages in English words: ``thirty-five years old``, ``a seventy-two-year-old woman``, ``aged forty``, ``age: thirty five``.

With its unit the whole of it is the finding; without one, the number behind a word for age. What is aged twelve years in oak is
no person, and from ten to twelve is anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Check
from piiscrub.text.late import late

# Numbers, since nearly every text is years old; those below ten count with their unit only.
NEEDS = (
    "wenty", "hirty", "orty", "ifty", "ixty", "eventy", "ighty", "inety", "teen", "aged ten", "leven", "welve",
    "year-old", "years old",
)  # fmt: skip

_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = f"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:{_ONES}))?"
_UNIT = late(r"[ -]years?[ -](?:old|of age)(?![A-Za-z])")
_BEFORE = late(rf"(?<![A-Za-z])(?<![A-Za-z]-)(?:{_TENS}|{_TEENS}|{_ONES})\Z", re.IGNORECASE)
_LABELLED = late(
    rf"(?<![A-Za-z])(?:[Aa]ge(?:d|: | of):? ?|turned (?=[a-z-]{{3,7}}(?:[ -][a-z]{{3,5}})?(?:[.,;!?)\n]|\Z)))"
    rf"(?P<age>{_TENS}|{_TEENS})(?![A-Za-z-])"
    r"(?! (?:to|or|and|years?|months?|weeks?|days?|hundred|thousand|minutes?|times?|pages?)(?![a-z]))"
)
_LONGEST = 18  # characters of a number below a hundred, with what stands before


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every age so written.

    >>> text = "A seventy-two-year-old woman, aged forty; whisky aged twelve years"
    >>> [text[a:b] for a, b, *_ in find(text)]
    ['seventy-two-year-old', 'forty']
    """
    for unit in _UNIT.finditer(text):
        if number := _BEFORE.search(text, max(0, unit.start() - _LONGEST), unit.start()):
            yield number.start(), unit.end(), "unit", "none"
    for m in _LABELLED.finditer(text):
        yield *m.span("age"), "label", "none"
