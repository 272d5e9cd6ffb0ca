"""NHS number of England, Wales and the Isle of Man: ten digits, weights 10 to 2, modulo 11.

Wraps ``stdnum.gb.nhs``. Confidence H.

>>> validate("943 476 5870")
'9434765870'
>>> validate("943 476 5871")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("943 476 587")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidLength: The number has an invalid length.
"""

from __future__ import annotations

from stdnum.gb import nhs as _nhs

from piiscrub.validators._base import delegate, digits, passes, strip


def compact(number: str) -> str:
    """Remove spaces and hyphens."""
    return strip(number)


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength or InvalidChecksum."""
    return delegate(_nhs.validate, digits(compact(number), 10))


def is_valid(number: str) -> bool:
    """Whether the check digit fits."""
    return passes(validate, number)
