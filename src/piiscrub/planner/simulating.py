"""What a policy would do to a table, without writing anything: columns as they would become, and what could still be joined.

What cannot be kept from happening is measured here: whoever holds the original joins on columns that stay readable, and
counts how often each value stands in a column whose pseudonyms are the same for the same value.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import pyarrow as pa

from piiscrub.model.plan import SharePlan
from piiscrub.model.policy import Policy
from piiscrub.scrubber.pipeline import Scrubber
from piiscrub.table.applying import apply
from piiscrub.table.distinct import distinct
from piiscrub.table.frame import Table
from piiscrub.table.joining import called


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
    they are taken as left out. ``warns``: the policy promises less (``table.joining.BOUND``).
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
    out = {one.position: one.column for one in done.columns}
    joining = done.evidence.joining
    assert joining is not None, "apply measures whole tables"
    matched = dict(joining.matched)
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
                matched=matched.get(called(one.name, one.position)),
            )
            for one in done.evidence.columns
        ),
        readable=joining.columns,
        linked=joining.linked,
        linked_by_any=joining.linked_by_any,
        undecided=undecided,
        linked_mentions=done.evidence.linked,
        ambiguous_mentions=done.evidence.ambiguous,
        warns=joining.warns,
    )


def _distinct(column: pa.Array) -> int:
    return len(distinct(column).values)
