"""National Provider Identifier of the United States (45 CFR 162): ten digits from 1 or 2, Luhn over 80840 and the number.

Confidence H. Not in python-stdnum.

>>> validate("1234567893")
'1234567893'
>>> validate("1234567894")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("3234567893")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
"""

from __future__ import annotations

from piiscrub.validators._base import InvalidChecksum, InvalidFormat, digits, passes, strip
from piiscrub.validators.luhn import checksum


def compact(number: str) -> str:
    """Remove spaces and hyphens."""
    return strip(number)


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength or InvalidChecksum."""
    number = digits(compact(number), 10)
    if number[0] not in "12":
        raise InvalidFormat
    if checksum("80840" + number):  # 80 health, 840 United States
        raise InvalidChecksum
    return number


def is_valid(number: str) -> bool:
    """Whether the check digit fits."""
    return passes(validate, number)
