"""Fingerprints of what was delivered, kept in the record: a file that turns up later can be traced to its hand-over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from piiscrub.handing_over.fingerprints import LEAST, Fingerprints, plain
from piiscrub.handing_over.remembering import Column
from piiscrub.model.plan import ColumnPlan

if TYPE_CHECKING:
    from piiscrub.keys.ring import KeyRing

FILE = "delivered.npz"
USE = "delivered values"


class Delivered:
    """The distinct values of one bundle that tell it from others: those of six significant characters and more."""

    def __init__(self, ring: KeyRing) -> None:
        self._prints = Fingerprints(ring.derive(USE, "prints"))

    def column(self, plan: ColumnPlan, values: Column) -> None:
        """Add distinct values of a column of the bundle; columns of no entity that were kept tell nobody from anybody."""
        if plan.action != "keep" or plan.entity or plan.role != "none":
            self._prints.add_forms(values.forms.filter(pa.array(values.lengths() >= LEAST)).to_pylist())

    def save(self, record: Path, without: npt.NDArray[np.uint64]) -> None:
        """Write them ``without`` those of canaries, which are nobody's."""
        prints = self._prints.to_array()
        np.savez(record / FILE, prints=prints[np.isin(prints, without, invert=True)] if len(without) else prints)


def telling(text: str) -> bool:
    """Whether a value is rare enough to tell one table from another."""
    return len(plain(text)) >= LEAST
