"""Citizen service number of the Netherlands (BSN): weights 9 to 2 and -1, modulo 11.

Wraps ``stdnum.nl.bsn``. Confidence H.

>>> validate("111222333")
'111222333'
>>> validate("111222334")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
"""

from __future__ import annotations

import re

from stdnum.nl import bsn as _bsn

from piiscrub.validators._base import InvalidFormat, delegate, passes, strip

_FORM = re.compile(r"[0-9]{9}")


def compact(number: str) -> str:
    """Remove separators, write letters in upper case."""
    return strip(number, " .").upper()


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidComponent or InvalidChecksum."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    return delegate(_bsn.validate, number)


def is_valid(number: str) -> bool:
    """Whether form, date and check digit fit each other, as far as the number has them."""
    return passes(validate, number)
