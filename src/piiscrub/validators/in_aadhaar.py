"""Aadhaar number of India: twelve digits, not from 0 or 1, no palindrome, Verhoeff check digit.

Wraps ``stdnum.in_.aadhaar``. Confidence H.

>>> validate("2341 2341 2346")
'234123412346'
>>> validate("2341 2341 2347")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("123412341234")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
"""

from __future__ import annotations

from stdnum.in_ import aadhaar as _aadhaar

from piiscrub.validators._base import delegate, digits, passes, strip


def compact(number: str) -> str:
    """Remove spaces and hyphens."""
    return strip(number)


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength or InvalidChecksum."""
    return delegate(_aadhaar.validate, digits(compact(number), 12))


def is_valid(number: str) -> bool:
    """Whether the check digit fits."""
    return passes(validate, number)
