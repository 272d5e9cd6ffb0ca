"""What differs between two plans, and whether a table is still the one a plan was made for."""

from __future__ import annotations

from collections.abc import Iterator

from piiscrub.errors import PlanError
from piiscrub.model import entities
from piiscrub.model.plan import ColumnPlan, SharePlan, TablePlan
from piiscrub.model.policy import OperatorSpec
from piiscrub.render.table import Table as Rows
from piiscrub.render.tables import operator
from piiscrub.table.frame import Table
from piiscrub.table.matching import family, mismatches
from piiscrub.table.profile.model import ColumnProfile, TableProfile
from piiscrub.table.profile.profile import profile

_HEAD = ("purpose", "recipient", "policy", "policy_hash", "packs_hash", "basis", "terms", "as_of")
_COLUMN = ("name", "dtype", "entity", "role", "action", "operator", "group", "by")
_SURE = 0.7  # confidence from which a column of another kind is drift


def diff(one: SharePlan, other: SharePlan) -> Rows:
    """One row per difference: table, position, column, what, before (in ``one``), after (in ``other``). Empty if they agree.

    Reasons and confidences are left out: they say how it was found, not what happens.
    """
    found: list[dict[str, object]] = [
        _row("", "", "", key, str(getattr(one, key)), str(getattr(other, key)))
        for key in _HEAD
        if getattr(one, key) != getattr(other, key)
    ]
    names = dict.fromkeys(table.name for table in (*one.tables, *other.tables))
    for name in names:
        found += _tables(name, _table(one, name), _table(other, name))
    return Rows(found, caption="differences", columns=("table", "position", "column", "what", "before", "after"))


def _table(plan: SharePlan, name: str) -> TablePlan | None:
    return next((table for table in plan.tables if table.name == name), None)


def _tables(name: str, one: TablePlan | None, other: TablePlan | None) -> Iterator[dict[str, object]]:
    if one is None or other is None:
        yield _row(name, "", "", "table", "missing" if one is None else "there", "missing" if other is None else "there")
        return
    if one.rows != other.rows:
        yield _row(name, "", "", "rows", str(one.rows), str(other.rows))
    before, after = ({column.position: column for column in table.columns} for table in (one, other))
    for position in sorted(before.keys() | after.keys()):
        left, right = before.get(position), after.get(position)
        if left is None or right is None:
            there = left or right
            assert there is not None, "one of them has the position"
            yield _row(
                name,
                position,
                there.name,
                "column",
                "missing" if left is None else "there",
                "missing" if right is None else "there",
            )
            continue
        for key in _COLUMN:
            if getattr(left, key) != getattr(right, key):
                yield _row(name, position, right.name, key, _shown(getattr(left, key)), _shown(getattr(right, key)))


def _shown(value: object) -> str:
    return operator(value) if isinstance(value, OperatorSpec) else str(value)


def _row(table: str, position: object, column: str, what: str, before: str, after: str) -> dict[str, object]:
    return {"table": table, "position": position, "column": column, "what": what, "before": before, "after": after}


def check(plan: SharePlan, source: Table | TableProfile) -> None:
    """Whether a table, or its profile, is still what the plan was made for.

    Raises:
        PlanError: with every column that is new, missing, of another type or holds something else now, and every one that is
            still to be decided.
    """
    table = _own(plan, source.name)
    seen = source if isinstance(source, TableProfile) else profile(source)
    problems = list(mismatches(source, table)) if isinstance(source, Table) else list(_places(table, seen))
    told = {position for position in range(len(seen.columns)) if any(p.startswith(f"column {position} ") for p in problems)}
    planned = {column.position: column for column in table.columns}
    for now in seen.columns:
        column = planned.get(now.position)
        if column is not None and now.position not in told and (drift := _drift(column, now)):
            problems.append(drift)
    if problems:
        raise PlanError(problems, table=table.name)


def _own(plan: SharePlan, name: str) -> TablePlan:
    if len(plan.tables) == 1:
        return plan.tables[0]
    found = _table(plan, name)
    if found is None:
        raise PlanError([f"the plan has {len(plan.tables)} tables, none of the name {name!r}."])
    return found


def _places(plan: TablePlan, seen: TableProfile) -> Iterator[str]:
    planned = {column.position: column for column in plan.columns}
    for now in seen.columns:
        column = planned.get(now.position)
        if column is None:
            yield f"column {now.position} {now.name!r} is not in the plan."
        elif column.name != now.name:
            yield f"column {now.position} is {now.name!r} now, {column.name!r} in the plan."
        elif column.action == "decide":
            yield f"column {now.position} {now.name!r} still has to be decided: write keep, transform, spans or drop."
        elif column.dtype and family(column.dtype) != family(now.dtype) and now.missing < now.rows:
            yield f"column {now.position} {now.name!r} holds {now.dtype} now, {column.dtype} in the plan."
    for column in plan.columns:
        if column.position >= len(seen.columns):
            yield f"column {column.position} {column.name!r} of the plan is missing."


def _drift(plan: ColumnPlan, now: ColumnProfile) -> str:
    """A column whose values have become something else, if that matters for what happens to it."""
    where = f"column {now.position} {now.name!r}"
    if now.abstained or plan.action == "drop" or now.missing == now.rows:
        return ""
    if not now.entity:
        return (
            f"{where} is kept by the plan, but holds personal information inside its cells now."
            if now.found and plan.action == "keep" and plan.role != "text"
            else ""
        )
    if now.confidence < _SURE or plan.action == "spans":
        return ""
    same = plan.entity and (
        entities.is_a(plan.entity, now.entity) or entities.is_a(now.entity, plan.entity) or _kin(plan.entity, now.entity)
    )
    if same or (not plan.entity and now.role == "none"):
        return ""
    return f"{where} is {plan.entity or 'nothing personal'} in the plan; its values look like {now.entity} now."


def _kin(one: str, other: str) -> bool:
    """Kinds of one thing: a mobile number and a landline, but not a phone number and an e-mail address."""
    parent = entities.get(one).parent
    return bool(parent) and parent == entities.get(other).parent and bool(entities.get(parent).parent)
