"""Ethereum address: 0x and 40 hexadecimal digits; mixed capitals are a checksum (EIP-55). Confidence H.

An address in one case carries no checksum and passes by its form.

>>> validate("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")
'0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
>>> validate("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
"""

from __future__ import annotations

import re

from piiscrub.validators._base import InvalidChecksum, InvalidFormat, passes
from piiscrub.validators._keccak import keccak256

_FORM = re.compile(r"0x([0-9a-fA-F]{40})")


def compact(number: str) -> str:
    """Remove surrounding spaces."""
    return number.strip(" ")


def with_checksum(address: str) -> str:
    """The 40 digits with the capitals they should have: a letter is large where the hash has 8 or more.

    >>> with_checksum("fb6916095ca1df60bb79ce92ce3ea74c37c5d359")
    'fB6916095ca1df60bB79Ce92cE3Ea74c37c5d359'
    """
    address = address.lower()
    signs = zip(address, keccak256(address.encode()).hex(), strict=False)
    return "".join(sign.upper() if int(nibble, 16) >= 8 else sign for sign, nibble in signs)


def validate(number: str) -> str:
    """Return the address, or raise InvalidFormat or InvalidChecksum."""
    number = compact(number)
    match = _FORM.fullmatch(number)
    if not match:
        raise InvalidFormat
    body = match[1]
    if body not in (body.lower(), body.upper()) and with_checksum(body) != body:
        raise InvalidChecksum
    return number


def is_valid(number: str) -> bool:
    """Whether the form is right and the capitals, if mixed, fit."""
    return passes(validate, number)
