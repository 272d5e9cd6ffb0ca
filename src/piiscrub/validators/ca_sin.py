"""Social Insurance Number of Canada: nine digits, not from 0 or 8, Luhn.

Wraps ``stdnum.ca.sin``. Confidence H.

>>> validate("123-456-782")
'123456782'
>>> validate("123-456-783")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("812-345-678")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: A part of the number names something that does not exist.
"""

from __future__ import annotations

from stdnum.ca import sin as _sin

from piiscrub.validators._base import delegate, digits, passes, strip


def compact(number: str) -> str:
    """Remove spaces and hyphens."""
    return strip(number)


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength, InvalidComponent or InvalidChecksum."""
    return delegate(_sin.validate, digits(compact(number), 9))


def is_valid(number: str) -> bool:
    """Whether the check digit fits."""
    return passes(validate, number)
