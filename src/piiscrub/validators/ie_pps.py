"""Personal public service number of Ireland: seven digits and one or two letters, weights modulo 23.

Wraps ``stdnum.ie.pps``. Confidence H.

>>> validate("1234567T")
'1234567T'
>>> validate("1234567U")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
"""

from __future__ import annotations

import re

from stdnum.ie import pps as _pps

from piiscrub.validators._base import InvalidFormat, delegate, passes, strip

_FORM = re.compile(r"[0-9]{7}[A-W][ABHTW]?")


def compact(number: str) -> str:
    """Remove separators, write letters in upper case."""
    return strip(number, " ").upper()


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidComponent or InvalidChecksum."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    return delegate(_pps.validate, number)


def is_valid(number: str) -> bool:
    """Whether form, date and check digit fit each other, as far as the number has them."""
    return passes(validate, number)
