"""Equivalence classes: rows that are equal in all quasi-identifiers. Whoever knows those of a person sees the whole class.

Definition: Sweeney, k-anonymity: a model for protecting privacy, IJUFKS 10(5), 2002; GB/T 42460-2023 annex D (f_j, J).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from piiscrub.risk.coding import Coded, Ints, dense, joint, joint_codes


@dataclass(frozen=True, eq=False)
class Classes:
    """``of``: the number of each row's class, int64; ``sizes``: rows per class, int64."""

    of: Ints
    sizes: Ints

    def __repr__(self) -> str:
        return f"<Classes: {self.rows} rows in {self.count}, k = {self.k}>"

    @property
    def rows(self) -> int:
        return len(self.of)

    @property
    def count(self) -> int:
        return len(self.sizes)

    @property
    def k(self) -> int:
        """The size of the smallest class; 0 if there is no row."""
        return int(self.sizes.min()) if self.count else 0

    @cached_property
    def unique(self) -> int:
        """Rows that are alone in their class."""
        return int((self.sizes == 1).sum())

    def below(self, k: int) -> int:
        """Rows in classes smaller than ``k``."""
        return int(self.sizes[self.sizes < k].sum())

    @cached_property
    def size_of_row(self) -> Ints:
        """For every row the size of its class."""
        return self.sizes[self.of]


def classes(columns: Sequence[Coded], *, rows: int | None = None) -> Classes:
    """The classes of rows equal in all ``columns``; with no column all ``rows`` are one class.

    >>> import pyarrow as pa
    >>> from piiscrub.risk.coding import coded
    >>> found = classes([coded(pa.array([30, 30, 41])), coded(pa.array(["f", "f", "m"]))])
    >>> found, found.unique
    (<Classes: 3 rows in 2, k = 1>, 1)
    """
    return classes_of_keys(*joint(columns, rows=rows))


def classes_of_codes(parts: Sequence[tuple[Ints, int]]) -> Classes:
    """As :func:`classes`, for columns given as codes, each with the number that all its codes are below."""
    return classes_of_keys(*joint_codes(parts))


def classes_of_keys(keys: Ints, bound: int) -> Classes:
    """As :func:`classes`, from one key per row: ``0 <= key < bound``."""
    number, count = dense(keys, bound)
    return Classes(number, np.bincount(number, minlength=count) if len(keys) else np.zeros(0, dtype=np.int64))


def sizes_of_keys(keys: Ints, bound: int) -> Ints:
    """Only the sizes of the classes of these keys: cheaper than numbering the rows."""
    if not len(keys):
        return np.zeros(0, dtype=np.int64)
    if bound <= max(1024, 4 * len(keys)):
        counts = np.bincount(keys, minlength=bound)
        return counts[counts > 0]
    ordered = np.sort(keys)
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    return np.diff(np.append(starts, len(ordered)))
