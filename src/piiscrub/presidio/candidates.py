"""Many regexes over one text: one pass finds the places where each of them may match."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from piiscrub.packs.automaton import Automaton
from piiscrub.presidio.heads import SPACE, Head

_NORMAL = dict.fromkeys(range(48, 58), "0") | {code: chr(code - 32) for code in range(0x61, 0x7B)}
_NORMAL |= dict.fromkeys(range(9, 14), " ")
_START = re.compile("(?<![0A-Z])[0A-Z_\x80-\U0010ffff]|(?<=[A-Z])0")
_NEAR = 3  # so many characters rule out most
_AHEAD = 16  # so many characters of a run are read at a place
_BEYOND = (6, 14)  # and so many behind it, the few first
_MEMO = 1 << 16
_LONG = 48  # of a longer run nothing is kept

Places = dict[int, list[int] | None]
"""Regex by number → the places where it may match, in order; None: anywhere. A regex that is not there matches nowhere."""


_ANY_OF = {chr(code): 1 << code for code in range(128)}
_ANY_OF["0"] = sum(1 << code for code in range(0x30, 0x3A))
_ANY_OF[" "] = SPACE
_ANY_OF |= {chr(code): 1 << code | 1 << code + 32 for code in range(0x41, 0x5B)}


class Candidates:
    """The heads of some regexes, asked together. ``None`` stands for a regex that is always asked.

    A text is read in runs of characters between white space. What is known of a run is kept: where in it a regex may match
    that takes no white space, and where something may begin that goes on behind it.
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
        self._runs: dict[str, _Run] = {"": ()}

    def find(self, text: str) -> Places:
        """The places in a text, whatever it holds."""
        places: Places = dict.fromkeys(self._always)
        normal = text.translate(_NORMAL)
        known = self._runs.get
        low = 0
        for run in normal.split(" "):
            here = known(run)
            if here is None:
                here = self._ask(run)
            if here:
                for offset, i in here[0]:
                    _add(places, i, low + offset)
                for offset, asked in here[1]:
                    for i in asked.beyond(normal, low + offset, low + len(run)):
                        _add(places, i, low + offset)
            low += len(run) + 1
        if text.isascii():  # other letters may have other forms
            for i in self._words.keys() & places.keys():
                lower = text.lower()
                if not any(word in lower for word in self._words[i]):
                    del places[i]
        return places

    def _ask(self, run: str) -> _Run:
        whole: list[tuple[int, int]] = []
        begun = []
        for m in _START.finditer(run):
            at = m.start()
            asked = self._digits if at and "A" <= run[at - 1] <= "Z" else self._word
            here, goes_on = asked.here(run[at : at + _AHEAD], ends=len(run) <= at + _AHEAD)
            whole += ((at, i) for i in here)
            if goes_on:
                begun.append((at, asked))
        held = sum(1 << ord(c) for c in set(run)) if run.isascii() else -1
        for i, h, first in self._loose:
            if len(run) >= h.least and all(need & held for need in h.needs):
                found = (one.start() for one in first.finditer(run, 0, len(run) - h.least + 1))
                whole += ((at, i) for at in found if len(run) > _LONG or h.ahead or _viable(h, run[at:], True))
        known: _Run = (tuple(whole), tuple(begun)) if whole or begun else ()
        if len(run) <= _LONG:
            if len(self._runs) >= _MEMO:
                self._runs = {"": ()}
            self._runs[run] = known
        return known


def _add(places: Places, number: int, at: int) -> None:
    known = places.get(number)
    if known is None:
        places[number] = [at]
    else:
        known.append(at)


def _signs(bits: int) -> str:
    return "".join(re.escape(c) for c, own in _ANY_OF.items() if own & bits)


class _Asked:
    """Some regexes. Those ``across`` may go on behind a run of characters, the others are decided within it."""

    def __init__(self, among: Iterable[tuple[int, Head]]) -> None:
        self._heads = dict(among)
        self._across = frozenset(i for i, h in self._heads.items() if _goes_on(h))
        self._begin: dict[str, tuple[int, ...]] = {}
        self._here: dict[tuple[str, bool], tuple[tuple[int, ...], bool]] = {}
        self._levels = tuple((more, dict[str, tuple[int, ...]]()) for more in _BEYOND)

    def here(self, key: str, *, ends: bool) -> tuple[tuple[int, ...], bool]:
        """Those within that may match where these characters stand, and whether any across may; ``ends``: the run ends there."""
        known = self._here.get((key, ends))
        if known is None:
            live = self._live(key[:_NEAR])
            within = tuple(i for i in live if i not in self._across and _viable(self._heads[i], key, ends))
            longer = f"{key} " if ends else key
            known = within, any(i in self._across and _viable(self._heads[i], longer, False) for i in live)
            if len(self._here) >= _MEMO:
                self._here.clear()
            self._here[key, ends] = known
        return known

    def _live(self, key: str) -> tuple[int, ...]:
        """Those that may begin with these few characters, whatever follows."""
        known = self._begin.get(key)
        if known is None:
            if len(self._begin) >= _MEMO:
                self._begin.clear()
            known = self._begin[key] = tuple(i for i, h in self._heads.items() if _viable(h, key, False))
        return known

    def beyond(self, normal: str, at: int, end: int) -> tuple[int, ...]:
        """Those across that may match at a place of a run that ends at ``end``; answers are kept by the characters there."""
        end = min(end, at + _AHEAD)
        live: Iterable[int] = self._across
        found: tuple[int, ...] | None = ()
        for more, memo in self._levels:
            key = normal[at : end + more]
            found = memo.get(key)
            if found is None:
                if len(memo) >= _MEMO:
                    memo.clear()
                found = memo[key] = tuple(i for i in sorted(live) if _viable(self._heads[i], key, False))
            if not found:
                break
            live = found
        return found or ()


_Run = tuple[tuple[tuple[int, int], ...], tuple[tuple[int, _Asked], ...]] | tuple[()]
"""Offsets with the regex that may match there, and offsets where something may begin that goes on, with whom to ask."""


def _goes_on(h: Head) -> bool:
    return h.spaced or any(mask & SPACE for _, masks in h.ahead for mask in masks)


def _viable(h: Head, key: str, ends: bool) -> bool:
    """Whether a match may begin with ``key``, or have ended in it; ``ends``: no more of it follows."""
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
