"""What a search found of a person in a table of a database, as a thing to be destroyed in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from piiscrub.errors import SourceError
from piiscrub.lifecycle.choosing import Choosing, EditsLooked, all_there
from piiscrub.lifecycle.edits import Edits, row_prints
from piiscrub.lifecycle.items import Intend, Method, Outcome
from piiscrub.lifecycle.judging import Keeper
from piiscrub.lifecycle.rules import RetentionRules
from piiscrub.lifecycle.tablefiles import numbered
from piiscrub.table.files import shown_path

Mask = npt.NDArray[np.bool_]


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
        all_there(target, looked)
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
        choosing = Choosing()
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
    target: Edits, batch: pa.RecordBatch, first: int, keeper: Keeper, choosing: Choosing
) -> tuple[Mask, Mask, pa.RecordBatch]:
    found = {row: made for row, made in enumerate(row_prints(batch)) if made in target.prints}
    goes = {row: made for row, made in found.items() if not target.prints[made]}
    passages = {row: target.prints[made] for row, made in found.items() if target.prints[made]}
    return choosing.batch(batch, target.table, first, keeper, goes, passages)


def _look(target: Edits, rules: RetentionRules | None, today: date) -> tuple[EditsLooked, bool]:
    """What is there to be done, and whether the table has a primary key."""
    from piiscrub.sources.tabular.database import open_database

    choosing = Choosing()
    with open_database(str(target.source)) as files:
        sheet: Any = next((file.sheets[0] for file in files if file.name == f"{target.table}.parquet"), None)
        if sheet is None:
            raise SourceError(f"the database has no table {target.table!r}.")
        keeper = Keeper.of(rules, target.table, sheet.schema.names, today=today)
        for first, batch in numbered(sheet):
            _chosen(target, batch, first, keeper, choosing)
        return choosing.looked(), bool(sheet.keys)
