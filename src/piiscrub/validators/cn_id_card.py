"""公民身份号码, the 18-character number of residents of mainland China (GB 11643-1999).

Six digits division, eight digits date of birth, three digits order (odd male, even female), check character of
ISO 7064 MOD 11-2. Confidence H. The first two digits must name a province; the whole division need not be known
(it may be older than any list), and need not have existed in the year of birth, which is why ``stdnum.cn.ric`` is not used.

The number printed in the annex of the standard:

>>> validate("11010519491231002x")
'11010519491231002X'
>>> validate("110105194912310021")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidChecksum: The check digit does not fit.
>>> validate("110101190302300015")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: The date of birth does not exist or has not come yet.
>>> validate("190101190001010014")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: No province has these first two digits.
>>> validate("11010519491231")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidLength: The number has an invalid length.
"""

from __future__ import annotations

from datetime import date

from piiscrub.reference.divisions import provinces
from piiscrub.validators._base import InvalidChecksum, InvalidComponent, InvalidFormat, InvalidLength, strip
from piiscrub.validators._dates import is_past

# Position r holds the check character for a body whose value is r modulo 11.
_CHECK = "1X864209753"


def check_character(body: str) -> str:
    """The check character of 17 ASCII digits (ISO 7064 MOD 11-2).

    The standard doubles and adds, modulo 11. Read in base 13 the digits are weighted with powers of 13, and 13 is 2
    modulo 11: the same sum in one conversion instead of a loop (0.2 µs for 2.8 µs).

    >>> check_character("11010519491231002")
    'X'
    """
    return _CHECK[int(body, 13) % 11]


def compact(number: str) -> str:
    """Remove spaces and hyphens, write the check character in upper case."""
    return strip(number).upper()


def validate(number: str, *, today: date | None = None) -> str:
    """Return the compact number, or raise InvalidFormat, InvalidLength, InvalidComponent or InvalidChecksum."""
    number = compact(number)
    if len(number) != 18:
        raise InvalidLength
    body, last = number[:17], number[17]
    if not (number.isascii() and body.isdigit() and last in "0123456789X"):
        raise InvalidFormat
    if number[:2] not in provinces():
        raise InvalidComponent("No province has these first two digits.")
    if not is_past(number[6:14], today=today):
        raise InvalidComponent("The date of birth does not exist or has not come yet.")
    if check_character(body) != last:
        raise InvalidChecksum
    return number


def is_valid(number: str, *, today: date | None = None) -> bool:
    """Whether this is a resident identity number; the cheap tests stand first."""
    if len(number) != 18:
        number = compact(number)
        if len(number) != 18:
            return False
    body, last = number[:17], number[17]
    if not (number.isascii() and body.isdigit()) or _CHECK[int(body, 13) % 11] != ("X" if last == "x" else last):
        return False
    return number[:2] in provinces() and is_past(number[6:14], today=today)
