"""From a target (k, l, t) to a plan that reaches it with the least loss."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Callable, Mapping, Sequence
from numbers import Integral, Real
from os import PathLike
from typing import Any, Literal, TypeAlias

from piiscrub.errors import InputError
from piiscrub.model.plan import ColumnPlan
from piiscrub.model.policy import NO_OPERATOR, OperatorSpec, Param, Policy
from piiscrub.planner.assessing import names_of, place_of, typed
from piiscrub.planner.ladders import ladder, steps_for
from piiscrub.planner.making import make
from piiscrub.planner.share import SharePlan, as_table
from piiscrub.registry.operators import spec
from piiscrub.render.catalogue import say
from piiscrub.risk.coding import Coded, coded
from piiscrub.risk.lattice import Found, Target, search
from piiscrub.risk.mondrian import Regions, partition
from piiscrub.table.frame import Table
from piiscrub.table.headers import headers
from piiscrub.table.profile.model import TableProfile
from piiscrub.table.profile.profile import profile as profile_of

SUPPRESSION = 0.02
Method: TypeAlias = Literal["levels", "mondrian"]
_UNREACHABLE = (
    "k = {k} (with l, t) cannot be reached, not even with every quasi-identifier left out: {rows} rows. "
    "Ask for less, or allow more max_suppression."
)


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
    method: Method = "levels",
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
    quasi, sensitive = names_of(quasi, "quasi"), names_of(sensitive, "sensitive")
    _check(quasi, k, l, t, sensitive, max_suppression, method)
    shown = [header.shown for header in headers(table.names)]
    places = [place_of(name, table, shown, "quasi") for name in quasi]
    private = [place_of(name, table, shown, "sensitive") for name in sensitive]
    if any("|" in shown[at] for at in (*places, *private)):
        raise InputError("a column name holds '|', which joins names in a plan. Rename the column.")
    named = _by_place(hierarchies or {}, table, shown, "hierarchies")
    weighed = _by_place(weights or {}, table, shown, "weights")
    look = profile if profile is not None else profile_of(table, lang=lang)
    base = make(look, purpose=purpose, recipient=recipient, policy=policy, lang=lang, opener=opener)
    columns = [coded(typed(table.columns[at]), shown[at]) for at in places]
    target = Target(k=k, l=l, t=t, max_suppression=max_suppression)
    others = [coded(typed(table.columns[at]), shown[at]) for at in private]
    shares = [_weight(weighed.get(at, 1.0)) for at in places]
    if method == "mondrian":
        if hierarchies:
            raise InputError("mondrian cuts columns by their own order; hierarchies are for method='levels'.")
        regions = partition(columns, target, sensitive=others, weights=shares)
        if regions is None:
            raise InputError(_UNREACHABLE.format(k=k, rows=table.rows))
        split = [_in_regions(one, regions, places, columns, private, lang) for one in base.tables[0].columns]
        rows = _rows([shown[at] for at in _cut(regions, places)], [shown[at] for at in private], k, l)
        return dataclasses.replace(base, tables=(dataclasses.replace(base.tables[0], columns=tuple(split), rows=rows),))
    rungs = [ladder(one, steps_for(one, named.get(at), look.columns[at].entity)) for at, one in zip(places, columns, strict=True)]
    found = search(
        [one for one, _ in rungs],
        target,
        sensitive=others,
        weights=shares,
    )
    if found is None:
        raise InputError(_UNREACHABLE.format(k=k, rows=table.rows))
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
    method: str,
) -> None:
    if not quasi:
        raise InputError("quasi takes a list of column names, at least one.")
    given: tuple[tuple[str, object], ...] = (("k", k), ("l", l), ("t", t), ("max_suppression", max_suppression))
    for name, number in given:
        kind = Integral if name in "kl" else Real
        if number is not None and (isinstance(number, bool) or not isinstance(number, kind)):
            raise InputError(f"{name} takes a {'whole ' if name in 'kl' else ''}number, not {type(number).__name__}.")
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
    if method not in ("levels", "mondrian"):
        raise InputError(f"method is 'levels' or 'mondrian', not {method!r}.")
    if not 0 <= max_suppression < 1:
        raise InputError(f"max_suppression is a share of the rows, 0 up to 1, not {max_suppression}.")


def _weight(given: object) -> float:
    number = float(given) if isinstance(given, int | float) and not isinstance(given, bool) else 0.0
    if not 0 < number < math.inf:
        raise InputError("weights are numbers above 0, one per column.")
    return number


def _by_place(given: Mapping[str, object], table: Table, shown: Sequence[str], where: str) -> dict[int, object]:
    return {place_of(str(name), table, shown, where): value for name, value in given.items()}


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
        return _private(column, lang)
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


def _private(column: ColumnPlan, lang: str) -> ColumnPlan:
    reason = say("gen.sensitive", lang)
    return dataclasses.replace(column, role="sensitive", action="keep", operator=NO_OPERATOR, reason=reason)


def _cut(regions: Regions, places: Sequence[int]) -> list[int]:
    """Positions of the columns that any cut looks at: the others are the same in all regions."""
    used = {node.column for node in regions.nodes if node is not None}
    return [at for number, at in enumerate(places) if number in used]


def _in_regions(
    column: ColumnPlan, regions: Regions, places: Sequence[int], columns: Sequence[Coded], private: Sequence[int], lang: str
) -> ColumnPlan:
    """A column of a plan by regions."""
    at = column.position
    if at in private:
        return _private(column, lang)
    if at not in places:
        return column
    if at not in _cut(regions, places):
        reason = say("gen.dropped", lang, how=say("gen.regions", lang, n=regions.count))
        return dataclasses.replace(column, role="quasi", action="drop", operator=NO_OPERATOR, rule="generalize", reason=reason)
    return dataclasses.replace(
        column,
        role="quasi",
        action="transform",
        operator=spec("regions", {"tree": _tree(regions, columns), "column_of_tree": places.index(at)}),
        by="|".join(one.name for one in columns),
        group="",
        rule="generalize",
        reason=say("gen.regions", lang, n=regions.count),
    )


def _tree(regions: Regions, columns: Sequence[Coded]) -> str:
    """The cuts as the operator ``regions`` reads them: numbers as numbers, everything else as text."""
    nodes: list[list[object] | None] = []
    for node in regions.nodes:
        if node is None:
            nodes.append(None)
            continue
        column = columns[node.column]
        value = column.values[node.code].as_py()
        cut = (float(value) if float(value) % 1 else int(value)) if column.numeric else str(value)
        nodes.append([node.column, cut, node.low, node.high])
    return json.dumps(nodes, ensure_ascii=False, separators=(",", ":"))


def _rows(quasi: Sequence[str], sensitive: Sequence[str], k: int, l: int | None) -> tuple[OperatorSpec, ...]:  # noqa: E741  # as above
    """The row operator that leaves out what is still too rare, today and in tomorrow's data."""
    more: dict[str, Param] = {"l": l, "sensitive": "|".join(sensitive)} if l is not None else {}
    return (spec("min_group", {"k": k, "columns": "|".join(quasi), **more}),)
