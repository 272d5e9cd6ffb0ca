"""Bitcoin address: Base58Check of version 0 (P2PKH) or 5 (P2SH), Bech32 of witness version 0, Bech32m of 1 to 16.

``stdnum.bitcoin`` refuses every taproot address (bc1p...), hence own code. Confidence H.

>>> validate("19Jy3az1BL1LsFHqANpT8cadSDVzJYtuoe")
'19Jy3az1BL1LsFHqANpT8cadSDVzJYtuoe'
>>> is_valid("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4")
True
>>> validate("19Jy3az1BL1LsFHqANpT8cadSDVzJYtuo2")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("09Jy3az1BL1LsFHqANpT8cadSDVzJYtuoe")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
"""

from __future__ import annotations

from piiscrub.validators import _base58, _bech32
from piiscrub.validators._base import InvalidComponent, InvalidFormat, InvalidLength, passes


def compact(number: str) -> str:
    """Remove surrounding spaces; write a Bech32 address in lower case."""
    number = number.strip(" ")
    return number.lower() if number.startswith("BC1") and number.upper() == number else number


def validate(number: str) -> str:
    """Return the address, or raise InvalidFormat, InvalidLength, InvalidComponent or InvalidChecksum."""
    number = compact(number)
    if number.startswith("bc1"):
        version, program = _bech32.witness(number, "bc")
        if version > 16 or (version == 0 and len(program) not in (20, 32)) or not 2 <= len(program) <= 40:
            raise InvalidLength
        return number
    if not number.startswith(("1", "3")):
        raise InvalidFormat
    decoded = _base58.decode(number)
    if len(decoded) != 21 or decoded[0] not in (0, 5):
        raise InvalidComponent("The version is not one of addresses.")
    return number


def is_valid(number: str) -> bool:
    """Whether the checksum fits."""
    return passes(validate, number)
