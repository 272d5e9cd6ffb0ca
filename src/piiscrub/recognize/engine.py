"""All packs in one pass over the text: candidates first, then the exact pattern, edge and check on the candidate only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from piiscrub.model.finding import UNEXAMINED, Finding
from piiscrub.packs.literal import rarest
from piiscrub.packs.load import Words
from piiscrub.packs.schema import Pack
from piiscrub.recognize.candidates import LONGEST, Candidates, LiteralAnchor
from piiscrub.recognize.compiled import Entry, ParserEntry
from piiscrub.recognize.context import ContextIndex
from piiscrub.recognize.hits import AGAINST, NEGATIVE, Hit, Hits, bit, by_owner, nearest, owners_of
from piiscrub.recognize.occurrences import Occurrences
from piiscrub.recognize.score import score

_TOKEN = re.compile(r"[0-9][0-9A-Za-z]*")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_LETTER_SET = frozenset(_LETTERS)
_WORD_SPAN = 64  # letters looked back over to find where a token begins; longer ones are no identifier
_SHORT = 12  # characters of a run that may begin with a small number: 30yearsold
_WIDE = 32  # characters behind a token in which the label of a longer value may stand
_finding = partial(tuple.__new__, Finding)  # a third of the price of calling the class
_JOINTS = frozenset(".-#:/ _,*+%")  # what joins the groups of one number
_SPACE = re.compile(r"\s")


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
        # To look for one character costs a tenth of looking for several: each literal is asked for where its rarest one is.
        signs: dict[str, list[tuple[str, tuple[LiteralAnchor, ...]]]] = {}
        for word, anchors in self._candidates.by_literal.items():
            signs.setdefault(rarest(word), []).append((word, tuple(anchors)))
        self._literals = tuple((sign, tuple(found)) for sign, found in signs.items())
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
        findings: list[Finding] = []
        named = self._context_of_label(label)
        numbers = self._at_tokens(text, named, findings)
        for sign, literals in self._literals:
            if sign in text:
                for word, anchors in literals:
                    if word in text:
                        for anchor in anchors:
                            self._at_literal(text, anchor, named, findings)
        for entry in self._candidates.by_scan:
            self._by_scan(text, entry, named, findings)
        self._behind_words(text, named, findings)
        for parser in self._parsers:
            if parser.may_stand_in(text):
                self._parsed(text, parser, numbers, named, findings)
        return findings

    def near(self, text: str, start: int, end: int, *, label: str = "") -> dict[int, Hit]:
        """Context words near a span by pack index."""
        return by_owner(self._context_of_label(label) + self._context.around(text, start, end))

    def _at_tokens(self, text: str, named: Hits, findings: list[Finding]) -> list[int]:
        """What stands at runs of letters and digits that hold a digit. Return where the short ones begin."""
        numbers: list[int] = []
        bucket_for, known, weigh, glue = self._candidates.bucket, self._candidates.buckets.get, self._weigh, self._glue
        label_of, words_before, words_behind = self._context.label, self._context.before, self._context.behind
        told = owners_of(named)
        follows, precedes = self._candidates.follows, self._candidates.precedes
        size, last, covered = len(text), 0, 0
        for token in _TOKEN.finditer(text):
            digit, end = token.span()
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
            matched = [(entry, found.end()) for entry, match in bucket.alone if (found := match(text, start))]
            label = words = None
            if bucket.owners:
                label = label_of(text, start)
                if label:
                    owners = owners_of(label) | told
                else:
                    words = words_before(text, start)
                    owners = owners_of(words) | owners_of(words_behind(text, end, _WIDE)) | told
                if owners & bucket.owners:
                    matched += [(entry, m.end()) for entry, match in bucket.beside(owners) if (m := match(text, start))]
            if matched:
                covered = max(covered, weigh(text, start, matched, named, findings, label, words))
            for ahead, first, entries in bucket.before:
                begin = start - ahead
                if begin >= 0 and (first is None or text[begin] in first):
                    matched = [(e, m.end()) for e in entries if (m := e.match(text, begin)) and m.end() > start]
                    if matched:
                        covered = max(covered, weigh(text, begin, matched, named, findings))
            if 1 < digit - start < 16 and (word := text[start:digit].lower()) in glue:
                self._glued(text, word, digit, end, named, findings)
        return numbers

    def _glued(self, text: str, word: str, digit: int, end: int, named: Hits, findings: list[Finding]) -> None:
        """A value right behind its own label: QQ12345678."""
        following = text[end : end + 1]
        bucket = self._candidates.bucket(
            min(end - digit, LONGEST), text[digit], "", following if following in self._candidates.follows else "", ""
        )
        entries = (*(entry for entry, _ in bucket.alone), *bucket.labelled)
        matched = [(e, m.end()) for e in entries if word in e.labels and (m := e.glued.match(text, digit))]
        if matched:
            self._weigh(text, digit, matched, named, findings)

    def _weigh(
        self,
        text: str,
        start: int,
        matched: list[tuple[Entry, int]],
        named: Hits,
        findings: list[Finding],
        label: Hits | None = None,
        words: Hits | None = None,
    ) -> int:
        """Check and weigh patterns that fit at one start; those that amount to something become findings.

        ``label`` is the word right before ``start``, ``words`` those before it, if somebody has looked already. Return the
        end of the longest match whose check passed, 0 if none did.
        """
        covered = 0
        near: Hits = []
        negative: Hit | None = None
        at = -1
        done: list[tuple[int, int]] = []
        for entry, end in matched:
            if (entry.owner, end) in done:
                continue  # another pattern of the same pack has made this finding already
            is_valid = entry.is_valid
            valid = None if is_valid is None else is_valid(text[start:end])
            if valid is False and entry.failed is None:
                continue
            if at != end:
                if words is not None:
                    near = words + self._context.behind(text, end)
                else:
                    near = label or self._context.around(text, start, end)
                if named:
                    near = named + near
                negative, at = nearest(near, AGAINST), end
            value, check, context, against = score(entry, valid, nearest(near, entry.bit), negative)
            if value is not None:
                done.append((entry.owner, end))
                findings.append(_finding((entry.entity, start, end, value, entry.id, entry.name, check, context, against, ())))
                if valid and not against and end > covered:
                    covered = end
                if entry.open_ended and end == start + entry.pattern.max < len(text) and not text[end].isspace():
                    findings.append(Finding(UNEXAMINED, end, _run_end(text, end), 1.0, entry.id, "too long"))
        return covered

    def _at_literal(self, text: str, anchor: LiteralAnchor, named: Hits, findings: list[Finding]) -> None:
        literal, before, entry = anchor
        word, find, width = literal.text, text.find, len(literal.text)
        done, at = 0, find(word)
        while at >= 0:
            starts: Iterable[int]
            if literal.offset is not None:
                starts = (at - literal.offset,)
            else:
                lead = text[max(done, at - literal.before_max) : at]
                first = at - (len(lead) - len(lead.rstrip(before)))
                if not entry.edged:
                    starts = range(first, at + 1)
                elif (run := text[first:at]).isalnum() and run.isascii():
                    starts = (first,)  # no edge inside a run of letters and digits
                else:
                    starts = _word_starts(text, first, at)
            found_end = 0
            for start in starts:
                if start >= done and (m := entry.match(text, start)):
                    found_end = m.end()
                    self._weigh(text, start, [(entry, found_end)], named, findings)
                    break
            at += width
            while text.startswith(word, at):  # a run of the literal is one place, or it would cost its square
                at += width
            done = max(done, found_end)
            at = find(word, max(at, done))

    def _by_scan(self, text: str, entry: Entry, named: Hits, findings: list[Finding]) -> None:
        at, search = 0, entry.bare.search  # without edges in front, the first characters speed up the search
        while maybe := search(text, at):
            start = maybe.start()
            at = start + 1
            if found := entry.match(text, start):
                at = max(at, found.end())
                self._weigh(text, start, [(entry, found.end())], named, findings)

    def _behind_words(self, text: str, named: Hits, findings: list[Finding]) -> None:
        weak = self._candidates.by_context
        if told := owners_of(named):
            for entry in weak:
                if entry.bit & told and (whole := entry.regex.search(text)):
                    self._weigh(text, whole.start(), [(entry, whole.end())], named, findings)
        for behind, owners in self._weak_words(text):
            for entry in weak:
                if entry.bit & owners:
                    reach = entry.gap or entry.pack.context.reach
                    found = entry.regex.search(text, behind, behind + reach + entry.pattern.max)
                    # The end of the window is no edge, so what was found is matched again without it.
                    if found and found.start() - behind <= reach and (whole := entry.match(text, found.start())):
                        self._weigh(text, whole.start(), [(entry, whole.end())], named, findings)

    def _parsed(self, text: str, parser: ParserEntry, numbers: Sequence[int], named: Hits, findings: list[Finding]) -> None:
        for start, end, name, check in parser.find(text, numbers):
            entry = parser.entry(name)
            if check == "failed" and entry.failed is None:
                continue
            near = named + self._context.around(text, start, end)
            valid = None if check == "none" else check == "passed"
            value, told, context, against = score(entry, valid, nearest(near, entry.bit), nearest(near, AGAINST))
            if value is not None:
                findings.append(_finding((entry.entity, start, end, value, entry.id, name, told, context, against, ())))

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


def _word_starts(text: str, first: int, last: int) -> Iterator[int]:
    """Places from ``first`` to ``last`` where a match can start: ``first``, and each that no letter or digit precedes."""
    yield first
    for i in range(first + 1, last + 1):
        if not (text[i - 1].isalnum() and text[i - 1].isascii()):
            yield i


def _run_end(text: str, start: int) -> int:
    """Where the run without white space that holds ``start`` ends."""
    found = _SPACE.search(text, start)
    return found.start() if found else len(text)
