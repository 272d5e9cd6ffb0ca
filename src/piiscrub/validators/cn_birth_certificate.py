"""出生医学证明编号, number of the medical certificate of birth of mainland China: a letter (edition) and nine digits.

The first two digits look like the province code. Confidence H for the form, M for the province.

>>> validate("X110000001")
'X110000001'
>>> validate("X990000001")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: No province has these first two digits.
>>> validate("XX32000001")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
"""

from __future__ import annotations

import re

from piiscrub.reference.divisions import provinces
from piiscrub.validators._base import InvalidComponent, InvalidFormat, passes, strip

_FORM = re.compile(r"[A-Z][0-9]{9}")


def compact(number: str) -> str:
    """Remove spaces and hyphens, write the letter in upper case."""
    return strip(number).upper()


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat or InvalidComponent."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    if number[1:3] not in provinces():
        raise InvalidComponent("No province has these first two digits.")
    return number


def is_valid(number: str) -> bool:
    """Whether form and province fit."""
    return passes(validate, number)
