"""Personal identity code of Finland (henkilötunnus): date, sign of the century, serial, one of 31 signs.

Wraps ``stdnum.fi.hetu``. Confidence H.

>>> validate("131052-308T")
'131052-308T'
>>> validate("131052-308U")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
"""

from __future__ import annotations

import re

from stdnum.fi import hetu as _hetu

from piiscrub.validators._base import InvalidFormat, delegate, passes, strip

_FORM = re.compile(r"[0-9]{6}[-+ABCDEFYXWVU][0-9]{3}[0-9A-Y]")


def compact(number: str) -> str:
    """Remove separators, write letters in upper case."""
    return strip(number, " ").upper()


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidComponent or InvalidChecksum."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    return delegate(_hetu.validate, number)


def is_valid(number: str) -> bool:
    """Whether form, date and check digit fit each other, as far as the number has them."""
    return passes(validate, number)
