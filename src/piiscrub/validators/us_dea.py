"""Registration number of the Drug Enforcement Administration of the United States: two letters, seven digits.

First letter: kind of registrant; second: initial of the surname, or 9. The last digit of d1+d3+d5 + 2(d2+d4+d6) is d7.
Confidence H.

>>> validate("AB1234563")
'AB1234563'
>>> validate("AB1234564")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("IB1234563")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
"""

from __future__ import annotations

import re

from piiscrub.validators._base import InvalidChecksum, InvalidFormat, passes, strip, weighted

_FORM = re.compile(r"[ABCDEFGHJKLMPRSTUX][A-Z9][0-9]{7}")


def compact(number: str) -> str:
    """Remove spaces and hyphens, write letters in upper case."""
    return strip(number).upper()


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat or InvalidChecksum."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    if weighted(number[2:], (1, 2, 1, 2, 1, 2)) % 10 != int(number[8]):
        raise InvalidChecksum
    return number


def is_valid(number: str) -> bool:
    """Whether the check digit fits."""
    return passes(validate, number)
