"""MAC address (IEEE 802): six pairs with one kind of separator, or three groups of four with dots. Confidence H.

``stdnum.mac`` accepts mixed separators and refuses the dotted form, so it is not used.

>>> validate("00-00-5e-00-53-02")
'00:00:5E:00:53:02'
>>> validate("0000.5e00.5303")
'00:00:5E:00:53:03'
>>> validate("00:00-5E:00:53:01")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
"""

from __future__ import annotations

import re

from piiscrub.validators._base import InvalidFormat, passes, strip

_FORM = re.compile(r"[0-9A-Fa-f]{2}([-:])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}|(?:[0-9A-Fa-f]{4}\.){2}[0-9A-Fa-f]{4}")


def compact(number: str) -> str:
    """Write the address as six pairs with colons, in upper case."""
    plain = strip(number, " -:.").upper()
    return ":".join(plain[i : i + 2] for i in range(0, len(plain), 2))


def validate(number: str) -> str:
    """Return the address in pairs with colons, or raise InvalidFormat."""
    if not _FORM.fullmatch(number.strip(" ")):
        raise InvalidFormat
    return compact(number)


def is_valid(number: str) -> bool:
    """Whether this has one of the forms of an address."""
    return passes(validate, number)
