"""Rows of table files and of databases as things to be destroyed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from piiscrub.errors import PlanError, SourceError
from piiscrub.evidence.canonical import canonical
from piiscrub.lifecycle.items import Intend, Method, Outcome
from piiscrub.lifecycle.judging import Keeper
from piiscrub.lifecycle.places import Place
from piiscrub.lifecycle.rules import RetentionRules
from piiscrub.lifecycle.tablefiles import names, numbered, rewrite, tables
from piiscrub.lifecycle.targets import Rows
from piiscrub.table.distinct import as_texts, distinct
from piiscrub.table.files import shown_path

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Chooser:
    """Which rows of one table go: those that are meant, less those that have to stay."""

    target: Rows = field(repr=False)
    table: str
    columns: tuple[str, ...]
    keeper: Keeper

    def __call__(self, batch: pa.RecordBatch, first: int) -> tuple[Mask, int]:
        """True for each row that goes, and how many stay although they were meant."""
        meant = self._meant(batch, first)
        stay = meant & self.keeper(batch) if meant.any() else np.zeros(batch.num_rows, np.bool_)
        return meant & ~stay, int(stay.sum())

    def _meant(self, batch: pa.RecordBatch, first: int) -> Mask:
        if self.target.at:
            here = np.zeros(batch.num_rows, np.bool_)
            inside = [at - first for at in self.target.at.get(self.table, ()) if first <= at < first + batch.num_rows]
            here[inside] = True
            return here
        meant = np.ones(batch.num_rows, np.bool_)
        for column, values in self.target.where.items():
            wanted = {str(value).strip() for value in values}
            found = distinct(batch.column(self.columns.index(column)))
            hit = np.array([text.strip() in wanted for text in as_texts(found.values)] + [False], np.bool_)
            meant &= hit[found.codes]
        return meant


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in the tables of a source: rows that go, that stay although meant, all rows, and a digest of which."""

    go: int
    stay: int
    rows: int
    digest: str
    checked: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsItem:
    """Rows of a file: the file is written anew without them, and what it was is overwritten."""

    target: Rows = field(repr=False)
    place: Place
    sha256: str
    looked: Looked
    rules: RetentionRules | None = field(repr=False)
    today: date
    obstacle: str = ""
    kind: str = "rows"
    method: Method = "row-deletion"

    @classmethod
    def of(cls, target: Rows, rules: RetentionRules | None, today: date) -> RowsItem:
        """Raises SourceError, PlanError: the file, or a column that is asked, is not there."""
        place = Place.of(Path(target.source))
        made = place.sha256()
        return cls(target=target, place=place, sha256=made, looked=_look(target, place, rules, today), rules=rules, today=today)

    @classmethod
    def resumed(cls, target: Rows, seal: Mapping[str, Any], rules: RetentionRules | None, today: date) -> RowsItem:
        place = Place.of(Path(target.source))
        looked = Looked(seal["go"], seal["stay"], seal["rows"], seal["digest"], tuple(seal["checked"]))
        return cls(target=target, place=place, sha256=seal["sha256"], looked=looked, rules=rules, today=today)

    @property
    def shown(self) -> str:
        return self.place.name_shown

    @property
    def counts(self) -> Mapping[str, int]:
        return {"rows": self.looked.go} | ({"rows that stay": self.looked.stay} if self.looked.stay else {})

    def seal(self) -> dict[str, Any]:
        return {"kind": self.kind, "name": self.place.name, "sha256": self.sha256, **_plain(self.looked)}

    def destroy(self, intend: Intend, intended: str) -> Outcome:
        if self.place.sha256() != self.sha256:
            if self.gone():
                return Outcome(done=True, how="rewritten-before")
            raise SourceError(f"{self.shown}: has changed since it was looked at; it was left.")
        if not self.looked.go:
            return Outcome(done=True, how="nothing-to-do")
        with tables(self.place) as file:
            choosers = _choosers(
                self.target, names(file, self.place), [s.schema.names for s in file.sheets], self.rules, self.today
            )

        def without(position: int, batch: pa.RecordBatch, first: int) -> pa.RecordBatch:
            chooser = choosers.get(position)
            return batch if chooser is None else batch.filter(pa.array(~chooser(batch, first)[0]))

        rewrite(self.place, without, sha256=self.sha256)
        return Outcome(done=True, how="rewritten", counts={"rows": self.looked.go})

    def gone(self, intended: str = "") -> bool:
        if self.place.look() is None:
            return False
        now = _look(self.target, self.place, self.rules, self.today)
        return now.rows == self.looked.rows - self.looked.go if self.target.at else not now.go


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseItem:
    """Rows of a table of a database, deleted in one transaction."""

    target: Rows = field(repr=False)
    looked: Looked
    rules: RetentionRules | None = field(repr=False)
    today: date
    obstacle: str = ""
    kind: str = "database rows"
    method: Method = "row-deletion"

    @classmethod
    def of(cls, target: Rows, rules: RetentionRules | None, today: date) -> DatabaseItem:
        return cls(target=target, looked=_look_database(target, rules, today), rules=rules, today=today)

    @classmethod
    def resumed(cls, target: Rows, seal: Mapping[str, Any], rules: RetentionRules | None, today: date) -> DatabaseItem:
        looked = Looked(seal["go"], seal["stay"], seal["rows"], seal["digest"], tuple(seal["checked"]))
        return cls(target=target, looked=looked, rules=rules, today=today)

    @property
    def shown(self) -> str:
        return shown_path(self.target.table)

    @property
    def counts(self) -> Mapping[str, int]:
        return {"rows": self.looked.go} | ({"rows that stay": self.looked.stay} if self.looked.stay else {})

    def seal(self) -> dict[str, Any]:
        return {"kind": self.kind, "name": self.target.table, **_plain(self.looked)}

    def destroy(self, intend: Intend, intended: str) -> Outcome:
        from piiscrub.sources.tabular.database_rows import Choice, take_rows

        if self.gone():
            return Outcome(done=True, how="gone-before" if self.looked.go else "nothing-to-do")
        chooser: list[Chooser] = []

        def choose(batch: pa.RecordBatch, first: int) -> Choice:
            if not chooser:
                found = _choosers(self.target, [self.target.table], [batch.schema.names], self.rules, self.today)
                chooser.append(found[0])
            return Choice(chooser[0](batch, first)[0].tolist())

        taken = take_rows(str(self.target.source), self.target.table, choose, expected=self.looked.go)
        return Outcome(done=True, how="deleted-freed" if taken.freed else "deleted", counts={"rows": taken.rows})

    def gone(self, intended: str = "") -> bool:
        return not _look_database(self.target, self.rules, self.today).go


