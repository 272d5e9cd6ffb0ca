"""营业执照注册号, registration number of a business in mainland China (GS 15-2006): 15 digits.

Six digits authority (100000 is the national one), eight digits sequence, check digit of ISO 7064 MOD 11,10 by
``stdnum.iso7064``. The older numbers of 13 digits have no check and are not taken. Confidence H for the check, M else.

>>> validate("110101000000010")
'110101000000010'
>>> validate("110101000000011")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("190101000000010")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: No authority has these first digits.
"""

from __future__ import annotations

from stdnum.iso7064 import mod_11_10

from piiscrub.reference.divisions import provinces
from piiscrub.validators._base import InvalidComponent, delegate, digits, passes, strip


def compact(number: str) -> str:
    """Remove spaces and hyphens."""
    return strip(number)


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength, InvalidComponent or InvalidChecksum."""
    number = digits(compact(number), 15)
    if number[:2] not in provinces() and not number.startswith("100000"):
        raise InvalidComponent("No authority has these first digits.")
    return delegate(mod_11_10.validate, number)


def is_valid(number: str) -> bool:
    """Whether authority and check digit fit."""
    return passes(validate, number)
