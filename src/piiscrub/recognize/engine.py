"""All packs in one pass over the text: candidates first, then the exact pattern, edge and check on the candidate only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from piiscrub.model.finding import Finding
from piiscrub.packs.load import Words
from piiscrub.packs.schema import Pack
from piiscrub.recognize import odd_digits
from piiscrub.recognize.candidates import Candidates
from piiscrub.recognize.compiled import Entry
from piiscrub.recognize.context import LISTED_WITH, ContextIndex
from piiscrub.recognize.elsewhere import Elsewhere
from piiscrub.recognize.elsewhere_names import Place
from piiscrub.recognize.hits import NEGATIVE, Hit, Hits, bit, by_owner
from piiscrub.recognize.literals import Literals
from piiscrub.recognize.occurrences import Occurrences
from piiscrub.recognize.parsed import Parsers
from piiscrub.recognize.reading import Reading
from piiscrub.recognize.shares import without_shares
from piiscrub.recognize.together import WALL, Together
from piiscrub.recognize.tokens import Tokens
from piiscrub.reference.scripts import simplified, simplified_words, traditional
from piiscrub.text.classes import Classes, places, texts_at

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_TRADITIONAL = 8  # the bit of those characters
_LISTED = 40
"""Characters behind a word in which values listed together begin; without an end, a list of labels would take its square."""


class Engine:
    """The packs, compiled. Immutable after construction but for caches, and safe to share between threads."""

    __slots__ = (
        "_candidates",
        "_classes",
        "_columns",
        "_context",
        "_elsewhere",
        "_last_label",
        "_literals",
        "_parsers",
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
        words: dict[int, Iterable[str]] = {}
        for i, pack in enumerate(self.packs):
            words[i] = (*simplified_words(pack.context.zh), *pack.context.en)
        glue = frozenset(w.lower() for own in words.values() for w in own if w.isascii() and w.isalpha() and len(w) > 1)
        self._weak_words = Occurrences({e.owner: words[e.owner] for e in self._candidates.by_context})
        words[NEGATIVE] = (*simplified_words(negative.zh), *negative.en)
        self._context = ContextIndex(words)
        self._tokens = Tokens(self._candidates, self._context, glue)
        self._literals = Literals(self._candidates.by_literal)
        self._classes: Classes | None = None  # what the parsers need is known when they are loaded
        self._columns: dict[str, list[int]] = {}
        for i, pack in enumerate(self.packs):
            for column in {*simplified_words(pack.context.columns)}:
                self._columns.setdefault(column.casefold(), []).append(i)
        self._elsewhere = Elsewhere([e for e in entries if not e.pack.parser], self._context, self._columns)
        self._last_label: tuple[str, Hits] = ("", [])  # the cells of a column come one after the other
        self._parsers = Parsers(self.packs)

    def find(self, text: str, *, label: str = "") -> list[Finding]:
        """Everything the packs see in the folded ``text``, in no particular order.

        Packs are read, and read texts, in simplified characters: a word listed in one script is found in both.

        ``label`` is a column name or key the text stands under; its words count as context.
        """
        return self.find_each((text,), label=label)[0]

    def find_each(self, texts: Sequence[str], *, label: str = "") -> list[list[Finding]]:
        """``find`` in each of these texts under one label.

        One step is done for all of them before the next one: what it needs stays in the processor's caches, and
        hundreds of short texts take a third less than one by one.
        """
        named = self._context_of_label(label)
        texts, marks = self._simplified(texts)
        readings = [Reading(text, named, self._context) for text in texts]
        together = Together(readings, marks)
        self._tokens.find(readings)
        self._literals.find(together)
        for entry in self._candidates.by_scan:
            for reading in readings:
                _by_scan(reading, entry)
        self._behind_words(together)
        self._parsers.find(together)
        self._elsewhere.find(together)
        return [without_shares(reading.text, reading.findings) for reading in readings]

    def near(self, text: str, start: int, end: int, *, label: str = "") -> dict[int, Hit]:
        """Context words near a span by pack index."""
        return self._context.near(simplified(text), start, end) | by_owner(self._context_of_label(label))

    def elsewhere(self, text: str, *, label: str = "") -> list[Place]:
        """Every value whose label stands in another line, whether or not anything fits there: for explanations."""
        reading = Reading(simplified(text), self._context_of_label(label), self._context)
        self._tokens.find([reading])
        return list(self._elsewhere.places(reading))

    def _simplified(self, texts: Sequence[str]) -> tuple[Sequence[str], NDArray[np.uint8] | None]:
        """The texts in simplified characters, and the sets that the characters of all belong to (``Together``).

        Which texts hold a traditional one is told for all at once, at a quarter of the price.
        """
        marks = self._marks(WALL.join(texts))
        if marks is None:
            return [simplified(text) for text in texts], None
        held = texts_at(places(marks & _TRADITIONAL), texts, apart=len(WALL))
        if not held:
            return texts, marks
        texts = [simplified(text) if number in held else text for number, text in enumerate(texts)]
        return texts, self._marks(WALL.join(texts))

    def _marks(self, text: str) -> NDArray[np.uint8] | None:
        if self._classes is None:
            signs = self._literals.needles.signs | self._parsers.needles.signs
            self._classes = Classes(*self._weak_words.pairs.ends, signs, traditional(), *odd_digits.SETS)
        return self._classes.marks(text)

    def _behind_words(self, together: Together) -> None:
        weak = self._candidates.by_context
        for reading in together.readings:
            if reading.owners:
                for entry in weak:
                    if entry.bit & reading.owners and (whole := entry.regex.search(reading.text)):
                        _with_its_list(reading, entry, whole, whole.start(), weak)
        for reading, behind, owners in self._weak_words(together):
            for entry in weak:
                if entry.bit & owners:
                    reach = entry.gap or entry.pack.context.reach
                    found = entry.regex.search(reading.text, behind, behind + reach + entry.pattern.max)
                    # The end of the window is no edge, so what was found is matched again without it.
                    whole = entry.match(reading.text, found.start()) if found else None
                    if whole and whole.start() - behind <= reach:
                        _with_its_list(reading, entry, whole, behind, weak)

    def _context_of_label(self, label: str) -> Hits:
        if not label:
            return []
        last, hits = self._last_label
        if label == last:
            return hits
        name = simplified(label)
        hits = [(0, bit(owner), word) for owner, (_, word) in self._context.named(name).items()]
        hits += [(0, bit(i), label) for i in self._columns.get(name.casefold().strip(), ())]
        self._last_label = (label, hits)
        return hits


def _with_its_list(reading: Reading, entry: Entry, whole: re.Match[str], behind: int, weak: Sequence[Entry]) -> None:
    """Weigh a value and what is listed with it: asthma, eczema and gout have one word, the one before the first."""
    value: re.Match[str] | None = whole
    label: Hits | None = None
    while value and value.start() - behind <= _LISTED:
        known = len(reading.findings)
        reading.weigh(value.start(), [(entry, value.end())], label)
        if len(reading.findings) == known:
            return
        joint = LISTED_WITH.match(reading.text, value.end())
        if joint is None:
            return
        label = label or [(whole.start() - behind, entry.bit, "".join(reading.findings[known].context[:1]))]
        found = ((own, own.match(reading.text, joint.end())) for own in weak if own.owner == entry.owner)
        entry, value = next(((own, match) for own, match in found if match), (entry, None))


def _by_scan(reading: Reading, entry: Entry) -> None:
    text = reading.text
    at, search = 0, entry.bare.search  # without edges in front, the first characters speed up the search
    while maybe := search(text, at):
        start = maybe.start()
        at = start + 1
        if found := entry.match(text, start):
            at = max(at, found.end())
            reading.weigh(start, [(entry, found.end())])
