"""全国学籍号, national student number of mainland China: G, L or J and the identity number. Confidence M.

>>> validate("G110101190001010014")
'G110101190001010014'
>>> validate("X110101190001010014")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
>>> validate("G110101190001010015")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
"""

from __future__ import annotations

from piiscrub.validators._base import InvalidFormat, passes, strip
from piiscrub.validators.cn_hmt_residence import validate_person


def compact(number: str) -> str:
    """Remove spaces and hyphens, write letters in upper case."""
    return strip(number).upper()


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength, InvalidComponent or InvalidChecksum."""
    number = compact(number)
    if not number.startswith(("G", "L", "J")):
        raise InvalidFormat
    validate_person(number[1:])
    return number


def is_valid(number: str) -> bool:
    """Whether the identity number inside is valid."""
    return passes(validate, number)
