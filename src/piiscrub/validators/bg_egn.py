"""Civil number of Bulgaria (ЕГН): date of birth with 20 or 40 added to the month for other centuries, serial, weights modulo 11.

Wraps ``stdnum.bg.egn``. Confidence H.

>>> validate("0001010003")
'0001010003'
>>> validate("0001010004")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
"""

from __future__ import annotations

import re

from stdnum.bg import egn as _egn

from piiscrub.validators._base import InvalidFormat, delegate, passes, strip

_FORM = re.compile(r"[0-9]{10}")


def compact(number: str) -> str:
    """Remove separators, write letters in upper case."""
    return strip(number, " ").upper()


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidComponent or InvalidChecksum."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    return delegate(_egn.validate, number)


def is_valid(number: str) -> bool:
    """Whether form, date and check digit fit each other, as far as the number has them."""
    return passes(validate, number)
