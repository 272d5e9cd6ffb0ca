"""Which context words stand near a span, whose they are, and how far away.

Chinese words are searched in the raw text (a tokenizer would cut 身份证 apart); Latin ones as whole words, so that
"lic" is not found in "duplicate". The nearest word wins: 订单号 right before a number outweighs 手机 further off.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

AFTER = 10  # characters searched behind a span (rule book G5)
LATIN_BEFORE, LATIN_AFTER = 6, 3  # words searched before and behind
_LATIN_REACH = 64  # characters that hold LATIN_BEFORE words
_BEHIND_HANDICAP = 6  # labels stand before their value far more often than behind it

_WORD = re.compile(r"[A-Za-z]+")
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")

NEGATIVE = -1
"""Owner index of the words that speak against a number being personal (order, invoice …)."""


class Hit(NamedTuple):
    """A context word near a span; ``distance`` in characters."""

    distance: int
    word: str


class ContextIndex:
    """All context words of all packs, compiled once; ``near`` asks for one span."""

    __slots__ = ("_han", "_han_owners", "_latin", "_reach")

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
        # 身份证号码 in the text must also count for whoever listed 身份证.
        self._han_owners = {word: tuple(set().union(*(o for w, o in han.items() if w in word))) for word in han}
        self._han = re.compile(_alternation(han)) if han else None
        self._latin: dict[str, list[tuple[tuple[str, ...], tuple[int, ...]]]] = defaultdict(list)
        for tokens, owners in latin.items():
            self._latin[tokens[0]].append((tokens, tuple(owners)))
        for phrases in self._latin.values():
            phrases.sort(key=lambda item: -len(item[0]))

    def near(self, text: str, start: int, end: int) -> dict[int, Hit]:
        """For every owner with a word near ``text[start:end]``: the nearest one."""
        hits: dict[int, Hit] = {}
        if self._han is not None:
            for m in self._han.finditer(text, max(0, start - self._reach), start):
                word = m.group()
                distance = start - m.end()
                for owner in self._han_owners[word]:
                    hits[owner] = Hit(distance, word)  # later matches are nearer
            for m in self._han.finditer(text, end, end + AFTER):
                word = m.group()
                distance = m.start() - end + _BEHIND_HANDICAP
                for owner in self._han_owners[word]:
                    if owner not in hits or hits[owner].distance > distance:
                        hits[owner] = Hit(distance, word)
        if self._latin:
            before = list(_WORD.finditer(text, max(0, start - _LATIN_REACH), start))[-LATIN_BEFORE:]
            if before:
                self._latin_hits(before, hits, lambda m: start - m.end())
            behind = list(_WORD.finditer(text, end, end + _LATIN_REACH // 2))[:LATIN_AFTER]
            if behind:
                self._latin_hits(behind, hits, lambda m: m.start() - end + _BEHIND_HANDICAP)
        return hits

    def named(self, label: str) -> dict[int, Hit]:
        """The owners that a column name or key speaks for, at distance 0."""
        return {owner: Hit(0, hit.word) for owner, hit in self.near(label + " ", len(label) + 1, len(label) + 1).items()}

    def occurrences(self, text: str) -> Iterable[tuple[int, int, tuple[int, ...], str]]:
        """Every context word in the text: (start, end, owners, word)."""
        if self._han is not None:
            for m in self._han.finditer(text):
                yield m.start(), m.end(), self._han_owners[m.group()], m.group()
        if self._latin:
            words: list[re.Match[str]] = []
            for m in _WORD.finditer(text):
                words.append(m)
                if len(words) > LATIN_BEFORE:
                    del words[0]
                for size in range(1, len(words) + 1):
                    run = tuple(w.group().lower() for w in words[-size:])
                    for tokens, owners in self._latin.get(run[0], ()):
                        if tokens == run:
                            yield words[-size].start(), m.end(), owners, " ".join(run)

    def _latin_hits(self, words: list[re.Match[str]], hits: dict[int, Hit], distance_of: object) -> None:
        get = self._latin.get
        for i, m in enumerate(words):
            token = m.group()
            lower = token.lower()
            phrases = get(lower)
            if phrases is None:
                phrases = (get(lower[:-1]) if lower[-1] == "s" else None) or self._camel(token)
                if not phrases:
                    continue
            for tokens, owners in phrases:
                size = len(tokens)
                if size > 1 and (
                    i + size > len(words) or any(words[i + k].group().lower() != tokens[k] for k in range(1, size))
                ):
                    continue
                distance = distance_of(words[i + size - 1] if size > 1 else m)  # type: ignore[operator]  # a plain callable; typing it costs a cast per call
                for owner in owners:
                    if owner not in hits or hits[owner].distance > distance:
                        hits[owner] = Hit(distance, token if size == 1 else " ".join(tokens))

    def _camel(self, token: str) -> list[tuple[tuple[str, ...], tuple[int, ...]]]:
        """Phrases of the parts of mobilePhone; only where the token really is in camel case."""
        if token.islower() or token.isupper() or token.istitle():
            return []
        parts = tuple(part.lower() for part in _CAMEL.findall(token))
        found: list[tuple[tuple[str, ...], tuple[int, ...]]] = []
        for i, part in enumerate(parts):
            for tokens, owners in self._latin.get(part, ()):
                if parts[i : i + len(tokens)] == tokens:
                    found.append(((token,), owners))
        return found


def _alternation(words: Iterable[str]) -> str:
    """A regex for any of the words, longest first, as a tree by first characters so that it is quick to refuse."""
    tree: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=lambda w: (-len(w), w)):
        tree[word[0]].append(word[1:])
    branches = []
    for first, rests in sorted(tree.items()):
        tails = "|".join(re.escape(rest) for rest in rests if rest)
        optional = "?" if "" in rests else ""
        branches.append(re.escape(first) + (f"(?:{tails}){optional}" if tails else ""))
    return "|".join(branches)
