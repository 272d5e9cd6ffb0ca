"""Patterns compiled when they are first asked.

There are hundreds of them, a text needs few, and to compile all takes longer than to read a hundred pages.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, Generic, cast

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn")


class _Late(Generic[AnyStr]):
    __slots__ = (*_METHODS, "_flags", "pattern")

    def __init__(self, source: AnyStr, flags: int) -> None:
        self.pattern: AnyStr = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """What is not there yet: from now on it is, at the price of an attribute."""
        compiled = re.compile(self.pattern, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def late(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What ``re.compile`` gives, for a pattern that a module may never need.

    >>> digits = late("[0-9]+")
    >>> digits.search("abc 12").group()
    '12'
    """
    return cast("re.Pattern[AnyStr]", _Late(source, flags))
