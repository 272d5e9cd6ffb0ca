"""Medicare card number of Australia: from 2 to 6, eight digits, check digit, issue, perhaps the person on the card.

Weights 1 3 7 9 1 3 7 9, modulo 10, is the ninth digit. Confidence H. Not in python-stdnum.

>>> validate("2123 45670 1")
'2123456701'
>>> validate("2123 45671 1")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("1123 45670 1")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
"""

from __future__ import annotations

from piiscrub.validators._base import InvalidChecksum, InvalidFormat, digits, passes, strip, weighted


def compact(number: str) -> str:
    """Remove spaces, hyphens and slashes."""
    return strip(number, " -/")


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength or InvalidChecksum."""
    number = digits(compact(number), 10, 11)
    if number[0] not in "23456":
        raise InvalidFormat
    if weighted(number, (1, 3, 7, 9, 1, 3, 7, 9)) % 10 != int(number[8]):
        raise InvalidChecksum
    return number


def is_valid(number: str) -> bool:
    """Whether the check digit fits."""
    return passes(validate, number)
