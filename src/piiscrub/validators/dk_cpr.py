"""Civil registration number of Denmark (CPR): date of birth and four digits; no check digit since 2007.

Wraps ``stdnum.dk.cpr``. Confidence M.

>>> validate("010100-0000")
'0101000000'
>>> validate("320100-0000")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: A part of the number names something that does not exist.
"""

from __future__ import annotations

import re

from stdnum.dk import cpr as _cpr

from piiscrub.validators._base import InvalidFormat, delegate, passes, strip

_FORM = re.compile(r"[0-9]{10}")


def compact(number: str) -> str:
    """Remove separators, write letters in upper case."""
    return strip(number, " -").upper()


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidComponent or InvalidChecksum."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    return delegate(_cpr.validate, number)


def is_valid(number: str) -> bool:
    """Whether form, date and check digit fit each other, as far as the number has them."""
    return passes(validate, number)
