"""All packs in one pass over the text: candidates first, then the exact pattern, edge and check on the candidate only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from piiscrub.model.finding import Finding
from piiscrub.packs.load import Words
from piiscrub.packs.schema import Pack
from piiscrub.recognize.candidates import Candidates
from piiscrub.recognize.compiled import Entry, ParserEntry
from piiscrub.recognize.context import ContextIndex
from piiscrub.recognize.hits import NEGATIVE, Hit, Hits, bit, by_owner
from piiscrub.recognize.literals import Literals
from piiscrub.recognize.occurrences import Occurrences
from piiscrub.recognize.reading import Reading
from piiscrub.recognize.tokens import Tokens


class Engine:
    """The packs, compiled. Immutable after construction but for caches, and safe to share between threads."""

    __slots__ = (
        "_always",
        "_candidates",
        "_columns",
        "_context",
        "_last_label",
        "_literals",
        "_parsers",
        "_signs",
        "_speaking",
        "_tokens",
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
        glue = [word.lower() for own in words.values() for word in own if word.isascii() and word.isalpha() and len(word) > 1]
        self._weak_words = Occurrences({e.owner: words[e.owner] for e in self._candidates.by_context})
        words[NEGATIVE] = (*negative.zh, *negative.en)
        self._speaking: dict[int, tuple[Entry, ...]] = {}  # the patterns of by_context by the owners of a word
        self._context = ContextIndex(words)
        self._tokens = Tokens(self._candidates, self._context, glue)
        self._literals = Literals(self._candidates.by_literal)
        self._columns: dict[str, list[int]] = {}
        for i, pack in enumerate(self.packs):
            for column in pack.context.columns:
                self._columns.setdefault(column.casefold(), []).append(i)
        self._last_label: tuple[str, Hits] = ("", [])  # the cells of a column come one after the other
        self._parsers = tuple(ParserEntry(pack, i) for i, pack in enumerate(self.packs) if pack.parser)
        self._always = tuple(parser for parser in self._parsers if not parser.needs)
        self._signs = tuple({sign for parser in self._parsers for sign, _ in parser.needs})

    def find(self, text: str, *, label: str = "") -> list[Finding]:
        """Everything the packs see in the folded ``text``, in no particular order.

        ``label`` is a column name or key the text stands under; its words count as context.
        """
        reading = Reading(text, self._context_of_label(label), self._context)
        numbers = self._tokens.find(reading)
        self._literals.find(reading)
        for entry in self._candidates.by_scan:
            _by_scan(reading, entry)
        self._behind_words(reading)
        # Most texts hold no sign of what the others need; filter() asks for all signs without a step of Python for each.
        for parser in self._always if next(filter(text.__contains__, self._signs), None) is None else self._parsers:
            if parser.may_stand_in(text):
                for start, end, name, check in parser.find(text, numbers):
                    reading.parsed(start, end, parser.entry(name), check)
        return reading.findings

    def near(self, text: str, start: int, end: int, *, label: str = "") -> dict[int, Hit]:
        """Context words near a span by pack index."""
        return self._context.near(text, start, end) | by_owner(self._context_of_label(label))

    def _behind_words(self, reading: Reading) -> None:
        text, weak = reading.text, self._candidates.by_context
        if reading.owners:
            for entry in weak:
                if entry.bit & reading.owners and (whole := entry.regex.search(text)):
                    reading.weigh(entry, whole.start(), whole.end())
        for behind, owners in self._weak_words(text, reading.letters):
            speaking = self._speaking.get(owners)
            if speaking is None:
                speaking = self._speaking[owners] = tuple(entry for entry in weak if entry.bit & owners)
            for entry in speaking:
                reach = entry.gap or entry.pack.context.reach
                found = entry.regex.search(text, behind, behind + reach + entry.pattern.max)
                # The end of the window is no edge, so what was found is matched again without it.
                if found and found.start() - behind <= reach and (whole := entry.match(text, found.start())):
                    reading.weigh(entry, whole.start(), whole.end())

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
            reading.weigh(entry, start, found.end())
