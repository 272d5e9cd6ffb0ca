"""NRIC and FIN of Singapore: S, T (citizens), F, G, M (foreigners, M since 2022), seven digits, check letter.

Weights 2 7 6 5 4 3 2, plus 4 for T and G, plus 3 for M, modulo 11. Confidence H. Not in python-stdnum.

>>> validate("S1234567D")
'S1234567D'
>>> validate("S1234567E")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("X1234567D")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
"""

from __future__ import annotations

import re

from piiscrub.validators._base import InvalidChecksum, InvalidFormat, passes, strip, weighted

_FORM = re.compile(r"[STFGM][0-9]{7}[A-Z]")
# first letter: what it adds to the sum, and the check letters by remainder
_LETTERS = {
    "S": (0, "JZIHGFEDCBA"),
    "T": (4, "JZIHGFEDCBA"),
    "F": (0, "XWUTRQPNMLK"),
    "G": (4, "XWUTRQPNMLK"),
    "M": (3, "XWUTRQPNJLK"),
}


def compact(number: str) -> str:
    """Remove spaces and hyphens, write letters in upper case."""
    return strip(number).upper()


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat or InvalidChecksum."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    start, letters = _LETTERS[number[0]]
    if letters[(start + weighted(number[1:], (2, 7, 6, 5, 4, 3, 2))) % 11] != number[8]:
        raise InvalidChecksum
    return number


def is_valid(number: str) -> bool:
    """Whether the check letter fits."""
    return passes(validate, number)
