"""外來人口統一證號, number of foreigners in Taiwan, form before 2021: a letter, A to D, eight digits; valid until 1 January 2031.

The second letter counts as the last digit of its value, then the check of the national number. Confidence H.

>>> validate("AC01234567")
'AC01234567'
>>> validate("AC01234568")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("AE01234567")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
"""

from __future__ import annotations

import re

from piiscrub.validators import tw_national_id
from piiscrub.validators._base import InvalidChecksum, InvalidFormat, passes

_FORM = re.compile(r"[A-Z][A-D][0-9]{8}")

compact = tw_national_id.compact


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat or InvalidChecksum."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    # A to D are worth 10 to 13
    if tw_national_id.checksum(number[0], f"{'ABCD'.index(number[1])}{number[2:]}"):
        raise InvalidChecksum
    return number


def is_valid(number: str) -> bool:
    """Whether the check digit fits."""
    return passes(validate, number)
