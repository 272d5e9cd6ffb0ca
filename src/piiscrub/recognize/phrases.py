"""Latin context words: whole words and phrases of them, in either case, also as parts of mobilePhone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple, TypeAlias

from piiscrub.recognize.hits import Hits, shared

LATIN_REACH = 48
"""Characters looked at before a span; they hold six words."""

_LONGEST_WORD = 24
_MEMO = 20_000  # words remembered; a text of random words must not grow it without end
_CAMEL = re.compile(rb"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")

Phrase: TypeAlias = tuple[tuple[bytes, ...], int, str]  # words in small letters, owners as bits, how it is shown


class Begun(NamedTuple):
    """What one word of a text can begin: phrases of several words by their second one, longest first, and single words.

    ``owners`` are those of all of them, as bits.
    """

    several: Mapping[bytes, Sequence[Phrase]]
    single: Sequence[Phrase]
    owners: int


class Phrases:
    """Every Latin context word of all packs. Texts are given as their letters (``words.letters``)."""

    __slots__ = ("_first", "_last", "_memo", "_owners", "dull")

    def __init__(self, latin: Mapping[tuple[str, ...], set[int]]) -> None:
        self._owners: dict[tuple[bytes, ...], tuple[int, str]] = {}
        first: dict[bytes, list[Phrase]] = defaultdict(list)
        self._last: dict[bytes, int] = {}  # last word of a phrase → most words of a phrase that ends with it
        for words, owners in sorted(shared(latin).items(), key=lambda item: (-len(item[0]), item[0])):
            tokens = tuple(word.encode() for word in words)
            shown = " ".join(words)
            self._owners[tokens] = owners, shown
            first[tokens[0]].append((tokens, owners, shown))
            self._last.setdefault(tokens[-1], len(tokens))  # longest first
        self._first = {word: _begun(phrases) for word, phrases in first.items()}
        self._memo: dict[bytes, Begun] = {}
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

    def among(self, words: Sequence[bytes]) -> Iterator[tuple[int, int, int, str]]:
        """Each phrase among the words of a text: its first word, how many it has, its owners, how it is shown."""
        dull = self.dull
        for i, word in enumerate(words):
            if word not in dull and (begun := self._of(word)):
                if begun.several and i + 1 < len(words):
                    for phrase, owners, shown in begun.several.get(words[i + 1].lower(), ()):
                        size = len(phrase)
                        if tuple([word.lower() for word in words[i : i + size]]) == phrase:
                            yield i, size, owners, shown
                for _, owners, shown in begun.single:
                    yield i, 1, owners, shown

    def begin(self, words: Iterable[bytes], owners: int) -> bool:
        """Whether one of these words of a text may begin a phrase of these owners."""
        dull = self.dull
        for word in words:  # noqa: SIM110  # any() makes a generator, which costs more than the loop
            if word not in dull and (begun := self._of(word)) and begun.owners & owners:
                return True
        return False

    def _of(self, token: bytes) -> Begun | None:
        """What a word of the text can begin, remembered; a plural counts as its singular."""
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
        return found

    def _camel(self, token: bytes) -> Begun | None:
        """Phrases made of the parts of mobilePhone."""
        parts = tuple(part.lower() for part in _CAMEL.findall(token))
        found: list[Phrase] = []
        for i, part in enumerate(parts):
            if begun := self._first.get(part):
                for tokens, owners, shown in chain(*begun.several.values(), begun.single):
                    if parts[i : i + len(tokens)] == tokens:  # what is shown is a listed word, never one of the text
                        found.append((tokens[-1:], owners, shown.rpartition(" ")[2]))
        return _begun(found) if found else None


def _begun(phrases: Sequence[Phrase]) -> Begun:
    owners = 0
    several: dict[bytes, list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        owners |= phrase[1]
        if len(phrase[0]) > 1:
            several[phrase[0][1]].append(phrase)
    return Begun(dict(several), [phrase for phrase in phrases if len(phrase[0]) == 1], owners)
