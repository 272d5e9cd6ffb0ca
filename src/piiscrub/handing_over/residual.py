"""Read again what lies on disk, and look for anything that should not be there.

Two ways: every column is scanned like new data for what the plan does not keep, and everything that the plan took out is looked
for by its fingerprint. What is found is named by file, column and row, never by its value.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pyarrow as pa

from piiscrub.handing_over.fingerprints import LEAST, plain
from piiscrub.handing_over.names_left import NamesLeft
from piiscrub.handing_over.watching import Seen, names_person, tokens, worth
from piiscrub.model import entities
from piiscrub.model.finding import UNEXAMINED
from piiscrub.model.plan import ColumnPlan, TablePlan
from piiscrub.model.policy import Policy
from piiscrub.scrubber.cells import decide_cells
from piiscrub.scrubber.pipeline import Scrubber
from piiscrub.sources.piece import NotExamined
from piiscrub.sources.tabular import ROWS, open_tables
from piiscrub.sources.tabular.leftovers import leftovers
from piiscrub.table.distinct import Codes, as_texts, distinct, examinable
from piiscrub.table.headers import personal

Given: TypeAlias = Callable[[], Iterable[pa.RecordBatch]]

_SURROGATES = frozenset({"pseudonym", "fpe", "shuffle", "swap", "generalise", "truncate", "mask", "microaggregate", "noise"})
"""Operators whose results may rightly be equal to somebody's value."""
_MOST = 100  # places named; all are counted
_SURE = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """A place where something is that should not be. ``row`` counts from 1 in the output; 0 is the header or no row."""

    file: str
    column: str
    row: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Residual:
    """What the check found. ``leaks`` fail the hand-over; ``coincidences`` are counted by what they are and shown."""

    leaks: tuple[Leak, ...]
    found: int
    coincidences: Mapping[str, int]
    cells: int
    rows: int

    @property
    def ok(self) -> bool:
        return not self.found


