"""Many regexes over one text: one pass finds the places where each of them may match."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from piiscrub.presidio.heads import SPACE, Head
from piiscrub.presidio.reading import ANY_OF, Reader

_NORMAL = dict.fromkeys(range(48, 58), "0") | {code: chr(code - 32) for code in range(0x61, 0x7B)}
_NORMAL |= dict.fromkeys(range(9, 14), " ")
_START = re.compile("(?<![0A-Z])[0A-Z_\x80-\U0010ffff]|(?<=[A-Z])0")
_NEAR = 3  # so many characters rule out most
_AHEAD = 16  # so many characters of a run are read at a place
_BEYOND = (6, 14)  # and so many behind it, the few first
_MEMO = 1 << 16
_LONG = 48  # of a longer run nothing is kept
_FRESH = 600, 3  # a text may ask so many heads anew, and so many more for each character; then the regexes are cheaper

Places = dict[int, list[int] | None]
"""Regex by number → the places where it may match, in order; None: anywhere. A regex that is not there matches nowhere."""


class Candidates:
    """The heads of some regexes, asked together. ``None`` stands for a regex that is always asked.

    A text is read in runs of characters between white space. What is known of a run is kept: where in it a regex may match
    that takes no white space, and where something may begin that goes on behind it.
    """

    def __init__(self, heads: Sequence[Head | None]) -> None:
        self.heads = tuple(heads)
        known = [(i, h) for i, h in enumerate(self.heads) if h is not None]
        readers = {i: Reader(h) for i, h in known}
        self._work = _Work()
        self._always = tuple(i for i, h in enumerate(self.heads) if h is None or (h.starts == "any" and h.spaced))
        self._loose = [
            (i, h, readers[i], re.compile(f"[{_signs(h.first)}\x80-\U0010ffff]"))
            for i, h in known
            if h.starts == "any" and not h.spaced
        ]
        self._word = _Asked(((i, h, readers[i]) for i, h in known if h.starts != "any"), self._work)
        self._digits = _Asked(((i, h, readers[i]) for i, h in known if h.starts == "digits"), self._work)
        self._words = {i: h.words for i, h in known if h.words}
        self._runs: dict[str, _Run] = {"": ()}

    def find(self, text: str) -> Places:
        """The places in a text, whatever it holds; anywhere for all of them if it asks too much that is new."""
        self._work.left = _FRESH[0] + _FRESH[1] * len(text)
        try:
            return self._find(text)
        except _TooMuch:
            return dict.fromkeys(range(len(self.heads)))

    def _find(self, text: str) -> Places:
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
        for i, h, reader, first in self._loose:
            if len(run) >= h.least and all(need & held for need in h.needs):
                found = [one.start() for one in first.finditer(run, 0, len(run) - h.least + 1)]
                if len(run) <= _LONG and not h.ahead:
                    self._work.take(len(found))
                    found = [at for at in found if reader.viable(run[at:], ends=True)]
                whole += ((at, i) for at in found)
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
    return "".join(re.escape(c) for c, own in ANY_OF.items() if own & bits)


class _TooMuch(Exception):
    """A text asks too much that is not kept from earlier ones."""


class _Work:
    """So many heads may a text still ask anew."""

    left = 0

    def take(self, heads: int) -> None:
        self.left -= heads
        if self.left < 0:
            raise _TooMuch


class _Asked:
    """Some regexes. Those ``across`` may go on behind a run of characters, the others are decided within it."""

    def __init__(self, among: Iterable[tuple[int, Head, Reader]], work: _Work) -> None:
        heads = tuple(among)
        self._readers = {i: reader for i, _, reader in heads}
        self._across = frozenset(i for i, h, _ in heads if _goes_on(h))
        self._work = work
        self._begin: dict[str, tuple[int, ...]] = {"": tuple(self._readers)}
        self._here: dict[tuple[str, bool], tuple[tuple[int, ...], bool]] = {}
        self._levels = tuple((more, dict[str, tuple[int, ...]]()) for more in _BEYOND)

    def here(self, key: str, *, ends: bool) -> tuple[tuple[int, ...], bool]:
        """Those within that may match where these characters stand, and whether any across may; ``ends``: the run ends there."""
        known = self._here.get((key, ends))
        if known is None:
            live = self._live(key[:_NEAR])
            self._work.take(len(live))
            within = tuple(i for i in live if i not in self._across and self._readers[i].viable(key, ends=ends))
            longer = f"{key} " if ends else key
            known = within, any(i in self._across and self._readers[i].viable(longer) for i in live)
            if len(self._here) >= _MEMO:
                self._here.clear()
            self._here[key, ends] = known
        return known

    def _live(self, key: str) -> tuple[int, ...]:
        """Those that may begin with these few characters, whatever follows."""
        known = self._begin.get(key)
        if known is None:
            live = self._live(key[:-1])
            self._work.take(len(live))
            if len(self._begin) >= _MEMO:
                self._begin = {"": self._begin[""]}
            known = self._begin[key] = tuple(i for i in live if self._readers[i].viable(key))
        return known

    def beyond(self, normal: str, at: int, end: int) -> tuple[int, ...]:
        """Those across that may match at a place of a run that ends at ``end``; answers are kept by the characters there."""
        end = min(end, at + _AHEAD)
        live: Collection[int] = self._across
        found: tuple[int, ...] | None = ()
        for more, memo in self._levels:
            key = normal[at : end + more]
            found = memo.get(key)
            if found is None:
                if len(memo) >= _MEMO:
                    memo.clear()
                self._work.take(len(live))
                found = memo[key] = tuple(i for i in sorted(live) if self._readers[i].viable(key))
            if not found:
                break
            live = found
        return found or ()


_Run = tuple[tuple[tuple[int, int], ...], tuple[tuple[int, _Asked], ...]] | tuple[()]
"""Offsets with the regex that may match there, and offsets where something may begin that goes on, with whom to ask."""


def _goes_on(h: Head) -> bool:
    return h.spaced or any(mask & SPACE for _, masks in h.ahead for mask in masks)
