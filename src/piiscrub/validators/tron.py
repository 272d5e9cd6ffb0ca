"""TRON address: Base58Check of version 0x41, 34 characters from T. Confidence H.

>>> validate("TJHB3eMjL48J2RMTkeUAemGmM1FJZfHKb2")
'TJHB3eMjL48J2RMTkeUAemGmM1FJZfHKb2'
>>> validate("TJHB3eMjL48J2RMTkeUAemGmM1FJZfHKb3")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("AJHB3eMjL48J2RMTkeUAemGmM1FJZfHKb2")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
"""

from __future__ import annotations

from piiscrub.validators import _base58
from piiscrub.validators._base import InvalidComponent, InvalidFormat, passes


def compact(number: str) -> str:
    """Remove surrounding spaces."""
    return number.strip(" ")


def validate(number: str) -> str:
    """Return the address, or raise InvalidFormat, InvalidComponent or InvalidChecksum."""
    number = compact(number)
    if len(number) != 34 or number[0] != "T":
        raise InvalidFormat
    decoded = _base58.decode(number)
    if len(decoded) != 21 or decoded[0] != 0x41:
        raise InvalidComponent("The version is not one of addresses.")
    return number


def is_valid(number: str) -> bool:
    """Whether the checksum fits."""
    return passes(validate, number)
