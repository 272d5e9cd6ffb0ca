"""Bring files and engine together: every unit of a file is scanned or scrubbed, and what was not is counted."""

from __future__ import annotations

import logging
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from typing import BinaryIO, TypeAlias, TypeVar

from piiscrub.cli.language import word
from piiscrub.cli.outcome import one_line
from piiscrub.cli.tally import Seen, Tally
from piiscrub.errors import PiiscrubError
from piiscrub.model.finding import UNEXAMINED, Finding
from piiscrub.render.preview import masked
from piiscrub.scrubber.ahead import batches, found_in
from piiscrub.scrubber.applying import Operators
from piiscrub.scrubber.pipeline import Scrubber
from piiscrub.scrubber.results import ScanResult, ScrubResult
from piiscrub.sources import NotExamined, Source, Undecodable, Unit, pointer_text, rewrite
from piiscrub.text.folding import read, read_each

Result = TypeVar("Result", ScanResult, ScrubResult)
log = logging.getLogger("piiscrub.cli")

REDACTED = f"<{UNEXAMINED}>"
_MEMO = 20_000  # cells repeat; longer texts do not
_SHORT = 200
_TOGETHER = 64  # units that are looked at together
_Labelled: TypeAlias = tuple[str, str]  # a text and its label


class Examiner:
    """One scrubber for all files of a run. Results of short texts are remembered, at most ``_MEMO`` of them."""

    def __init__(self, scrubber: Scrubber, *, entities: Collection[str] | None = None, scope: str | None = None) -> None:
        self.scrubber, self.entities, self.scope = scrubber, entities, scope
        self._names = scrubber if scrubber.policy.id == "review" and entities is None else Scrubber(policy="review")
        self._found: dict[_Labelled, list[Finding] | None] = {}  # what was found in short texts
        self._ahead: dict[_Labelled, list[Finding] | None] = {}  # the same for the texts at hand
        self._scan_short = lru_cache(maxsize=_MEMO)(self._scan)
        self.shown = lru_cache(maxsize=_MEMO)(self._shown)
        scrubber.scan("", entities=entities)  # a wrong entity name is said before any file is opened

    def scan(self, source: Source, tally: Tally, *, values: bool, progress: Callable[[int], None] | None) -> Iterator[Seen]:
        """Everything found in a file, as it is found. What could not be examined goes into the tally."""
        _describe(tally, source)
        try:
            pieces = source.pieces(progress=progress)
            for unit in self._read_ahead(piece.unit for piece in pieces if piece.unit is not None):
                tally.units += 1
                result = self._try(unit, tally, lambda unit: self._scan_unit(unit.text, unit.label))
                if result is not None and result.findings:
                    yield from self._seen(unit, result, tally, values=values)
        except Undecodable:
            tally.not_examined.append(NotExamined(tally.name, "changed"))

    def scrub(self, source: Source, target: BinaryIO, tally: Tally, *, progress: Callable[[int], None] | None) -> None:
        """Write the scrubbed file to ``target``. Raises ``Undecodable`` if the file changes meanwhile."""
        _describe(tally, source)
        runs = source.format in {"csv", "tsv"}  # a spreadsheet would run a cell that looks like a formula
        texts = rewrite(source.reader, source.pieces(progress=progress), lambda units: self._change(units, tally, runs=runs))
        for block in source.bytes_of(texts):
            target.write(block)

    def _change(self, units: Iterable[Unit], tally: Tally, *, runs: bool) -> Iterator[str | None]:
        keep = self.scrubber.policy.unexamined == "keep"
        # A file is one document: the same person has the same number in every row.
        document = self.scrubber.document(scope=self.scope)
        if runs:
            from piiscrub.sources.tabular.defusing import defused
        for unit in self._read_ahead(units):
            tally.units += 1
            result = self._try(unit, tally, lambda unit: self._scrub(unit.text, unit.label, document))
            if result is None:
                tally.unexamined_kept |= keep
                yield None if keep else REDACTED
                continue
            if result.text != unit.text and unit.kind in {"header", "key"} and _words_of_headers(unit.text, result.findings):
                yield None
                continue
            tally.add(result.evidence)
            self._note_engine(unit, result.findings, tally)
            if result.text != unit.text:
                tally.retyped += unit.kind == "number"
                tally.renamed += unit.kind in {"header", "key"}
                if runs and unit.kind == "cell":
                    safe = defused(result.text)
                    tally.defused += safe != result.text
                    yield safe
                    continue
            yield result.text

    def _read_ahead(self, units: Iterable[Unit]) -> Iterator[Unit]:
        """The units, many of which are looked at together."""
        wanted = self.scrubber._wanted(self.entities)
        for batch in batches(units, lambda unit: len(unit.text), first=_TOGETHER):
            if len(self._found) > _MEMO:
                self._found = {}
            self._ahead = {}
            new: dict[str, dict[str, None]] = defaultdict(dict)  # the texts under each label
            for unit in batch:
                if (key := (unit.text, unit.label)) in self._found:
                    self._ahead[key] = self._found[key]
                elif not unit.cause:
                    new[unit.label][unit.text] = None
            for label, texts in new.items():
                found = found_in(self.scrubber, read_each(texts), wanted, label=label)
                self._ahead.update(((text, label), findings) for text, findings in zip(texts, found, strict=True))
            self._found.update((key, found) for key, found in self._ahead.items() if len(key[0]) <= _SHORT)
            yield from batch

    def _try(self, unit: Unit, tally: Tally, examine: Callable[[Unit], Result]) -> Result | None:
        """Examine a unit; None, with a record, if that cannot be done (fail closed)."""
        cause = unit.cause
        if not cause:
            try:
                return examine(unit)
            except PiiscrubError:
                cause = "refused"
            except Exception as error:  # noqa: BLE001  # whatever fails, this unit was not examined, and the others still are
                log.error("line %d was not examined: %s", unit.place.line, type(error).__name__)
                cause = "engine"
        tally.not_examined.append(NotExamined(tally.name, cause, unit.place))
        return None

    def _scan(self, text: str, label: str) -> ScanResult:
        return self.scrubber._scan(read(text), self.entities, label, found=self._ahead.get((text, label)))

    def _scan_unit(self, text: str, label: str) -> ScanResult:
        return self._scan_short(text, label) if len(text) <= _SHORT else self._scan(text, label)

    def _scrub(self, text: str, label: str, document: Operators) -> ScrubResult:
        return self.scrubber._scrub(read(text), self.entities, document, label, found=self._ahead.get((text, label)))

    def _shown(self, name: str) -> str:
        """A file name, header or key as it may be shown: whatever ``review`` finds in it is masked."""
        try:
            return one_line(masked(name, self._names.scan(name).findings))
        except Exception:  # noqa: BLE001  # a name that cannot be examined is not shown
            return REDACTED

    def name_findings(self, name: str) -> ScanResult:
        """What is in a file name: names are data too."""
        return self._scan(name, "")

    def _note_engine(self, unit: Unit, findings: Iterable[Finding], tally: Tally) -> None:
        tally.not_examined.extend(
            NotExamined(tally.name, "engine", unit.place) for finding in findings if finding.entity == UNEXAMINED
        )

    def _seen(self, unit: Unit, result: ScanResult, tally: Tally, *, values: bool) -> Iterator[Seen]:
        self._note_engine(unit, result.findings, tally)
        lines = _line_starts(unit.text) if unit.kind == "text" else []
        for finding in result.findings:
            if finding.entity == UNEXAMINED:
                continue
            tally.entities[finding.entity] += 1
            where, place = self._place(unit, finding, lines)
            yield Seen(unit, finding, where, place, result.value(finding) if values else "")

    def _place(self, unit: Unit, finding: Finding, lines: list[int]) -> tuple[str, dict[str, object]]:
        """Where a finding stands, for people and as data."""
        at = unit.place
        if unit.kind == "text":
            row = bisect_right(lines, finding.start) - 1
            line, column = at.line + row, finding.start - lines[row] + 1
            data: dict[str, object] = {"line": line, "column": column}
            start = at.offset + finding.start
            return word("place.line", line=line, column=column), data | {"start": start, "end": start + len_of(finding)}
        span = {"start": finding.start, "end": finding.end}
        if at.row:
            header = self.shown(unit.label) if unit.label else ""
            data = {"line": at.line, "row": at.row, "column": at.column, "header": header, "is_header": unit.kind == "header"}
            key = "place.named-cell" if header else "place.cell"
            return word(key, row=at.row, column=at.column, header=header), data | span
        pointer = pointer_text(at.pointer, hidden=lambda key: self.shown(key) != key)
        return word("place.pointer", line=at.line, pointer=pointer), {
            "line": at.line,
            "pointer": pointer,
            "is_key": unit.kind == "key",
        } | span


def len_of(finding: Finding) -> int:
    """How many characters a finding spans."""
    return finding.end - finding.start


def _describe(tally: Tally, source: Source) -> None:
    tally.format, tally.encoding, tally.size = source.format, source.encoding.name, source.size


def _line_starts(text: str) -> list[int]:
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


def _words_of_headers(text: str, findings: Iterable[Finding]) -> bool:
    """Whether all that was found in a header or key is a word that headers are made of: Vorname is nobody's name."""
    from piiscrub.table.headers import is_known

    spans = [text[one.start : one.end] for one in findings]
    return bool(spans) and all(map(is_known, spans))
