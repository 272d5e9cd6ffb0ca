"""Is what stands behind the stars of a masked Chinese name made of characters that given names are made of?

``*建国`` is a name of which the surname is hidden; ``*必填`` and ``*电话`` are marks of a form. The characters are data
(reference/given_characters.tsv). Confidence M: rare characters are missed.

>>> is_valid("*建国"), is_valid("**梅"), is_valid("*必填")
(True, True, False)
>>> validate("*电话")
Traceback (most recent call last):
...
piiscrub.validators._base.InvalidComponent: A character is hardly ever part of a given name.
"""

from __future__ import annotations

from piiscrub.reference.words import given_characters
from piiscrub.validators._base import InvalidComponent, InvalidFormat, passes


def compact(number: str) -> str:
    """Write the stars the usual way."""
    return number.replace("＊", "*")


def validate(number: str) -> str:
    """Return the masked name, or raise InvalidFormat or InvalidComponent."""
    number = compact(number)
    given = number.lstrip("*")
    if not 1 <= len(given) <= 2 or given == number:
        raise InvalidFormat
    if not given_characters().issuperset(given):
        raise InvalidComponent("A character is hardly ever part of a given name.")
    return number


def is_valid(number: str) -> bool:
    """Whether given names are made of these characters."""
    return passes(validate, number)
