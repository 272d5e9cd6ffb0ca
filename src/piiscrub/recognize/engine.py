"""All packs in one pass over the text: candidates first, then the exact pattern, edge and check on the candidate only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from piiscrub.model.finding import Finding
from piiscrub.packs.load import Words
from piiscrub.packs.schema import Pack
from piiscrub.recognize.candidates import LONGEST, Candidates
from piiscrub.recognize.compiled import Entry, ParserEntry
from piiscrub.recognize.context import ContextIndex
from piiscrub.recognize.hits import AGAINST, NEGATIVE, Hit, Hits, bit, by_owner, owners_of
from piiscrub.recognize.literals import Literals
from piiscrub.recognize.occurrences import Occurrences
from piiscrub.recognize.reading import Reading
from piiscrub.recognize.words import kinds

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_LETTER_SET = frozenset(_LETTERS)
_WORD_SPAN = 64  # letters looked back over to find where a token begins; longer ones are no identifier
_SHORT = 12  # characters of a run that may begin with a small number: 30yearsold
_WIDE = 32  # characters behind a token in which the label of a longer value may stand
_JOINTS = frozenset(".-#:/ _,*+%")  # what joins the groups of one number


class Engine:
    """The packs, compiled. Immutable after construction but for caches, and safe to share between threads."""

    __slots__ = (
        "_candidates",
        "_columns",
        "_context",
        "_glue",
        "_last_label",
        "_literals",
        "_parsers",
        "_weak_words",
        "entries",
        "packs",
        "weak",
    )

    def __init__(self, packs: Sequence[Pack], negative: Words) -> None:
        self.packs = tuple(packs)
        entries = self.entries = tuple(Entry(pack, pattern, i) for i, pack in enumerate(self.packs) for pattern in pack.patterns)
        self.weak = frozenset((e.pack.id, e.pattern.name) for e in entries if e.pattern.mode == "context")
        self._candidates = Candidates(e for e in entries if not e.pack.parser)
        words: dict[int, Iterable[str]] = {i: (*pack.context.zh, *pack.context.en) for i, pack in enumerate(self.packs)}
        self._glue = frozenset(
            word.lower() for own in words.values() for word in own if word.isascii() and word.isalpha() and len(word) > 1
        )
        self._weak_words = Occurrences({e.owner: words[e.owner] for e in self._candidates.by_context})
        words[NEGATIVE] = (*negative.zh, *negative.en)
        self._context = ContextIndex(words)
        self._literals = Literals(self._candidates.by_literal)
        self._columns: dict[str, list[int]] = {}
        for i, pack in enumerate(self.packs):
            for column in pack.context.columns:
                self._columns.setdefault(column.casefold(), []).append(i)
        self._last_label: tuple[str, Hits] = ("", [])  # the cells of a column come one after the other
        self._parsers = tuple(ParserEntry(pack, i) for i, pack in enumerate(self.packs) if pack.parser)

    def find(self, text: str, *, label: str = "") -> list[Finding]:
        """Everything the packs see in the folded ``text``, in no particular order.

        ``label`` is a column name or key the text stands under; its words count as context.
        """
        reading = Reading(text, self._context_of_label(label) if label else [], self._context)
        numbers = self._at_tokens(reading)
        self._literals.find(reading)
        for entry in self._candidates.by_scan:
            _by_scan(reading, entry)
        self._behind_words(reading)
        for parser in self._parsers:
            needs = parser.needs
            for sign, word in needs:  # no any() and no call: they cost more than the search
                if sign in text and word in text:
                    break
            else:
                if needs:
                    continue
            for start, end, name, check in parser.find(text, numbers):
                reading.parsed(start, end, parser.entry(name), check)
        return reading.findings

    def near(self, text: str, start: int, end: int, *, label: str = "") -> dict[int, Hit]:
        """Context words near a span by pack index."""
        return self._context.near(text, start, end) | by_owner(self._context_of_label(label))

    def _at_tokens(self, reading: Reading) -> list[int]:
        """What stands at runs of letters and digits that hold a digit. Return where the short ones begin."""
        numbers: list[int] = []
        find = kinds(reading.plain).find  # three times as fast as a regex over the text
        token = find(b"0")
        if token < 0:
            return numbers
        text, flat, told, weigh, glue = reading.text, reading.letters, reading.owners, reading.weigh, self._glue
        bucket_for, known = self._candidates.bucket, self._candidates.buckets.get
        label_of, words_before, words_behind = self._context.label, self._context.before, self._context.behind
        follows, precedes = self._candidates.follows, self._candidates.precedes
        size, last, covered = len(text), 0, 0
        while token >= 0:
            digit, end = token, find(b" ", token)
            if end < 0:
                end = size
            token = find(b"0", end)
            length = end - digit
            if length <= _SHORT:
                numbers.append(digit)
            if digit < covered:
                last = end
                continue  # inside something whose check passed: the groups of a date, a card, an address
            start = digit
            left = text[digit - 1] if digit else ""
            if left in _LETTER_SET:
                lead = text[max(last, digit - _WORD_SPAN) : digit]
                start -= len(lead) - len(lead.rstrip(_LETTERS))
                if start < covered:
                    last = end
                    continue
                left = text[start - 1] if start else ""
                length = end - start
            last = end
            following = text[end] if end < size and text[end] in follows else ""
            inner = left if left in _JOINTS and start > 1 and text[start - 2].isdigit() else ""
            key = (length if length < LONGEST else LONGEST, text[start], left if left in precedes else "", following, inner)
            bucket = known(key) or bucket_for(*key)
            matched: list[tuple[Entry, int]] = []
            for entry, match in bucket.alone:
                if found := match(text, start):
                    matched.append((entry, found.end()))
            label = words = None
            if bucket.owners:
                near = label = label_of(text, flat, start)
                if label and not owners_of(label) & (bucket.all_owners | AGAINST):
                    near = label = []  # the label of something else: 刘女士，87654321
                if not near:
                    words = words_before(text, flat, start)
                    near = words + words_behind(text, flat, end, _WIDE)
                owners = told
                for _, whose, _ in near:
                    owners |= whose
                if owners & bucket.owners:
                    matched += [(entry, m.end()) for entry, match in bucket.beside(owners) if (m := match(text, start))]
            if matched:
                covered = max(covered, weigh(start, matched, label, words))
            for ahead, first, entries in bucket.before:
                begin = start - ahead
                if begin >= 0 and (first is None or text[begin] in first):
                    matched = [(e, m.end()) for e in entries if (m := e.match(text, begin)) and m.end() > start]
                    if matched:
                        covered = max(covered, weigh(begin, matched))
            if 1 < digit - start < 16 and (word := text[start:digit].lower()) in glue:
                self._glued(reading, word, digit, end)
        return numbers

    def _glued(self, reading: Reading, word: str, digit: int, end: int) -> None:
        """A value right behind its own label: QQ12345678."""
        text = reading.text
        following = text[end : end + 1] if text[end : end + 1] in self._candidates.follows else ""
        bucket = self._candidates.bucket(min(end - digit, LONGEST), text[digit], "", following, "")
        entries = (*(entry for entry, _ in bucket.alone), *bucket.labelled)
        matched = [(e, m.end()) for e in entries if word in e.labels and (m := e.glued.match(text, digit))]
        if matched:
            reading.weigh(digit, matched)

    def _behind_words(self, reading: Reading) -> None:
        text, weak = reading.text, self._candidates.by_context
        if reading.owners:
            for entry in weak:
                if entry.bit & reading.owners and (whole := entry.regex.search(text)):
                    reading.weigh(whole.start(), [(entry, whole.end())])
        for behind, owners in self._weak_words(text, reading.letters):
            for entry in weak:
                if entry.bit & owners:
                    reach = entry.gap or entry.pack.context.reach
                    found = entry.regex.search(text, behind, behind + reach + entry.pattern.max)
                    # The end of the window is no edge, so what was found is matched again without it.
                    if found and found.start() - behind <= reach and (whole := entry.match(text, found.start())):
                        reading.weigh(whole.start(), [(entry, whole.end())])

    def _context_of_label(self, label: str) -> Hits:
        if not label:
            return []
        last, hits = self._last_label
        if label == last:
            return hits
        hits = [(0, bit(owner), word) for owner, (_, word) in self._context.named(label).items()]
        hits += [(0, bit(i), label) for i in self._columns.get(label.casefold().strip(), ())]
        self._last_label = (label, hits)
        return hits


def _by_scan(reading: Reading, entry: Entry) -> None:
    text = reading.text
    at, search = 0, entry.bare.search  # without edges in front, the first characters speed up the search
    while maybe := search(text, at):
        start = maybe.start()
        at = start + 1
        if found := entry.match(text, start):
            at = max(at, found.end())
            reading.weigh(start, [(entry, found.end())])
