"""Tax identification number of Germany (IdNr): ISO 7064 MOD 11,10; of the first ten digits one or two stand more than once.

Wraps ``stdnum.de.idnr``. Confidence H.

>>> validate("86 095 742 719")
'86095742719'
>>> validate("86 095 742 718")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
"""

from __future__ import annotations

import re

from stdnum.de import idnr as _idnr

from piiscrub.validators._base import InvalidFormat, delegate, passes, strip

_FORM = re.compile(r"[1-9][0-9]{10}")


def compact(number: str) -> str:
    """Remove separators, write letters in upper case."""
    return strip(number, " /").upper()


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidComponent or InvalidChecksum."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    return delegate(_idnr.validate, number)


def is_valid(number: str) -> bool:
    """Whether form, date and check digit fit each other, as far as the number has them."""
    return passes(validate, number)
