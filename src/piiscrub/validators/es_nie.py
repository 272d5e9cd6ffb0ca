"""Number of foreigners in Spain (NIE): X Y or Z, seven digits and a letter, modulo 23.

Wraps ``stdnum.es.nie``. Confidence H.

>>> validate("X0000000T")
'X0000000T'
>>> validate("X0000000R")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
"""

from __future__ import annotations

import re

from stdnum.es import nie as _nie

from piiscrub.validators._base import InvalidFormat, delegate, passes, strip

_FORM = re.compile(r"[XYZ][0-9]{7}[A-Z]")


def compact(number: str) -> str:
    """Remove separators, write letters in upper case."""
    return strip(number, " .-").upper()


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidComponent or InvalidChecksum."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    return delegate(_nie.validate, number)


def is_valid(number: str) -> bool:
    """Whether form, date and check digit fit each other, as far as the number has them."""
    return passes(validate, number)
