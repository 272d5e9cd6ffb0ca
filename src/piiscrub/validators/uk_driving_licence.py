"""Driver number of Great Britain (DVLA): surname, decade, month (plus 50 for women), day, year, initials, three more.

The surname fills five places, 9 where it is shorter. The check characters are not public. Confidence H for the form.

>>> validate("MORGA657054SM9IJ")
'MORGA657054SM9IJ'
>>> validate("MORGA671054SM9IJ")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
>>> validate("99999657054SM9IJ")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
"""

from __future__ import annotations

import re

from piiscrub.validators._base import InvalidFormat, InvalidLength, passes, strip

_FORM = re.compile(
    r"[A-Z]{1,5}9{0,4}[0-9](?:0[1-9]|1[0-2]|5[1-9]|6[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9][A-Z9]{2}[A-Z0-9][A-Z]{2}"
)


def compact(number: str) -> str:
    """Remove spaces, write letters in upper case."""
    return strip(number, " ").upper()


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat or InvalidLength."""
    number = compact(number)
    if len(number) != 16:
        raise InvalidLength
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    return number


def is_valid(number: str) -> bool:
    """Whether month, day and the rest are possible."""
    return passes(validate, number)
