"""What could still be joined under a plan, measured on the table it was made from, so that it stands in the plan.

Only columns that stay readable are worked out; one that always becomes the same pseudonym is counted as it is, for the counts
stay. Nothing of it is kept but shares of rows.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import TypeVar

import pyarrow as pa

from piiscrub.errors import PiiscrubError
from piiscrub.keys.ring import KeyRing
from piiscrub.model.plan import Joining, SharePlan, TablePlan
from piiscrub.model.policy import Policy
from piiscrub.scrubber.pipeline import Scrubber
from piiscrub.sources.tabular import ROWS, TableFile
from piiscrub.table.applying import apply
from piiscrub.table.files import table_name
from piiscrub.table.frame import Table
from piiscrub.table.joining import LARGEST, Joins

PlanT = TypeVar("PlanT", bound=SharePlan)
# A measure is the same whenever it is taken, also where an operator adds noise by the key; nothing made with it goes out.
_KEYS = KeyRing(bytes(32), {1: bytes(32)}, ephemeral=True)


def measured(plan: PlanT, policy: Policy, tables: Mapping[str, Table]) -> PlanT:
    """The plan with what could be joined in those of its tables that are here, by name."""
    done = tuple(
        dataclasses.replace(one, joining=joining(tables[one.name], one, policy)) if one.name in tables else one
        for one in plan.tables
    )
    return dataclasses.replace(plan, tables=done)


def joining(table: Table, plan: TablePlan, policy: Policy) -> Joining | None:
    """What could be joined if this plan were carried out on this table: on its first ``LARGEST`` rows. None if it cannot be
    worked out; carrying out the plan says why.

    >>> from piiscrub.planner.making import make
    >>> from piiscrub.registry.policies import load_policy
    >>> from piiscrub.table.profile.profile import profile
    >>> table = Table.of({"手机号": ["13800138000", "13912345678"], "年龄": [31, 45]})
    >>> found = joining(table, make(profile(table), policy="pipl-share").tables[0], load_policy("pipl-share"))
    >>> found.columns, found.linked, found.matched, found.warns
    (('年龄',), 1.0, (('手机号', 0.5),), True)
    """
    first = _first(table)
    joins = Joins(plan.columns, policy)
    wanted = {one.position for one in joins.readable}
    columns = tuple(one if one.position in wanted else dataclasses.replace(one, action="drop") for one in plan.columns)
    try:
        # No tagger: what stands inside text is not looked at.
        done = apply(first, TablePlan(columns=columns), Scrubber(policy=policy, ner=None), keys=_KEYS, drift=False)
    except PiiscrubError:
        return None
    counted = {one.position: first.columns[one.position] for one in joins.same}
    joins.add(counted | {one.position: one.column for one in done.columns})
    return joins.result()


def _first(table: Table) -> Table:
    if table.rows <= LARGEST:
        return table
    blind = {at: mask[:LARGEST] for at, mask in table.blind.items()}
    return table.replace(columns=tuple(column.slice(0, LARGEST) for column in table.columns), blind=blind)


def first_rows(file: TableFile, *, name: str = "") -> Iterable[tuple[str, Table]]:
    """The tables of a file by the names they have in a plan, each with its first ``LARGEST`` rows."""
    for position, sheet in enumerate(file.sheets):
        if not len(sheet.schema):
            continue
        batches: list[pa.RecordBatch] = []
        rows = 0
        for batch in sheet.batches(rows=ROWS):
            batches.append(batch)
            rows += batch.num_rows
            if rows >= LARGEST:
                break
        called = table_name(file, sheet, position, name)
        yield called, Table.from_arrow(pa.Table.from_batches(batches, schema=sheet.schema), name=called)
