"""Permanent Account Number of India: five letters (the fourth the kind of holder), four digits, a letter.

Wraps ``stdnum.in_.pan``. How the last letter is made is not public. Confidence H.

>>> validate("ACUPA7085R")
'ACUPA7085R'
>>> validate("ACUXA7085R")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: A part of the number names something that does not exist.
>>> validate("ACUPA0000R")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: A part of the number names something that does not exist.
"""

from __future__ import annotations

from stdnum.in_ import pan as _pan

from piiscrub.validators._base import delegate, passes, strip


def compact(number: str) -> str:
    """Remove spaces and hyphens, write letters in upper case."""
    return strip(number).upper()


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength or InvalidComponent."""
    return delegate(_pan.validate, compact(number))


def is_valid(number: str) -> bool:
    """Whether holder and serial are possible."""
    return passes(validate, number)
