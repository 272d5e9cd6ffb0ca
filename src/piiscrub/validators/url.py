"""Web address (RFC 3986): a known scheme, a host that can exist, a port below 65536.

The path is not looked at. Confidence H.

>>> validate("http://192.0.2.1:8080/x")
'http://192.0.2.1:8080/x'
>>> validate("http://256.0.2.1/x")
Traceback (most recent call last):
    ...
piiscrub.validators._base.InvalidComponent: The host cannot exist.
>>> is_valid("https://[2001:db8::1]/"), is_valid("htp://example.com"), is_valid("https://example.com:99999")
(True, False, False)
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from piiscrub.validators._base import InvalidComponent, InvalidFormat, InvalidLength, passes

_SCHEMES = frozenset({"http", "https", "ftp", "ftps", "sftp", "ws", "wss"})
_LABEL = re.compile(r"[0-9A-Za-z_](?:[0-9A-Za-z_-]{0,61}[0-9A-Za-z_])?")
_LONGEST = 8192


def compact(number: str) -> str:
    """Remove surrounding spaces."""
    return number.strip(" ")


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def validate(number: str) -> str:
    """Return the address, or raise InvalidFormat, InvalidLength or InvalidComponent."""
    number = compact(number)
    if len(number) > _LONGEST:
        raise InvalidLength
    try:
        parts = urlsplit(number)
        host, _ = parts.hostname, parts.port  # the port is read to be checked
    except ValueError:
        raise InvalidFormat from None  # the message of urlsplit holds the address
    if parts.scheme.lower() not in _SCHEMES or not host:
        raise InvalidFormat
    labels = host.rstrip(".").split(".")
    numeric = ":" in host or labels[-1].isdigit()
    if not (_is_address(host) if numeric else all(_LABEL.fullmatch(label) for label in labels)):
        raise InvalidComponent("The host cannot exist.")
    return number


def is_valid(number: str) -> bool:
    """Whether scheme, host and port can be."""
    return passes(validate, number)
