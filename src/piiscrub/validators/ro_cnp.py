"""Personal number of Romania (CNP): sex and century, date of birth, county, serial, weights modulo 11.

Wraps ``stdnum.ro.cnp``. Confidence H.

>>> validate("1000101400007")
'1000101400007'
>>> validate("1000101400008")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
"""

from __future__ import annotations

import re

from stdnum.ro import cnp as _cnp

from piiscrub.validators._base import InvalidFormat, delegate, passes, strip

_FORM = re.compile(r"[1-9][0-9]{12}")


def compact(number: str) -> str:
    """Remove separators, write letters in upper case."""
    return strip(number, " ").upper()


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidComponent or InvalidChecksum."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    return delegate(_cnp.validate, number)


def is_valid(number: str) -> bool:
    """Whether form, date and check digit fit each other, as far as the number has them."""
    return passes(validate, number)
