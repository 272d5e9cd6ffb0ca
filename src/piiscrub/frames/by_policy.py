"""A plan for scrubbing a frame by a policy alone: nobody reviews it, so whatever is not sure is looked into."""

from __future__ import annotations

import dataclasses

import pyarrow as pa

from piiscrub.model.plan import ColumnPlan, TablePlan
from piiscrub.model.policy import Policy
from piiscrub.planner.making import make
from piiscrub.table.distinct import is_number, is_text
from piiscrub.table.frame import Column, Table
from piiscrub.table.profile.profile import profile

SURE = 0.8  # confidence from which a column is handled cell by cell as what it is
TOLD = 0.6  # the same, where the header names it: no recognizer finds the number of a member again without it
LONG = 10**10  # a number of eleven digits may be a phone, a longer one an ID or a card


def plan_by(table: Table, policy: Policy) -> TablePlan:
    """A column that is surely of one kind is handled by the rule of that kind, and one whose header names what its values may
    well be; every other text is looked into.

    Numbers, dates and flags that the policy leaves alone stay as they are, but for columns with a number as long as a phone's:
    a mobile typed into the column of amounts is one. Row labels are looked into.
    """
    seen = profile(table)
    told = {one.position for one in seen.columns if one.clues[:1] and one.clues[0][0] == "profile.header"}
    made = make(seen, policy=policy)
    return TablePlan(columns=tuple(_settled(table, column, column.position in told) for column in made.columns))


def _settled(table: Table, column: ColumnPlan, told: bool) -> ColumnPlan:
    if column.position not in table.data:
        return dataclasses.replace(column, action="spans")
    if column.action == "transform" and column.confidence >= (TOLD if told else SURE):
        return column
    held = table.columns[column.position]
    if column.action == "keep" and column.confidence >= SURE and not is_text(held.type) and not _long(held):
        return column
    return dataclasses.replace(column, action="spans", entity="", group="")


def _long(column: Column) -> bool:
    """Whether a column of numbers holds one of eleven digits or more."""
    if not is_number(column.type):
        return False
    span = pa.compute.min_max(column)
    return any(value is not None and abs(value) >= LONG for value in span.as_py().values())
