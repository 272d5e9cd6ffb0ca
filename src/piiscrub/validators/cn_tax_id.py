"""纳税人识别号, taxpayer number of mainland China, in the forms that are made of other numbers.

15 characters: division and organisation code; 18: social credit code or identity number; 20: identity number and two
digits. Confidence M.

>>> validate("110101MA0000007")
'110101MA0000007'
>>> is_valid("91110101MA0000007T"), is_valid("11010119000101001401")
(True, True)
>>> validate("990101MA0000007")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: No province has these first two digits.
>>> validate("110101MA000000")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidLength: The number has an invalid length.
"""

from __future__ import annotations

from piiscrub.reference.divisions import provinces
from piiscrub.validators import cn_org_code, cn_uscc
from piiscrub.validators._base import InvalidComponent, InvalidFormat, InvalidLength, passes, strip
from piiscrub.validators.cn_hmt_residence import validate_person


def compact(number: str) -> str:
    """Remove spaces and hyphens, write letters in upper case."""
    return strip(number).upper()


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength, InvalidComponent or InvalidChecksum."""
    number = compact(number)
    if len(number) == 15:
        if not (number.isascii() and number[:6].isdigit()):
            raise InvalidFormat
        if number[:2] not in provinces():
            raise InvalidComponent("No province has these first two digits.")
        cn_org_code.validate(number[6:])
    elif len(number) == 20:
        if not number[18:].isdigit():
            raise InvalidFormat
        validate_person(number[:18])
    elif len(number) == 18:
        if not cn_uscc.is_valid(number):
            validate_person(number)
    else:
        raise InvalidLength
    return number


def is_valid(number: str) -> bool:
    """Whether this is one of the forms and its parts fit."""
    return passes(validate, number)
