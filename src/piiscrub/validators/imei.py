"""International Mobile Equipment Identity (3GPP TS 23.003): 15 digits, the last a Luhn check digit.

Wraps ``stdnum.imei``, which also takes 14 digits (no check digit) and 16 (IMEISV, none either). Confidence H.

>>> validate("49-015420-323751-8")
'490154203237518'
>>> validate("490154203237517")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("49015420323751")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidLength: The number has an invalid length.
"""

from __future__ import annotations

from stdnum import imei as _imei

from piiscrub.validators._base import delegate, digits, passes, strip


def compact(number: str) -> str:
    """Remove spaces and hyphens."""
    return strip(number)


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength or InvalidChecksum."""
    return delegate(_imei.validate, digits(compact(number), 15))


def is_valid(number: str) -> bool:
    """Whether the check digit fits."""
    return passes(validate, number)