def _look(target: Rows, place: Place, rules: RetentionRules | None, today: date) -> Looked:
    with tables(place) as file:
        choosers = _choosers(target, names(file, place), [s.schema.names for s in file.sheets], rules, today)
        total, stay, chosen = 0, 0, []
        for position, sheet in enumerate(file.sheets):
            for first, batch in numbered(sheet):
                total += batch.num_rows
                if position in choosers:
                    go, kept = choosers[position](batch, first)
                    stay += kept
                    chosen += [[position, int(at) + first] for at in np.flatnonzero(go)]
    checked = sorted({id for one in choosers.values() for id in one.keeper.ids})
    return Looked(len(chosen), stay, total, hashlib.sha256(canonical(chosen)).hexdigest(), tuple(checked))


def _look_database(target: Rows, rules: RetentionRules | None, today: date) -> Looked:
    from piiscrub.sources.tabular.database import open_database

    with open_database(str(target.source)) as files:
        sheet = next((file.sheets[0] for file in files if file.name == f"{target.table}.parquet"), None)
        if sheet is None:
            raise SourceError(f"the database has no table {target.table!r}.")
        chooser = _choosers(target, [target.table], [sheet.schema.names], rules, today)[0]
        made, go, stay, total = hashlib.sha256(), 0, 0, 0
        for first, batch in numbered(sheet):
            total += batch.num_rows
            chosen, kept = chooser(batch, first)
            go, stay = go + int(chosen.sum()), stay + kept
            for row in batch.filter(pa.array(chosen)).to_pylist():
                made.update(repr(sorted(row.items())).encode("utf-8", "surrogatepass"))
    return Looked(go, stay, total, made.hexdigest(), chooser.keeper.ids)


def _choosers(
    target: Rows, tables: Sequence[str], columns: Sequence[Sequence[str]], rules: RetentionRules | None, today: date
) -> dict[int, Chooser]:
    """Position of a table → which of its rows go. Raises PlanError where no table has what is asked for."""
    found: dict[int, Chooser] = {}
    for position, (table, own) in enumerate(zip(tables, columns, strict=True)):
        if target.at:
            asked = table in target.at
        else:
            asked = target.table in ("", table) and all(column in own for column in target.where)
        if asked:
            found[position] = Chooser(target, table, tuple(own), Keeper.of(rules, table, own, today=today))
    if not found or (target.at and set(target.at) - set(tables)):
        wanted = "the tables that were named" if target.at else f"the columns {', '.join(map(repr, target.where))}"
        raise PlanError([f"no table has {wanted}."])
    return found


def _plain(looked: Looked) -> dict[str, Any]:
    own = {"go": looked.go, "stay": looked.stay, "rows": looked.rows, "digest": looked.digest}
    return {**own, "checked": list(looked.checked)}
