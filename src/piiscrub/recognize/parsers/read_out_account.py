"""The number of an account read out behind its label: the account number is four three nine five eight one two zero.

Six to twelve digits that are no plain figures; what an account number is differs from bank to bank, so the label decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Check
from piiscrub.parse.disguised import SPOKEN, behind, labels

_LABELS = ("ccount number", "ccount no", "account is", "acct number", "ort code", "outing number")
NEEDS = SPOKEN
_SHORTEST, _LONGEST = 6, 12  # digits


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every number so read out, in words.

    >>> text = "what's the account number? Customer: it's four three nine five eight one two zero"
    >>> [text[a:b] for a, b, *_ in find(text)]
    ['four three nine five eight one two zero']
    """
    done = 0  # the same row without words at its end comes as well
    for start, end, number in behind(text, labels(_LABELS)):
        in_words = any(c.isalpha() for c in text[start:end])
        if start >= done and _SHORTEST <= len(number) <= _LONGEST and number.isdigit() and in_words:
            yield start, end, "read out", "none"
            done = end
