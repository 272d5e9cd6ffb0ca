"""Identity number of Spain (DNI, or NIF beginning with K L M): eight places and a letter, modulo 23.

Wraps ``stdnum.es.nif``, which also takes the numbers of foreigners and companies. Confidence H.

>>> validate("12345678Z")
'12345678Z'
>>> validate("12345678A")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
"""

from __future__ import annotations

import re

from stdnum.es import nif as _nif

from piiscrub.validators._base import InvalidFormat, delegate, passes, strip

_FORM = re.compile(r"[0-9]{8}[A-Z]|[KLM][0-9]{7}[A-Z]")


def compact(number: str) -> str:
    """Remove separators, write letters in upper case."""
    return strip(number, " .-").upper()


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidComponent or InvalidChecksum."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    return delegate(_nif.validate, number)


def is_valid(number: str) -> bool:
    """Whether form, date and check digit fit each other, as far as the number has them."""
    return passes(validate, number)
