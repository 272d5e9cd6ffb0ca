"""What the record keeps of canaries: where they stand, and keyed fingerprints of what tells them from every other row."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from piiscrub.errors import PlanError, SourceError
from piiscrub.handing_over.delivered import USE
from piiscrub.handing_over.fingerprints import Fingerprints
from piiscrub.handing_over.telling import tells
from piiscrub.sources.piece import NotExamined
from piiscrub.sources.tabular import ROWS, open_tables
from piiscrub.table.distinct import as_texts, distinct, examinable

if TYPE_CHECKING:
    from piiscrub.keys.ring import KeyRing
    from piiscrub.sources.tabular import Sheet

MARKS = "canaries.npz"
Prints = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Marks:
    """``prints`` of the cells of canaries, ``of``: the number of the canary each belongs to.

    They are under the key of what was delivered, and are not among those prints: nobody who asks for a person meets a canary.
    """

    prints: Prints
    of: Places
    key: bytes

    def __repr__(self) -> str:
        return f"<Marks: {self.count} canaries>"

    @property
    def count(self) -> int:
        return int(self.of.max()) + 1 if len(self.of) else 0

    def met(self, values: Iterable[str]) -> int:
        """How many canaries stand among these cells: by two of their cells, or the only one that they have."""
        there = np.isin(self.prints, Fingerprints(self.key).prints_of(values))
        needed = np.minimum(np.bincount(self.of, minlength=self.count), 2)
        found = np.bincount(self.of[there], minlength=self.count)
        return int(((found >= needed) & (found > 0)).sum())

    def own(self, values: Sequence[str]) -> list[str]:
        """Those of some values that are not a canary's."""
        theirs = np.isin(Fingerprints(self.key).prints_of(values), self.prints)
        return [value for value, canary in zip(values, theirs.tolist(), strict=True) if not canary]


class Marking:
    """Collects the marks of one hand-over from what was written."""

    def __init__(self, ring: KeyRing) -> None:
        self._key = ring.derive(USE, "prints")
        self._prints: list[Prints] = []
        self._of: list[int] = []
        self._places: list[tuple[int, int]] = []

    def __len__(self) -> int:
        return len(self._places)

    def file(self, path: Path, name: str, places: Sequence[Places | None]) -> None:
        """Mark the canaries of one file: ``places`` of each of its tables, from 0; None for a table without any.

        Raises:
            PlanError: nothing that is delivered of a canary tells it from other rows.
        """
        with open_tables(path) as opened:
            if isinstance(opened, NotExamined):
                raise SourceError(f"{name}: cannot be read again.")
            sheets = [sheet for sheet in opened.sheets if len(sheet.schema)]
            for number, (sheet, at) in enumerate(zip(sheets, places, strict=True)):
                if at is not None:
                    self._sheet(sheet, at, number, name)

    @property
    def prints(self) -> Prints:
        """Those of all canaries."""
        return np.concatenate([np.empty(0, np.uint64), *self._prints])

    def save(self, record: Path) -> None:
        """Write them; the numbers of tables and rows (from 1) are for whoever has to take the canaries out again."""
        if self._places:
            places = np.array(self._places, np.int64)
            np.savez(record / MARKS, prints=self.prints, of=np.array(self._of, np.int64), tables=places[:, 0], rows=places[:, 1])

    def _sheet(self, sheet: Sheet, at: Places, number: int, name: str) -> None:
        cells = self._unique(sheet, at)
        if not all(cells):
            raise PlanError(
                [f"canaries of {name}: nothing that goes out tells an invented row from others (a number, a code, an address)."]
            )
        for place, texts in zip(at.tolist(), cells, strict=True):
            made = Fingerprints(self._key).prints_of(sorted(texts))
            self._prints.append(made)
            self._of += [len(self._places)] * len(made)
            self._places.append((number, place + 1))

    @staticmethod
    def _unique(sheet: Sheet, at: Places) -> list[set[str]]:
        """The cells of each canary that tell it, and that stand in no other row."""
        cells: list[set[str]] = [set() for _ in at]
        for first, batch in _numbered(sheet):
            inside = np.flatnonzero((at >= first) & (at < first + batch.num_rows))
            rows = batch.take(pa.array(at[inside] - first))
            for column in rows.columns:
                if examinable(column.type):
                    found = distinct(column)
                    texts = as_texts(found.values)
                    for canary, code in zip(inside.tolist(), found.codes.tolist(), strict=True):
                        if code >= 0 and tells(texts[code]):
                            cells[canary].add(texts[code])
        wanted = pa.array(sorted(set().union(*cells)), pa.string())
        others: set[str] = set()
        for first, batch in _numbered(sheet):
            rest = np.ones(batch.num_rows, np.bool_)
            rest[at[(at >= first) & (at < first + batch.num_rows)] - first] = False
            for column in batch.filter(pa.array(rest)).columns:
                if examinable(column.type):
                    texts = pa.array(as_texts(distinct(column).values), pa.string())
                    others.update(texts.filter(pc.is_in(texts, value_set=wanted)).to_pylist())
        return [own - others for own in cells]


def _numbered(sheet: Sheet) -> Iterable[tuple[int, pa.RecordBatch]]:
    first = 0
    for batch in sheet.batches(rows=ROWS):
        yield first, batch
        first += batch.num_rows


def marks_of(record: Path, keys: KeyRing, epoch: int) -> Marks | None:
    """The marks of a record; None where its plan had no canaries.

    Raises:
        SourceError: they are damaged.
        KeysError: the epoch was destroyed.
    """
    if not (record / MARKS).is_file():
        return None
    try:
        with np.load(record / MARKS, allow_pickle=False) as held:
            prints, of = np.asarray(held["prints"], np.uint64), np.asarray(held["of"], np.int64)
        if prints.shape != of.shape or of.ndim != 1 or (len(of) and (of.min() < 0 or of.max() >= len(of))):
            raise ValueError
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise SourceError(f"{record.name}: its canaries cannot be read ({type(error).__name__}).") from None
    return Marks(prints, of, keys.derive(USE, "prints", epoch=epoch))
