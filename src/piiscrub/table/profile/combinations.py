"""Quasi-identifiers that together may single somebody out: birth date + sex + district."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from piiscrub.model import entities
from piiscrub.table.profile.model import ColumnProfile, Combination

# The kinds that are known in public registers, best known first; one column of each is combined.
_KINDS = ("DATE_OF_BIRTH", "AGE", "GENDER", "POSTAL_CODE", "LOCATION", "OCCUPATION", "EMPLOYER", "EDUCATION", "CN_MARITAL_STATUS",
          "CN_ETHNICITY", "NATIONALITY", "ORGANIZATION")  # fmt: skip
_MOST, _SIZE = 5, 3
_WORTH = 0.01  # of the rows stand alone


def dangerous(columns: Sequence[ColumnProfile], codes: Mapping[int, npt.NDArray[np.int64]], rows: int) -> tuple[Combination, ...]:
    """The combinations of two and three quasi-identifying columns by which one row in a hundred or more stands alone.

    Args:
        columns: the profiles.
        codes: for each quasi-identifying column a code per row; −1 is a missing value.
        rows: of the table.
    """
    picked = sorted((c for c in columns if c.position in codes), key=_rank)[:6]
    found: list[Combination] = []
    for size in (2, _SIZE):
        for chosen in combinations(picked, size):
            if any(set(one.columns) <= {c.position for c in chosen} for one in found):
                continue  # fewer columns do it already
            groups, alone = _groups([codes[c.position] for c in chosen])
            if alone >= max(1, _WORTH * rows) and rows > 1:
                found.append(
                    Combination(
                        columns=tuple(c.position for c in chosen), names=tuple(c.name for c in chosen), groups=groups, alone=alone
                    )
                )
    return tuple(sorted(found, key=lambda one: (-one.alone, len(one.columns)))[:_MOST])


def quasi(column: ColumnProfile) -> bool:
    """Whether a column counts among the quasi-identifiers."""
    return column.role == "quasi" and _rank(column) < len(_KINDS)


def _rank(column: ColumnProfile) -> int:
    return next((i for i, kind in enumerate(_KINDS) if column.entity and entities.is_a(column.entity, kind)), len(_KINDS))


def _groups(codes: Sequence[npt.NDArray[np.int64]]) -> tuple[int, int]:
    joined = codes[0] + 1
    for more in codes[1:]:
        joined = np.unique(joined, return_inverse=True)[1] * (int(more.max(initial=0)) + 2) + more + 1
    _, counts = np.unique(joined, return_counts=True)
    return len(counts), int((counts == 1).sum())
