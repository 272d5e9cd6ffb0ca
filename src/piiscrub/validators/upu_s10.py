"""Postal item number (UPU S10): service, eight digits, check digit, country.

Weights 8 6 4 2 3 5 9 7; 11 less the sum modulo 11, 10 written 0, 11 written 5. Confidence H. The numbers of private
carriers have no public check.

>>> validate("EA 00000000 5 CN")
'EA000000005CN'
>>> validate("EA000000006CN")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("EA00000005CN")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
"""

from __future__ import annotations

import re

from piiscrub.validators._base import InvalidChecksum, InvalidFormat, passes, strip, weighted

_FORM = re.compile(r"[A-Z]{2}[0-9]{9}[A-Z]{2}")


def compact(number: str) -> str:
    """Remove spaces and hyphens, write letters in upper case."""
    return strip(number).upper()


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat or InvalidChecksum."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    # by remainder 0 to 10: 11 less it, with 11 written 5 and 10 written 0
    if "50987654321"[weighted(number[2:], (8, 6, 4, 2, 3, 5, 9, 7)) % 11] != number[10]:
        raise InvalidChecksum
    return number


def is_valid(number: str) -> bool:
    """Whether the check digit fits."""
    return passes(validate, number)
