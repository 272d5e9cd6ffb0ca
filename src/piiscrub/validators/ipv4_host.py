"""IPv4 address that can be somebody's: ``ipv4``, but no netmask (``255.255.255.0``). Confidence H.

>>> validate("192.0.2.1")
'192.0.2.1'
>>> validate("255.255.240.0")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: The value is a netmask.
>>> is_valid("255.255.255.255")
True
"""

from __future__ import annotations

from piiscrub.validators import ipv4
from piiscrub.validators._base import InvalidComponent

# Ones, then noughts (RFC 950). 255.255.255.255 is everybody on the wire, and written as an address more often than as a mask.
_MASKS = frozenset(((1 << 32) - 1) ^ ((1 << zeros) - 1) for zeros in range(1, 25))


def compact(number: str) -> str:
    """Remove surrounding spaces."""
    return ipv4.compact(number)


def validate(number: str) -> str:
    """Return the address, or raise InvalidFormat, InvalidLength or InvalidComponent."""
    number = ipv4.validate(number)
    if _is_netmask(number):
        raise InvalidComponent("The value is a netmask.")
    return number


def is_valid(number: str) -> bool:
    """Whether this is an address and no netmask."""
    return ipv4.is_valid(number) and not _is_netmask(compact(number))


def _is_netmask(number: str) -> bool:
    if not number.startswith("255."):
        return False
    a, b, c, d = map(int, number.split("."))
    return a << 24 | b << 16 | c << 8 | d in _MASKS
