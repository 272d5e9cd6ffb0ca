"""Birth number of the Czech Republic and Slovakia (rodné číslo): month + 50 for women, serial; ten digits divide by 11.

Wraps ``stdnum.cz.rc``; nine digits, given until 1953, have no check digit. Confidence H.

>>> validate("530101/0000")
'5301010000'
>>> validate("530101/0001")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
"""

from __future__ import annotations

import re

from stdnum.cz import rc as _rc

from piiscrub.validators._base import InvalidFormat, delegate, passes, strip

_FORM = re.compile(r"[0-9]{9,10}")


def compact(number: str) -> str:
    """Remove separators, write letters in upper case."""
    return strip(number, " /").upper()


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidComponent or InvalidChecksum."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    return delegate(_rc.validate, number)


def is_valid(number: str) -> bool:
    """Whether form, date and check digit fit each other, as far as the number has them."""
    return passes(validate, number)
