"""Social security number of Greece (AMKA): date of birth, serial, Luhn.

Wraps ``stdnum.gr.amka``. Confidence H.

>>> validate("01010000006")
'01010000006'
>>> validate("01010000007")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
"""

from __future__ import annotations

import re

from stdnum.gr import amka as _amka

from piiscrub.validators._base import InvalidFormat, delegate, passes, strip

_FORM = re.compile(r"[0-9]{11}")


def compact(number: str) -> str:
    """Remove separators, write letters in upper case."""
    return strip(number, " ").upper()


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidComponent or InvalidChecksum."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    return delegate(_amka.validate, number)


def is_valid(number: str) -> bool:
    """Whether form, date and check digit fit each other, as far as the number has them."""
    return passes(validate, number)
