"""Which context words stand near a span, whose they are, and how far away.

Chinese words are searched in the raw text (a tokenizer would cut 身份证 apart); Latin ones as whole words, so that
"lic" is not found in "duplicate". The nearest word wins: 订单号 right before a number outweighs 手机 further off.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from piiscrub.recognize.hits import AGAINST, Hit, Hits, bits, by_owner, shared
from piiscrub.recognize.phrases import LATIN_REACH, Phrases
from piiscrub.recognize.words import by_first_pair, by_last_pair, first_pairs, letters, listed, pair_finder, plain

AFTER = 10  # characters searched behind a span (rule book G5)
LATIN_BEFORE, LATIN_AFTER = 6, 3  # words searched before and behind
WIDE = 32  # characters behind a run of digits in which the label of a longer value may stand
BEHIND_HANDICAP = 6  # labels stand before their value far more often than behind it

LISTED_WITH = re.compile(r", (?:and )?| and | or |[、，]|以?及|[和与與]|[；;，,]?\s?[2-9][.、)）](?![0-9]{2})\s?")
"""What stands between values that share one word: asthma and eczema, 工号10023、10024, 1.胃炎 2.痛风."""

_MOST_FEW = 256  # sets of owners remembered
_BETWEEN = " \t\n\r:：=＝\"'“”‘’「」『』()（）[]【】<>《》*|#/\\,，、-—~是为為"  # what may stand between a label and its value
# A word of another sentence or line says nothing of this one, unless it is the label itself ("Phone:" above the number).
# Not ?, for a question names what its answer is. One class of characters in front lets the search skip ahead.
_STOP = re.compile(r"[。！!；;\n.](?:(?<![.])|\s+(?=[A-Z]))")
_PLACEHOLDER = re.compile("<[A-Z][A-Z0-9_]*>")  # what stood there has a label of its own, and is none
_COMMA = re.compile("[,，、|&\t/]")  # /users/NUMBER/orders: the next part of a path is no label either


class ContextIndex:
    """All context words of all packs, filed once; ``near`` asks for one span."""

    __slots__ = ("_ends", "_few", "_han", "_latin", "_listed", "_pair", "_reach")

    def __init__(self, words: Mapping[int, Iterable[str]], *, reach: int = 20) -> None:
        self._reach = reach
        han, latin = listed(words)
        self._listed = [(word, bits(owners)) for word, owners in han.items()]
        self._few: dict[int, Callable[[str, int, int], object]] = {}
        sharing = shared(han)
        self._han = by_first_pair(sharing)
        self._ends = by_last_pair(sharing)
        self._pair = pair_finder(self._han)
        self._latin = Phrases(latin)

    def near(self, text: str, start: int, end: int) -> dict[int, Hit]:
        """For every owner with a word near ``text[start:end]``: the nearest one; beside a label, the label alone."""
        cut = max(0, start - LATIN_REACH)
        text = text[cut : end + LATIN_REACH]
        return by_owner(self.around(text, letters(plain(text)), start - cut, end - cut))

    def around(self, text: str, flat: bytes, start: int, end: int) -> Hits:
        """The words near ``text[start:end]``; beside a label, the label alone. ``flat`` are the letters of the text."""
        return self.label(text, flat, start) or self.before(text, flat, start) + self.behind(text, flat, end)

    def label(self, text: str, flat: bytes, start: int) -> Hits:
        """The word that stands right before a place, with nothing but colons, quotes and the like between.

        Whoever listed a part of it shares it: 台胞证号 is a label of 证号 and of 台胞证, "answering at" one of answering.
        """
        window = text[start - self._reach if start > self._reach else 0 : start]
        head = window.rstrip(_BETWEEN)
        if not head:
            return []
        distance = len(window) - len(head)
        last = head[-1]
        if last.isascii():
            if not last.isalpha():
                return []
            if word := self._ending(head):  # B站UID, of which UID by itself says something else
                return [(distance, self._ends[head[-2:]].owners[word], word)]
            return self._latin.label(flat, start - distance, distance)
        if head[-2:-1] == " ":
            head = head.replace(" ", "")  # 账　号, spread over its field
            if not self._ending(head):
                head = head.rstrip("号码號碼")  # in 手 机 号 码 nobody else sees the 手机
        if word := self._ending(head):
            return [(distance, self._ends[head[-2:]].owners[word], word), *self._running_into(head, len(word), distance)]
        return []

    def _ending(self, head: str) -> str:
        """The longest word with a Chinese character that ends here, "" if there is none."""
        if filed := self._ends.get(head[-2:]):
            sizes, owners = filed
            for _, size in sizes:
                if (word := head[-size:]) in owners:
                    return word
        return ""

    def _running_into(self, head: str, size: int, distance: int) -> Hits:
        """The words that run into the label at the end of ``head`` by one character, and those that end where it begins."""
        hits: Hits = []
        for overlap in (1, 0):
            end = len(head) - size + overlap
            if end > 1 and (found := self._ends.get(head[end - 2 : end])):
                for _, longer in found.sizes:
                    if longer <= end and (word := head[end - longer : end]) in found.owners:
                        hits.append((distance + size - overlap, found.owners[word], word))
                        break
        return hits

    def before(self, text: str, flat: bytes, start: int) -> Hits:
        """The words before a place, in the same sentence."""
        hits: Hits = []
        low = start - self._reach if start > self._reach else 0
        m = self._pair(text, low, start)
        while m:
            at = m.end() - 2
            if filed := self._han.get(text[at : at + 2]):
                for offset, size in filed.sizes:
                    begin, end = at - offset, at - offset + size
                    if begin >= low and end <= start and (word := text[begin:end]) in filed.owners:
                        hits.append((start - end, filed.owners[word], word))
                        break
            m = self._pair(text, at + 2, start)
        if flat[low:start].strip():
            low = start - LATIN_REACH if start > LATIN_REACH else 0
            window = flat[low:start]
            words = window.rsplit(None, LATIN_BEFORE)[-LATIN_BEFORE:]
            if not self._latin.dull.issuperset(words):
                for i, size, owners, shown in self._latin.among(words):
                    hits.append((start - low - _end(window, words, i + size - 1), owners, shown))
        if hits and (stop := _last_stop(text, low, start)) >= 0:
            return [hit for hit in hits if start - hit[0] > stop]
        return hits

    def behind(self, text: str, flat: bytes, end: int, reach: int = AFTER) -> Hits:
        """The words behind a place, in the same sentence.

        Behind a comma 订单号 is the label of the next number; it speaks against this one only before a comma.
        """
        hits: Hits = []
        stop = _STOP.search(text, end, end + max(reach, LATIN_REACH // 2))
        last = stop.start() if stop else len(text)
        tag = text.find("<", end, last)
        if tag >= 0 and _PLACEHOLDER.match(text, tag):
            last = tag
        high = min(last, end + reach)
        m = self._pair(text, end, high)
        while m:
            at = m.end() - 2
            if filed := self._han.get(text[at : at + 2]):
                for offset, size in filed.sizes:
                    begin = at - offset
                    if begin >= end and begin + size <= high and (word := text[begin : begin + size]) in filed.owners:
                        hits.append((begin - end + BEHIND_HANDICAP, _kept(text, end, begin, filed.owners[word]), word))
                        break
            m = self._pair(text, at + 2, high)
        window = flat[end : min(last, end + LATIN_REACH // 2)]
        words = window.split(None, LATIN_AFTER)[:LATIN_AFTER]
        if words and not self._latin.dull.issuperset(words):
            for i, _, owners, shown in self._latin.among(words):
                begin = end + _start(window, words, i)
                hits.append((begin - end + BEHIND_HANDICAP, _kept(text, end, begin, owners), shown))
        return hits

    def silent(self, text: str, flat: bytes, start: int, end: int, owners: int) -> bool:
        """Whether no word of these owners stands before or behind; looking at all words would find none.

        It costs a fifth of that, and what stands beside a small number is seldom a word of those few that it could mean.
        """
        search = self._few.get(owners) or self._search(owners)
        if search(text, start - self._reach if start > self._reach else 0, end + WIDE):
            return False
        words = flat[start - LATIN_REACH if start > LATIN_REACH else 0 : end + LATIN_REACH // 2].split()
        return not words or not self._latin.begin(words, owners)

    def _search(self, owners: int) -> Callable[[str, int, int], object]:
        """What looks for the Chinese words of these owners; what it finds may be another word."""
        search = pair_finder(first_pairs(word for word, own in self._listed if own & owners))
        if len(self._few) < _MOST_FEW:
            self._few[owners] = search
        return search

    def named(self, label: str) -> dict[int, Hit]:
        """The owners that a column name or key speaks for, at distance 0."""
        return {owner: (0, word) for owner, (_, word) in by_owner(self.before(label, letters(plain(label)), len(label))).items()}


def _kept(text: str, end: int, begin: int, owners: int) -> int:
    """The owners of a word behind a place; a comma between keeps a word off that would speak against."""
    return owners & ~AGAINST if owners & AGAINST and _COMMA.search(text, end, begin) else owners


def _end(window: bytes, words: list[bytes], number: int) -> int:
    """Where one of the last words of a window ends."""
    at = len(window)
    for word in reversed(words[number:]):
        at = window.rfind(word, 0, at)
    return at + len(words[number])


def _start(window: bytes, words: list[bytes], number: int) -> int:
    """Where one of the first words of a window begins."""
    at = 0
    for word in words[:number]:
        at = window.find(word, at) + len(word)
    return window.find(words[number], at)


def _last_stop(text: str, low: int, start: int) -> int:
    """Where the last end of a sentence or line between two places stands; -1 if there is none."""
    stop = -1
    m = _STOP.search(text, low, start)
    while m:
        stop = m.start()
        m = _STOP.search(text, m.end(), start)
    return stop
