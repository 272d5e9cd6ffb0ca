"""A ZIP code read out behind its label: the zip code is nine oh two one oh.

Five digits in words are anything; the label makes them one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Check
from piiscrub.parse.disguised import behind, labels
from piiscrub.parse.read_out import SPOKEN

_LABELS = ("zip code", "Zip code", "ZIP code", "Zip Code", "zipcode", "zip", "Zip", "ZIP")
NEEDS = SPOKEN
_DIGITS = (5, 9)


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every code so read out, in words.

    >>> text = "And the zip code? Caller: nine oh two one oh. zip 90210, zip code nine oh two"
    >>> [text[a:b] for a, b, *_ in find(text)]
    ['nine oh two one oh']
    """
    for start, end, number in behind(text, labels(_LABELS)):
        if len(number) in _DIGITS and number.isdigit() and text[start].isalpha() and text[end - 1].isalpha():
            yield start, end, "read out", "none"
