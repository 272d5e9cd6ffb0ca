"""Is a value random enough to be a password, key or token? Shannon entropy of its characters, 3.5 bits or more.

For generic secrets, ``password = ...``: takes the value alone or with its name, and refuses what stands in for a secret in
templates and manuals. The threshold is that of the rule book; at it, nothing shorter than 12 characters passes. Hexadecimal
digits hold 4 bits at most, and one key in four of 32 falls under 3.5: for them it is 3.0, as in detect-secrets. Confidence M.

>>> validate("token: " + "q8Zr2" + "Lw9Xt4Vb7")
'q8Zr2Lw9Xt4Vb7'
>>> validate("aaaaaaaaaaaaaaaa")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: The value is not random enough.
>>> validate("${DATABASE_PASSWORD}")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: The value is a placeholder.
>>> validate("short")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidLength: The number has an invalid length.
"""

from __future__ import annotations

import math
import re
from collections import Counter

from piiscrub.text.late import late
from piiscrub.validators._base import LONGEST, InvalidComponent, InvalidLength, passes

FLOOR = 3.5
HEX_FLOOR = 3.0
_SHORTEST = 8
_HEX = late("(?=[0-9]*[A-Fa-f])(?:[0-9a-f]{16,}|[0-9A-F]{16,})")
_NAME = late(r"""["']?[A-Za-z0-9_.\u4e00-\u9fff-]{1,40}["']?\s{0,3}(?:=>|:=|[:=：])\s{0,3}(?!=*\Z)""")
_PLACEHOLDER = late(r"\$\{|\{\{|%\(|^<.*>$|example|change_?me|placeholder|your[_-]|x{4}|\*{3}|示例|请输入", re.IGNORECASE)


def bits(value: str) -> float:
    """Shannon entropy in bits per character.

    >>> bits("aabb"), bits("")
    (1.0, 0.0)
    """
    size = len(value)
    return sum((count / size * math.log2(size / count) for count in Counter(value).values()), 0.0)


def is_placeholder(value: str) -> bool:
    """Whether a value only stands in for a secret, as in templates and manuals.

    >>> is_placeholder("${DATABASE_PASSWORD}"), is_placeholder("q8Zr2Lw9")
    (True, False)
    """
    return _PLACEHOLDER.search(value) is not None


def compact(number: str) -> str:
    """The value without its name, the sign between them and quotes."""
    if len(number) > LONGEST:
        return number
    named = _NAME.match(number)
    return number[named.end() if named else 0 :].strip(" \t\"'`,;")


def validate(number: str) -> str:
    """Return the value, or raise InvalidLength or InvalidComponent."""
    value = compact(number)
    if not _SHORTEST <= len(value) <= LONGEST:
        raise InvalidLength
    if is_placeholder(value):
        raise InvalidComponent("The value is a placeholder.")
    if bits(value) < (HEX_FLOOR if _HEX.fullmatch(value) else FLOOR):
        raise InvalidComponent("The value is not random enough.")
    return value


def is_valid(number: str) -> bool:
    """Whether the value is random enough to be a secret."""
    return passes(validate, number)
