"""Mondrian: cut the table at medians, in whichever column is widest at that place, as long as both halves meet the target.

Unlike one level per column for all rows, each part of the table is only as coarse as it has to be. LeFevre, DeWitt,
Ramakrishnan: Mondrian multidimensional k-anonymity, ICDE 2006 (strict, by medians). Deterministic: the part with the most
rows is cut first, ties by age; columns of equal width in their order.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from piiscrub.risk.coding import Coded, Ints
from piiscrub.risk.lattice import Target

MOST_REGIONS = 500
"""A plan of more could not be read by anybody."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Rows whose code in ``column`` ranks at most as high as ``code`` go to node ``low``, others to ``high``."""

    column: int
    code: int
    low: int
    high: int


@dataclass(frozen=True, eq=False)
class Regions:
    """The tree as a list of nodes from the root; None is a region. ``of``: for every row the node of its region."""

    nodes: tuple[Cut | None, ...]
    of: Ints

    @property
    def count(self) -> int:
        return sum(node is None for node in self.nodes)

    def __repr__(self) -> str:
        return f"<Regions: {self.count} for {len(self.of)} rows>"


def partition(
    columns: Sequence[Coded],
    target: Target,
    *,
    sensitive: Sequence[Coded] = (),
    weights: Sequence[float] | None = None,
) -> Regions | None:
    """The regions; None if the whole table does not meet the target. No row is left out.

    >>> import pyarrow as pa
    >>> from piiscrub.risk.coding import coded
    >>> partition([coded(pa.array([31, 32, 47, 48, 60]))], Target(k=2))
    <Regions: 2 for 5 rows>
    """
    ranks = np.stack([one.ranked() for one in columns], axis=1)
    inverse = [np.argsort(one.rank) for one in columns]
    share = np.ones(len(columns)) if weights is None else np.asarray(weights, dtype=np.float64)
    scale = share / np.maximum(1, ranks.max(axis=0) - ranks.min(axis=0)) if len(ranks) else share
    meets = _Meets(target, sensitive)
    everybody = np.arange(len(ranks))
    if not meets(everybody):
        return None
    nodes: list[Cut | None] = [None]
    rows: dict[int, Ints] = {0: everybody}
    queue = [(-len(everybody), 0)]
    while queue and len(rows) < MOST_REGIONS:
        _, at = heapq.heappop(queue)
        inside = rows[at]
        part = ranks[inside]
        width = (part.max(axis=0) - part.min(axis=0)) * scale
        for column in np.argsort(-width, kind="stable"):
            if not width[column]:
                break
            values = part[:, column]
            middle = _median_cut(values)
            low = values <= middle
            if meets(inside[low]) and meets(inside[~low]):
                first = len(nodes)
                nodes[at] = Cut(int(column), int(inverse[column][middle]), first, first + 1)
                nodes += (None, None)
                del rows[at]
                for number, half in ((first, inside[low]), (first + 1, inside[~low])):
                    rows[number] = half
                    heapq.heappush(queue, (-len(half), number))
                break
    of = np.zeros(len(ranks), dtype=np.int64)
    for number, inside in rows.items():
        of[inside] = number
    return Regions(tuple(nodes), of)


def _median_cut(values: Ints) -> int:
    """The value at or below which the cut lies, such that something lies above it."""
    middle = int(np.partition(values, (len(values) - 1) // 2)[(len(values) - 1) // 2])
    return middle if middle < values.max() else int(values[values < middle].max())


class _Meets:
    """Whether a set of rows may be a region."""

    def __init__(self, target: Target, sensitive: Sequence[Coded]) -> None:
        self.target = target
        self.sensitive = []
        for one in sensitive:
            ranked = one.ranked()
            counts = np.bincount(ranked, minlength=one.size)
            self.sensitive.append((ranked, counts / max(1, len(ranked)), one.ordered))

    def __call__(self, rows: Ints) -> bool:
        if len(rows) < self.target.k:
            return False
        for ranked, whole, ordered in self.sensitive:
            counts = np.bincount(ranked[rows], minlength=len(whole))
            if self.target.l is not None and (counts > 0).sum() < self.target.l:
                return False
            if self.target.t is not None:
                differs = (counts / len(rows) - whole)[whole > 0]
                far = np.abs(np.cumsum(differs)).sum() / max(1, len(differs) - 1) if ordered else np.abs(differs).sum() / 2
                if far > self.target.t + 1e-12:
                    return False
        return True
