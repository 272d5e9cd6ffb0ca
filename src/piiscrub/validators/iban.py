"""International Bank Account Number (ISO 13616): country, length and structure there, MOD 97-10 check digits 02 to 98.

Wraps ``stdnum.iban``, which also accepts the check digits 00, 01 and 99 that the standard never yields. Confidence H.

>>> validate("GB82 WEST 1234 5698 7654 32")
'GB82WEST12345698765432'
>>> validate("GB83 WEST 1234 5698 7654 32")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("DE00 5001 0517 0000 0000 01")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digits lie outside 02 to 98.
>>> is_valid("GB82 WEST 1234 5698 7654")
False
"""

from __future__ import annotations

from stdnum import iban as _iban

from piiscrub.validators._base import InvalidChecksum, InvalidFormat, InvalidLength, delegate, passes, strip


def compact(number: str) -> str:
    """Remove spaces and hyphens, write letters in upper case."""
    return strip(number).upper()


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength, InvalidComponent or InvalidChecksum."""
    number = compact(number)
    if not 15 <= len(number) <= 34:
        raise InvalidLength
    if not (number.isascii() and number.isalnum() and number[:2].isalpha() and number[2:4].isdigit()):
        raise InvalidFormat
    if not 2 <= int(number[2:4]) <= 98:
        raise InvalidChecksum("The check digits lie outside 02 to 98.")
    # The national check digits inside are left alone: a missed account is worse than a false alarm.
    return delegate(lambda value: _iban.validate(value, check_country=False), number)


def is_valid(number: str) -> bool:
    """Whether country, structure and check digits fit each other."""
    return passes(validate, number)
