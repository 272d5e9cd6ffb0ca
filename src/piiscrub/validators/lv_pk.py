"""Personal code of Latvia (personas kods): date of birth or 32, serial, weights modulo 11.

Wraps ``stdnum.lv.pvn``, which also takes the numbers of companies. Confidence H.

>>> validate("010100-10005")
'01010010005'
>>> validate("010100-10006")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
"""

from __future__ import annotations

import re

from stdnum.lv import pvn as _pvn

from piiscrub.validators._base import InvalidFormat, delegate, passes, strip

_FORM = re.compile(r"[0-3][0-9]{10}")


def compact(number: str) -> str:
    """Remove separators, write letters in upper case."""
    return strip(number, " -").upper()


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidComponent or InvalidChecksum."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    return delegate(_pvn.validate, number)


def is_valid(number: str) -> bool:
    """Whether form, date and check digit fit each other, as far as the number has them."""
    return passes(validate, number)
