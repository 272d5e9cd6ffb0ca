"""IPv4 address in dotted decimal form (RFC 791); no leading zeros. Confidence H.

>>> validate("192.0.2.1")
'192.0.2.1'
>>> validate("256.0.0.1")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
>>> is_valid("192.0.2.01")
False
"""

from __future__ import annotations

import re

from piiscrub.validators._base import InvalidFormat, InvalidLength

_BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_ADDRESS = re.compile(rf"{_BYTE}(?:\.{_BYTE}){{3}}")  # a fifth of the price of ipaddress, which makes an object


def compact(number: str) -> str:
    """Remove surrounding spaces."""
    return number.strip(" ")


def validate(number: str) -> str:
    """Return the address, or raise InvalidFormat or InvalidLength."""
    number = compact(number)
    if not 7 <= len(number) <= 15:
        raise InvalidLength
    if not _ADDRESS.fullmatch(number):
        raise InvalidFormat
    return number


def is_valid(number: str) -> bool:
    """Whether this is an address."""
    return _ADDRESS.fullmatch(compact(number)) is not None
