"""IPv4 address that can be somebody's: ``ipv4``, but no netmask, not the computer itself, no public service. Confidence H.

Netmasks: RFC 950 (``255.255.255.0``). The computer itself, 127.0.0.0/8, and "this network", 0.0.0.0/8: RFC 6890.

>>> validate("192.0.2.1")
'192.0.2.1'
>>> validate("255.255.240.0")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: The value is a netmask.
>>> is_valid("127.0.0.1"), is_valid("255.1.2.3")
(False, True)
"""

from __future__ import annotations

from piiscrub.reference.tables import listed
from piiscrub.validators import ipv4
from piiscrub.validators._base import InvalidComponent

# Ones, then noughts (RFC 950).
_MASKS = frozenset(((1 << 32) - 1) ^ ((1 << zeros) - 1) for zeros in range(1, 25))
_NOBODY = ("127.", "0.")


def compact(number: str) -> str:
    """Remove surrounding spaces."""
    return ipv4.compact(number)


def validate(number: str) -> str:
    """Return the address, or raise InvalidFormat, InvalidLength or InvalidComponent."""
    number = ipv4.validate(number)
    if _is_netmask(number):
        raise InvalidComponent("The value is a netmask.")
    if _is_nobodys(number):
        raise InvalidComponent("The value is nobody's address: the computer itself, any, or a public service.")
    return number


def is_valid(number: str) -> bool:
    """Whether this is an address that can be somebody's."""
    number = compact(number)
    return ipv4.is_valid(number) and not (_is_nobodys(number) or _is_netmask(number))


def _is_nobodys(number: str) -> bool:
    return number.startswith(_NOBODY) or number in listed("dotted_numbers", "public")


def _is_netmask(number: str) -> bool:
    if not number.startswith("255."):
        return False
    a, b, c, d = map(int, number.split("."))
    return a << 24 | b << 16 | c << 8 | d in _MASKS
