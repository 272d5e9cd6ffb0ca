"""Latitude and longitude in decimal degrees, three decimals (about 110 m) or more; latitude first. Confidence H.

>>> validate("39.904211, 116.407395")
'39.904211,116.407395'
>>> validate("91.000001,116.400000")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: Latitude or longitude is out of range.
>>> validate("39.9,116.4")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
"""

from __future__ import annotations

import re

from piiscrub.validators._base import InvalidComponent, InvalidFormat, passes, strip

_FORM = re.compile(r"([+-]?[0-9]{1,2}\.[0-9]{3,15}),([+-]?[0-9]{1,3}\.[0-9]{3,15})")


def compact(number: str) -> str:
    """Remove spaces, write the full-width comma as a plain one."""
    return strip(number, " ").replace("，", ",")


def validate(number: str) -> str:
    """Return the compact pair, or raise InvalidFormat or InvalidComponent."""
    number = compact(number)
    match = _FORM.fullmatch(number)
    if not match:
        raise InvalidFormat
    if abs(float(match[1])) > 90 or abs(float(match[2])) > 180:
        raise InvalidComponent("Latitude or longitude is out of range.")
    return number


def is_valid(number: str) -> bool:
    """Whether both lie on Earth and are fine enough to find a person."""
    return passes(validate, number)
