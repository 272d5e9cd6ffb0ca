"""What a policy would do to a table, without writing anything: columns as they would become, and what could still be joined.

What cannot be kept from happening is measured here: whoever holds the original joins on columns that stay readable, and
counts how often each value stands in a column whose pseudonyms are the same for the same value.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from piiscrub.model.plan import ColumnPlan, SharePlan
from piiscrub.model.policy import Policy
from piiscrub.registry.operators import build
from piiscrub.risk.classes import classes
from piiscrub.risk.coding import Coded, coded
from piiscrub.scrubber.pipeline import Scrubber
from piiscrub.table.applying import apply
from piiscrub.table.distinct import examinable
from piiscrub.table.frame import Table
from piiscrub.table.result import TableScrub

STRICT = ("pipl-share", "pipl-export", "hipaa-safe-harbor", "public-release")
"""Policies whose output should join with little."""

BOUND = 0.01
"""The share of rows linked from which those policies warn."""

_DETERMINISTIC = ("hash", "pseudonym", "fpe", "token", "encrypt")


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSimulated:
    """One column: what would happen, cells that would change, distinct values before and after.

    ``matched`` is the share of rows whose value could be guessed by how often it stands there, where one value always becomes
    the same one; None where that is not so.
    """

    position: int
    name: str
    entity: str
    action: str
    operator: str
    cells: int
    changed: int
    before: int
    after: int
    found: int
    matched: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """What would happen to one table. Holds no value.

    ``readable`` are the columns that stay readable whole or in part and say something of a person; ``linked`` is the share of
    rows that are alone in them: whoever has the original finds those people again. ``linked_by_any`` counts every column that
    goes out unchanged or coarser, order numbers and amounts too. ``undecided`` are columns that a person still has to decide;
    they are taken as left out. ``warns``: the policy promises less than ``BOUND``, and this is more.
    """

    table: str
    rows: int
    columns: tuple[ColumnSimulated, ...]
    readable: tuple[str, ...]
    linked: float
    linked_by_any: float
    undecided: tuple[str, ...]
    linked_mentions: int
    ambiguous_mentions: int
    warns: bool


def simulate(table: Table, plan: SharePlan, policy: Policy | Scrubber) -> Simulation:
    """Carry out the plan of a table in memory, with keys kept nowhere, and say what came of it.

    >>> from piiscrub.planner.making import make
    >>> from piiscrub.registry.policies import load_policy
    >>> from piiscrub.table.profile.profile import profile
    >>> table = Table.of({"手机号": ["13800138000", "13912345678"], "年龄": [31, 45]})
    >>> found = simulate(table, make(profile(table), policy="pipl-share"), load_policy("pipl-share"))
    >>> found.readable, found.linked, found.warns
    (('年龄',), 1.0, True)
    """
    planned = plan.tables[0]
    undecided = tuple(one.name for one in planned.columns if one.action == "decide")
    columns = tuple(dataclasses.replace(one, action="drop") if one.action == "decide" else one for one in planned.columns)
    done = apply(table, dataclasses.replace(planned, columns=columns), policy, drift=False)
    by_position = {one.position: one for one in columns}
    out = {one.position: one.column for one in done.columns}
    readable = [one for one in columns if _readable(one)]
    said = [one for one in readable if one.role in ("direct", "quasi", "sensitive")]
    linked = _alone(said, out, done)
    rules = policy.policy if isinstance(policy, Scrubber) else policy
    return Simulation(
        table=table.name,
        rows=table.rows,
        columns=tuple(
            ColumnSimulated(
                position=one.position,
                name=one.name,
                entity=one.entity,
                action="decide" if one.name in undecided else one.action,
                operator=one.operator,
                cells=one.cells,
                changed=one.changed,
                before=_distinct(table.columns[one.position]),
                after=_distinct(out[one.position]) if one.position in out else 0,
                found=sum(one.found.values()),
                matched=_matched(table.columns[one.position]) if _same(by_position.get(one.position)) else None,
            )
            for one in done.evidence.columns
        ),
        readable=tuple(one.name for one in said),
        linked=linked,
        linked_by_any=_alone(readable, out, done),
        undecided=undecided,
        linked_mentions=done.evidence.linked,
        ambiguous_mentions=done.evidence.ambiguous,
        warns=rules.id in STRICT and linked > BOUND,
    )


def _readable(column: ColumnPlan) -> bool:
    if column.action == "keep":
        return column.role != "text"
    if column.action != "transform":
        return False
    return bool(column.operator.permissive) if column.operator.name else True


def _same(column: ColumnPlan | None) -> bool:
    """Whether a value always becomes the same pseudonym."""
    if column is None or column.action != "transform" or column.operator.name not in _DETERMINISTIC:
        return False
    operator = build(column.operator)
    return not (getattr(operator, "randomised", False) or getattr(operator, "mode", "") == "randomised")


def _alone(columns: Sequence[ColumnPlan], out: dict[int, pa.Array], done: TableScrub) -> float:
    parts = [coded(out[one.position], one.name) for one in columns if one.position in out and examinable(out[one.position].type)]
    rows = done.table.rows
    return round(classes(parts).unique / rows, 4) if parts and rows else 0.0


def _matched(column: pa.Array) -> float:
    """Rows guessed right by rank of frequency: of values that stand there equally often one is right by chance."""
    counts = np.sort(_coded(column).counts)
    return round(float(np.unique(counts).sum() / max(counts.sum(), 1)), 4)


def _distinct(column: pa.Array) -> int:
    return _coded(column).size if examinable(column.type) else 0


def _coded(column: pa.Array) -> Coded:
    return coded(column, "column")
