"""Search for the coarseness that reaches a target with the least loss: full-domain generalisation, one level per column.

A node of the lattice is one level for every column. The loss of a node is the mean over rows of the weighted mean of the
columns' penalties (normalised certainty penalty, 0 as it was … 1 everything is one value); a row left out counts 1. Two
facts make the search exact without looking at every node:

- a row that is safe stays safe when classes merge, so below a node that leaves too much out every node does, and need
  not be counted (k and distinct l never fall; t never rises where no row is left out; where cells may be emptied for t,
  only k and l close what is below);
- a row left out counts at least as much as its coarse form, so the penalty alone is a lower bound of the loss.

Idea of the lattice: Samarati, Protecting respondents' identities in microdata release, IEEE TKDE 13(6), 2001; of the
predictive tags: Kohlmayer et al., Flash, SocialCom 2012.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from piiscrub.risk.classes import Classes, classes_of_keys, sizes_of_keys
from piiscrub.risk.coding import Bools, Coded, Floats, Ints, joint_codes
from piiscrub.risk.disclosure import cells, closeness, diversity

MOST_NODES = 400_000
"""Beyond it the search climbs greedily and does not claim to be optimal."""


@dataclass(frozen=True, eq=False)
class Ladder:
    """The levels of one column. ``codes[level]``: for every row its code there; ``penalty[level]``: for every row how
    coarse it is, 0 to 1. Level 0 is the column as it is; each level only merges what the one before tells apart."""

    name: str
    codes: tuple[Ints, ...]
    sizes: tuple[int, ...]
    penalty: tuple[Floats, ...]

    @property
    def height(self) -> int:
        return len(self.codes)

    @classmethod
    def of(cls, column: Coded, maps: Sequence[Ints], widths: Sequence[Floats]) -> Ladder:
        """From a column, what each of its codes becomes per level, and how wide each code is there."""
        return cls(
            column.name,
            tuple(one[column.codes] for one in maps),
            tuple(int(one.max()) + 1 if len(one) else 1 for one in maps),
            tuple(one[column.codes] for one in widths),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What must hold in every class that stays, and the share of rows that may be left out.

    With ``t`` no row may be: t compares each class with the whole, and leaving rows out would change what it is held to. Rows
    may lose cells instead, where ``search`` is told how (``mend``).
    """

    k: int
    l: int | None = None  # noqa: E741  # the name the measure has
    t: float | None = None
    max_suppression: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The chosen level per column, the rows that stay, the loss, nodes counted of all, and whether it is the optimum."""

    levels: tuple[int, ...]
    kept: Bools
    loss: float
    counted: int
    nodes: int
    optimal: bool

    def __repr__(self) -> str:
        return f"<Found: levels {self.levels}, loss {self.loss:.4f}, {int((~self.kept).sum())} rows left out>"


Mend: TypeAlias = Callable[[Sequence[int]], bool]


def search(
    ladders: Sequence[Ladder],
    target: Target,
    *,
    sensitive: Sequence[Coded] = (),
    weights: Sequence[float] | None = None,
    most_nodes: int = MOST_NODES,
    mend: Mend | None = None,
) -> Found | None:
    """The node of least loss that reaches the target; of equals the one with the lower levels in the first columns.

    ``mend``, with t: whether emptying cells can bring the rows that do not stay into good classes, given the node; only nodes
    where it can are taken. None if no node reaches the target.
    """
    rows = len(ladders[0].codes[0])
    share = _shares(weights, len(ladders))
    allowed = 0 if target.t is not None and mend is None else int(target.max_suppression * rows + 1e-9)
    work = _Counting(ladders, target, sensitive, share, allowed, mend if target.t is not None else None)
    nodes = int(np.prod([float(one.height) for one in ladders]))
    if nodes > most_nodes:
        return _climb(work, nodes)
    return _exact(work, nodes)


def _shares(weights: Sequence[float] | None, many: int) -> Floats:
    share = np.ones(many) if weights is None else np.asarray(weights, dtype=np.float64)
    return np.asarray(share / share.sum())


class _Counting:
    """Counts nodes: what each leaves out and loses."""

    def __init__(
        self,
        ladders: Sequence[Ladder],
        target: Target,
        sensitive: Sequence[Coded],
        share: Floats,
        allowed: int,
        mend: Mend | None,
    ) -> None:
        self.ladders, self.target, self.sensitive, self.share, self.allowed = ladders, target, sensitive, share, allowed
        self.mend = mend
        self.rows = len(ladders[0].codes[0])
        # One code per level and column for all rows, multiplied out when a node is asked for.
        self.bound = [[float(level.mean()) if self.rows else 0.0 for level in one.penalty] for one in ladders]
        self.counted = 0
        self.closes = True
        self.sure = np.ones(0, dtype=bool)

    def kept(self, node: Sequence[int]) -> Bools | None:
        """The rows that stay; None if more than allowed would have to go. ``closes`` says whether then all nodes below fail
        too, ``sure`` which rows are safe but for t: the others are safe in no node below."""
        self.counted += 1
        self.closes = True
        key, bound = joint_codes([(one.codes[at], one.sizes[at]) for one, at in zip(self.ladders, node, strict=True)])
        sizes = sizes_of_keys(key, bound)
        if int(sizes[sizes < self.target.k].sum()) > self.allowed:
            return None
        found = classes_of_keys(key, bound)
        sure = safe_classes(found, replace(self.target, t=None), self.sensitive)
        if int(found.sizes[~sure].sum()) > self.allowed:
            return None
        self.sure = sure[found.of]
        if self.target.t is None:
            return self.sure
        safe = safe_classes(found, self.target, self.sensitive)
        self.closes = self.mend is None
        return None if int(found.sizes[~safe].sum()) > self.allowed else safe[found.of]

    def mends(self, node: Sequence[int], kept: Bools) -> bool:
        return self.mend is None or bool(kept.all()) or self.mend(node)

    def loss(self, node: Sequence[int], kept: Bools) -> float:
        if not self.rows:
            return 0.0
        penalty = np.zeros(self.rows)
        for weight, one, at in zip(self.share, self.ladders, node, strict=True):
            penalty += weight * one.penalty[at]
        return float(np.where(kept, penalty, 1.0).sum()) / self.rows

    def least(self, node: Sequence[int]) -> float:
        return float(sum(weight * one[at] for weight, one, at in zip(self.share, self.bound, node, strict=True)))


def safe_classes(found: Classes, target: Target, sensitive: Sequence[Coded]) -> Bools:
    """For every class whether it meets the target."""
    safe = found.sizes >= target.k
    if target.l is None and target.t is None:
        return np.asarray(safe)
    for attribute in sensitive:
        table = cells(found, attribute)
        if target.l is not None:
            safe = safe & (diversity(table) >= target.l)
        if target.t is not None:
            safe = safe & (closeness(table, attribute) <= target.t + 1e-12)
    return np.asarray(safe)


def _exact(work: _Counting, nodes: int) -> Found | None:
    """Every node is counted, or shown to be unable to win: the lattice is one array with an axis per column, so that
    everything below a node is a slice."""
    shape = tuple(one.height for one in work.ladders)
    bound = _grid(work.share, work.bound)
    penalty = bound.copy()  # the bound grows with what coarser nodes have to leave out; the penalty is a node's own
    open_ = np.ones(shape, dtype=bool)
    flat_open, flat_bound = open_.reshape(-1), bound.reshape(-1)
    depth = np.indices(shape).sum(axis=0).reshape(-1)
    order = np.argsort(flat_bound, kind="stable")
    best: tuple[float, tuple[int, ...]] | None = None
    best_kept: Bools | None = None

    def consider(node: tuple[int, ...]) -> bool:
        """Count one node; returns whether it can be used."""
        nonlocal best, best_kept
        below = tuple(slice(0, level + 1) for level in node)
        open_[node] = False
        kept = work.kept(node)
        if kept is None:
            if work.closes:
                open_[below] = False
                return False
        else:
            loss = work.loss(node, kept)
            if (best is None or (loss, node) < best) and work.mends(node, kept):
                best, best_kept = (loss, node), kept
        # Rows left out here are left out below too, and there they were no coarser.
        np.maximum(bound[below], penalty[below] + (work.loss(node, work.sure) - float(penalty[node])), out=bound[below])
        if best is None:
            return False
        flat_open[flat_bound > best[0] + 1e-12] = False
        return True

    # A first answer by climbing, so that the bound cuts from the start.
    for node in _path(work):
        if consider(node):
            break
    while True:
        order = order[flat_open[order]]
        if not len(order):
            break
        # The coarsest of what is left: a failure closes all that is below, a success raises the bound of it.
        place = int(order[np.argmax(depth[order])])
        consider(tuple(int(level) for level in np.unravel_index(place, shape)))
    if best is None or best_kept is None:
        return None
    return Found(levels=best[1], kept=best_kept, loss=best[0], counted=work.counted, nodes=nodes, optimal=True)


def _grid(share: Floats, bound: Sequence[Sequence[float]]) -> Floats:
    """The penalty of every node, one axis per column."""
    total = np.zeros(())
    for weight, levels in zip(share, bound, strict=True):
        total = total[..., np.newaxis] + weight * np.asarray(levels)
    return np.ascontiguousarray(total)


def _path(work: _Counting) -> list[tuple[int, ...]]:
    node = tuple(0 for _ in work.ladders)
    path = [node]
    while True:
        steps: list[tuple[float, tuple[int, ...]]] = []
        for at, one in enumerate(work.ladders):
            if node[at] + 1 < one.height:
                higher = (*node[:at], node[at] + 1, *node[at + 1 :])
                merged = one.sizes[node[at]] / max(1, one.sizes[node[at] + 1])
                cost = work.least(higher) - work.least(node)
                steps.append((cost / max(1e-9, float(np.log(max(merged, 1.0001)))), higher))
        if not steps:
            return path
        node = min(steps)[1]
        path.append(node)


def _climb(work: _Counting, nodes: int) -> Found | None:
    """Up the path to the first node that holds, then down again wherever a step down still holds."""
    node = next((one for one in _path(work) if _state(work, one) is not None), None)
    if node is None:
        return None
    best = _state(work, node)
    while True:
        lower = [(*node[:at], node[at] - 1, *node[at + 1 :]) for at in range(len(node)) if node[at] and work.least(node) > 0]
        found = [state for one in lower if (state := _state(work, one)) is not None]
        better = min(found, key=lambda state: (state[0], state[1]), default=None)
        if better is None or best is None or (better[0], better[1]) >= (best[0], best[1]):
            break
        best, node = better, better[1]
    assert best is not None
    return Found(levels=best[1], kept=best[2], loss=best[0], counted=work.counted, nodes=nodes, optimal=False)


State = tuple[float, tuple[int, ...], Bools]


def _state(work: _Counting, node: tuple[int, ...]) -> State | None:
    kept = work.kept(node)
    return None if kept is None or not work.mends(node, kept) else (work.loss(node, kept), node, kept)
