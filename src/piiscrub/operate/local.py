"""Which cells to empty so that every row stands in a group that is large enough: few cells, and cheap ones.

Local suppression (ISO/IEC 20889). The fewest cells are hard to find (Meyerson, Williams, On the complexity of optimal
k-anonymity, PODS 2004), so this is a search by rule, without chance: sets of columns from cheap to dear; under each set, rows
that are equal in the other columns are a group, together with rows that have nothing in these columns already; a set that
helps more rows goes first among equally dear ones. Then rows go over to cheaper groups where both groups stay good.

Only rows that stand in a bad group lose cells, and, where no row may be left out, whole groups that the last of them need. An
emptied cell is a value of its own: rows fall together only with rows that have nothing at the same places. So a group is at
least as large as counted here, however a reader takes an empty cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, groupby
from math import comb

import numpy as np
from numpy.typing import NDArray

from piiscrub.operate.groups import Floats, Ints, Target, members, numbered, safe

Bools = NDArray[np.bool_]
MOST_SETS = 1100
"""Sets of columns that are tried: all of ten columns, of more those of few columns, and the whole."""


def emptied(codes: Ints, weights: Sequence[float], target: Target, *, leave_out: bool = True) -> tuple[Bools, Bools]:
    """The cells to be emptied (rows × columns) and the rows that stay.

    ``codes``: one row per row, 0 where a cell is missing (:func:`piiscrub.operate.groups.table`). ``weights``: what an emptied
    cell of each column costs. A row that no emptied cells bring into a good group is left out; not with ``leave_out=False``:
    then it takes whole groups with it, and what is still bad does not stay.

    >>> codes = np.array([[1, 1], [1, 1], [1, 2], [1, 3]])
    >>> emptied(codes, [1, 1], Target(k=2))[0].astype(int).tolist()
    [[0, 0], [0, 0], [0, 1], [0, 1]]
    """
    work = _Work(codes, np.asarray(weights, dtype=np.float64), target)
    if len(work.open) and codes.shape[1]:
        sets = _sets(work.weights)
        for _, tier in groupby(sets, key=lambda one: round(one[0], 9)):
            if not work.sweep([columns for _, columns in tier]):
                break
        work.sweep([columns for _, columns in sets])  # what was left finds the groups that were made after it
        work.cheaper(sets)
        if not leave_out and len(work.open):
            work.absorb()
    kept = np.ones(len(codes), np.bool_)
    kept[work.open] = False
    gone = (work.now == 0) & (codes != 0)
    gone[~kept] = False
    return gone, kept


def _sets(weights: Floats) -> list[tuple[float, tuple[int, ...]]]:
    """Sets of columns with what they cost, cheap ones first; of equals the smaller, then the earlier columns."""
    many = len(weights)
    made: list[tuple[int, ...]] = []
    for size in range(1, many + 1):
        if len(made) + comb(many, size) > MOST_SETS and size < many:
            continue
        made += combinations(range(many), size)
    order = np.argsort(weights, kind="stable").tolist()
    made += {tuple(sorted(order[:size])) for size in range(1, many)} - set(made)
    return sorted(((float(weights[list(one)].sum()), one) for one in made), key=lambda one: (one[0], len(one[1]), one[1]))


class _Work:
    """The rows as they are by now, and those that still stand in a bad group (``open``)."""

    def __init__(self, codes: Ints, weights: Floats, target: Target) -> None:
        self.codes, self.weights, self.target = codes, weights, target
        self.now = codes.copy()
        good = safe(numbered(codes), target)
        self.touched = np.flatnonzero(~good)
        self.open = self.touched
        # Groups that an emptied row can fall together with have something missing.
        self.hosts = np.flatnonzero(good & (codes == 0).any(axis=1))

    def sweep(self, sets: Sequence[tuple[int, ...]]) -> bool:
        """Every set once, those that help more rows first; returns whether anything is still open."""
        if len(sets) > 1:
            ranked = sorted((self._worth(one), at) for at, one in enumerate(sets))
            sets = [sets[at] for (_, gain), at in ranked if gain]
        for one in sets:
            if not len(self.open):
                break
            helped, rows = self._helped(one)
            if helped.any():
                self.now[self.open[helped]] = rows[helped]
                self.hosts = np.concatenate([self.hosts, self.open[helped]])
                self.open = self.open[~helped]
        return bool(len(self.open))

    def _worth(self, columns: tuple[int, ...]) -> tuple[float, int]:
        """What a row costs that these columns help, and how many they do, negative: the better the smaller."""
        helped, rows = self._helped(columns)
        many = int(helped.sum())
        cost = float((((rows == 0) & (self.codes[self.open] != 0))[helped] @ self.weights).sum())
        return (cost / many if many else np.inf, -many)

    def _helped(self, columns: tuple[int, ...]) -> tuple[Bools, Ints]:
        """Which of the open rows stand in a good group once these columns are empty; and the rows then."""
        at = list(columns)
        rows = self.codes[self.open]
        rows[:, at] = 0
        hosts = self.hosts[(self.now[self.hosts][:, at] == 0).all(axis=1)]
        if len(rows) + len(hosts) < self.target.k:
            return np.zeros(len(rows), np.bool_), rows
        of = numbered(np.concatenate([rows, self.now[hosts]]))
        sizes = np.bincount(of)
        enough = sizes >= self.target.k
        if not self.target.by_size:
            everyone = np.concatenate([self.open, hosts])
            asked = np.zeros(len(sizes), np.bool_)
            asked[of[: len(rows)]] = True
            for number, group in enumerate(members(of)):
                enough[number] = enough[number] and bool(asked[number]) and self.target(everyone[group])
        return np.asarray(enough[of[: len(rows)]]), rows

    def cheaper(self, sets: Sequence[tuple[float, tuple[int, ...]]]) -> None:
        """Rows go over to a group that costs them less, where the one they leave and the one they join stay good."""
        left = set(self.open.tolist())
        done = [row for row in self.touched.tolist() if row not in left]
        groups: dict[tuple[int, ...], set[int]] = {}
        for row in np.flatnonzero((self.now == 0).any(axis=1)).tolist():
            if row not in left:
                groups.setdefault(tuple(self.now[row].tolist()), set()).add(row)
        if len(groups) < 2:
            return
        for row in done:
            own, full = tuple(self.now[row].tolist()), self.codes[row].tolist()
            here = float(((self.now[row] == 0) & (self.codes[row] != 0)) @ self.weights)
            for cost, columns in sets:
                if cost > here - 1e-9:
                    break
                there = tuple(0 if at in columns else code for at, code in enumerate(full))
                if groups.get(there) and self._may_join(groups[there], row) and self._may_leave(groups[own], row):
                    groups[own].remove(row)
                    groups[there].add(row)
                    self.now[row] = there
                    break

    def _may_join(self, group: set[int], row: int) -> bool:
        # More rows never make k or l worse.
        return self.target.t is None or self.target(np.array([*group, row]))

    def _may_leave(self, group: set[int], row: int) -> bool:
        if self.target.by_size:
            return len(group) == 1 or len(group) > self.target.k
        return len(group) == 1 or self.target(np.array([one for one in group if one != row]))

    def absorb(self) -> None:
        """The open rows as one group, with as many whole groups as it takes, those that cost least first."""
        bad = set(self.open.tolist())
        rest = sorted(
            (group for group in members(numbered(self.now)) if int(group[0]) not in bad), key=lambda group: int(group[0])
        )
        pool = self.open
        while not self.target(pool):
            if not rest:
                return
            common = self._common(pool)
            now = self.now[[group[0] for group in rest]]
            differs = now != common
            cost = ((differs & (now != 0)) @ self.weights) * [len(group) for group in rest]
            cost += ((differs & (common != 0)) @ self.weights) * len(pool)
            pool = np.concatenate([pool, rest.pop(int(np.argmin(cost)))])
        self.now[pool] = self._common(pool)
        self.open = self.open[:0]

    def _common(self, rows: Ints) -> Ints:
        """What the rows have in common; 0 where they differ."""
        inside = self.now[rows]
        return np.asarray(np.where((inside == inside[0]).all(axis=0), inside[0], 0))
