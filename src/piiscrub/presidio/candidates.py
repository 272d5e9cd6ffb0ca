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
    """The heads of some regexes, asked together. ``None`` stands for a regex that is always asked.

    A text is read in runs of characters between white space. What is known of a run is kept: where in it something may begin
    that goes on behind it, and where a regex may match that holds no white space and may begin in the middle of a word.
    """

    def __init__(self, heads: Sequence[Head | None]) -> None:
        self.heads = tuple(heads)
        known = [(i, h) for i, h in enumerate(self.heads) if h is not None]
        self._always = tuple(i for i, h in enumerate(self.heads) if h is None or (h.starts == "any" and h.spaced))
        self._loose = [
            (i, h, re.compile(f"[{_signs(h.first)}\x80-\U0010ffff]")) for i, h in known if h.starts == "any" and not h.spaced
        ]
        self._word = _Asked((i, h) for i, h in known if h.starts != "any")
        self._digits = _Asked((i, h) for i, h in known if h.starts == "digits")
        self._words = {i: h.words for i, h in known if h.words}
        self._runs: dict[str, _Run] = {}

    def find(self, text: str) -> Places:
        """The places in a text, whatever it holds."""
        places: Places = dict.fromkeys(self._always)
        normal = text.translate(_NORMAL)
        lower = text.lower() if text.isascii() else ""  # other letters may have other forms
        known = self._runs.get
        for m in _RUN.finditer(normal):
            run = m.group()
            here = known(run)
            if here is None:
                here = self._ask(run)
            if not here:
                continue
            low = m.start()
            for offset, inside in here[0]:
                at = low + offset
                for i in self._digits.at(normal, at) if inside else self._word.at(normal, at):
                    _add(places, i, at)
            for offset, i in here[1]:
                if lower and i in self._words and not any(word in lower for word in self._words[i]):
                    continue
                _add(places, i, low + offset)
        return places

    def _ask(self, run: str) -> _Run:
        starts = []
        for m in _START.finditer(run):
            at = m.start()
            inside = bool(at and "A" <= run[at - 1] <= "Z")
            if (self._digits if inside else self._word).may(run[at : at + _NEAR]):
                starts.append((at, inside))
        held = sum(1 << ord(c) for c in set(run)) if run.isascii() else -1
        loose: list[tuple[int, int]] = []
        for i, h, first in self._loose:
            if len(run) >= h.least and all(need & held for need in h.needs):
                found = (one.start() for one in first.finditer(run, 0, len(run) - h.least + 1))
                loose += ((at, i) for at in found if len(run) > _LONG or h.ahead or _viable(h, run[at:], True))
        here: _Run = (tuple(starts), tuple(loose)) if starts or loose else ()
        if len(run) <= _LONG:
            if len(self._runs) >= _MEMO:
                self._runs.clear()
            self._runs[run] = here
        return here


_Run = tuple[tuple[tuple[int, bool], ...], tuple[tuple[int, int], ...]] | tuple[()]
"""Offsets at which a word or a number begins that may be something, and offsets with the loose regex that may match there."""


def _add(places: Places, number: int, at: int) -> None:
    known = places.get(number)
    if known is None:
        places[number] = [at]
    else:
        known.append(at)


def _signs(bits: int) -> str:
    return "".join(re.escape(c) for c, own in _ANY_OF.items() if own & bits)


class _Asked:
    """Which of some regexes may match at a place; answers are kept by the characters there."""

    def __init__(self, among: Iterable[tuple[int, Head]]) -> None:
        self._heads = dict(among)
        self._may: dict[str, bool] = {}
        self._levels = tuple((size, dict[str, tuple[int, ...]]()) for size in (_NEAR, *_FURTHER))

    def may(self, key: str) -> bool:
        """Whether anything may begin with some characters, whatever follows."""
        known = self._may.get(key)
        if known is None:
            if len(self._may) >= _MEMO:
                self._may.clear()
            known = self._may[key] = any(_viable(h, key, False) for h in self._heads.values())
        return known

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
