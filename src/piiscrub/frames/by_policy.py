"""A plan for scrubbing a frame by a policy alone: nobody reviews it, so whatever is not sure is looked into."""

from __future__ import annotations

import dataclasses

from piiscrub.model.plan import ColumnPlan, TablePlan
from piiscrub.model.policy import Policy
from piiscrub.planner.making import make
from piiscrub.table.distinct import is_text
from piiscrub.table.frame import Table
from piiscrub.table.profile.profile import profile

SURE = 0.8  # confidence from which a column is handled cell by cell as what it is
TOLD = 0.6  # the same, where the header names it: no recognizer finds the number of a member again without it


def plan_by(table: Table, policy: Policy) -> TablePlan:
    """A column that is surely of one kind is handled by the rule of that kind, and one whose header names what its values may
    well be; every other text is looked into.

    Numbers, dates and flags that the policy leaves alone stay as they are; row labels are looked into.
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
    plain = not is_text(table.columns[column.position].type)
    if column.action == "keep" and plain and column.confidence >= SURE:
        return column
    return dataclasses.replace(column, action="spans", entity="", group="")
