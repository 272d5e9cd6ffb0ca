"""Medicare Beneficiary Identifier of the United States (CMS): 11 places, letters without S L O I B Z; no check digit.

Confidence H.

>>> validate("1EG4-TE5-MK73")
'1EG4TE5MK73'
>>> validate("1SG4-TE5-MK73")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
>>> validate("0EG4TE5MK73")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
"""

from __future__ import annotations

import re

from piiscrub.validators._base import InvalidFormat, passes, strip

_L = "[AC-HJKMNP-RT-Y]"
_E = "[0-9AC-HJKMNP-RT-Y]"
_FORM = re.compile(rf"[1-9]{_L}{_E}[0-9]{_L}{_E}[0-9]{_L}{_L}[0-9]{{2}}")


def compact(number: str) -> str:
    """Remove spaces and hyphens, write letters in upper case."""
    return strip(number).upper()


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    return number


def is_valid(number: str) -> bool:
    """Whether each place holds a sign it may hold."""
    return passes(validate, number)
