"""Tax code of Italy (codice fiscale): six letters, date with a letter for the month, place, check letter; digits may be letters.

Wraps ``stdnum.it.codicefiscale``. Confidence H.

>>> validate("RSSMRA80A01H501U")
'RSSMRA80A01H501U'
>>> validate("RSSMRA80A01H501V")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
"""

from __future__ import annotations

import re

from stdnum.it import codicefiscale as _codicefiscale

from piiscrub.validators._base import InvalidFormat, delegate, passes, strip

_FORM = re.compile(r"[A-Z]{6}[0-9LMNP-V]{2}[A-EHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]")


def compact(number: str) -> str:
    """Remove separators, write letters in upper case."""
    return strip(number, " ").upper()


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidComponent or InvalidChecksum."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    return delegate(_codicefiscale.validate, number)


def is_valid(number: str) -> bool:
    """Whether form, date and check digit fit each other, as far as the number has them."""
    return passes(validate, number)
