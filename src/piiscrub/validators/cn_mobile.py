"""手机号, mobile number of mainland China: 11 digits in an assigned segment.

The segments are data (reference/cn_mobile_segments.tsv, July 2022, confidence M). ``+86``, ``0086`` and ``86`` may stand
before the number, spaces, hyphens and brackets within.

>>> validate("+86 138-0013-8000")
'13800138000'
>>> validate("14200000001")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: The segment is not assigned.
>>> validate("1380013800")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidLength: The number has an invalid length.
"""

from __future__ import annotations

from piiscrub.reference.phones import mobile_segments
from piiscrub.validators._base import InvalidComponent, digits, strip

_PREFIXES = ("+86", "0086", "86")


def compact(number: str) -> str:
    """Remove the country code, spaces, hyphens, dots and brackets."""
    number = strip(number, " -.()（）")
    if len(number) > 11:
        for prefix in _PREFIXES:
            if number.startswith(prefix):
                return number.removeprefix(prefix)
    return number


def validate(number: str) -> str:
    """Return the 11 digits, or raise InvalidFormat, InvalidLength or InvalidComponent."""
    number = digits(compact(number), 11)
    if not _assigned(number):
        raise InvalidComponent("The segment is not assigned.")
    return number


def is_valid(number: str) -> bool:
    """Whether the number lies in an assigned segment."""
    if len(number) != 11 or not number.isdigit():
        number = compact(number)
    return len(number) == 11 and number.isascii() and number.isdigit() and _assigned(number)


def _assigned(number: str) -> bool:
    segments = mobile_segments()
    return number[:3] in segments or number[:4] in segments or number[:5] in segments
