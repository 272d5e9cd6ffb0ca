"""What protection cost: how much coarser, how differently distributed, how differently related the data became.

Discernibility: Bayardo, Agrawal, Data privacy through optimal k-anonymization, ICDE 2005. Normalised certainty penalty:
Xu et al., Utility-based anonymization using local recoding, KDD 2006. Cramér's V with the correction of Bergsma,
J. Korean Statistical Society 42(3), 2013.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from piiscrub.risk.classes import Classes
from piiscrub.risk.coding import Coded, Floats, Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnUtility:
    """One column before and after. ``ncp``: how wide its values became, 0 as they were, 1 everything is one value.
    ``distance``: total variation between the distributions, 0 to 1; a value that stands for several is spread over them
    evenly, as a reader of the released table would."""

    name: str
    distinct_before: int
    distinct_after: int
    ncp: float
    distance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Association:
    """How strongly two columns are related, Cramér's V corrected for chance, 0 to 1."""

    first: str
    second: str
    before: float
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Utility:
    """The cost of a release. ``ncp``: mean over the quasi-identifiers, rows left out count 1. ``discernibility``: for each
    row the rows it cannot be told from, rows left out count as all; ``least_discernibility``: before. ``mean_class`` the
    mean size of a class. ``association_change``: mean of |after - before| over all pairs."""

    rows_before: int
    rows_after: int
    suppressed: float
    ncp: float
    discernibility: int
    least_discernibility: int
    mean_class_before: float
    mean_class: float
    association_change: float
    columns: tuple[ColumnUtility, ...]
    associations: tuple[Association, ...]


def utility(
    before: Sequence[Coded], after: Sequence[Coded], classes_before: Classes, classes_after: Classes, *, quasi: int
) -> Utility:
    """The cost, from the same columns before and after; the first ``quasi`` are quasi-identifiers.

    ``before`` holds the rows that stayed, in the order of ``after``: rows left out count through ``classes_before``.
    """
    rows, kept = classes_before.rows, classes_after.rows
    gone = rows - kept
    columns = tuple(column_utility(one, other) for one, other in zip(before, after, strict=True))
    wide = [one.ncp for one in columns[:quasi]]
    ncp = (sum(wide) / len(wide) if wide else 0.0) * kept / rows + gone / rows if rows else 0.0
    associations = tuple(
        Association(
            first=before[a].name,
            second=before[b].name,
            before=association(before[a], before[b]),
            after=association(after[a], after[b]),
        )
        for a, b in combinations(range(len(before)), 2)
    )
    changes = [abs(one.after - one.before) for one in associations]
    return Utility(
        rows_before=rows,
        rows_after=kept,
        suppressed=gone / rows if rows else 0.0,
        ncp=ncp,
        discernibility=int((classes_after.sizes**2).sum()) + gone * rows,
        least_discernibility=int((classes_before.sizes**2).sum()),
        mean_class_before=rows / classes_before.count if rows else 0.0,
        mean_class=kept / classes_after.count if kept else 0.0,
        association_change=sum(changes) / len(changes) if changes else 0.0,
        columns=columns,
        associations=associations,
    )


def column_utility(before: Coded, after: Coded) -> ColumnUtility:
    """The measures of one column whose rows are the same people in the same order.

    >>> import pyarrow as pa
    >>> from piiscrub.risk.coding import coded
    >>> made = column_utility(coded(pa.array([1, 2, 3, 5]), "n"), coded(pa.array(["1-3", "1-3", "1-3", "5"]), "n"))
    >>> made.ncp, made.distance
    (0.375, 0.0)
    """
    size = max(1, after.size)
    pairs = np.unique(before.codes * size + after.codes)
    source, target = pairs // size, pairs % size
    rows = max(1, before.rows)
    members = np.bincount(target, minlength=after.size)
    total = int((before.counts > 0).sum())
    mass = after.counts / rows
    spread = np.bincount(source, weights=(mass / np.maximum(members, 1))[target], minlength=before.size)
    distance = 0.5 * float(np.abs(spread - before.counts / rows).sum())
    return ColumnUtility(
        name=before.name,
        distinct_before=total,
        distinct_after=int((after.counts > 0).sum()),
        ncp=float((widths(before, source, target, after.size, members, total) * after.counts).sum() / rows),
        distance=min(distance, 1.0),
    )


def widths(before: Coded, source: Ints, target: Ints, groups: int, members: Ints, total: int) -> Floats:
    """How wide each value after is, 0 to 1: its range over the whole range, or the values it stands for over all values.

    ``source`` and ``target`` are pairs of codes before and after. A missing value among numbers widens nothing.
    """
    if before.ordered:
        numbers = before.numbers
        occurs = numbers[before.counts > 0]
        occurs = occurs[np.isfinite(occurs)]
        whole = float(occurs.max() - occurs.min()) if len(occurs) else 0.0
        if whole:
            low, high = np.full(groups, np.inf), np.full(groups, -np.inf)
            reach = np.clip(numbers, occurs.min(), occurs.max())  # the infinite are as far as the farthest
            real = ~np.isnan(reach[source])
            np.minimum.at(low, target[real], reach[source[real]])
            np.maximum.at(high, target[real], reach[source[real]])
            return np.where(high >= low, high - low, 0.0) / whole
    return np.maximum(members - 1, 0) / max(1, total - 1)


def association(first: Coded, second: Coded) -> float:
    """Cramér's V of two columns, corrected for chance.

    >>> import pyarrow as pa
    >>> from piiscrub.risk.coding import coded
    >>> column = coded(pa.array([1, 2] * 50))
    >>> association(column, column), association(column, coded(pa.array([1, 1, 2, 2] * 25)))
    (1.0, 0.0)
    """
    n = first.rows
    r, c = int((first.counts > 0).sum()), int((second.counts > 0).sum())
    if n < 2 or r < 2 or c < 2:
        return 0.0
    pairs, counts = np.unique(first.codes * second.size + second.codes, return_counts=True)
    rows, columns = first.counts[pairs // second.size], second.counts[pairs % second.size]
    phi = float((counts.astype(float) ** 2 / (rows * columns.astype(float))).sum()) - 1.0
    phi = max(0.0, phi - (r - 1) * (c - 1) / (n - 1))
    least = min(r - (r - 1) ** 2 / (n - 1), c - (c - 1) ** 2 / (n - 1)) - 1
    return min(1.0, math.sqrt(phi / least)) if least > 0 else 0.0
