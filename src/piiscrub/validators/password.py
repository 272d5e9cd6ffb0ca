"""Does a value look like a password that a person made up: six characters, a digit, no date, address or stand-in?

There is no rule to check; this only refuses what stands behind the word 密码 or password without being one. Confidence L.

>>> validate("Spring-1999")
'Spring-1999'
>>> validate("20260131")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: The value is a date.
>>> validate("changeme1")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: The value is a placeholder.
>>> validate("12345")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidLength: The number has an invalid length.
"""

from __future__ import annotations

import re

from piiscrub.validators._base import InvalidComponent, InvalidFormat, InvalidLength, passes
from piiscrub.validators.entropy import is_placeholder

_DATE = re.compile(r"(?:19|20)[0-9]{2}([-./]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12][0-9]|3[01])")
_VARIABLE = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
_ADDRESS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,5}){1,3}|[^@]+@[^@.]+(?:\.[0-9A-Za-z-]+)*\.[A-Za-z]{2,}")


def compact(number: str) -> str:
    """The value as it stands."""
    return number


def validate(number: str) -> str:
    """Return the value, or raise InvalidLength, InvalidFormat or InvalidComponent."""
    if not 6 <= len(number) <= 64:
        raise InvalidLength
    if not (number.isascii() and number.isprintable() and " " not in number and any(c.isdigit() for c in number)):
        raise InvalidFormat
    if is_placeholder(number) or _VARIABLE.fullmatch(number):
        raise InvalidComponent("The value is a placeholder.")
    if _DATE.fullmatch(number):
        raise InvalidComponent("The value is a date.")
    if _ADDRESS.fullmatch(number):
        raise InvalidComponent("The value is an address or a version.")
    return number


def is_valid(number: str) -> bool:
    """Whether a person might have made it up as a password."""
    return passes(validate, number)
