"""香港身份證號碼, number of the Hong Kong identity card: one or two letters, six digits, check digit 0-9 or A in brackets.

Weights 9 to 2 over eight places (a missing letter counts 36), sum with the check digit divisible by 11. Confidence H.

The widely published specimen:

>>> validate("A123456(3)")
'A1234563'
>>> validate("A123456(4)")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("123456(3)")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
"""

from __future__ import annotations

import re

from piiscrub.validators._base import InvalidChecksum, InvalidFormat, passes, strip

_FORM = re.compile(r"([A-Z]{1,2})([0-9]{6})([0-9A])")


def compact(number: str) -> str:
    """Remove spaces, hyphens and brackets, write letters in upper case."""
    return strip(number, " -()（）").upper()


def check_digit(letters: str, serial: str) -> str:
    """The check digit of one or two letters and six digits.

    >>> check_digit("A", "123456")
    '3'
    """
    values = [36] * (2 - len(letters)) + [ord(letter) - 55 for letter in letters] + [int(digit) for digit in serial]
    return "0123456789A"[-sum(value * weight for value, weight in zip(values, range(9, 1, -1), strict=True)) % 11]


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat or InvalidChecksum."""
    number = compact(number)
    match = _FORM.fullmatch(number)
    if not match:
        raise InvalidFormat
    if check_digit(match[1], match[2]) != match[3]:
        raise InvalidChecksum
    return number


def is_valid(number: str) -> bool:
    """Whether the check digit fits."""
    return passes(validate, number)
