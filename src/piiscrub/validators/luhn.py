"""Luhn check digit (ISO/IEC 7812-1 annex B), used by payment cards, IMEI, ICCID and others.

Every second digit from the right is doubled, 9 taken off where that exceeds 9; the sum ends in 0.
Confidence H. Own code instead of ``stdnum.luhn`` because every run of 12 to 19 digits comes through here.

>>> validate("4111 1111 1111 1111")
'4111111111111111'
>>> is_valid("4111111111111112")
False
>>> validate("4111111111111112")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("4111-111A")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
>>> validate("")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidLength: The number has an invalid length.
"""

from __future__ import annotations

from piiscrub.validators._base import InvalidChecksum, InvalidFormat, InvalidLength, strip

_LONGEST = 64
_DOUBLED = bytes.maketrans(b"0123456789", b"0246813579")


def checksum(digits: str) -> int:
    """The Luhn sum modulo 10 of ASCII digits; 0 for a number that ends in its right check digit.

    >>> checksum("79927398713")
    0
    """
    raw = digits.encode()
    # 48 is the code of "0"
    return (sum(raw[-1::-2]) + sum(raw[-2::-2].translate(_DOUBLED)) - 48 * len(raw)) % 10


def check_digit(body: str) -> str:
    """The digit that completes a body.

    >>> check_digit("7992739871")
    '3'
    """
    return str(-checksum(body + "0") % 10)


def compact(number: str) -> str:
    """Remove spaces and hyphens."""
    return strip(number)


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength or InvalidChecksum."""
    number = compact(number)
    if not 2 <= len(number) <= _LONGEST:
        raise InvalidLength
    if not (number.isascii() and number.isdigit()):
        raise InvalidFormat
    if checksum(number):
        raise InvalidChecksum
    return number


def is_valid(number: str) -> bool:
    """Whether the number ends in its right check digit."""
    if not number.isdigit():
        number = compact(number)
    return 2 <= len(number) <= _LONGEST and number.isascii() and number.isdigit() and not checksum(number)
