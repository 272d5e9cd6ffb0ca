"""Which context words stand near a span, whose they are, and how far away.

Chinese words are searched in the raw text (a tokenizer would cut 身份证 apart); Latin ones as whole words, so that
"lic" is not found in "duplicate". The word right before a value is its label; without one the nearest word wins:
订单号 close before a number outweighs 手机 further off.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

REACH = 20  # characters searched before a span (rule book G5)
AFTER = 10  # characters searched behind a span
LATIN_BEFORE, LATIN_AFTER = 6, 3  # words searched before and behind
BEHIND_HANDICAP = 6  # labels stand before their value far more often than behind it
_LATIN_REACH = 48  # characters that hold LATIN_BEFORE words
_WIDE = 40  # characters behind a token in which the label of a longer value may stand
_GAP = 8  # most characters between a label and its value
_BACK = 32  # characters a question may step back without a new look
_AHEAD = 400  # characters looked at in one go where places stand close
_MEMO = 20_000  # words remembered; a text of random words must not grow it without end
_BETWEEN = " \t\n\r:：=＝\"'“”‘’「」『』()（）[]【】<>《》*|#-—~是为為"  # what may stand between a label and its value

# A word of another sentence or line says nothing of this one, unless it is the label itself ("Phone:" above the number).
_STOP = re.compile(r"[。！？!?；;\n]|\.\s+(?=[A-Z])")
_WORD = re.compile(r"[A-Za-z]+")
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")

NEGATIVE = -1
"""Owner index of the words that speak against a number being personal (order, invoice …)."""

Hit: TypeAlias = tuple[int, str]
"""A context word near a span: its distance in characters, and the word. A plain tuple: dozens are made per kilobyte."""

_Word: TypeAlias = tuple[str, tuple[int, ...]]  # a Chinese word, its owners
_Phrase: TypeAlias = tuple[Callable[[str, int], re.Match[str] | None] | None, tuple[int, ...]]  # None: one word
_Place: TypeAlias = tuple[int, int, tuple[int, ...]]  # start, end, owners


class ContextIndex:
    """All context words of all packs, filed once. ``open`` looks them up in one text."""

    __slots__ = ("_latin", "_phrases", "dull", "han", "pairs")

    def __init__(self, words: Mapping[int, Iterable[str]]) -> None:
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
        self.han = _filed(han)
        self.pairs = _pairs(self.han)
        self._latin: dict[str, list[_Phrase]] = defaultdict(list)
        for tokens in sorted(latin, key=lambda t: (-len(t), t)):
            self._latin[tokens[0]].append((_phrase(tokens), tuple(sorted(_sharing(tokens, latin)))))
        self._phrases: dict[str, list[_Phrase]] = {}
        self.dull: set[str] = set()  # words of texts seen so far that begin no phrase

    def open(self, text: str) -> Nearby:
        """The context words of one text."""
        return Nearby(self, text)

    def named(self, label: str) -> dict[int, Hit]:
        """The owners that a column name or key speaks for, at distance 0."""
        return {owner: (0, word) for owner, (_, word) in self.open(label).before(len(label)).items()}

    def phrases(self, word: str) -> list[_Phrase] | None:
        """The phrases that a word of the text can begin, longest first; a plural counts as its singular."""
        return self._phrases.get(word) or self._look_up(word)

    def _look_up(self, word: str) -> list[_Phrase] | None:
        lower = word.lower()
        found = self._latin.get(lower) or (self._latin.get(lower[:-1]) if lower[-1] == "s" else None)
        if found is None and not (word.islower() or word.isupper() or word.istitle()):
            found = self._camel(word) or None
        if found:
            self._phrases[word] = found
        elif len(self.dull) < _MEMO:
            self.dull.add(word)
        return found

    def _camel(self, token: str) -> list[_Phrase]:
        """One-word phrases for the parts of mobilePhone."""
        parts = " ".join(part.lower() for part in _CAMEL.findall(token))
        owners: set[int] = set()
        for m in _WORD.finditer(parts):
            for phrase, own in self._latin.get(m.group(), ()):
                if phrase is None or phrase(parts, m.start()):
                    owners.update(own)
        return [(None, tuple(sorted(owners)))] if owners else []


class Nearby:
    """The context words of one text, looked up around the places asked for.

    Meant for passes from left to right: what was looked at stays known, what no question comes near is never looked at,
    and a question far to the left begins anew.
    """

    __slots__ = ("_at", "_index", "_places", "_starts", "_text", "_to")

    def __init__(self, index: ContextIndex, text: str) -> None:
        self._index, self._text = index, text
        self._places: list[_Place] = []  # by start
        self._starts: list[int] = []
        self._to = self._at = 0

    def near(self, start: int, end: int) -> dict[int, Hit]:
        """For every owner with a word near the span: the nearest one; beside a label, the label alone."""
        return self.label(start) or self.behind(end, self.before(start))

    def around(self, start: int, end: int) -> dict[int, Hit]:
        """The same for a token that may go on: words behind it count from further off."""
        return self.label(start) or self.behind(end, self.before(start), _WIDE)

    def label(self, start: int) -> dict[int, Hit] | None:
        """The word right before a place, with nothing but colons, quotes and the like between.

        Words that overlap or touch it share it: 台胞证号 is a label of 证号 and of 台胞证.
        """
        if start < self._at - _BACK:
            self._places, self._starts, self._to = [], [], 0
        self._at = start
        if start > self._to:
            self._look(start)
        text, places = self._text, self._places
        i = bisect_left(self._starts, start) - 1
        while i >= 0 and places[i][1] > start:  # a word that runs into the value
            i -= 1
        if i < 0 or start - places[i][1] > _GAP:
            return None
        first, last, owners = places[i]
        distance = start - last
        if distance and text[last:start].strip(_BETWEEN):
            return None
        hits = dict.fromkeys(owners, (distance, text[first:last]))
        while i:
            i -= 1
            other, until, own = places[i]
            if until < first:
                break
            if until <= start:
                _keep_nearest(hits, own, (start - until, text[other:until]))
                first = other
        return hits

    def before(self, start: int) -> dict[int, Hit]:
        """The nearest word of every owner before a place."""
        if start > self._to:
            self._look(start)
        text, places = self._text, self._places
        hits: dict[int, Hit] = {}
        for i in range(bisect_left(self._starts, start) - 1, -1, -1):
            first, last, owners = places[i]
            if start - first > _LATIN_REACH:
                break
            if last > start:
                continue
            if _STOP.search(text, last, start):
                break
            word = text[first:last]
            if start - first <= REACH if not word.isascii() else len(_WORD.findall(text, last, start)) < LATIN_BEFORE:
                _keep_nearest(hits, owners, (start - last, word))
        return hits

    def behind(self, end: int, hits: dict[int, Hit], reach: int = AFTER) -> dict[int, Hit]:
        """``hits``, with the words behind a place where they are nearer."""
        high = end + (reach if reach > _LATIN_REACH // 2 else _LATIN_REACH // 2)
        if high > self._to and self._to < len(self._text):
            self._look(end)
        text, places = self._text, self._places
        for i in range(bisect_left(self._starts, end), len(places)):
            first, last, owners = places[i]
            if first > high or _STOP.search(text, end, first):
                break
            word = text[first:last]
            if last - end <= reach if not word.isascii() else len(_WORD.findall(text, end, first)) < LATIN_AFTER:
                _keep_nearest(hits, owners, (first - end + BEHIND_HANDICAP, word))
        return hits

    def _look(self, at: int) -> None:
        """Look at the text around a place, from where the last look ended if that is near."""
        low, done = at - _LATIN_REACH - _GAP, self._to
        if low <= done:
            low, high = done, at + _AHEAD  # places stand close here: look at more at once
        else:
            high = at + _WIDE + _GAP
        self._to = min(high, len(self._text))
        found = self._han(low, high)
        found += self._latin(low, high)
        if found:
            found.sort()
            self._places += found
            self._starts += [place[0] for place in found]

    def _han(self, low: int, high: int) -> list[_Place]:
        text, get = self._text, self._index.han.get
        places: list[_Place] = []
        for m in self._index.pairs(text, low, high + 1):  # one more, which the look-ahead may see
            at = m.start()
            words = get(text[at : at + 2])
            if words:
                for word, owners in words:
                    if text.startswith(word, at):
                        places.append((at, at + len(word), owners))
                        break
        return places

    def _latin(self, low: int, high: int) -> list[_Place]:
        text, index = self._text, self._index
        places: list[_Place] = []
        telling = {w for w in set(_WORD.findall(text, low, high + _LATIN_REACH)) - index.dull if index.phrases(w)}
        if not telling:
            return places
        for m in _WORD.finditer(text, low, high + _LATIN_REACH):
            word, start = m.group(), m.start()
            if word not in telling or (start == low and _letter(text, low - 1)):
                continue  # at low, it may be the rest of a word that was looked at before
            if start >= high:
                break
            for phrase, owners in index.phrases(word) or ():
                whole = phrase(text, start) if phrase else m
                if whole:
                    places.append((start, whole.end(), owners))
                    break
        return places


class Occurrences:
    """Where the words of some owners stand in a text."""

    __slots__ = ("_owners", "_words")

    def __init__(self, words: Mapping[int, Iterable[str]]) -> None:
        owners: dict[str, set[int]] = defaultdict(set)
        for owner, own in words.items():
            for word in own:
                owners[word.lower()].add(owner)
        self._owners = {_compact(word): own for word, own in owners.items()}
        by_first: dict[str, list[str]] = defaultdict(list)
        for word in sorted(owners, key=lambda w: (-len(w), w)):
            by_first[word[0]].append(word)
        # A set of characters first: only then does the search skip ahead at memory speed.
        first = "".join(re.escape(ch) for ch in sorted(set("".join(by_first)) | set("".join(by_first).upper())))
        rest = "|".join(f"(?<={_either(ch)})(?:{'|'.join(map(_any_case, own))})" for ch, own in sorted(by_first.items()))
        self._words = re.compile(f"([{first}](?:{rest}))") if owners else None

    def __call__(self, text: str) -> Iterator[tuple[int, Iterable[int]]]:
        """The place right behind each word, with its owners; Latin words only where no letter touches them."""
        if self._words is None:
            return
        for m in self._words.finditer(text):
            word, (start, end) = _compact(m.group().lower()), m.span()
            if not (word.isascii() and (_letter(text, start - 1) or _letter(text, end))):
                yield end, self._owners[word]


def _either(ch: str) -> str:
    return f"[{ch.lower()}{ch.upper()}]" if ch.lower() != ch.upper() else re.escape(ch)


def _any_case(word: str) -> str:
    return "".join("[ _-]?" if ch in " _-" else _either(ch) for ch in word[1:])


def _compact(word: str) -> str:
    """wechat id, wechat_id and wechatid are one word."""
    return word.replace(" ", "").replace("_", "").replace("-", "")


def _letter(text: str, at: int) -> bool:
    return 0 <= at < len(text) and text[at].isascii() and text[at].isalpha()


def _pairs(filed: Iterable[str]) -> Callable[[str, int, int], Iterable[re.Match[str]]]:
    """Find the places where a filed word may begin: a first character of one, with a second one behind it."""
    keys = [key for key in filed if len(key) == 2]
    if not keys:
        return lambda text, low, high: ()
    first, second = ("".join(sorted({re.escape(key[i]) for key in keys})) for i in (0, 1))
    return re.compile(f"[{first}](?=[{second}])").finditer


def _phrase(tokens: tuple[str, ...]) -> Callable[[str, int], re.Match[str] | None] | None:
    if len(tokens) == 1:
        return None
    return re.compile("[^A-Za-z]{1,3}".join(tokens) + "s?(?![A-Za-z])", re.IGNORECASE).match


def _sharing(tokens: tuple[str, ...], latin: Mapping[tuple[str, ...], set[int]]) -> set[int]:
    """The owners of a phrase and of every phrase it holds."""
    size = len(tokens)
    parts = {tokens[i:j] for i in range(size) for j in range(i + 1, size + 1)}
    return set[int]().union(*(latin[part] for part in parts if part in latin))


def _filed(words: Mapping[str, set[int]]) -> dict[str, tuple[_Word, ...]]:
    """Words with their owners by first two characters, longest first; 身份证号码 also counts for whoever listed 身份证."""
    filed: dict[str, list[_Word]] = defaultdict(list)
    for word in sorted(words, key=lambda w: (-len(w), w)):
        owners = set[int]().union(*(own for part, own in words.items() if part in word))
        filed[word[:2]].append((word, tuple(sorted(owners))))
    return {key: tuple(found) for key, found in filed.items()}


def _keep_nearest(hits: dict[int, Hit], owners: Iterable[int], hit: Hit) -> None:
    for owner in owners:
        if owner not in hits or hits[owner][0] > hit[0]:
            hits[owner] = hit
