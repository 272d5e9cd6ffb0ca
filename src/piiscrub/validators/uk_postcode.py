"""Postcode of the United Kingdom (BS 7666): outward part by the letter rules of each place, inward digit and two letters.

Confidence H.

>>> validate("SW1A 1AA")
'SW1A1AA'
>>> validate("SW1A 1CI")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
>>> validate("Q1 1AA")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
"""

from __future__ import annotations

import re

from piiscrub.validators._base import InvalidFormat, passes, strip

_FORM = re.compile(
    r"GIR0AA|[A-PR-UWYZ](?:[0-9][ABCDEFGHJKPSTUW]?|[0-9]{2}|[A-HK-Y][0-9][ABEHMNPRVWXY]?|[A-HK-Y][0-9]{2})[0-9][ABD-HJLNP-UW-Z]{2}"
)


def compact(number: str) -> str:
    """Remove spaces, write letters in upper case."""
    return strip(number, " ").upper()


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    return number


def is_valid(number: str) -> bool:
    """Whether each place holds a sign it may hold."""
    return passes(validate, number)
