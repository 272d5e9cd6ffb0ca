"""组织机构代码, organisation code of mainland China (GB 11714-1997): eight characters, check character.

Weights 3 7 9 10 5 8 4 2, letters count from A = 10; 11 less the sum modulo 11, 10 written X, 11 written 0. Confidence H.

>>> validate("MA000000-7")
'MA0000007'
>>> validate("MA000000-0")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("MA00000-1")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
"""

from __future__ import annotations

import re

from piiscrub.validators._base import InvalidChecksum, InvalidFormat, passes, strip

_FORM = re.compile(r"[0-9A-Z]{8}[0-9X]")


def compact(number: str) -> str:
    """Remove spaces and hyphens, write letters in upper case."""
    return strip(number).upper()


def check_character(body: str) -> str:
    """The check character of eight digits or letters.

    >>> check_character("60003734")
    '1'
    """
    total = sum(int(sign, 36) * weight for sign, weight in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    return "0123456789X"[-total % 11]


def validate(number: str) -> str:
    """Return the compact code, or raise InvalidFormat or InvalidChecksum."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    if check_character(number[:8]) != number[8]:
        raise InvalidChecksum
    return number


def is_valid(number: str) -> bool:
    """Whether the check character fits."""
    return passes(validate, number)
