"""國民身分證統一編號, identity number of Taiwan: a letter, 1 or 2, eight digits, the last a check digit.

The letter stands for two digits; weights 1 9 8 7 6 5 4 3 2 1 1, sum divisible by 10. Confidence H.

The widely published specimen:

>>> validate("A123456789")
'A123456789'
>>> validate("A123456788")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("A323456789")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
"""

from __future__ import annotations

import re

from piiscrub.validators._base import InvalidChecksum, InvalidFormat, passes, strip, weighted

_FORM = re.compile(r"[A-Z][12][0-9]{8}")
# The letters in the order of their values, which begin at 10
LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"


def compact(number: str) -> str:
    """Remove spaces and hyphens, write letters in upper case."""
    return strip(number).upper()


def checksum(letter: str, digits: str) -> int:
    """The sum modulo 10 over the letter and the nine digits; 0 for a right number.

    >>> checksum("A", "123456789")
    0
    """
    return weighted(f"{LETTERS.index(letter) + 10}{digits}", (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)) % 10


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat or InvalidChecksum."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    if checksum(number[0], number[1:]):
        raise InvalidChecksum
    return number


def is_valid(number: str) -> bool:
    """Whether the check digit fits."""
    return passes(validate, number)
