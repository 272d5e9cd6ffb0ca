"""Read again what lies on disk, and look for anything that should not be there.

Two ways: every column is scanned like new data for what the plan does not keep, and everything that the plan took out is looked
for by its fingerprint. What is found is named by file, column and row, never by its value.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from piiscrub.handing_over.chance import by_chance
from piiscrub.handing_over.fingerprints import LEAST
from piiscrub.handing_over.leaks import Leak, Residual, same_kind, without
from piiscrub.handing_over.remembering import LONGEST, Column
from piiscrub.handing_over.rows_left import Left, RowsLeft
from piiscrub.handing_over.tokens import tokens
from piiscrub.handing_over.watching import Seen, names_person
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
from piiscrub.table.frame import Mask
from piiscrub.table.headers import personal

Given: TypeAlias = Callable[[], Iterable[pa.RecordBatch]]
Told: TypeAlias = Callable[[ColumnPlan, Column], None] | None

_SURROGATES = frozenset({"pseudonym", "fpe", "shuffle", "swap", "generalise", "truncate", "mask", "microaggregate", "noise"})
"""Operators whose results may rightly be equal to somebody's value."""
_MOST = 100  # places named; all are counted
_SURE = 0.6
_STRANGE = 0.01  # share of a column's values below which a kind of writing is a stranger there
_FEW = 5000  # different texts of a column and batch that are looked through for every name
# Cells of a column that is nothing personal which no recognizer of a direct identifier takes: small numbers, amounts, dates.
_PLAIN = r"^[-+]?\d{0,5}$|^[-+]?\d{1,9}\.\d{1,4}$|^(19|20)\d\d[-/]\d\d?[-/]\d\d?( \d\d:\d\d(:\d\d)?)?$"


class _Cells(NamedTuple):
    """The different cells of one column in one batch: where it stands in the output, the first row, each row's code."""

    file: str
    plan: ColumnPlan
    at: int
    row: int
    codes: Codes
    values: Column


@dataclass(slots=True)
class _Suspects:
    """Columns of the output to be compared with their rows as they came in."""

    names: set[int] = field(default_factory=set)
    unchanged: set[int] = field(default_factory=set)
    numbers: set[int] = field(default_factory=set)


