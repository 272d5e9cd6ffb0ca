"""Fingerprints of what was delivered, kept in the record: a file that turns up later can be traced to its hand-over."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from piiscrub.handing_over.fingerprints import LEAST, Fingerprints, plain
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
        """Add the values of one file of the bundle."""
        with open_tables(folder / name) as opened:
            if isinstance(opened, NotExamined):
                return
            for sheet in opened.sheets:
                for batch in sheet.batches(rows=ROWS):
                    for column in batch.columns:
                        if examinable(column.type):
                            self._prints.add(text for text in as_texts(distinct(column).values) if telling(text))

    def save(self, record: Path) -> None:
        np.savez_compressed(record / FILE, prints=self._prints.to_array())


def telling(text: str) -> bool:
    """Whether a value is rare enough to tell one table from another."""
    return len(plain(text)) >= LEAST
