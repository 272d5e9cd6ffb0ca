"""What a search found of a person as things to be destroyed: rows and passages of tables, and of databases."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from piiscrub.errors import SourceError
from piiscrub.evidence.canonical import canonical
from piiscrub.lifecycle.edits import Edits, Spans, redacted, redacted_json, row_print, row_prints
from piiscrub.lifecycle.items import Intend, Method, Outcome
from piiscrub.lifecycle.judging import Keeper, Kept
from piiscrub.lifecycle.places import Place, sha256
from piiscrub.lifecycle.rules import RetentionRules
from piiscrub.lifecycle.tablefiles import names, numbered, one_way, rewrite, tables
from piiscrub.sources.tabular.json_lines import MIXED
from piiscrub.table.distinct import is_text
from piiscrub.table.files import shown_path
from piiscrub.table.streaming import as_type

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class EditsLooked:
    """What would be done in one place: rows that go, texts that change, what stays and why, and a digest of which."""

    rows: int
    mentions: int
    kept: tuple[Kept, ...]
    digest: str
    checked: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        stay = len({one.position for one in self.kept})
        told = {"rows": self.rows, "mentions": self.mentions, "rows that stay": stay}
        return {what: n for what, n in told.items() if n}

    @property
    def method(self) -> Method:
        return "row-deletion" if self.rows else "redaction"

    def to_dict(self) -> dict[str, Any]:
        own = {"go": self.rows, "mentions": self.mentions, "digest": self.digest, "checked": list(self.checked)}
        return own | {"kept": [[one.position, one.rule, one.source, one.until] for one in self.kept]}

    @classmethod
    def from_dict(cls, seal: Mapping[str, Any]) -> EditsLooked:
        kept = tuple(Kept(position=a, rule=b, source=c, until=d) for a, b, c, d in seal["kept"])
        return cls(seal["go"], seal["mentions"], kept, seal["digest"], tuple(seal["checked"]))


class _Choosing:
    """Goes through the tables of one place and notes what goes, changes and stays."""

    def __init__(self) -> None:
        self.chosen: list[Any] = []
        self.kept: list[Kept] = []
        self.rows = self.mentions = 0
        self.checked: set[str] = set()

    def looked(self) -> EditsLooked:
        made = hashlib.sha256(canonical(self.chosen)).hexdigest()
        return EditsLooked(self.rows, self.mentions, tuple(self.kept), made, tuple(sorted(self.checked)))

    def batch(
        self, batch: pa.RecordBatch, table: str, first: int, keeper: Keeper, goes: Mapping[int, Any],
        passages: Mapping[int, Mapping[int, Spans]],
    ) -> tuple[Mask, Mask, pa.RecordBatch]:  # fmt: skip  # as it is called
        """Which rows of a batch go and which change, and the batch as it is afterwards; rows by number in the batch."""
        self.checked |= set(keeper.ids)
        go, change = np.zeros(batch.num_rows, np.bool_), np.zeros(batch.num_rows, np.bool_)
        cells: dict[int, dict[int, Spans]] = {}
        for row in sorted(goes.keys() | passages.keys()):
            why = keeper.why(batch, row, f"{table}#{first + row + 1}")
            if why:
                self.kept += (replace(one, print=row_print(batch, row)) for one in why) if row in goes else why
            elif row in goes:
                go[row] = True
                self.rows += 1
                self.chosen.append([table, goes[row], "goes"])
            else:
                change[row] = True
                for column, spans in sorted(passages[row].items()):
                    cells.setdefault(column, {})[row] = spans
                    self.mentions += 1
                    self.chosen.append([table, first + row, column, [list(one) for one in spans]])
        return go, change, edited(batch, cells) if cells else batch


def edited(batch: pa.RecordBatch, cells: Mapping[int, Mapping[int, Spans]]) -> pa.RecordBatch:
    """The batch with passages redacted: column → row → passages. A cell of another type than text is emptied.

    Raises:
        SourceError: a text is shorter than when it was looked at.
    """
    arrays = list(batch.columns)
    for position, rows in cells.items():
        column = arrays[position]
        mask = np.zeros(batch.num_rows, np.bool_)
        mask[sorted(rows)] = True
        if is_text(column.type):
            plain = as_type(column, pa.string())
            json = MIXED in (batch.schema.field(position).metadata or {})
            new = [_new(plain[row].as_py(), rows[row], redacted_json if json else redacted) for row in sorted(rows)]
            arrays[position] = as_type(pc.replace_with_mask(plain, pa.array(mask), pa.array(new, pa.string())), column.type)
        else:
            arrays[position] = pc.if_else(pa.array(~mask), column, pa.scalar(None, column.type))
    return pa.RecordBatch.from_arrays(arrays, schema=batch.schema)


def _new(text: str | None, spans: Spans, take_out: Callable[[str, Spans], str]) -> str:
    if text is None or not spans or spans[-1][1] > len(text):
        raise SourceError("a text has changed since it was looked at; nothing was changed. Search again.")
    return take_out(text, spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableEdits:
    """Rows and cells of a file of tables: it is written anew, and what it was is overwritten."""

    target: Edits = field(repr=False)
    place: Place
    sha256: str
    looked: EditsLooked
    rules: RetentionRules | None = field(repr=False)
    today: date
    obstacle: str = ""
    kind: str = "table"

    @classmethod
    def of(cls, target: Edits, rules: RetentionRules | None, today: date) -> TableEdits:
        """Raises SourceError, PlanError: the file, or a column that a rule asks, is not there."""
        place = Place.of(Path(target.source))
        with place.open() as stream:
            made = sha256(stream)
        choosing = _Choosing()
        with tables(place) as file:
            for change, sheet in zip(_changes(target, place, rules, today, choosing), file.sheets, strict=True):
                for first, batch in numbered(sheet):
                    change(batch, first)
        obstacle = "this format is only read. Save it as .xlsx or CSV first." if one_way(place.name) else ""
        looked = choosing.looked()
        _all(target, looked)
        return cls(target=target, place=place, sha256=made, looked=looked, rules=rules, today=today, obstacle=obstacle)

    @classmethod
    def resumed(cls, target: Edits, seal: Mapping[str, Any], rules: RetentionRules | None, today: date) -> TableEdits:
        looked, place = EditsLooked.from_dict(seal), Place.of(Path(target.source))
        return cls(target=target, place=place, sha256=seal["sha256"], looked=looked, rules=rules, today=today)

    @property
    def shown(self) -> str:
        return self.place.name_shown

    @property
    def counts(self) -> Mapping[str, int]:
        return self.looked.counts

    @property
    def method(self) -> Method:
        return self.looked.method

    def seal(self) -> dict[str, Any]:
        return {"kind": self.kind, "name": self.place.name, "sha256": self.sha256, **self.looked.to_dict()}

    def destroy(self, intend: Intend, intended: str) -> Outcome:
        now = _hash(self.place)
        if intended and now == intended:
            return Outcome(done=True, how="rewritten-before", counts=self.counts)
        if now != self.sha256:
            raise SourceError(f"{self.shown}: has changed since it was looked at; it was left.")
        if not (self.looked.rows or self.looked.mentions):
            return Outcome(done=True, how="nothing-to-do")
        choosing = _Choosing()
        changes = _changes(self.target, self.place, self.rules, self.today, choosing)

        def change(position: int, batch: pa.RecordBatch, first: int) -> pa.RecordBatch:
            return changes[position](batch, first)

        def before(new: str) -> None:
            if choosing.looked().digest != self.looked.digest:
                raise SourceError(f"{self.shown}: other rows would go than were looked at; it was left.")
            intend(new)

        rewrite(self.place, change, sha256=self.sha256, before=before)
        return Outcome(done=True, how="edited", counts=self.counts)

    def gone(self, intended: str) -> bool:
        """Whether the file is the one that was written, byte by byte."""
        return _hash(self.place) == (intended if self.looked.rows or self.looked.mentions else self.sha256)


def _hash(place: Place) -> str:
    with place.open() as stream:
        return sha256(stream)


def _all(target: Edits, looked: EditsLooked) -> None:
    asked = sum(map(len, target.rows.values())) + target.mentions + sum(not own for own in target.prints.values())
    kept = len({one.position for one in looked.kept})
    if looked.rows + looked.mentions + kept < asked and not kept:
        raise SourceError("a place has changed since it was searched: rows or texts are not there any more. Search again.")


def _changes(target: Edits, place: Place, rules: RetentionRules | None, today: date, choosing: _Choosing) -> list[Any]:
    """For each table: rows and the number of the first → the rows that take their place."""
    with tables(place) as file:
        called = names(file, place)
        keepers = [
            Keeper.of(rules, name, sheet.schema.names, today=today) if len(sheet.schema) else None
            for name, sheet in zip(called, file.sheets, strict=True)
        ]
    found = []
    for name, keeper in zip(called, keepers, strict=True):
        passages: dict[int, dict[int, Spans]] = {}
        for (row, column), spans in target.passages.get(name, {}).items():
            passages.setdefault(row, {})[column] = spans
        found.append(_Change(name, keeper, target.rows.get(name, frozenset()), passages, choosing))
    return found


@dataclass(frozen=True, slots=True)
class _Change:
    table: str
    keeper: Keeper | None
    rows: frozenset[int]
    passages: Mapping[int, Mapping[int, Spans]]
    choosing: _Choosing

    def __call__(self, batch: pa.RecordBatch, first: int) -> pa.RecordBatch:
        here = range(first, first + batch.num_rows)
        goes = {row - first: row for row in self.rows if row in here}
        passages = {row - first: own for row, own in self.passages.items() if row in here}
        if self.keeper is None or not (goes or passages):
            return batch
        go, _, new = self.choosing.batch(batch, self.table, first, self.keeper, goes, passages)
        return new.filter(pa.array(~go))


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseEdits:
    """Rows and cells of a table of a database, in one transaction."""

    target: Edits = field(repr=False)
    looked: EditsLooked
    rules: RetentionRules | None = field(repr=False)
    today: date
    obstacle: str = ""
    kind: str = "database table"

    @classmethod
    def of(cls, target: Edits, rules: RetentionRules | None, today: date) -> DatabaseEdits:
        """Raises SourceError: a row has changed since it was found."""
        looked, keyed = _look(target, rules, today)
        _all(target, looked)
        obstacle = "" if keyed else "it has no primary key, so its rows cannot be named one by one."
        return cls(target=target, looked=looked, rules=rules, today=today, obstacle=obstacle)

    @classmethod
    def resumed(cls, target: Edits, seal: Mapping[str, Any], rules: RetentionRules | None, today: date) -> DatabaseEdits:
        return cls(target=target, looked=EditsLooked.from_dict(seal), rules=rules, today=today)

    @property
    def shown(self) -> str:
        return shown_path(self.target.table)

    @property
    def counts(self) -> Mapping[str, int]:
        return self.looked.counts

    @property
    def method(self) -> Method:
        return self.looked.method

    def seal(self) -> dict[str, Any]:
        return {"kind": self.kind, "name": self.target.table, **self.looked.to_dict()}

    def destroy(self, intend: Intend, intended: str) -> Outcome:
        from piiscrub.sources.tabular.database_rows import Choice, take_rows

        if self.gone(""):
            done = self.looked.rows + self.looked.mentions
            return Outcome(done=True, how="gone-before" if done else "nothing-to-do", counts=self.counts if done else {})
        choosing = _Choosing()
        keepers: list[Keeper] = []

        def choose(batch: pa.RecordBatch, first: int) -> Choice:
            if not keepers:
                keepers.append(Keeper.of(self.rules, self.target.table, batch.schema.names, today=self.today))
            go, change, new = _chosen(self.target, batch, first, keepers[0], choosing)
            return Choice(go.tolist(), change.tolist(), new)

        try:
            wanted = len(self.target.prints) - len({one.position for one in self.looked.kept})
            taken = take_rows(str(self.target.source), self.target.table, choose, expected=wanted)
        except SourceError as error:
            raise SourceError(f"{self.shown}: {error}") from None
        return Outcome(done=True, how="edited-freed" if taken.freed else "edited-database", counts=self.counts)

    def gone(self, intended: str) -> bool:
        """Whether no row that was to go or to change is there as it was."""
        looked, _ = _look(self.target, self.rules, self.today)
        return not (looked.rows or looked.mentions)


def _chosen(
    target: Edits, batch: pa.RecordBatch, first: int, keeper: Keeper, choosing: _Choosing
) -> tuple[Mask, Mask, pa.RecordBatch]:
    found = {row: made for row, made in enumerate(row_prints(batch)) if made in target.prints}
    goes = {row: made for row, made in found.items() if not target.prints[made]}
    passages = {row: target.prints[made] for row, made in found.items() if target.prints[made]}
    return choosing.batch(batch, target.table, first, keeper, goes, passages)


def _look(target: Edits, rules: RetentionRules | None, today: date) -> tuple[EditsLooked, bool]:
    """What is there to be done, and whether the table has a primary key."""
    from piiscrub.sources.tabular.database import open_database

    choosing = _Choosing()
    with open_database(str(target.source)) as files:
        sheet: Any = next((file.sheets[0] for file in files if file.name == f"{target.table}.parquet"), None)
        if sheet is None:
            raise SourceError(f"the database has no table {target.table!r}.")
        keeper = Keeper.of(rules, target.table, sheet.schema.names, today=today)
        for first, batch in numbered(sheet):
            _chosen(target, batch, first, keeper, choosing)
        return choosing.looked(), bool(sheet.keys)
