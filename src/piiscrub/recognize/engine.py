"""All packs in one pass over the text: candidates first, then the exact pattern, edge and check on the candidate only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import NamedTuple

from piiscrub.model.finding import UNEXAMINED, Finding
from piiscrub.packs.load import Words
from piiscrub.packs.schema import Pack
from piiscrub.recognize.candidates import LONGEST, Candidates
from piiscrub.recognize.compiled import Entry
from piiscrub.recognize.context import NEGATIVE, ContextIndex, Hit
from piiscrub.recognize.score import score

_TOKEN = re.compile(r"[0-9][0-9A-Za-z]*")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_LETTER_SET = frozenset(_LETTERS)
_WORD_SPAN = 64  # letters looked back over to find where a token begins; longer ones are no identifier
_MIN_RUN = 8  # literal anchors with a variable lead this short are tried at every start


class Match(NamedTuple):
    """A pattern that fits between edges; not yet checked or weighed."""

    entry: Entry
    start: int
    end: int
    cut: bool = False
    """The match stopped at the pattern's ``max``: what follows was not examined."""


class Engine:
    """The packs, compiled. Immutable after construction but for caches, and safe to share between threads."""

    __slots__ = ("_candidates", "_context", "_glue", "_parsers", "_weak", "entries", "packs", "weak")

    def __init__(self, packs: Sequence[Pack], negative: Words) -> None:
        self.packs = tuple(packs)
        entries = self.entries = tuple(
            Entry(pack, pattern, i) for i, pack in enumerate(self.packs) for pattern in pack.patterns
        )
        self._candidates = Candidates(entries)
        words: dict[int, Iterable[str]] = {i: (*pack.context.zh, *pack.context.en) for i, pack in enumerate(self.packs)}
        self._glue = frozenset(
            word.lower() for own in words.values() for word in own if word.isascii() and word.isalpha() and len(word) > 1
        )
        words[NEGATIVE] = (*negative.zh, *negative.en)
        self._context = ContextIndex(words)
        weak = {i: (*pack.context.zh, *pack.context.en) for i, pack in enumerate(self.packs)
                if any(entry.owner == i for entry in self._candidates.by_context)}
        self._weak = ContextIndex(weak) if weak else None
        self.weak = frozenset((e.pack.id, e.pattern.name) for e in entries if e.pattern.mode == "context")
        self._parsers = tuple((i, pack) for i, pack in enumerate(self.packs) if pack.parser)

    def find(self, text: str, *, label: str = "") -> list[Finding]:
        """Everything the packs see in the folded ``text``, in no particular order.

        ``label`` is a column name or key the text stands under; its words count as context.
        """
        findings: list[Finding] = []
        add = findings.append
        named = self._context_of_label(label)
        seen: set[tuple[int, int, int, str]] = set()
        at = (-1, -1)
        near: dict[int, Hit] = {}
        for entry, start, end, cut in self.matches(text):
            key = (entry.owner, start, end, entry.pattern.name)
            if key in seen:
                continue
            seen.add(key)
            check = entry.is_valid
            valid = None if check is None else check(text[start:end])
            pack = entry.pack
            if valid is False and (pack.check is None or pack.check.failed is None):
                continue
            if at != (start, end):
                at = (start, end)
                near = self._context.near(text, start, end)
                if named:
                    near = {**near, **named}
            weighed = score(pack, entry.pattern, valid, near.get(entry.owner), near.get(NEGATIVE))
            if weighed.value is None:
                continue
            add(Finding(pack.entity, start, end, weighed.value, pack.id, entry.pattern.name, weighed.check,
                        weighed.context, weighed.against))  # fmt: skip
            if cut:
                add(Finding(UNEXAMINED, end, _run_end(text, end), 1.0, pack.id, "too long"))
        for owner, pack in self._parsers:
            findings.extend(self._parsed(owner, pack, text, named))
        return findings

    def matches(self, text: str) -> Iterator[Match]:
        """Every place where a pattern fits between its edges."""
        yield from self._at_tokens(text)
        yield from self._at_literals(text)
        if self._weak is not None:
            yield from self._behind_words(text, self._weak)

    def near(self, text: str, start: int, end: int, *, label: str = "") -> dict[int, Hit]:
        """Context words near a span by pack index; for ``explain``."""
        return {**self._context.near(text, start, end), **self._context_of_label(label)}

    def _context_of_label(self, label: str) -> dict[int, Hit]:
        if not label:
            return {}
        hits = self._context.named(label)
        folded = label.casefold().strip()
        for i, pack in enumerate(self.packs):
            if i not in hits and any(folded == column.casefold() for column in pack.context.columns):
                hits[i] = Hit(0, label)
        return hits

    def _at_tokens(self, text: str) -> Iterator[Match]:
        bucket_for, continues, glue = self._candidates.bucket, self._candidates.continues, self._glue
        size, last = len(text), 0
        for m in _TOKEN.finditer(text):
            digit, end = m.span()
            start = digit
            if digit and text[digit - 1] in _LETTER_SET:
                lead = text[max(last, digit - _WORD_SPAN) : digit]
                start -= len(lead) - len(lead.rstrip(_LETTERS))
            last = end
            following = text[end] if end < size and text[end] in continues else ""
            inner = start > 1 and text[start - 1] in ".-#" and text[start - 2].isdigit()
            bucket = bucket_for(min(end - start, LONGEST), text[start], following, inner)
            for entry in bucket.at_token:
                found = entry.regex.match(text, start)
                if found:
                    yield Match(entry, start, found.end())
            for ahead, first, entries in bucket.before:
                begin = start - ahead
                if begin >= 0 and (first is None or text[begin] in first):
                    for entry in entries:
                        found = entry.regex.match(text, begin)
                        if found:
                            yield Match(entry, begin, found.end())
            if 1 < digit - start < 16 and (word := text[start:digit].lower()) in glue:
                yield from self._glued(text, digit, end, following, word)

    def _glued(self, text: str, start: int, end: int, following: str, word: str) -> Iterator[Match]:
        for entry in self._candidates.bucket(min(end - start, LONGEST), text[start], following, False).at_token:
            if word in (w.lower() for w in entry.pack.context.en):
                found = entry.glued.match(text, start)
                if found:
                    yield Match(entry, start, found.end())

    def _at_literals(self, text: str) -> Iterator[Match]:
        for run, literal, before, entry in self._candidates.by_literal:
            done = 0
            for m in run.finditer(text):
                at = m.start()
                if at < done:
                    continue
                if literal.offset is not None:
                    starts: Iterable[int] = (at - literal.offset,)
                else:
                    lead = text[max(done, at - literal.before_max) : at]
                    first = at - (len(lead) - len(lead.rstrip(before)))
                    starts = range(first, at + 1) if at - first <= _MIN_RUN else _word_starts(text, first, at)
                for start in starts:
                    if start < 0:
                        continue
                    limit = start + entry.pattern.max
                    found = entry.regex.match(text, start, limit)
                    if found:
                        done = found.end()
                        yield Match(entry, start, done, done == limit and done < len(text))
                        break

    def _behind_words(self, text: str, words: ContextIndex) -> Iterator[Match]:
        for _, behind, owners, _ in words.occurrences(text):
            for entry in self._candidates.by_context:
                if entry.owner not in owners:
                    continue
                reach = entry.pack.context.gap or entry.pack.context.reach
                found = entry.regex.search(text, behind, behind + reach + entry.pattern.max)
                if found and found.start() - behind <= reach:
                    whole = entry.regex.match(text, found.start())  # the end of the window is no edge
                    if whole:
                        yield Match(entry, *whole.span())

    def _parsed(self, owner: int, pack: Pack, text: str, named: dict[int, Hit]) -> Iterator[Finding]:
        module = import_module(f"piiscrub.recognize.parsers.{pack.parser}")
        for start, end, name, check in module.find(text, pack):
            near = {**self._context.near(text, start, end), **named}
            base = next(p for p in pack.patterns if p.name == name) if pack.patterns else None
            if base is None:
                yield Finding(pack.entity, start, end, pack.check.passed if pack.check else 0.9, pack.id, name, check)
                continue
            valid = None if check == "none" else check == "passed"
            weighed = score(pack, base, valid, near.get(owner), near.get(NEGATIVE))
            if weighed.value is not None:
                yield Finding(pack.entity, start, end, weighed.value, pack.id, name, weighed.check, weighed.context,
                              weighed.against)  # fmt: skip


def _word_starts(text: str, first: int, last: int) -> Iterator[int]:
    """Places from ``first`` to ``last`` where a match can start: ``first``, and each that no letter or digit precedes."""
    yield first
    for i in range(first + 1, last):
        if not (text[i - 1].isalnum() and text[i - 1].isascii()):
            yield i


def _run_end(text: str, start: int) -> int:
    """Where the run without white space that holds ``start`` ends."""
    found = re.compile(r"\s").search(text, start)
    return found.start() if found else len(text)
