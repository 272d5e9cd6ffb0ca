"""Social security number of France (NIR, INSEE): sex, year, month, place, serial; 97 minus the rest modulo 97.

Wraps ``stdnum.fr.nir``. Confidence H.

>>> validate("2 69 05 49 588 157 80")
'269054958815780'
>>> validate("2 69 05 49 588 157 81")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
"""

from __future__ import annotations

import re

from stdnum.fr import nir as _nir

from piiscrub.validators._base import InvalidFormat, delegate, passes, strip

_FORM = re.compile(r"[1-478][0-9]{2}(?:0[1-9]|1[0-2]|[2-4][0-9]|[5-9][0-9])(?:[0-9]{2}|2[AB])[0-9]{8}")


def compact(number: str) -> str:
    """Remove separators, write letters in upper case."""
    return strip(number, " .-").upper()


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidComponent or InvalidChecksum."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    return delegate(_nir.validate, number)


def is_valid(number: str) -> bool:
    """Whether form, date and check digit fit each other, as far as the number has them."""
    return passes(validate, number)
