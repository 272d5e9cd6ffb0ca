"""外国人永久居留证, foreign permanent resident card, forms of 2004 and 2017.

Three letters country, four digits area, yymmdd, two digits. How its check digit is made is not public, so only the
date is tested. Confidence M.

>>> validate("USA110000010112")
'USA110000010112'
>>> validate("USA110000130112")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: The date of birth does not exist.
>>> validate("US1100000101123")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
"""

from __future__ import annotations

from datetime import date

from piiscrub.validators._base import InvalidComponent, InvalidFormat, InvalidLength, passes, strip
from piiscrub.validators._dates import is_past


def compact(number: str) -> str:
    """Remove spaces and hyphens, write letters in upper case."""
    return strip(number).upper()


def validate(number: str, *, today: date | None = None) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength or InvalidComponent."""
    number = compact(number)
    if len(number) != 15:
        raise InvalidLength
    if not (number.isascii() and number[:3].isalpha() and number[3:].isdigit()):
        raise InvalidFormat
    if not (is_past("19" + number[7:13]) or is_past("20" + number[7:13], today=today)):
        raise InvalidComponent("The date of birth does not exist.")
    return number


def is_valid(number: str) -> bool:
    """Whether this can be the number of such a card."""
    return passes(validate, number)
