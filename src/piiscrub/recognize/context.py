"""Which context words stand near a span, whose they are, and how far away.

Chinese words are searched in the raw text (a tokenizer would cut 身份证 apart); Latin ones as whole words, so that
"lic" is not found in "duplicate". The nearest word wins: 订单号 right before a number outweighs 手机 further off.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

AFTER = 10  # characters searched behind a span (rule book G5)
LATIN_BEFORE, LATIN_AFTER = 6, 3  # words searched before and behind
_LATIN_REACH = 48  # characters that hold LATIN_BEFORE words
BEHIND_HANDICAP = 6  # labels stand before their value far more often than behind it

_MEMO = 20_000  # words remembered; a text of random words must not grow it without end
_WORD = re.compile(r"[A-Za-z]+")
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")

NEGATIVE = -1
"""Owner index of the words that speak against a number being personal (order, invoice …)."""


_Phrase: TypeAlias = tuple[tuple[str, ...], tuple[int, ...]]  # words in small letters, owners

Hit: TypeAlias = tuple[int, str]
"""A context word near a span: its distance in characters, and the word. A plain tuple: dozens are made per kilobyte."""


class ContextIndex:
    """All context words of all packs, filed once; ``near`` asks for one span."""

    __slots__ = ("_han", "_latin", "_memo", "_pair", "_reach")

    def __init__(self, words: Mapping[int, Iterable[str]], *, reach: int = 20) -> None:
        self._reach = reach
        han: dict[str, set[int]] = defaultdict(set)
        latin: dict[tuple[str, ...], set[int]] = defaultdict(set)
        for owner, own in words.items():
            for word in own:
                if word.isascii():
                    tokens = tuple(t.lower() for t in _WORD.findall(word))
                    if tokens:
                        latin[tokens].add(owner)
                else:
                    for form in {word, word.upper(), word.lower()}:
                        han[form].add(owner)
        self._han = _filed(han)
        self._pair = _pairs(self._han)
        self._latin: dict[str, list[_Phrase]] = defaultdict(list)
        for tokens, owners in latin.items():
            self._latin[tokens[0]].append((tokens, tuple(sorted(owners))))
        for phrases in self._latin.values():
            phrases.sort(key=lambda item: -len(item[0]))
        self._memo: dict[str, list[_Phrase] | None] = {}

    def near(self, text: str, start: int, end: int) -> dict[int, Hit]:
        """For every owner with a word near ``text[start:end]``: the nearest one.

        Words behind the span are looked for only if none stands right before it: labels come first.
        """
        hits = self.before(text, start)
        if hits and min(hits.values())[0] < BEHIND_HANDICAP:
            return hits
        return self.behind(text, end, hits)

    def before(self, text: str, start: int) -> dict[int, Hit]:
        """The nearest word of every owner before a place."""
        hits: dict[int, Hit] = {}
        low = start - self._reach if start > self._reach else 0
        for m in self._pair(text, low, start):
            at = m.start()
            for word, owners in self._han.get(text[at : at + 2], ()):
                if text.startswith(word, at, start):
                    hit = (start - at - len(word), word)
                    for owner in owners:  # later words are nearer; of two that end together the longer one counts
                        if owner not in hits or hits[owner][0] > hit[0]:
                            hits[owner] = hit
                    break
        low = start - _LATIN_REACH if start > _LATIN_REACH else 0
        words = _WORD.findall(text, low, start)[-LATIN_BEFORE:]
        memo = self._memo
        for i, token in enumerate(words):
            phrases = memo[token] if token in memo else self._look_up(token)
            if phrases:
                ends = [m.end() for m in _WORD.finditer(text, low, start)][-LATIN_BEFORE:]
                for phrase in phrases:
                    if size := _fits(phrase, words, i):
                        _file(hits, phrase, " ".join(words[i : i + size]), start - ends[i + size - 1])
        return hits

    def behind(self, text: str, end: int, hits: dict[int, Hit], reach: int = AFTER) -> dict[int, Hit]:
        """``hits``, with the words behind a place where they are nearer."""
        high = end + reach
        for m in self._pair(text, end, high):
            at = m.start()
            for word, owners in self._han.get(text[at : at + 2], ()):
                if text.startswith(word, at, high):
                    hit = (at - end + BEHIND_HANDICAP, word)
                    for owner in owners:
                        if owner not in hits or hits[owner][0] > hit[0]:
                            hits[owner] = hit
                    break
        high = end + _LATIN_REACH // 2
        words = _WORD.findall(text, end, high)[:LATIN_AFTER]
        memo = self._memo
        for i, token in enumerate(words):
            phrases = memo[token] if token in memo else self._look_up(token)
            if phrases:
                starts = [m.start() for m in _WORD.finditer(text, end, high)]
                for phrase in phrases:
                    if size := _fits(phrase, words, i):
                        _file(hits, phrase, " ".join(words[i : i + size]), starts[i] - end + BEHIND_HANDICAP)
        return hits

    def named(self, label: str) -> dict[int, Hit]:
        """The owners that a column name or key speaks for, at distance 0."""
        return {owner: (0, word) for owner, (_, word) in self.before(label, len(label)).items()}

    def _look_up(self, token: str) -> list[_Phrase] | None:
        """The phrases a word of the text can begin, remembered; a plural counts as its singular."""
        lower = token.lower()
        phrases = self._latin.get(lower) or (self._latin.get(lower[:-1]) if lower[-1] == "s" else None)
        if phrases is None and not (token.islower() or token.isupper() or token.istitle()):
            phrases = self._camel(token) or None
        if len(self._memo) < _MEMO:
            self._memo[token] = phrases
        return phrases

    def _camel(self, token: str) -> list[_Phrase]:
        """Phrases made of the parts of mobilePhone."""
        parts = tuple(part.lower() for part in _CAMEL.findall(token))
        found: list[_Phrase] = []
        for i, part in enumerate(parts):
            for tokens, owners in self._latin.get(part, ()):
                if parts[i : i + len(tokens)] == tokens:
                    found.append(((token,), owners))
        return found


class Occurrences:
    """Where the words of some owners stand in a text; few words, so each is searched for on its own, at memory speed."""

    __slots__ = ("_words",)

    def __init__(self, words: Mapping[int, Iterable[str]]) -> None:
        # Longer words are filed under the shortest one they hold: where there is no 微信 there is no 微信号 either.
        self._words: dict[int, dict[str, list[str]]] = {}
        for owner, own in words.items():
            filed = self._words[owner] = {}
            for word in sorted({word.lower() for word in own}, key=len):
                base = next((short for short in filed if short in word), word)
                filed.setdefault(base, []).append(word)

    def ends(self, text: str, owner: int) -> list[int]:
        """The places right behind each word of the owner; Latin words only where no letter touches them."""
        lower = text.lower()
        if len(lower) != len(text):  # a few letters grow when they are made small; then offsets would move
            lower = text
        found: set[int] = set()
        for base, words in self._words.get(owner, {}).items():
            if base not in lower:
                continue
            for word in words:
                at = lower.find(word)
                while at >= 0:
                    end = at + len(word)
                    if not (word.isascii() and (_letter(lower, at - 1) or _letter(lower, end))):
                        found.add(end)
                    at = lower.find(word, end)
        return sorted(found)


def _letter(text: str, at: int) -> bool:
    return 0 <= at < len(text) and text[at].isascii() and text[at].isalpha()


def _pairs(filed: Iterable[str]) -> Callable[[str, int, int], Iterable[re.Match[str]]]:
    """Find the places where a filed word may begin: its first character, with a second one behind it."""
    keys = list(filed)
    if not keys:
        return lambda text, low, high: ()
    first, second = ("".join(sorted({re.escape(key[i]) for key in keys if len(key) > i})) for i in (0, 1))
    return re.compile(f"[{first}](?=[{second}])").finditer


def _fits(phrase: _Phrase, words: list[str], at: int) -> int:
    """How many words of the text, from ``at`` on, make up the phrase; 0 if they do not."""
    size = len(phrase[0])
    if size == 1:
        return 1
    return size if tuple(word.lower() for word in words[at : at + size]) == phrase[0] else 0


def _file(hits: dict[int, Hit], phrase: _Phrase, word: str, distance: int) -> None:
    for owner in phrase[1]:
        if owner not in hits or hits[owner][0] > distance:
            hits[owner] = (distance, word)


def _filed(words: Mapping[str, set[int]]) -> dict[str, tuple[tuple[str, tuple[int, ...]], ...]]:
    """Words with their owners, by first two characters, longest first; 身份证号码 also counts for whoever listed 身份证."""
    filed: dict[str, list[tuple[str, tuple[int, ...]]]] = defaultdict(list)
    for word in sorted(words, key=lambda w: (-len(w), w)):
        owners = set[int]().union(*(own for part, own in words.items() if part in word))
        filed[word[:2]].append((word, tuple(sorted(owners))))
    return {key: tuple(found) for key, found in filed.items()}
