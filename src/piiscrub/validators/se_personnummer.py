"""Personal number of Sweden: date of birth, + from the hundredth birthday on, serial, Luhn.

Wraps ``stdnum.se.personnummer``. Confidence H.

>>> validate("19000101-0008")
'19000101-0008'
>>> validate("19000101-0009")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
"""

from __future__ import annotations

import re

from stdnum.se import personnummer as _personnummer

from piiscrub.validators._base import InvalidFormat, delegate, passes, strip

_FORM = re.compile(r"(?:[0-9]{2})?[0-9]{6}[-+]?[0-9]{4}")


def compact(number: str) -> str:
    """Remove separators, write letters in upper case."""
    return strip(number, " ").upper()


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidComponent or InvalidChecksum."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    delegate(_personnummer.validate, number)
    return number


def is_valid(number: str) -> bool:
    """Whether form, date and check digit fit each other, as far as the number has them."""
    return passes(validate, number)
