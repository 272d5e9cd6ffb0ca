"""Tax File Number of Australia: nine digits, weights 1 4 3 7 5 8 6 9 10, divisible by 11.

Wraps ``stdnum.au.tfn``, which also takes the eight digits of long ago. Confidence H.

>>> validate("123 456 782")
'123456782'
>>> validate("123 456 783")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("12345678")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidLength: The number has an invalid length.
"""

from __future__ import annotations

from stdnum.au import tfn as _tfn

from piiscrub.validators._base import delegate, digits, passes, strip


def compact(number: str) -> str:
    """Remove spaces and hyphens."""
    return strip(number)


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength or InvalidChecksum."""
    return delegate(_tfn.validate, digits(compact(number), 9))


def is_valid(number: str) -> bool:
    """Whether the check digit fits."""
    return passes(validate, number)
