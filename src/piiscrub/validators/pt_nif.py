"""Tax number of Portugal (NIF): weights 9 to 2 modulo 11.

Wraps ``stdnum.pt.nif``. Confidence H.

>>> validate("123456789")
'123456789'
>>> validate("123456788")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
"""

from __future__ import annotations

import re

from stdnum.pt import nif as _nif

from piiscrub.validators._base import InvalidFormat, delegate, passes, strip

_FORM = re.compile(r"[1-9][0-9]{8}")


def compact(number: str) -> str:
    """Remove separators, write letters in upper case."""
    return strip(number, " ").upper()


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidComponent or InvalidChecksum."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    return delegate(_nif.validate, number)


def is_valid(number: str) -> bool:
    """Whether form, date and check digit fit each other, as far as the number has them."""
    return passes(validate, number)
