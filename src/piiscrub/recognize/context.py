"""Which context words stand near a span, whose they are, and how far away.

Chinese words are searched in the raw text (a tokenizer would cut 身份证 apart); Latin ones as whole words, so that
"lic" is not found in "duplicate". The nearest word wins: 订单号 right before a number outweighs 手机 further off.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from piiscrub.recognize.words import WORD, by_first_pair, by_last_pair, listed, pair_finder

AFTER = 10  # characters searched behind a span (rule book G5)
LATIN_BEFORE, LATIN_AFTER = 6, 3  # words searched before and behind
_LATIN_REACH = 48  # characters that hold LATIN_BEFORE words
BEHIND_HANDICAP = 6  # labels stand before their value far more often than behind it

_BETWEEN = " \t\n\r:：=＝\"'“”‘’「」『』()（）[]【】<>《》*|#/\\,，、-—~是为為"  # what may stand between a label and its value
_LONGEST_WORD = 24
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_MEMO = 20_000  # words remembered; a text of random words must not grow it without end
# A word of another sentence or line says nothing of this one, unless it is the label itself ("Phone:" above the number).
_STOP = re.compile(r"[。！!；;\n]|\.\s+(?=[A-Z])")  # not ?, for a question names what its answer is
_COMMA = re.compile("[,，、]")
_LETTER = re.compile(r"[A-Za-z]")
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")

NEGATIVE = -1
"""Owner index of the words that speak against a number being personal (order, invoice …)."""


_Phrase: TypeAlias = tuple[tuple[str, ...], tuple[int, ...]]  # words in small letters, owners

Hit: TypeAlias = tuple[int, str]
"""A context word near a span: its distance in characters, and the word. A plain tuple: dozens are made per kilobyte."""


class ContextIndex:
    """All context words of all packs, filed once; ``near`` asks for one span."""

    __slots__ = ("_dull", "_ends", "_han", "_last", "_latin", "_memo", "_owners", "_pairs", "_reach")

    def __init__(self, words: Mapping[int, Iterable[str]], *, reach: int = 20) -> None:
        self._reach = reach
        han, latin = listed(words)
        self._han = by_first_pair(han)
        self._ends = by_last_pair(han)
        self._pairs = pair_finder(self._han)
        phrases = sorted(
            ((tokens, tuple(sorted(_sharing(tokens, latin)))) for tokens in latin),
            key=lambda phrase: (-len(phrase[0]), phrase[0]),
        )
        self._latin: dict[str, list[_Phrase]] = defaultdict(list)
        self._last: dict[str, int] = {}  # last word of a phrase → most words of a phrase that ends with it
        for tokens, owners in phrases:
            self._latin[tokens[0]].append((tokens, owners))
            self._last.setdefault(tokens[-1], len(tokens))  # longest first
        self._owners = dict(phrases)
        self._memo: dict[str, list[_Phrase]] = {}
        self._dull: set[str] = set()  # words of texts seen so far that begin no phrase

    def near(self, text: str, start: int, end: int, before: dict[int, Hit] | None = None) -> dict[int, Hit]:
        """For every owner with a word near ``text[start:end]``: the nearest one; beside a label, the label alone.

        ``before`` is what ``before`` gave, where ``label`` was asked already and gave nothing.
        """
        if before is None:
            return self.label(text, start) or self.behind(text, end, self.before(text, start))
        return self.behind(text, end, dict(before))

    def label(self, text: str, start: int) -> dict[int, Hit] | None:
        """The word that stands right before a place, with nothing but colons, quotes and the like between.

        Whoever listed a part of it shares it: 台胞证号 is a label of 证号 and of 台胞证, "answering at" one of answering.
        """
        window = text[start - self._reach if start > self._reach else 0 : start]
        head = window.rstrip(_BETWEEN)
        if not head:
            return None
        distance = len(window) - len(head)
        last = head[-1]
        if last.isascii():
            return self._latin_label(text, start - distance, distance) if last.isalpha() else None
        found = next(((word, owners) for word, owners in self._ends.get(head[-2:], ()) if head.endswith(word)), None)
        if found is None:
            return None
        word, owners = found
        hits = dict.fromkeys(owners, (distance, word))
        size = len(word)
        for overlap in (1, 0):  # a word that runs into the label by one character, or ends where it begins
            part = head[: len(head) - size + overlap]
            for other, own in self._ends.get(part[-2:], ()):
                if part.endswith(other):
                    _keep_nearest(hits, own, (distance + size - overlap, other))
                    break
        return hits

    def _latin_label(self, text: str, end: int, distance: int) -> dict[int, Hit] | None:
        head = text[end - _LONGEST_WORD if end > _LONGEST_WORD else 0 : end]
        token = head[len(head.rstrip(_LETTERS)) :]
        last = token.lower()
        longest = self._last.get(last)
        if longest is None:
            last = last[:-1] if last[-1] == "s" else ""
            longest = self._last.get(last)
            if longest is None:
                return None
        words = [token] if longest == 1 else WORD.findall(text, max(0, end - _LATIN_REACH), end)[-longest:]
        tokens = (*(word.lower() for word in words[:-1]), last)
        for at in range(len(tokens)):
            if owners := self._owners.get(tokens[at:]):
                return dict.fromkeys(owners, (distance, " ".join(tokens[at:])))
        return None

    def before(self, text: str, start: int) -> dict[int, Hit]:
        """The nearest word of every owner before a place, in the same sentence."""
        hits: dict[int, Hit] = {}
        low = start - self._reach if start > self._reach else 0
        for m in self._pairs(text, low, start):
            at = m.start()
            words = self._han.get(text[at : at + 2])
            if words:
                for word, offset, owners in words:
                    begin = at - offset
                    if begin >= low and text.startswith(word, begin, start):
                        _keep_nearest(hits, owners, (start - begin - len(word), word))
                        break
        if _LETTER.search(text, low, start):
            low = start - _LATIN_REACH if start > _LATIN_REACH else 0
            tokens = WORD.findall(text, low, start)[-LATIN_BEFORE:]
            if not self._dull.issuperset(tokens):
                ends: list[int] = []
                for i, token in enumerate(tokens):
                    for phrase in self._phrases(token):
                        if size := _fits(phrase, tokens, i):
                            ends = ends or [m.end() for m in WORD.finditer(text, low, start)][-LATIN_BEFORE:]
                            _keep_nearest(hits, phrase[1], (start - ends[i + size - 1], " ".join(phrase[0])))
        if hits and (stop := _last_stop(text, low, start)) >= 0:
            return {owner: hit for owner, hit in hits.items() if start - hit[0] > stop}
        return hits

    def behind(self, text: str, end: int, hits: dict[int, Hit], reach: int = AFTER) -> dict[int, Hit]:
        """``hits``, with the words behind a place, in the same sentence, where they are nearer.

        Behind a comma 订单号 is the label of the next number; it speaks against this one only before a comma.
        """
        stop = _STOP.search(text, end, end + reach)
        high = stop.start() if stop else end + reach
        for m in self._pairs(text, end, high):
            at = m.start()
            words = self._han.get(text[at : at + 2])
            if words:
                for word, offset, owners in words:
                    begin = at - offset
                    if begin >= end and text.startswith(word, begin, high):
                        if owners[0] == NEGATIVE and _COMMA.search(text, end, begin):
                            owners = owners[1:]  # noqa: PLW2901  # the same owners without the one that a comma keeps off
                        _keep_nearest(hits, owners, (begin - end + BEHIND_HANDICAP, word))
                        break
        if not stop:
            high = end + _LATIN_REACH // 2
        tokens = WORD.findall(text, end, high)[:LATIN_AFTER]
        if tokens and not self._dull.issuperset(tokens):
            starts: list[int] = []
            for i, token in enumerate(tokens):
                for phrase in self._phrases(token):
                    if _fits(phrase, tokens, i):
                        starts = starts or [m.start() for m in WORD.finditer(text, end, high)]
                        own = phrase[1][1:] if phrase[1][0] == NEGATIVE and _COMMA.search(text, end, starts[i]) else phrase[1]
                        _keep_nearest(hits, own, (starts[i] - end + BEHIND_HANDICAP, " ".join(phrase[0])))
        return hits

    def named(self, label: str) -> dict[int, Hit]:
        """The owners that a column name or key speaks for, at distance 0."""
        return {owner: (0, word) for owner, (_, word) in self.before(label, len(label)).items()}

    def _phrases(self, token: str) -> list[_Phrase]:
        """The phrases a word of the text can begin, remembered; a plural counts as its singular."""
        if token in self._dull:
            return []
        if found := self._memo.get(token):
            return found
        lower = token.lower()
        found = self._latin.get(lower) or (self._latin.get(lower[:-1]) if lower[-1] == "s" else None)
        if found is None and not (token.islower() or token.isupper() or token.istitle()):
            found = self._camel(token)
        if found:
            self._memo[token] = found
        elif len(self._dull) < _MEMO:
            self._dull.add(token)
        return found or []

    def _camel(self, token: str) -> list[_Phrase]:
        """Phrases made of the parts of mobilePhone."""
        parts = tuple(part.lower() for part in _CAMEL.findall(token))
        found: list[_Phrase] = []
        for i, part in enumerate(parts):
            for tokens, owners in self._latin.get(part, ()):
                if parts[i : i + len(tokens)] == tokens:
                    found.append(((tokens[-1],), owners))  # what is shown is a listed word, never one of the text
        return found


def _sharing(tokens: tuple[str, ...], latin: Mapping[tuple[str, ...], set[int]]) -> set[int]:
    """The owners of a phrase and of every phrase it holds."""
    size = len(tokens)
    parts = {tokens[i:j] for i in range(size) for j in range(i + 1, size + 1)}
    return set[int]().union(*(latin[part] for part in parts if part in latin))


def _fits(phrase: _Phrase, words: list[str], at: int) -> int:
    """How many words of the text, from ``at`` on, make up the phrase; 0 if they do not."""
    size = len(phrase[0])
    if size == 1:
        return 1
    return size if tuple(word.lower() for word in words[at : at + size]) == phrase[0] else 0


def _last_stop(text: str, low: int, start: int) -> int:
    """Where the last end of a sentence or line between two places stands; -1 if there is none."""
    stop = -1
    for m in _STOP.finditer(text, low, start):
        stop = m.start()
    return stop


def _keep_nearest(hits: dict[int, Hit], owners: Iterable[int], hit: Hit) -> None:
    for owner in owners:
        if owner not in hits or hits[owner][0] > hit[0]:
            hits[owner] = hit
