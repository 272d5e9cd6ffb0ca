"""Does a Chinese name, plain or masked, begin with a known surname?

A surname of one character and one to three more, or a compound one and one or two more; ``*``, ``某``, ``x`` and the like
may stand for given names. Surnames are data (reference/surnames.tsv). Confidence M. Many
ordinary words begin with such a character too (高兴, 方便, 马上), so a name needs context besides.

>>> validate("欧阳小红")
'欧阳小红'
>>> is_valid("张**"), is_valid("李某某")
(True, True)
>>> validate("北京")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: The name begins with no known surname.
>>> validate("张")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidFormat: The number has an invalid format.
"""

from __future__ import annotations

import re

from piiscrub.reference.surnames import compound, single
from piiscrub.validators._base import InvalidComponent, InvalidFormat, passes

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_GIVEN = re.compile(rf"[{_HAN}〇]{{1,3}}|[{_HAN}〇]?[*＊×xXoO○●□某_]{{1,6}}[{_HAN}]?")


def compact(number: str) -> str:
    """Remove spaces, also those within a name set in spaced type."""
    return number.replace(" ", "").replace("\u3000", "")


def validate(number: str) -> str:
    """Return the name, or raise InvalidFormat or InvalidComponent."""
    number = compact(number)
    if not 2 <= len(number) <= 9:
        raise InvalidFormat
    found = False
    for size, known in ((4, compound()), (2, compound()), (1, single())):
        if number[:size] in known:
            found = True
            # a compound surname leaves at most two characters of a plain name
            given = number[size:]
            if _GIVEN.fullmatch(given) and (size == 1 or len(given) < 3 or not given.isalpha()):
                return number
    if not found:
        raise InvalidComponent("The name begins with no known surname.")
    raise InvalidFormat


def is_valid(number: str) -> bool:
    """Whether the name begins with a known surname."""
    return passes(validate, number)
