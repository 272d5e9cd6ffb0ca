r"""An IBAN whose line breaks in the middle, behind its label: IBAN: GB82 WEST\n1234 5698 7654 32.

The country says how long it is, and the check digits decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Check
from piiscrub.text.late import late

NEEDS = ("IBAN",)

_ROW = late(r"IBAN(?: is)?[ :：=]{0,3}(?P<row>[A-Z]{2}[0-9]{2}(?:[ -]?(?:\r?\n)?[0-9A-Z]){11,30})")
_LENGTHS = range(15, 35)


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    r"""Every such number; one on a line of its own is the pattern's.

    >>> text = "IBAN: GB82 WEST\n1234 5698 7654 32, IBAN GB82 WEST 1234 5698 7654 32"
    >>> [text[a:b] for a, b, *_ in find(text)]
    ['GB82 WEST\n1234 5698 7654 32']
    """
    from piiscrub.validators import iban  # loaded with the first text that may hold one

    for m in _ROW.finditer(text):
        if "\n" in m["row"]:
            start = m.start("row")
            places = [at for at, ch in enumerate(m["row"], start) if ch.isalnum()]
            for length in _LENGTHS:
                if length <= len(places) and iban.is_valid("".join(text[at] for at in places[:length])):
                    end = places[length - 1] + 1
                    if not text[end : end + 1].isalnum():
                        yield start, end, "broken line", "passed"
                    break
