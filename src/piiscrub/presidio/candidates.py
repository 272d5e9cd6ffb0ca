"""Many regexes over one text: one pass finds the places where each of them may match."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from piiscrub.packs.automaton import Automaton
from piiscrub.presidio.heads import Head

_NORMAL = dict.fromkeys(range(48, 58), "0") | {code: chr(code - 32) for code in range(0x61, 0x7B)}
_START = re.compile("(?<![0A-Z])[0A-Z_\x80-\U0010ffff]|(?<=[A-Z])0")
_NEAR, _FURTHER = 3, (6, 16)  # so many characters are looked at first, and so many where something may still begin
_MEMO = 1 << 16
_RUN = re.compile(r"[^ \t\n\r\f\v]+")
_LONG = 48  # longer runs of characters are asked all over

Places = dict[int, list[int] | None]
"""Regex by number → the places where it may match, in order; None: anywhere. A regex that is not there matches nowhere."""


_ANY_OF = {chr(code): 1 << code for code in range(128)}
_ANY_OF["0"] = sum(1 << code for code in range(0x30, 0x3A))
_ANY_OF |= {chr(code): 1 << code | 1 << code + 32 for code in range(0x41, 0x5B)}


class Candidates:
    """The heads of some regexes, asked together. ``None`` stands for a regex that is always asked."""

    def __init__(self, heads: Sequence[Head | None]) -> None:
        self.heads = tuple(heads)
        known = [(i, h) for i, h in enumerate(self.heads) if h is not None]
        self._always = tuple(i for i, h in enumerate(self.heads) if h is None or (h.starts == "any" and h.spaced))
        self._loose = _Loose((i, h) for i, h in known if h.starts == "any" and not h.spaced)
        self._words = {i: h.words for i, h in known if h.words}
        self._word = _Asked((i, h) for i, h in known if h.starts != "any")
        self._digits = _Asked((i, h) for i, h in known if h.starts == "digits")

    def find(self, text: str) -> Places:
        """The places in a text, whatever it holds."""
        places: Places = dict.fromkeys(self._always)
        normal = text.translate(_NORMAL)
        word, digits, known = self._word.at, self._digits.at, self._word.near.get
        for m in _START.finditer(normal):
            at = m.start()
            if known(normal[at : at + _NEAR]) == ():
                continue
            inside = at and "A" <= normal[at - 1] <= "Z"
            for i in digits(normal, at) if inside else word(normal, at):
                if (found := places.get(i)) is None:
                    places[i] = [at]
                else:
                    found.append(at)
        lower = text.lower() if text.isascii() else ""  # other letters may have other forms
        for i, at in self._loose.places(normal):
            if lower and (words := self._words.get(i)) and not any(word in lower for word in words):
                continue
            if (found := places.get(i)) is None:
                places[i] = [at]
            else:
                found.append(at)
        return places


class _Loose:
    """Regexes that may match in the middle of a word: asked in each run of characters that has what they need.

    None of them holds white space, so a match lies in one run; answers are kept by run.
    """

    def __init__(self, among: Iterable[tuple[int, Head]]) -> None:
        self._heads = [(i, h, re.compile(f"[{_signs(h.first)}\x80-\U0010ffff]")) for i, h in among]
        self._known: dict[str, tuple[tuple[int, int], ...]] = {}

    def places(self, normal: str) -> Iterator[tuple[int, int]]:
        """Regex and place, for each regex in the order of the text."""
        if not self._heads:
            return
        known = self._known.get
        for m in _RUN.finditer(normal):
            run = m.group()
            here = known(run)
            if here is None:
                here = self._ask(run)
            if here:
                low = m.start()
                for i, at in here:
                    yield i, low + at

    def _ask(self, run: str) -> tuple[tuple[int, int], ...]:
        held = sum(1 << ord(c) for c in set(run)) if run.isascii() else -1
        found: list[tuple[int, int]] = []
        for i, h, first in self._heads:
            if len(run) >= h.least and all(need & held for need in h.needs):
                starts = [one.start() for one in first.finditer(run, 0, len(run) - h.least + 1)]
                if len(run) <= _LONG and not h.ahead:
                    starts = [at for at in starts if _viable(h, run[at:], True)]
                found += ((i, at) for at in starts)
        if len(run) <= _LONG:
            if len(self._known) >= _MEMO:
                self._known.clear()
            self._known[run] = tuple(found)
        return tuple(found)


def _signs(bits: int) -> str:
    return "".join(re.escape(c) for c, own in _ANY_OF.items() if own & bits)


class _Asked:
    """Which of some regexes may match at a place; answers are kept by the characters there."""

    def __init__(self, among: Iterable[tuple[int, Head]]) -> None:
        self._heads = dict(among)
        self.near: dict[str, tuple[int, ...]] = {}
        self._levels = tuple((size, self.near if size == _NEAR else dict[str, tuple[int, ...]]()) for size in (_NEAR, *_FURTHER))

    def at(self, normal: str, at: int) -> tuple[int, ...]:
        live: tuple[int, ...] | None = None
        for size, memo in self._levels:
            key = normal[at : at + size]
            known = memo.get(key)
            if known is None:
                if len(memo) >= _MEMO:
                    memo.clear()
                among = self._heads if live is None else live
                known = memo[key] = tuple(i for i in among if _viable(self._heads[i], key, len(key) < size))
            if not known:
                return known
            live = known
        return live or ()


def _viable(h: Head, key: str, ends: bool) -> bool:
    """Whether a match may begin with ``key``, or have ended in it; ``ends``: the text ends behind it."""
    return _reads(h.automaton, h.masks, key, ends) and all(_reads(a, masks, key, ends) for a, masks in h.ahead)


def _reads(a: Automaton, masks: tuple[int, ...], key: str, ends: bool) -> bool:
    follow, last = a.follow, a.last
    states = set(a.first)
    for c in key:
        bit = _ANY_OF.get(c, 0)
        if not bit:  # not ASCII: it counts as any character
            return True
        here = [i for i in states if masks[i] & bit]
        if any(i in last for i in here):
            return True
        states = {j for i in here for j in follow[i]}
        if not states:
            return False
    return not ends


class AtCandidates:
    """Stands for a compiled regex inside a pattern of Presidio: the same matches, tried only where they may be."""

    __slots__ = ("_compiled", "_number", "_places")

    def __init__(self, compiled: Any, number: int, places: Callable[[str], Places]) -> None:
        self._compiled, self._number, self._places = compiled, number, places

    def finditer(self, text: str, timeout: float | None = None) -> Iterator[Any]:
        """What ``finditer`` of the regex gives, in the same order."""
        places = self._places(text)
        if self._number not in places:
            return
        starts = places[self._number]
        if starts is None:
            yield from self._compiled.finditer(text, timeout=timeout)
            return
        end, match = 0, self._compiled.match
        for start in starts:
            if start >= end and (found := match(text, start, timeout=timeout)):
                end = found.end()
                yield found

    def __getattr__(self, name: str) -> Any:  # whatever else is asked of it, the regex answers
        return getattr(self._compiled, name)
