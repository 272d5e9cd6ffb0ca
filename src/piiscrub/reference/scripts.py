"""Traditional characters as the simplified ones that words and tables are looked for in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from piiscrub.reference.tables import rows

_RANGE = r"([^\x00-\x7f]-[^\x00-\x7f])"


@cache
def _pairs() -> dict[int, str]:
    return {ord(one): other for row in rows("simplified") for one, other in zip(*row, strict=True)}


def traditional() -> frozenset[str]:
    """The characters that are turned.

    >>> "證" in traditional(), "证" in traditional()
    (True, False)
    """
    return frozenset(map(chr, _pairs()))


@cache
def _first_in() -> Callable[[str], re.Match[str] | None]:
    return re.compile(f"[{''.join(map(chr, _pairs()))}]").search


def simplified(text: str) -> str:
    """A text in simplified characters, one for one; only characters that stand in words and tables are turned.

    >>> simplified("身分證字號及聯絡電話"), simplified("身份证") is simplified("身份证")
    ('身分证字号及联络电话', True)
    """
    return text if text.isascii() or not _first_in()(text) else text.translate(_pairs())


def simplified_words(words: Iterable[str]) -> list[str]:
    r"""The same for many words at once; none of them holds a ``\n``.

    >>> simplified_words(["電話", "tel"])
    ['电话', 'tel']
    """
    return "\n".join(words).translate(_pairs()).split("\n")


def simplified_pattern(regex: str) -> str:
    """The same for a regular expression, but for the ends of its ranges.

    >>> simplified_pattern("[號屄-屆]證?")
    '[号屄-屆]证?'
    """
    if simplified(regex) is regex:
        return regex
    return "".join(part if at % 2 else simplified(part) for at, part in enumerate(re.split(_RANGE, regex)))
