"""Individual Taxpayer Identification Number of the United States: 9xx, group 50-65, 70-88, 90-92 or 94-99, serial.

``stdnum.us.itin`` lacks the groups 50 to 65, hence own code. No check digit. Confidence M.

>>> validate("912-70-1234")
'912701234'
>>> validate("912-93-1234")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: The group is never issued.
>>> validate("812-70-1234")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
"""

from __future__ import annotations

from piiscrub.validators._base import InvalidComponent, InvalidFormat, digits, passes, strip

_GROUPS = frozenset([*range(50, 66), *range(70, 89), *range(90, 93), *range(94, 100)])


def compact(number: str) -> str:
    """Remove spaces and hyphens."""
    return strip(number)


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength or InvalidComponent."""
    number = digits(compact(number), 9)
    if number[0] != "9":
        raise InvalidFormat
    if int(number[3:5]) not in _GROUPS:
        raise InvalidComponent("The group is never issued.")
    return number


def is_valid(number: str) -> bool:
    """Whether the group is one that is issued."""
    return passes(validate, number)
