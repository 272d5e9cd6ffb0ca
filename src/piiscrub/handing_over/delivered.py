"""Fingerprints of what was delivered, kept in the record: a file that turns up later can be traced to its hand-over."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from piiscrub.handing_over.fingerprints import LEAST, Fingerprints, plain
from piiscrub.handing_over.remembering import Column
from piiscrub.model.plan import TablePlan
from piiscrub.sources.piece import NotExamined
from piiscrub.sources.tabular import ROWS, open_tables
from piiscrub.table.distinct import as_texts, distinct, examinable

if TYPE_CHECKING:
    from piiscrub.keys.ring import KeyRing

FILE = "delivered.npz"
USE = "delivered values"


class Delivered:
    """The distinct values of one bundle that tell it from others: those of six significant characters and more."""

    def __init__(self, ring: KeyRing) -> None:
        self._prints = Fingerprints(ring.derive(USE, "prints"))

    def file(self, folder: Path, name: str, plans: Sequence[TablePlan]) -> None:
        """Add the values of one file of the bundle; columns of no entity that were kept tell nobody from anybody."""
        with open_tables(folder / name) as opened:
            if isinstance(opened, NotExamined):
                return
            sheets = [sheet for sheet in opened.sheets if len(sheet.schema)]
            for sheet, plan in zip(sheets, plans, strict=True):
                going = [column for column in plan.columns if column.action != "drop"]
                wanted = [i for i, c in enumerate(going) if c.action != "keep" or c.entity or c.role != "none"]
                for batch in sheet.batches(rows=ROWS):
                    for i in wanted:
                        if examinable(batch.column(i).type):
                            self._add(batch.column(i))

    def _add(self, column: pa.Array) -> None:
        values = Column(as_texts(distinct(column).values))
        self._prints.add_forms(values.forms.filter(pa.array(values.lengths() >= LEAST)).to_pylist())

    def save(self, record: Path) -> None:
        np.savez_compressed(record / FILE, prints=self._prints.to_array())


def telling(text: str) -> bool:
    """Whether a value is rare enough to tell one table from another."""
    return len(plain(text)) >= LEAST
