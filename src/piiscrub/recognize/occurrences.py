"""Where the words of some owners stand in a whole text, for patterns that only a word of their own gives away."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from piiscrub.recognize.hits import bits, shared
from piiscrub.recognize.reading import Reading
from piiscrub.recognize.together import Together
from piiscrub.recognize.words import PairPlaces, by_first_pair, listed

_NEXT = re.compile(rb" {1,2}([a-z]+)")  # the next word of a phrase: two characters may stand between, as in "no. of"


class Occurrences:
    """Where the words of some owners stand in a text, in one pass over the text."""

    __slots__ = ("_ascii", "_firsts", "_han", "_latin", "_seconds", "_starts", "pairs")

    def __init__(self, words: Mapping[int, Iterable[str]]) -> None:
        found = listed(words)
        self._latin: dict[bytes, int] = defaultdict(int)  # owners by the words joined
        self._starts: dict[bytes, int] = {}  # first word of a phrase → most words of a phrase that begins with it
        self._seconds: dict[bytes, set[bytes]] = {}  # first word → what may stand behind it
        for tokens, owners in found.latin.items():
            joined = "".join(tokens).encode()
            self._latin[joined] |= bits(owners)
            for first in (tokens[0].encode(), joined):
                self._seconds.setdefault(first, set())
                self._starts[first] = max(self._starts.get(first, 1), len(tokens))
            self._seconds[tokens[0].encode()].update("".join(tokens[1:i]).encode() for i in range(2, len(tokens) + 1))
        self._firsts = frozenset(self._starts)
        self._han = by_first_pair(shared(found.han))
        self.pairs = PairPlaces(self._han)
        self._ascii = any(pair.isascii() for pair in self._han)  # STRASSE, the capitals of straße

    def __call__(self, together: Together) -> Sequence[tuple[Reading, int, int]]:
        """Each word by the text it stands in, the place right behind it, and its owners as bits; in no order.

        No word reaches over the wall between two texts.
        """
        found: list[tuple[Reading, int, int]] = []
        for behind, owners in self._within(together):
            position, start = together.place(behind - 1)
            found.append((together.readings[position], behind - start, owners))
        return found

    def _within(self, together: Together) -> Sequence[tuple[int, int]]:
        """The place right behind each word, with its owners, in no order; wechat_id and WeChat ID are one word."""
        text = together.text
        pairs = self.pairs(text, together.marks) if not text.isascii() or self._ascii else ()
        told = self._firsts.intersection(together.words)
        if not pairs and not told:
            return ()  # nearly every text
        found: list[tuple[int, int]] = []
        filed_by = self._han.get
        for at in pairs:
            if filed := filed_by(text[at : at + 2]):
                for offset, size in filed.sizes:
                    begin = at - offset
                    if begin >= 0 and (word := text[begin : begin + size]) in filed.owners:
                        found.append((begin + size, filed.owners[word]))
                        break
        begun = sorted(one for one in told if one in self._latin or not self._seconds[one].isdisjoint(together.words))
        if begun:
            flat = together.letters.lower()
            for first in begun:
                found += self._phrases(flat, first)
        return found

    def _phrases(self, flat: bytes, first: bytes) -> Iterator[tuple[int, int]]:
        """The phrases that begin with a word, wherever it stands alone."""
        at = flat.find(first)
        while at >= 0:
            behind = at + len(first)
            if not flat[behind : behind + 1].isalpha() and not (at and flat[at - 1 : at].isalpha()):
                joined, end = first, behind
                for _ in range(self._starts[first]):
                    if joined in self._latin:
                        yield end, self._latin[joined]
                    following = _NEXT.match(flat, end)
                    if following is None:
                        break
                    joined, end = joined + following[1], following.end()
            at = flat.find(first, behind)
