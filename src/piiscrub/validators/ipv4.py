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

import ipaddress

from piiscrub.validators._base import InvalidFormat, InvalidLength, passes


def compact(number: str) -> str:
    """Remove surrounding spaces."""
    return number.strip(" ")


def validate(number: str) -> str:
    """Return the address, or raise InvalidFormat or InvalidLength."""
    number = compact(number)
    if not 7 <= len(number) <= 15:
        raise InvalidLength
    try:
        ipaddress.IPv4Address(number)
    except ValueError:
        raise InvalidFormat from None  # the message of ipaddress holds the address
    return number


def is_valid(number: str) -> bool:
    """Whether this is an address."""
    return passes(validate, number)
