"""车辆识别代号, vehicle identification number (GB 16735-2019, ISO 3779): 17 places without I, O, Q, check in place 9.

Makers in Europe need not use the check, so a failure beside a vehicle word is no proof. Confidence H.

>>> validate("1M8GDM9AXKP042788")
'1M8GDM9AXKP042788'
>>> validate("1M8GDM9A1KP042788")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("LSVOA49J302000001")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
"""

from __future__ import annotations

import re

from piiscrub.validators._base import InvalidChecksum, InvalidFormat, passes, strip, weighted

_FORM = re.compile(r"[A-HJ-NPR-Z0-9]{8}[0-9X][A-HJ-NPR-Z0-9]{5}[0-9]{3}")
_VALUES = str.maketrans("ABCDEFGHJKLMNPRSTUVWXYZ", "12345678123457923456789")
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def compact(number: str) -> str:
    """Remove spaces and hyphens, write letters in upper case."""
    return strip(number).upper()


def check_character(number: str) -> str:
    """The character that belongs in place 9 of 17.

    >>> check_character("1M8GDM9A0KP042788")
    'X'
    """
    return "0123456789X"[weighted(number.translate(_VALUES), _WEIGHTS) % 11]


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat or InvalidChecksum."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    if check_character(number) != number[8]:
        raise InvalidChecksum
    return number


def is_valid(number: str) -> bool:
    """Whether the check character fits."""
    return passes(validate, number)