class Check:
    """Collects what the files of one hand-over still hold."""

    def __init__(self, seen: Seen, policy: Policy, told: Told = None) -> None:
        """``told`` gets the distinct values of every column and batch that is looked at."""
        self._seen, self._policy, self._told = seen, policy, told
        self._scrubber = Scrubber(policy="review", ner=None)  # names are compared with those that were taken out
        self._given: set[str] = set()
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
        self._seen.settle()
        stem = Path(name).name.partition(".")[0]
        if personal(stem) or self._hits([stem]):
            self._leak("a file", "", 0, "its name is personal information")
        path = folder / name
        for place, text in leftovers(path):
            if text is None:
                self._leak(name, place, 0, "nobody can look into it")
            elif personal(text) or self._hits([text]):
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
                suspects = self._sheet(name, sheet.schema.names, sheet.batches(rows=ROWS), plan)
                look = RowsLeft(plan, suspects.names, suspects.unchanged, suspects.numbers)
                if rows is not None and not plan.rows and not look.idle:  # rows that were left out would shift them
                    self._rows_left(name, look(rows(), sheet.batches(rows=ROWS)))

    def _sheet(self, file: str, names: Sequence[str], batches: Iterator[pa.RecordBatch], plan: TablePlan) -> _Suspects:
        going = [column for column in plan.columns if column.action != "drop"]
        suspects = _Suspects()
        self._given = {column.entity for column in going if self._clear(column)}
        for header in names:
            if personal(header) or self._hits([header]):
                self._leak(file, "header", 0, "a header is personal information")
        if len(names) != len(going):
            self._leak(file, "", 0, f"has {len(names)} columns where the plan has {len(going)}")
            return suspects
        at = 0
        for batch in batches:
            for i, (column, cells) in enumerate(zip(going, batch.columns, strict=True)):
                if examinable(cells.type):
                    found = distinct(cells)
                    self._cells += len(found.values)
                    look = self._replaced if column.action == "transform" else self._kept
                    values = Column(as_texts(found.values))
                    if self._told is not None:
                        self._told(column, values)
                    look(_Cells(file, column, i, at, found.codes, values), suspects)
            at += batch.num_rows
        self._rows += at
        return suspects

    def _rows_left(self, file: str, left: Iterable[Left]) -> None:
        for one in left:
            if one.part:
                self._coincidences[f"{one.column}: a name inside the name of a place or company"] += 1
            else:
                self._leak(file, one.column, one.row, one.what)

    def _replaced(self, cells: _Cells, suspects: _Suspects) -> None:
        """A column that an operator wrote: nothing that was removed may stand in it, but for a surrogate by chance."""
        values = cells.values
        hits = values.worth() & self._seen.removed.has(values)
        if not hits.any():
            return
        if cells.plan.operator.name not in _SURROGATES:
            self._leaks_of(cells, hits, "a removed value stands where its replacement should")
            return
        self._coincidences[f"{cells.plan.name}: a surrogate equals a removed value"] += int(hits.sum())
        if cells.plan.role == "direct" or cells.plan.operator.name in ("pseudonym", "fpe", "mask"):
            suspects.unchanged.add(cells.at)

    def _kept(self, cells: _Cells, suspects: _Suspects) -> None:
        """A column that was kept, or whose text was searched."""
        values, plan = cells.values, cells.plan
        bad = self._remembered(values) & ~self._seen.written.has(values)
        if self._clear(plan):
            bad &= ~self._given_away(plan, values, bad)
        if plan.action == "keep" and plan.role in ("none", "quasi", "unknown"):
            chance = by_chance(values, bad, self._seen.removed.numbers)
            if chance.any():
                self._coincidences[f"{plan.name}: a short number equals a removed one"] += int(chance.sum())
                suspects.numbers.add(cells.at)
                bad &= ~chance
        bad |= self._scanned(plan, values)
        if bad.any():
            what = "something is left in the text" if plan.action == "spans" else "a kept column holds what the plan takes out"
            self._leaks_of(cells, bad, what)
        if cells.at not in suspects.names and self._may_name(plan, values):
            suspects.names.add(cells.at)

    def _may_name(self, plan: ColumnPlan, values: Column) -> bool:
        """Whether a name that was taken out could stand in one of these texts."""
        if not len(self._seen.names) or (plan.action == "keep" and plan.role == "direct"):
            return False
        forms = values.forms.filter(pa.array(values.letters())).to_pylist()
        if plan.action == "spans" or len(forms) > _FEW:
            return bool(forms)
        lengths = sorted({n for n, _ in self._seen.names.kinds if n > 1})
        parts = {form[i : i + n] for form in forms for n in lengths for i in range(len(form) - n + 1)}
        return bool(parts) and bool(self._seen.names.has(Column(list(parts))).any())

    def _leaks_of(self, cells: _Cells, bad: Mask, what: str) -> None:
        rows = np.flatnonzero(np.append(bad, False)[cells.codes])  # code -1 is the last: no value
        self._found += len(rows)
        named = rows[: max(_MOST - len(self._leaks), 0)].tolist()
        self._leaks += [Leak(file=cells.file, column=cells.plan.name, row=cells.row + row + 1, what=what) for row in named]

    @staticmethod
    def _clear(plan: ColumnPlan) -> bool:
        """Whether the plan gives the values of this column away: the same ones are taken out of texts all the same."""
        return bool(plan.action == "keep" and plan.entity and entities.get(plan.entity).identifier == "direct")

    def _given_away(self, plan: ColumnPlan, values: Column, bad: Mask) -> Mask:
        """Which values that were taken out elsewhere the plan gives away here: whole ones of the kind that the column holds.

        A number may stand in a text that is cleared of it and in the column that is kept: failing that would fail every plan
        that keeps a number and clears the notes. What is written like nothing else in the column passes only if a recognizer
        takes it for what the column holds.
        """
        if not bad.any():
            return bad
        shapes = values.shapes()
        kinds, counts = np.unique(shapes, return_counts=True)
        usual = np.isin(shapes, kinds[counts > max(_STRANGE * len(values), 1)])
        given = bad & usual & self._seen.removed.has(values)
        odd = np.flatnonzero(bad & ~given)
        texts = values.take(odd).texts.to_pylist()
        rest: list[str] = []  # of each, without what the column holds by the plan
        for text, decisions in zip(texts, decide_cells(self._scrubber, texts, label=plan.name), strict=True):
            spans = [d.finding for d in decisions if d.kept and same_kind(d.finding.entity, plan.entity)]
            rest.append(without(text, [(f.start, f.end) for f in spans]))
        given[odd] = ~self._remembered(Column(rest))
        return np.asarray(given)

    def _remembered(self, values: Column) -> Mask:
        """Which texts are or hold something that was taken out elsewhere and that no operator wrote."""
        removed = self._seen.removed
        bad = np.zeros(len(values), np.bool_)
        if not len(removed):
            return bad
        digits, lengths = values.digits(), values.lengths()
        may = np.flatnonzero((lengths >= LEAST) & ((digits >= 2) | values.mail()))
        if not len(may):
            return bad
        some = values.take(may)
        same = removed.has(some) & (lengths[may] <= LONGEST) & ~self._seen.written.has(some)
        bad[may[same]] = True
        inner = np.flatnonzero(~same & (some.split() | some.letters()))
        owner: list[int] = []
        parts: list[str] = []
        for i, text in zip(inner.tolist(), some.take(inner).texts.to_pylist(), strict=True):
            for token in tokens(text, removed.kinds):
                owner.append(i)
                parts.append(token)
        if parts:
            asked = Column(parts)
            hits = removed.has(asked) & ~self._seen.written.has(asked)
            bad[may[np.asarray(owner)[hits]]] = True
        return bad

    def _scanned(self, plan: ColumnPlan, values: Column) -> Mask:
        """Which texts hold a finding that the plan does not keep and no operator wrote."""
        bad = np.zeros(len(values), np.bool_)
        idle = plan.action == "keep" and plan.role == "none" and not plan.entity
        looked = ~np.asarray(pc.match_substring_regex(values.texts, _PLAIN)) if idle else np.ones(len(values), np.bool_)
        codes = np.flatnonzero(looked)
        texts = values.take(codes).texts.to_pylist()
        owner: list[int] = []
        parts: list[str] = []
        for code, text, decisions in zip(
            codes.tolist(), texts, decide_cells(self._scrubber, texts, label=plan.name), strict=True
        ):
            for decision in decisions:
                f = decision.finding
                if decision.kept and self._unwanted(plan, f.entity, f.score, f.check):
                    owner.append(code)
                    parts.append(text[f.start : f.end])
        if parts:
            bad[np.asarray(owner)[~self._seen.written.has(Column(parts))]] = True
        return bad

    def _unwanted(self, plan: ColumnPlan, entity: str, score: float, check: str) -> bool:
        if entity == UNEXAMINED or entity not in entities.tree():
            return False
        if plan.action == "keep" and any(same_kind(entity, kept) for kept in (plan.entity, *self._given) if kept):
            return False
        about = entities.get(entity)
        if about.identifier != "direct" and not about.sensitive:
            return False
        if self._policy.rule_for(entity).permissive and plan.action == "spans":
            return False
        return (check == "passed" or score >= _SURE) and not names_person(entity)

    def _hits(self, texts: Sequence[str]) -> bool:
        """Whether a removed value stands in a name of a file, sheet or header, in a comment, a property."""
        removed = self._seen.removed
        parts = [*texts, *(part for text in texts for part in tokens(text, removed.kinds))]
        asked = Column(parts)
        return bool((asked.worth() & removed.has(asked)).any())

    def _leak(self, file: str, column: str, row: int, what: str) -> None:
        self._found += 1
        if len(self._leaks) < _MOST:
            self._leaks.append(Leak(file=file, column=column, row=row, what=what))
