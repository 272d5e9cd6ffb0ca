"""How many distinct persons went abroad since 1 January, over all hand-overs, without keeping who they were."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from piiscrub.errors import LedgerError, PlanError
from piiscrub.handing_over.crossborder import Route, route
from piiscrub.handing_over.fingerprints import Fingerprints
from piiscrub.handing_over.passing import Passing
from piiscrub.model import entities
from piiscrub.model.plan import SharePlan, TablePlan
from piiscrub.table.distinct import as_texts, distinct

if TYPE_CHECKING:
    from piiscrub.evidence.ledger import Ledger
    from piiscrub.keys.ring import KeyRing
    from piiscrub.sources.tabular.form import Sheet

Prints = npt.NDArray[np.uint64]


class Persons:
    """Fingerprints of the persons of one hand-over, and of all since 1 January.

    Those since 1 January lie beside the ledger, under a key of the ring that changes every year, so that a person is counted
    once and nobody without the ring can ask for one. Without a subject column rows are counted: an upper bound.
    """

    def __init__(self, ring: KeyRing, subject: str, year: int) -> None:
        self._prints = Fingerprints(ring.derive("persons abroad", str(year)))
        self._subject, self._year = subject, year
        self._sensitive = False
        self._rows = 0
        self._at: int | None = None

    def table(self, plan: TablePlan, names: Sequence[str]) -> None:
        """Say which table comes next."""
        self._at = names.index(self._subject) if self._subject in names else None
        if self._subject and self._at is None and len(names) and _of_persons(plan):
            what = f"terms.subject: the table has no column {self._subject!r}, so nobody can tell whose rows they are."
            raise PlanError([what], table=plan.name)
        self._sensitive |= any(
            column.action != "drop" and column.entity and entities.get(column.entity).sensitive for column in plan.columns
        )

    def tapped(self, sheet: Sheet) -> Sheet:
        """The sheet, its persons counted as they pass."""
        at = self._at

        def through(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for batch in batches:
                self._rows += batch.num_rows
                if at is not None:
                    self._prints.add(as_texts(distinct(batch.column(at)).values))
                yield batch

        return Passing(sheet, through)

    def route(self, plan: SharePlan, ledger: Ledger | None) -> Route:
        """The route for everybody since 1 January, this hand-over included; those it exempts are not counted."""
        terms = plan.terms
        counted = not terms.exemption
        if not self._subject:
            ordinary, sensitive = (0, self._rows) if self._sensitive else (self._rows, 0)
            before = [np.empty(0, np.uint64)] * 2
        else:
            ordinary, sensitive = 0, 0
            before = self._before(ledger)
        mine = self._prints.to_array() if counted else np.empty(0, np.uint64)
        with_sensitive = np.union1d(before[1], mine if self._sensitive else np.empty(0, np.uint64))
        all_ordinary = np.setdiff1d(np.union1d(before[0], np.empty(0, np.uint64) if self._sensitive else mine), with_sensitive)
        return route(
            len(all_ordinary) + (ordinary if counted else 0),
            len(with_sensitive) + (sensitive if counted else 0),
            critical=terms.critical,
            important=terms.important,
            upper_bound=not self._subject,
        )

    def save(self, record: Path, ledger: Ledger | None) -> None:
        """Keep this hand-over's persons in its record, and those since 1 January beside the ledger."""
        mine = self._prints.to_array()
        np.savez(
            record / f"persons-{self._year}.npz",
            ordinary=mine[:0] if self._sensitive else mine,
            sensitive=mine if self._sensitive else mine[:0],
        )
        if ledger is not None and self._subject:
            before = self._before(ledger)
            both = [np.union1d(one, mine if (i == 1) == self._sensitive else mine[:0]) for i, one in enumerate(before)]
            path = self._path(ledger)
            new = path.with_name(f"{path.stem}.new.npz")
            np.savez(new, ordinary=both[0], sensitive=both[1])
            new.replace(path)

    def _before(self, ledger: Ledger | None) -> list[Prints]:
        if ledger is None or not self._path(ledger).exists():
            return [np.empty(0, np.uint64), np.empty(0, np.uint64)]
        try:
            with np.load(self._path(ledger), allow_pickle=False) as held:
                return [np.asarray(held[name], np.uint64) for name in ("ordinary", "sensitive")]
        except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
            name = self._path(ledger).name
            raise LedgerError(f"{name}: the persons counted so far cannot be read ({type(error).__name__}).") from None

    def _path(self, ledger: Ledger) -> Path:
        return ledger.path.with_name(f"{ledger.path.name}.persons-{self._year}.npz")


def _of_persons(plan: TablePlan) -> bool:
    """Whether anything goes out that may be of a person: a table of products or prices has nobody to be counted."""
    return any(one.action != "drop" and (one.entity or one.role != "none" or one.action == "spans") for one in plan.columns)
