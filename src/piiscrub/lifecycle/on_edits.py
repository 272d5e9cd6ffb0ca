"""What a search found of a person in a file of tables, as a thing to be destroyed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from piiscrub.errors import SourceError
from piiscrub.lifecycle.choosing import Choosing, EditsLooked, all_there
from piiscrub.lifecycle.edits import Edits, Spans
from piiscrub.lifecycle.items import Intend, Method, Outcome
from piiscrub.lifecycle.judging import Keeper
from piiscrub.lifecycle.places import Place
from piiscrub.lifecycle.rules import RetentionRules
from piiscrub.lifecycle.tablefiles import names, numbered, one_way, rewrite, tables


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
        made = place.sha256()
        choosing = Choosing()
        with tables(place) as file:
            for change, sheet in zip(_changes(target, place, rules, today, choosing), file.sheets, strict=True):
                for first, batch in numbered(sheet):
                    change(batch, first)
        obstacle = "this format is only read. Save it as .xlsx or CSV first." if one_way(place.name) else ""
        looked = choosing.looked()
        all_there(target, looked)
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
        now = self.place.sha256()
        if intended and now == intended:
            return Outcome(done=True, how="rewritten-before", counts=self.counts)
        if now != self.sha256:
            raise SourceError(f"{self.shown}: has changed since it was looked at; it was left.")
        if not (self.looked.rows or self.looked.mentions):
            return Outcome(done=True, how="nothing-to-do")
        choosing = Choosing()
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
        return self.place.sha256() == (intended if self.looked.rows or self.looked.mentions else self.sha256)


def _changes(target: Edits, place: Place, rules: RetentionRules | None, today: date, choosing: Choosing) -> list[Any]:
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
    choosing: Choosing

    def __call__(self, batch: pa.RecordBatch, first: int) -> pa.RecordBatch:
        here = range(first, first + batch.num_rows)
        goes = {row - first: row for row in self.rows if row in here}
        passages = {row - first: own for row, own in self.passages.items() if row in here}
        if self.keeper is None or not (goes or passages):
            return batch
        go, _, new = self.choosing.batch(batch, self.table, first, self.keeper, goes, passages)
        return new.filter(pa.array(~go))
