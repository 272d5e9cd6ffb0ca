"""Insurance number of Austria (Versicherungsnummer): serial, check digit in the fourth place, date of birth.

Wraps ``stdnum.at.vnr``, which leaves the date alone: months 13 to 15 are in use. Confidence H.

>>> validate("1237 010180")
'1237010180'
>>> validate("1238 010180")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
"""

from __future__ import annotations

import re

from stdnum.at import vnr as _vnr

from piiscrub.validators._base import InvalidFormat, delegate, passes, strip

_FORM = re.compile(r"[1-9][0-9]{9}")


def compact(number: str) -> str:
    """Remove separators, write letters in upper case."""
    return strip(number, " ").upper()


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidComponent or InvalidChecksum."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    return delegate(_vnr.validate, number)


def is_valid(number: str) -> bool:
    """Whether form, date and check digit fit each other, as far as the number has them."""
    return passes(validate, number)
