"""Business Identifier Code of a bank (ISO 9362): institution, country, location, perhaps branch; no check digit.

Wraps ``stdnum.bic`` and its countries. Eight capital letters are often a word, so this needs context. Confidence H.

>>> validate("BKCHCNBJ")
'BKCHCNBJ'
>>> is_valid("BKCHZZBJ")
False
>>> validate("BKCHCNBJX")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidLength: The number has an invalid length.
"""

from __future__ import annotations

from stdnum import bic as _bic

from piiscrub.validators._base import InvalidLength, delegate, passes, strip


def compact(number: str) -> str:
    """Remove spaces and hyphens, write letters in upper case."""
    return strip(number).upper()


def validate(number: str) -> str:
    """Return the compact code, or raise InvalidFormat, InvalidLength or InvalidComponent."""
    number = compact(number)
    if len(number) not in (8, 11):
        raise InvalidLength
    return delegate(_bic.validate, number)


def is_valid(number: str) -> bool:
    """Whether form and country fit."""
    return passes(validate, number)
