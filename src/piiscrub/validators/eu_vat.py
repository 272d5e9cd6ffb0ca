"""VAT number of a member state of the European Union, or XI for Northern Ireland: two letters and the number of the country.

Wraps ``stdnum.eu.vat``. Confidence H.

>>> validate("DE123456788")
'DE123456788'
>>> validate("DE123456789")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
"""

from __future__ import annotations

import re

from stdnum.eu import vat as _vat

from piiscrub.validators._base import InvalidFormat, delegate, passes, strip

_FORM = re.compile(r"[A-Z]{2}[0-9A-Z+*]{7,13}")


def compact(number: str) -> str:
    """Remove separators, write letters in upper case."""
    return strip(number, " .-").upper()


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidComponent or InvalidChecksum."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    delegate(_vat.validate, number)
    return number


def is_valid(number: str) -> bool:
    """Whether form, date and check digit fit each other, as far as the number has them."""
    return passes(validate, number)
