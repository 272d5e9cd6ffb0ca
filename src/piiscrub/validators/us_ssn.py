"""Social Security Number of the United States: area, group, serial; no check digit (Social Security Administration).

Area not 000, 666 or 9xx, group not 00, serial not 0000; four numbers from advertisements and forms are known to be
nobody's. Confidence H. Own code because every nine-digit run comes through here.

>>> validate("536-90-4399")
'536904399'
>>> validate("666-12-3456")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: Area, group or serial is never issued.
>>> validate("078-05-1120")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: The number is a published specimen.
>>> validate("536-90-439")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidLength: The number has an invalid length.
"""

from __future__ import annotations

from piiscrub.validators._base import InvalidComponent, digits, strip

_SPECIMENS = frozenset({"078051120", "219099999", "457555462", "123456789"})


def compact(number: str) -> str:
    """Remove spaces and hyphens."""
    return strip(number)


def _issued(number: str) -> bool:
    return number[0] != "9" and number[:3] not in ("000", "666") and number[3:5] != "00" and number[5:] != "0000"


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength or InvalidComponent."""
    number = digits(compact(number), 9)
    if not _issued(number):
        raise InvalidComponent("Area, group or serial is never issued.")
    if number in _SPECIMENS:
        raise InvalidComponent("The number is a published specimen.")
    return number


def is_valid(number: str) -> bool:
    """Whether such a number can have been issued."""
    if len(number) != 9:
        number = compact(number)
    return len(number) == 9 and number.isascii() and number.isdigit() and _issued(number) and number not in _SPECIMENS
