"""Personal identification number of Croatia (OIB): ISO 7064 MOD 11,10.

Wraps ``stdnum.hr.oib``. Confidence H.

>>> validate("12345678903")
'12345678903'
>>> validate("12345678904")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
"""

from __future__ import annotations

import re

from stdnum.hr import oib as _oib

from piiscrub.validators._base import InvalidFormat, delegate, passes, strip

_FORM = re.compile(r"[0-9]{11}")


def compact(number: str) -> str:
    """Remove separators, write letters in upper case."""
    return strip(number, " -").upper()


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidComponent or InvalidChecksum."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    return delegate(_oib.validate, number)


def is_valid(number: str) -> bool:
    """Whether form, date and check digit fit each other, as far as the number has them."""
    return passes(validate, number)
