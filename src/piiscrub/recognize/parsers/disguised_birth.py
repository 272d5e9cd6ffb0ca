"""A date of birth with letters for its digits, as text recognition reads them, behind its label: O2/14/l988.

The calendar decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Check
from piiscrub.text.late import late

NEEDS = ("OO",)  # letters alone, as in OO/l4; what else is damaged so shows by odd digits
ODD_DIGITS = True

_DATE = late(
    r"(?:DOB|D\.O\.B\.|[Bb]irth(?:day|date)?|[Bb]orn|出生(?:日期)?|生日)(?: on| is)?[ :：=是]{0,3}"
    r"(?P<date>(?=[0-9/.-]{0,9}[OolI])[0-9OolI]{1,4}(?P<sign>[-/.])[0-9OolI]{1,2}(?P=sign)[0-9OolI]{1,4})(?![0-9A-Za-z])"
)
_DIGITS = str.maketrans("OolI", "0011")


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every date so damaged.

    >>> text = "DOB: O2/14/l988, born 02/14/1988, DOB l3/l3/1988"
    >>> [text[a:b] for a, b, *_ in find(text)]
    ['O2/14/l988']
    """
    from piiscrub.validators import birth_date  # loaded with the first text that may hold one

    for m in _DATE.finditer(text):
        if birth_date.is_valid(m["date"].translate(_DIGITS)):
            yield *m.span("date"), "letters for digits", "passed"
