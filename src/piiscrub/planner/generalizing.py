"""From a target (k, l, t) to a plan that reaches it with the least loss."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from os import PathLike
from typing import Any

from piiscrub.errors import InputError, UnknownNameError
from piiscrub.model.plan import ColumnPlan
from piiscrub.model.policy import NO_OPERATOR, OperatorSpec, Param, Policy
from piiscrub.planner.assessing import typed
from piiscrub.planner.ladders import ladder, steps_for
from piiscrub.planner.making import make
from piiscrub.planner.share import SharePlan, as_table
from piiscrub.registry.operators import spec
from piiscrub.render.catalogue import say
from piiscrub.risk.coding import coded
from piiscrub.risk.lattice import Found, Target, search
from piiscrub.table.frame import Table
from piiscrub.table.headers import headers
from piiscrub.table.profile.model import TableProfile
from piiscrub.table.profile.profile import profile as profile_of

SUPPRESSION = 0.02


def generalize(
    table: Table,
    *,
    quasi: Sequence[str],
    k: int = 5,
    l: int | None = None,  # noqa: E741  # the name the measure has
    t: float | None = None,
    sensitive: Sequence[str] = (),
    hierarchies: Mapping[str, object] | None = None,
    max_suppression: float = SUPPRESSION,
    weights: Mapping[str, float] | None = None,
    purpose: str = "",
    recipient: str = "",
    policy: str | PathLike[str] | Policy | None = None,
    profile: TableProfile | None = None,
    lang: str = "en",
    opener: Callable[[Any], Table] = as_table,
) -> SharePlan:
    """The plan. ``piiscrub.generalize`` takes the same for frames and files, and explains each argument.

    Raises:
        InputError: an argument that makes no sense, or a target that no level reaches.
        UnknownNameError: a column that is not there.
    """
    _check(quasi, k, l, t, sensitive, max_suppression)
    shown = [header.shown for header in headers(table.names)]
    places = [_place(name, table, shown, "quasi") for name in quasi]
    private = [_place(name, table, shown, "sensitive") for name in sensitive]
    named = _by_place(hierarchies or {}, table, shown, "hierarchies")
    weighed = _by_place(weights or {}, table, shown, "weights")
    look = profile if profile is not None else profile_of(table, lang=lang)
    base = make(look, purpose=purpose, recipient=recipient, policy=policy, lang=lang, opener=opener)
    columns = [coded(typed(table.columns[at]), shown[at]) for at in places]
    rungs = [ladder(one, steps_for(one, named.get(at), look.columns[at].entity)) for at, one in zip(places, columns, strict=True)]
    target = Target(k=k, l=l, t=t, max_suppression=max_suppression)
    found = search(
        [one for one, _ in rungs],
        target,
        sensitive=[coded(typed(table.columns[at]), shown[at]) for at in private],
        weights=[float(str(weighed.get(at, 1.0))) for at in places],
    )
    if found is None:
        raise InputError(
            f"k = {k} cannot be reached, not even with every quasi-identifier left out: {table.rows} rows. "
            "Ask for less, or allow more max_suppression."
        )
    chosen = {at: operators[level] for at, (_, operators), level in zip(places, rungs, found.levels, strict=True)}
    left_out = {at for at, (one, _), level in zip(places, rungs, found.levels, strict=True) if level == one.height - 1}
    decided = [_decided(one, found, chosen, left_out, private, lang) for one in base.tables[0].columns]
    going_out = [shown[at] for at in places if at not in left_out]
    rows = _rows(going_out, [shown[at] for at in private], k, l)
    tables = (dataclasses.replace(base.tables[0], columns=tuple(decided), rows=rows),)
    return dataclasses.replace(base, tables=tables)


def _check(
    quasi: Sequence[str],
    k: int,
    l: int | None,  # noqa: E741  # as above
    t: float | None,
    sensitive: Sequence[str],
    max_suppression: float,
) -> None:
    if isinstance(quasi, str) or not quasi:
        raise InputError("quasi takes a list of column names, at least one.")
    if len(set(quasi)) != len(quasi):
        raise InputError("quasi names a column twice.")
    if k < 2:
        raise InputError(f"k is at least 2, not {k}.")
    if (l is not None or t is not None) and not sensitive:
        raise InputError("l and t are about sensitive columns: say sensitive=[…].")
    if set(sensitive) & set(quasi):
        raise InputError("a column is either quasi or sensitive, not both.")
    if l is not None and l < 2:
        raise InputError(f"l is at least 2, not {l}.")
    if t is not None and not 0 <= t <= 1:
        raise InputError(f"t lies between 0 and 1, not {t}.")
    if not 0 <= max_suppression < 1:
        raise InputError(f"max_suppression is a share of the rows, 0 up to 1, not {max_suppression}.")


def _place(name: str, table: Table, shown: Sequence[str], where: str) -> int:
    for names in (table.names, shown):
        if name in names:
            return list(names).index(name)
    raise UnknownNameError("column", name, shown, where=where)


def _by_place(given: Mapping[str, object], table: Table, shown: Sequence[str], where: str) -> dict[int, object]:
    return {_place(name, table, shown, where): value for name, value in given.items()}


def _decided(
    column: ColumnPlan,
    found: Found,
    chosen: Mapping[int, OperatorSpec | None],
    left_out: set[int],
    private: Sequence[int],
    lang: str,
) -> ColumnPlan:
    """A column of the plan: quasi-identifiers as the search chose, sensitive ones kept, others as the policy says."""
    at = column.position
    if at in private:
        return dataclasses.replace(
            column, role="sensitive", action="keep", operator=NO_OPERATOR, reason=say("gen.sensitive", lang)
        )
    if at not in chosen:
        return column
    operator = chosen[at]
    changes: dict[str, Any] = {"role": "quasi", "rule": "generalize", "group": ""}  # Any: fields of ColumnPlan
    best = say("gen.optimal" if found.optimal else "gen.climbed", lang)
    if at in left_out:
        changes |= {"action": "drop", "operator": NO_OPERATOR, "reason": say("gen.dropped", lang, how=best)}
    elif operator is None:
        changes |= {"action": "keep", "operator": NO_OPERATOR, "reason": say("gen.kept", lang, how=best)}
    else:
        changes |= {"action": "transform", "operator": operator, "reason": say("gen.coarser", lang, how=best)}
    return dataclasses.replace(column, **changes)


def _rows(quasi: Sequence[str], sensitive: Sequence[str], k: int, l: int | None) -> tuple[OperatorSpec, ...]:  # noqa: E741  # as above
    """The row operator that leaves out what is still too rare, today and in tomorrow's data."""
    if any("|" in name for name in (*quasi, *sensitive)):
        raise InputError("a column name holds '|', which joins names in a plan. Rename the column.")
    more: dict[str, Param] = {"l": l, "sensitive": "|".join(sensitive)} if l is not None else {}
    return (spec("min_group", {"k": k, "columns": "|".join(quasi), **more}),)
