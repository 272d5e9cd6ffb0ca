"""物联网号码, number of a thing with a SIM card in mainland China: 13 digits from 141, 144, 146 or 148.

The segments are data (reference/cn_mobile_segments.tsv). Confidence M.

>>> validate("1440000000001")
'1440000000001'
>>> validate("1450000000001")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: The segment is not assigned.
>>> validate("144000000000")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidLength: The number has an invalid length.
"""

from __future__ import annotations

from piiscrub.reference.phones import iot_segments
from piiscrub.validators._base import InvalidComponent, digits, passes
from piiscrub.validators.cn_mobile import compact as _without_prefix


def compact(number: str) -> str:
    """Remove the country code, spaces, hyphens and brackets."""
    return _without_prefix(number)


def validate(number: str) -> str:
    """Return the 13 digits, or raise InvalidFormat, InvalidLength or InvalidComponent."""
    number = digits(compact(number), 13)
    if number[:3] not in iot_segments() and number[:4] not in iot_segments():
        raise InvalidComponent("The segment is not assigned.")
    return number


def is_valid(number: str) -> bool:
    """Whether the number lies in a segment for things."""
    return passes(validate, number)
