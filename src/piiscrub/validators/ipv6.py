"""IPv6 address (RFC 4291), perhaps with a zone. Confidence H.

``::`` alone is an address too, but names nobody and stands in every C++ file, so it is refused.

>>> validate("2001:db8::1")
'2001:db8::1'
>>> validate("2001:db8::1::2")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
>>> is_valid("::")
False
"""

from __future__ import annotations

import ipaddress

from piiscrub.validators._base import InvalidComponent, InvalidFormat, InvalidLength, passes


def compact(number: str) -> str:
    """Remove surrounding spaces."""
    return number.strip(" ")


def validate(number: str) -> str:
    """Return the address, or raise InvalidFormat, InvalidLength or InvalidComponent."""
    number = compact(number)
    if not 2 <= len(number) <= 64:
        raise InvalidLength
    if not number.isascii():
        raise InvalidFormat
    try:
        address = ipaddress.IPv6Address(number)
    except ValueError:
        raise InvalidFormat from None  # the message of ipaddress holds the address
    if address.is_unspecified:
        raise InvalidComponent("The unspecified address names nobody.")
    return number


def is_valid(number: str) -> bool:
    """Whether this is an address of something."""
    return passes(validate, number)
