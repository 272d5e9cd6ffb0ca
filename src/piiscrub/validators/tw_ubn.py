"""統一編號, business number of Taiwan: eight digits.

Weights 1 2 1 2 1 2 4 1, the digits of each product added, sum divisible by 5 (10 until 31 March 2023; every old number
still passes); where the seventh digit is 7, one more is allowed. ``stdnum.tw.ubn`` still has the old rule. Confidence H.

>>> validate("10458574")
'10458574'
>>> is_valid("10000004")
True
>>> validate("30923436")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("1234567")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidLength: The number has an invalid length.
"""

from __future__ import annotations

from piiscrub.validators._base import InvalidChecksum, digits, passes, strip


def compact(number: str) -> str:
    """Remove spaces and hyphens."""
    return strip(number)


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength or InvalidChecksum."""
    number = digits(compact(number), 8)
    products = (int(digit) * weight for digit, weight in zip(number, (1, 2, 1, 2, 1, 2, 4, 1), strict=True))
    rest = sum(product // 10 + product % 10 for product in products) % 5
    if rest and not (number[6] == "7" and rest == 4):
        raise InvalidChecksum
    return number


def is_valid(number: str) -> bool:
    """Whether the check digit fits."""
    return passes(validate, number)
