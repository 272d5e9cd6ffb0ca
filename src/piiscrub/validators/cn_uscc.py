"""统一社会信用代码, unified social credit code of organisations in mainland China (GB 32100-2015 with amendment 1 of 2016).

Department, category, six digits division, nine characters organisation code, check character modulo 31 over the alphabet
without I O S V Z. Confidence H; the pairs of department and category M. ``stdnum.cn.uscc`` demands digits in the first
two places and so refuses departments A, N and Y; hence own code. A code made of digits only is told from other 18-digit
numbers by its division, which must then be a known one.

>>> validate("91110101MA0000007T")
'91110101MA0000007T'
>>> validate("91110101MA0000007U")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("94110101MA0000007H")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: The department has no such category.
>>> validate("91110101MI0000007T")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
"""

from __future__ import annotations

from piiscrub.reference.divisions import codes
from piiscrub.validators._base import InvalidChecksum, InvalidComponent, InvalidFormat, InvalidLength, strip

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# Each character becomes the Python digit of its value, every other one "~", which is no digit in any base.
_VALUES = bytearray(b"~" * 256)
for _sign, _digit in zip(ALPHABET, b"0123456789ABCDEFGHIJKLMNOPQRSTU", strict=True):
    _VALUES[ord(_sign)] = _digit
_CATEGORIES = {"1": "1239", "2": "19", "3": "123459", "4": "19", "5": "1239", "6": "129", "7": "129", "8": "19"}
_CATEGORIES |= {"9": "1239", "A": "19", "N": "1239", "Y": "1"}
_PAIRS = frozenset(department + category for department, categories in _CATEGORIES.items() for category in categories)


def check_character(body: str) -> str:
    """The check character of the first 17 characters; they must come from the alphabet.

    The weights are the powers of 3 modulo 31 from the left. Read from the right in base 34 the powers are the same ones,
    because 34 is 3 modulo 31: one conversion instead of a loop.

    >>> check_character("91110000600037341")
    'L'
    """
    return ALPHABET[-_value(body.encode()) % 31]


def _value(body: bytes) -> int:
    return int(body.translate(_VALUES)[::-1], 34)


def compact(number: str) -> str:
    """Remove spaces and hyphens, write letters in upper case."""
    return strip(number).upper()


def validate(number: str) -> str:
    """Return the compact code, or raise InvalidFormat, InvalidLength, InvalidComponent or InvalidChecksum."""
    number = compact(number)
    if len(number) != 18:
        raise InvalidLength
    if not (number.isascii() and number[2:8].isdigit()) or b"~" in number.encode().translate(_VALUES):
        raise InvalidFormat
    if number[:2] not in _PAIRS:
        raise InvalidComponent("The department has no such category.")
    if check_character(number[:17]) != number[17]:
        raise InvalidChecksum
    if number.isdigit() and number[2:8] not in codes():
        raise InvalidComponent("The division is not known.")
    return number


def is_valid(number: str) -> bool:
    """Whether this is a unified social credit code."""
    if len(number) != 18 or not (number.isdigit() or (number.isalnum() and number.isupper())):
        number = compact(number)
    if len(number) != 18 or number[:2] not in _PAIRS or not number.isascii() or not number[2:8].isdigit():
        return False
    if number.isdigit() and number[2:8] not in codes():  # nearly all identity card numbers
        return False
    raw = number.encode()
    return b"~" not in raw.translate(_VALUES) and ALPHABET[-_value(raw[:17]) % 31] == number[17]
