"""Which columns, which combinations of columns and which rows make the risk.

Minimal unique sets after Elliot, Manning, Ford: A computational algorithm for handling the special uniques problem
(SUDA), IJUFKS 10(5), 2002: a set of columns in which a row is alone while it is not alone in any smaller part of it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from piiscrub.risk.classes import Classes, sizes_of_keys
from piiscrub.risk.coding import Bools, Coded, Ints, joint

MOST_CELLS = 20_000_000
"""Rows times column sets that are looked through unless more are asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnRisk:
    """One quasi-identifier: its distinct values, the rows alone in it, and what would remain without it."""

    name: str
    distinct: int
    missing: int
    unique: int
    unique_without: int
    k_without: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UniqueSet:
    """A set of columns: ``unique`` rows are alone in it, ``minimal`` of them in no smaller part of it; ``share`` is
    unique / rows. ``key``: every row is alone, so the set is a key of the table."""

    columns: tuple[str, ...]
    unique: int
    minimal: int
    share: float
    key: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WorstRow:
    """A row by its position from 0: size of its class, the column sets that are minimal for it, and its SUDA score."""

    position: int
    class_size: int
    sets: int
    score: int


def column_risks(columns: Sequence[Coded]) -> tuple[ColumnRisk, ...]:
    """What each column adds."""
    found: list[ColumnRisk] = []
    for at, one in enumerate(columns):
        rest = [other for place, other in enumerate(columns) if place != at]
        sizes = sizes_of_keys(*joint(rest, rows=one.rows))
        found.append(
            ColumnRisk(
                name=one.name,
                distinct=int((one.counts > 0).sum()),
                missing=_missing(one),
                unique=int((one.counts == 1).sum()),
                unique_without=int((sizes == 1).sum()),
                k_without=int(sizes.min()) if len(sizes) else 0,
            )
        )
    return tuple(found)


def _missing(column: Coded) -> int:
    without = np.asarray(column.values.is_null())
    return int(column.counts[without].sum())


def unique_sets(columns: Sequence[Coded], *, most_cells: int = MOST_CELLS) -> tuple[tuple[UniqueSet, ...], Ints, Ints, int]:
    """The column sets in which some row is alone, how many are minimal for each row, each row's score, and the greatest
    size of sets that was looked at (smaller than the number of columns if rows × sets would pass ``most_cells``).

    Sets come with the most rows for which they are minimal first. Counts and scores are int64, one per row.

    >>> import pyarrow as pa
    >>> from piiscrub.risk.coding import coded
    >>> age, sex = coded(pa.array([30, 30, 41]), "age"), coded(pa.array(["f", "m", "m"]), "sex")
    >>> [(one.columns, one.unique, one.minimal) for one in unique_sets([age, sex])[0]]
    [(('age',), 1, 1), (('sex',), 1, 1), (('age', 'sex'), 3, 1)]
    """
    many = len(columns)
    rows = columns[0].rows if columns else 0
    sets, score = np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=np.int64)
    found: list[UniqueSet] = []
    before: dict[tuple[int, ...], Bools] = {}
    spent = 0
    looked = 0
    for size in range(1, many + 1):
        spent += math.comb(many, size) * rows
        if size > 1 and spent > most_cells:
            break
        looked = size
        now: dict[tuple[int, ...], Bools] = {}
        weight = math.factorial(many - size)
        for chosen in combinations(range(many), size):
            alone = alone_in([columns[at] for at in chosen])
            now[chosen] = alone
            count = int(alone.sum())
            if not count:
                continue
            minimal = alone
            for left_out in range(size):
                smaller = before.get(chosen[:left_out] + chosen[left_out + 1 :])
                if smaller is not None:
                    minimal = minimal & ~smaller
            sets += minimal
            score += minimal * weight
            found.append(
                UniqueSet(
                    columns=tuple(columns[at].name for at in chosen),
                    unique=count,
                    minimal=int(minimal.sum()),
                    share=count / rows,
                    key=count == rows,
                )
            )
        before = now
    found = [one for one in found if one.minimal]
    found.sort(key=lambda one: (-one.minimal, len(one.columns), one.columns))
    return tuple(found), sets, score, looked


def alone_in(columns: Sequence[Coded]) -> Bools:
    """For every row whether no other is equal to it in these columns."""
    keys, bound = joint(columns)
    if bound <= max(1024, 4 * len(keys)):
        return np.asarray(np.bincount(keys, minlength=bound)[keys] == 1)
    order = np.argsort(keys)
    ordered = keys[order]
    differs = np.concatenate(([True], ordered[1:] != ordered[:-1], [True]))
    alone = np.zeros(len(keys), dtype=bool)
    alone[order] = differs[1:] & differs[:-1]
    return alone


MOST_WORST = 20


def worst_rows(found: Classes, sets: Ints, score: Ints) -> tuple[WorstRow, ...]:
    """The rows that are easiest to single out: smallest class first, then highest score, then position.

    At most MOST_WORST rows, and none from a class of 20 rows or more.
    """
    sizes = found.size_of_row
    if not len(sizes):
        return ()
    # Only rows of the smallest classes can be among the worst: sort those, not a million.
    last = min(MOST_WORST, len(sizes)) - 1
    limit = np.partition(sizes, last)[last]
    candidates = np.flatnonzero(sizes <= min(int(limit), 19))
    order = candidates[np.lexsort((candidates, -score[candidates], sizes[candidates]))][:MOST_WORST]
    return tuple(WorstRow(position=int(at), class_size=int(sizes[at]), sets=int(sets[at]), score=int(score[at])) for at in order)
