"""残疾人证号, number of the disability certificate of mainland China.

The identity number, category 1 to 7, grade 1 to 4, and for a re-issue B and its count. Confidence M.

>>> validate("11010119000101001411")
'11010119000101001411'
>>> is_valid("65010219051231777362B1")
True
>>> validate("11010119000101001481")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
>>> validate("11010119000101001511")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
"""

from __future__ import annotations

import re

from piiscrub.validators._base import InvalidFormat, passes, strip
from piiscrub.validators.cn_hmt_residence import validate_person

_FORM = re.compile(r"([0-9]{17}[0-9X])[1-7][1-4](?:B[0-9])?")


def compact(number: str) -> str:
    """Remove spaces and hyphens, write letters in upper case."""
    return strip(number).upper()


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidComponent or InvalidChecksum."""
    number = compact(number)
    match = _FORM.fullmatch(number)
    if not match:
        raise InvalidFormat
    validate_person(match[1])
    return number


def is_valid(number: str) -> bool:
    """Whether the identity number inside is valid, category and grade exist."""
    return passes(validate, number)
