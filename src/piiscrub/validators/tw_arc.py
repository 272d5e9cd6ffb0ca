"""外來人口統一證號, number of foreigners in Taiwan, form of 2 January 2021: a letter, 8 or 9, eight digits.

The check is that of the national number. Confidence H.

>>> validate("A800000014")
'A800000014'
>>> validate("A800000015")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("A700000014")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
"""

from __future__ import annotations

import re

from piiscrub.validators import tw_national_id
from piiscrub.validators._base import InvalidChecksum, InvalidFormat, passes

_FORM = re.compile(r"[A-Z][89][0-9]{8}")

compact = tw_national_id.compact


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat or InvalidChecksum."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    if tw_national_id.checksum(number[0], number[1:]):
        raise InvalidChecksum
    return number


def is_valid(number: str) -> bool:
    """Whether the check digit fits."""
    return passes(validate, number)