class Check:
    """Collects what the files of one hand-over still hold."""

    def __init__(self, seen: Seen, policy: Policy) -> None:
        self._seen, self._policy = seen, policy
        self._scrubber = Scrubber(policy="review")
        self._leaks: list[Leak] = []
        self._found = self._cells = self._rows = 0
        self._coincidences: Counter[str] = Counter()

    def result(self) -> Residual:
        return Residual(
            leaks=tuple(self._leaks),
            found=self._found,
            coincidences=dict(sorted(self._coincidences.items())),
            cells=self._cells,
            rows=self._rows,
        )

    def file(self, folder: Path, name: str, plans: Sequence[TablePlan], given: Sequence[Given] = ()) -> None:
        """Check one file of tables. A file whose name leaks is not named.

        Args:
            plans: in the order of its sheets.
            given: the rows each was made from, for names that were left in a text of their own row.
        """
        stem = Path(name).name.partition(".")[0]
        if personal(stem) or self._hits([stem]):
            self._leak("a file", "", 0, "its name is personal information")
        path = folder / name
        for place, text in leftovers(path):
            if personal(text) or self._hits([text]):
                self._leak(name, place, 0, "personal information outside the cells")
        with open_tables(path) as opened:
            if isinstance(opened, NotExamined):
                self._leak(name, "", 0, "the file cannot be read again")
                return
            sheets = [sheet for sheet in opened.sheets if len(sheet.schema)]
            if len(sheets) != len(plans):
                self._leak(name, "", 0, f"holds {len(sheets)} tables where the plan has {len(plans)}")
                return
            for sheet, plan, rows in zip_longest(sheets, plans, given):
                self._sheet(name, sheet.schema.names, sheet.batches(rows=ROWS), plan)
                look = NamesLeft(plan)
                if rows is not None and not plan.rows and not look.idle:  # rows that were left out would shift them
                    self._names(name, look(rows(), sheet.batches(rows=ROWS)))

    def _sheet(self, file: str, names: Sequence[str], batches: Iterator[pa.RecordBatch], plan: TablePlan) -> None:
        going = [column for column in plan.columns if column.action != "drop"]
        for header in names:
            if personal(header) or self._hits([header]):
                self._leak(file, "header", 0, "a header is personal information")
        if len(names) != len(going):
            self._leak(file, "", 0, f"has {len(names)} columns where the plan has {len(going)}")
            return
        at = 0
        for batch in batches:
            for column, cells in zip(going, batch.columns, strict=True):
                if examinable(cells.type):
                    self._column(file, column, cells, at)
            at += batch.num_rows
        self._rows += at

    def _names(self, file: str, left: Iterable[tuple[int, str, bool]]) -> None:
        for row, column, part_of_place in left:
            if part_of_place:
                self._coincidences[f"{column}: a name inside the name of a place or company"] += 1
            else:
                self._leak(file, column, row, "a name that was taken out of this row stands in its text")

    def _column(self, file: str, plan: ColumnPlan, cells: pa.Array, at: int) -> None:
        found = distinct(cells)
        texts = as_texts(found.values)
        self._cells += len(texts)
        if plan.action == "transform":
            if plan.operator.name not in _SURROGATES:
                self._equal(file, plan, texts, found.codes, at)
            else:
                equal = int(self._seen.removed.has(texts).sum())
                if equal:
                    self._coincidences[f"{plan.name}: a surrogate equals a removed value"] += equal
            return
        bad = set(self._remembered(texts))
        bad |= set(self._scanned(plan, texts))
        for code in sorted(bad):
            rows = np.flatnonzero(found.codes == code)
            for row in rows[: _MOST - len(self._leaks)].tolist() or rows[:0].tolist():
                self._leaks.append(Leak(file=file, column=plan.name, row=at + row + 1, what=self._why(plan)))
            self._found += len(rows)

    def _equal(self, file: str, plan: ColumnPlan, texts: Sequence[str], codes: Codes, at: int) -> None:
        held = [i for i, text in enumerate(texts) if worth(text)]
        if not held:
            return
        for i, hit in zip(held, self._seen.removed.has(texts[i] for i in held).tolist(), strict=True):
            if hit:
                row = int(np.flatnonzero(codes == i)[0])
                self._leak(file, plan.name, at + row + 1, "a removed value stands where its replacement should")

    def _remembered(self, texts: Sequence[str]) -> Iterator[int]:
        """Which texts hold something that was taken out elsewhere and that no operator wrote."""
        owner: list[int] = []
        parts: list[str] = []
        for code, text in enumerate(texts):
            if len(text) <= 200 and len(plain(text)) >= LEAST:
                owner.append(code)
                parts.append(text)
            for token in tokens(text):
                owner.append(code)
                parts.append(token)
        if parts:
            hits = self._seen.removed.has(parts) & ~self._seen.written.has(parts)
            yield from {owner[i] for i in np.flatnonzero(hits).tolist()}

    def _scanned(self, plan: ColumnPlan, texts: Sequence[str]) -> Iterator[int]:
        """Which texts hold a finding that the plan does not keep and no operator wrote."""
        for code, decisions in enumerate(decide_cells(self._scrubber, texts, label=plan.name)):
            for decision in decisions:
                f = decision.finding
                if decision.kept and self._unwanted(plan, f.entity, f.score, f.check):
                    value = texts[code][f.start : f.end]
                    if not self._seen.written.has([value])[0]:
                        yield code
                        break

    def _unwanted(self, plan: ColumnPlan, entity: str, score: float, check: str) -> bool:
        if entity == UNEXAMINED or entity not in entities.tree():
            return False
        if plan.action == "keep" and plan.entity and (entity == plan.entity or _related(entity, plan.entity)):
            return False
        about = entities.get(entity)
        if about.identifier != "direct" and not about.sensitive:
            return False
        if self._policy.rule_for(entity).permissive and plan.action == "spans":
            return False
        return (check == "passed" or score >= _SURE) and not names_person(entity)

    def _hits(self, texts: Sequence[str]) -> bool:
        parts = [part for text in texts for part in (text, *tokens(text)) if worth(part)]
        return bool(parts) and bool(self._seen.removed.has(parts).any())

    def _why(self, plan: ColumnPlan) -> str:
        return "something is left in the text" if plan.action == "spans" else "a kept column holds what the plan takes out"

    def _leak(self, file: str, column: str, row: int, what: str) -> None:
        self._found += 1
        if len(self._leaks) < _MOST:
            self._leaks.append(Leak(file=file, column=column, row=row, what=what))


def _related(one: str, other: str) -> bool:
    return one in entities.ancestors(other) or other in entities.ancestors(one)
