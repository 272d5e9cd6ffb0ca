"""National Insurance number of the United Kingdom: two letters, six digits, A to D; no check digit.

First letter not D F I Q U V, second neither and not O; seven prefixes are never used (HMRC). Confidence H.

>>> validate("AB 12 34 56 C")
'AB123456C'
>>> validate("QQ123456C")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
>>> validate("BG123456A")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: The prefix is never issued.
"""

from __future__ import annotations

import re

from piiscrub.validators._base import InvalidComponent, InvalidFormat, passes, strip

_FORM = re.compile(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]")
_NEVER = frozenset("BG GB NK KN NT TN ZZ".split())


def compact(number: str) -> str:
    """Remove spaces and hyphens, write letters in upper case."""
    return strip(number).upper()


def validate(number: str) -> str:
    """Return the compact number, or raise InvalidFormat or InvalidComponent."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise InvalidFormat
    if number[:2] in _NEVER:
        raise InvalidComponent("The prefix is never issued.")
    return number


def is_valid(number: str) -> bool:
    """Whether the prefix can have been issued."""
    return passes(validate, number)
