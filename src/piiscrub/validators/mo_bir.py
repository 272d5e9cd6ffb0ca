"""澳門居民身份證, number of the Macao resident identity card: seven digits from 1, 5 or 7, one more in brackets.

How the last digit is made is not public, so only the form is tested. Confidence M.

>>> validate("1/000004/4")
'10000044'
>>> validate("2000001(1)")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: The first digit is not 1, 5 or 7.
>>> validate("100001(1)")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidLength: The number has an invalid length.
"""

from __future__ import annotations

from piiscrub.validators._base import InvalidComponent, digits, passes, strip


def compact(number: str) -> str:
    """Remove spaces, hyphens, slashes and brackets."""
    return strip(number, " -/()（）")


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength or InvalidComponent."""
    number = digits(compact(number), 8)
    if number[0] not in "157":
        raise InvalidComponent("The first digit is not 1, 5 or 7.")
    return number


def is_valid(number: str) -> bool:
    """Whether this has the form of a Macao number."""
    return passes(validate, number)
