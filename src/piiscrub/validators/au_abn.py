"""Australian Business Number: eleven digits, the first two (11 to 99) are the check digits, modulo 89.

Wraps ``stdnum.au.abn``. Confidence H.

>>> validate("83 914 571 673")
'83914571673'
>>> validate("83 914 571 674")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("03 914 571 673")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
"""

from __future__ import annotations

from stdnum.au import abn as _abn

from piiscrub.validators._base import InvalidFormat, delegate, digits, passes, strip


def compact(number: str) -> str:
    """Remove spaces and hyphens."""
    return strip(number)


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength or InvalidChecksum."""
    number = digits(compact(number), 11)
    if number[0] == "0" or number.startswith("10"):
        raise InvalidFormat
    return delegate(_abn.validate, number)


def is_valid(number: str) -> bool:
    """Whether the check digits fit."""
    return passes(validate, number)
