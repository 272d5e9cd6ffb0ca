"""A US social security number damaged or read out behind its label: 536-9O-4399, my social is five three six ….

Nine digits that the agency gives out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Check
from piiscrub.parse.disguised import SPOKEN, behind, labels

_LABELS = ("SSN", "ssn", "ocial security number", "ocial Security Number", "ocial security", "y social", "r social")
NEEDS = SPOKEN
ODD_DIGITS = True


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every number so written.

    >>> text = "SSN: 536-9O-4399; SSN: 000-9O-4399"
    >>> [text[a:b] for a, b, *_ in find(text)]
    ['536-9O-4399']
    """
    from piiscrub.validators import us_ssn  # loaded with the first text that may hold one

    for start, end, number in behind(text, labels(_LABELS)):
        if us_ssn.is_valid(number):
            yield start, end, "disguised", "passed"
