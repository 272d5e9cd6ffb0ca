"""Australian Company Number: nine digits, weights 8 to 1, modulo 10.

Wraps ``stdnum.au.acn``. Confidence H.

>>> validate("004 085 616")
'004085616'
>>> validate("004 085 617")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("00408561")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidLength: The number has an invalid length.
"""

from __future__ import annotations

from stdnum.au import acn as _acn

from piiscrub.validators._base import delegate, digits, passes, strip


def compact(number: str) -> str:
    """Remove spaces and hyphens."""
    return strip(number)


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength or InvalidChecksum."""
    return delegate(_acn.validate, digits(compact(number), 9))


def is_valid(number: str) -> bool:
    """Whether the check digit fits."""
    return passes(validate, number)
