"""A stranger's pattern beside Chinese: a Han character is no letter to it, and its time is limited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_HAN = re.compile("[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_STAND_IN = "\ufffc"  # no letter, no digit, no space, and in no pattern

TIMEOUT = 5.0
"""Seconds a third-party pattern may take for one text."""


class TimedOut(Exception):
    """A pattern did not come to an end; it has not examined the text."""


def without_han(text: str, kept: frozenset[str] = frozenset()) -> str:
    r"""The text with a sign in place of each Han character that is not kept; nothing moves.

    >>> without_han("护照AB12 张三", frozenset("张")) == "\ufffc\ufffcAB12 张\ufffc"
    True
    """
    if text.isascii():
        return text
    if not kept:
        return _HAN.sub(_STAND_IN, text)
    return _HAN.sub(lambda m: m[0] if m[0] in kept else _STAND_IN, text)


def before_han(text: str, start: int, end: int) -> int:
    r"""Where a stretch ends if it stops before the first Han character: what \S* of a link runs into is the next word."""
    found = None if text.isascii() else _HAN.search(text, start + 1, end)
    return found.start() if found else end


def han_of(regex: str) -> frozenset[str]:
    """The Han characters that a pattern names, a deny list in Chinese for one; those it must see."""
    return frozenset(_HAN.findall(regex))


class Edged:
    r"""Stands for a compiled regex inside a pattern of Presidio.

    ``\b`` sees an edge between a Han character and a digit, as it does between a bracket and a digit.
    """

    __slots__ = ("_compiled", "_kept", "_seconds")

    def __init__(self, compiled: Any, regex: str, seconds: float = TIMEOUT) -> None:
        self._compiled, self._kept, self._seconds = compiled, han_of(regex), seconds

    def finditer(self, text: str, timeout: float | None = None) -> Iterator[Any]:
        """What ``finditer`` of the regex gives.

        Raises:
            TimedOut: Presidio would catch a TimeoutError, and go on as if the text were clean.
        """
        seconds = self._seconds if timeout is None else min(self._seconds, timeout)
        try:
            yield from self._compiled.finditer(without_han(text, self._kept), timeout=seconds)
        except TimeoutError:
            raise TimedOut from None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._compiled, name)
