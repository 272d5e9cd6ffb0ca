"""First-generation identity number of 15 digits (GB 11643-1989), still common in old tables.

Six digits division, yymmdd of the 1900s, three digits order. It has no check digit, so 1.3 % of all 15-digit numbers
pass. Confidence H for the form.

>>> validate("110101000101001")
'110101000101001'
>>> validate("110101001301001")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: The date of birth does not exist.
>>> validate("190101000101001")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: No province has these first two digits.
>>> to_18("110101000101001")
'110101190001010014'
"""

from __future__ import annotations

from piiscrub.reference.divisions import provinces
from piiscrub.validators import cn_id_card
from piiscrub.validators._base import InvalidComponent, digits, strip
from piiscrub.validators._dates import is_past


def compact(number: str) -> str:
    """Remove spaces and hyphens."""
    return strip(number)


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength or InvalidComponent."""
    number = digits(compact(number), 15)
    if number[:2] not in provinces():
        raise InvalidComponent("No province has these first two digits.")
    if not is_past("19" + number[6:12]):
        raise InvalidComponent("The date of birth does not exist.")
    return number


def is_valid(number: str) -> bool:
    """Whether this can be a 15-digit identity number."""
    if len(number) != 15:
        number = compact(number)
    return (
        len(number) == 15 and number.isascii() and number.isdigit() and number[:2] in provinces() and is_past("19" + number[6:12])
    )


def to_18(number: str) -> str:
    """The 18-character number of the same person; raises as ``validate`` does."""
    number = validate(number)
    body = f"{number[:6]}19{number[6:]}"
    return body + cn_id_card.check_character(body)
