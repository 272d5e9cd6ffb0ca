"""Unique Taxpayer Reference of the United Kingdom: ten digits, the first is the check digit.

Wraps ``stdnum.gb.utr``. Confidence H.

>>> validate("1955839661")
'1955839661'
>>> validate("2955839661")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("195583966")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidLength: The number has an invalid length.
"""

from __future__ import annotations

from stdnum.gb import utr as _utr

from piiscrub.validators._base import delegate, digits, passes, strip


def compact(number: str) -> str:
    """Remove spaces and hyphens."""
    return strip(number)


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength or InvalidChecksum."""
    return delegate(_utr.validate, digits(compact(number), 10))


def is_valid(number: str) -> bool:
    """Whether the check digit fits."""
    return passes(validate, number)
