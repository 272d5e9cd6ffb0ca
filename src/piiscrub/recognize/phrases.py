"""Latin context words: whole words and phrases of them, in either case, also as parts of mobilePhone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import TypeAlias

from piiscrub.recognize.hits import Hits, bits

LATIN_REACH = 48
"""Characters looked at before a span; they hold six words."""

_LONGEST_WORD = 24
_MEMO = 20_000  # words remembered; a text of random words must not grow it without end
_CAMEL = re.compile(rb"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")

Phrase: TypeAlias = tuple[tuple[bytes, ...], int, str]  # words in small letters, owners as bits, how it is shown


class Phrases:
    """Every Latin context word of all packs. Texts are given as their letters (``words.letters``)."""

    __slots__ = ("_first", "_last", "_memo", "_owners", "dull")

    def __init__(self, latin: Mapping[tuple[str, ...], set[int]]) -> None:
        self._owners: dict[tuple[bytes, ...], tuple[int, str]] = {}
        self._first: dict[bytes, list[Phrase]] = defaultdict(list)
        self._last: dict[bytes, int] = {}  # last word of a phrase → most words of a phrase that ends with it
        for words in sorted(latin, key=lambda words: (-len(words), words)):
            tokens = tuple(word.encode() for word in words)
            owners, shown = _sharing(words, latin), " ".join(words)
            self._owners[tokens] = owners, shown
            self._first[tokens[0]].append((tokens, owners, shown))
            self._last.setdefault(tokens[-1], len(tokens))  # longest first
        self._memo: dict[bytes, list[Phrase]] = {}
        self.dull: set[bytes] = set()
        """Words of texts seen so far that begin no phrase."""

    def label(self, flat: bytes, end: int, distance: int) -> Hits:
        """The phrase that ends at a place, ``distance`` characters before a span."""
        last = flat[end - _LONGEST_WORD if end > _LONGEST_WORD else 0 : end].rsplit(None, 1)[-1].lower()
        longest = self._last.get(last)
        if longest is None:
            last = last[:-1] if last.endswith(b"s") else b""
            longest = self._last.get(last)
            if longest is None:
                return []
        if longest == 1:
            return [(distance, *self._owners[last,])]
        words = flat[end - LATIN_REACH if end > LATIN_REACH else 0 : end].lower().rsplit(None, longest)[-longest:]
        words[-1] = last
        for at in range(len(words)):
            if found := self._owners.get(tuple(words[at:])):
                return [(distance, *found)]
        return []

    def of(self, token: bytes) -> list[Phrase]:
        """The phrases a word of the text can begin, remembered; a plural counts as its singular."""
        if token in self.dull:
            return []
        if found := self._memo.get(token):
            return found
        lower = token.lower()
        found = self._first.get(lower) or (self._first.get(lower[:-1]) if lower.endswith(b"s") else None)
        if found is None and not (token.islower() or token.isupper() or token.istitle()):
            found = self._camel(token)
        if found:
            self._memo[token] = found
        elif len(self.dull) < _MEMO:
            self.dull.add(token)
        return found or []

    def _camel(self, token: bytes) -> list[Phrase]:
        """Phrases made of the parts of mobilePhone."""
        parts = tuple(part.lower() for part in _CAMEL.findall(token))
        found: list[Phrase] = []
        for i, part in enumerate(parts):
            for tokens, owners, shown in self._first.get(part, ()):
                if parts[i : i + len(tokens)] == tokens:  # what is shown is a listed word, never one of the text
                    found.append((tokens[-1:], owners, shown.rpartition(" ")[2]))
        return found


def fits(phrase: Phrase, words: list[bytes], at: int) -> int:
    """How many words of the text, from ``at`` on, make up the phrase; 0 if they do not."""
    size = len(phrase[0])
    if size == 1:
        return 1
    return size if tuple([word.lower() for word in words[at : at + size]]) == phrase[0] else 0


def _sharing(tokens: tuple[str, ...], latin: Mapping[tuple[str, ...], set[int]]) -> int:
    """The owners of a phrase and of every phrase it holds, as bits."""
    size = len(tokens)
    parts = {tokens[i:j] for i in range(size) for j in range(i + 1, size + 1)}
    return bits(owner for part in parts if part in latin for owner in latin[part])
