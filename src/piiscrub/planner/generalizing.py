"""From a target (k, l, t) to a plan that reaches it with the least loss."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Callable, Mapping, Sequence
from numbers import Integral, Real
from os import PathLike
from typing import Any, Literal, TypeAlias

import numpy as np
import pyarrow as pa

from piiscrub.errors import InputError
from piiscrub.model.plan import ColumnPlan
from piiscrub.model.policy import NO_OPERATOR, OperatorSpec, Param, Policy
from piiscrub.operate import groups, local
from piiscrub.planner.assessing import names_of, place_of, typed
from piiscrub.planner.ladders import ladder, steps_for
from piiscrub.planner.making import make
from piiscrub.planner.share import SharePlan, as_table
from piiscrub.registry.operators import spec
from piiscrub.render.catalogue import say
from piiscrub.risk.coding import Coded, coded
from piiscrub.risk.lattice import Found, Ladder, Target, search
from piiscrub.risk.mondrian import Regions, partition
from piiscrub.table.frame import Table
from piiscrub.table.headers import headers
from piiscrub.table.profile.model import TableProfile
from piiscrub.table.profile.profile import profile as profile_of

SUPPRESSION = 0.02
Method: TypeAlias = Literal["levels", "mondrian"]
Suppress: TypeAlias = Literal["rows", "cells"]
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
    suppress: Suppress | None = None,
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
    _check(quasi, k, l, t, sensitive, max_suppression, method, suppress)
    suppress = suppress or ("rows" if t is None else "cells")
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
        left = {shown[at]: shares[places.index(at)] for at in _cut(regions, places)}
        rows = _rows(left, [shown[at] for at in private], target, suppress)
        return dataclasses.replace(base, tables=(dataclasses.replace(base.tables[0], columns=tuple(split), rows=rows),))
    rungs = [ladder(one, steps_for(one, named.get(at), look.columns[at].entity)) for at, one in zip(places, columns, strict=True)]
    ladders = [one for one, _ in rungs]
    mend = _mending(ladders, columns, others, target, shares) if suppress == "cells" and t is not None else None
    found = search(ladders, target, sensitive=others, weights=shares, mend=mend)
    if found is None:
        raise InputError(_UNREACHABLE.format(k=k, rows=table.rows))
    chosen = {at: operators[level] for at, (_, operators), level in zip(places, rungs, found.levels, strict=True)}
    left_out = {at for at, (one, _), level in zip(places, rungs, found.levels, strict=True) if level == one.height - 1}
    decided = [_decided(one, found, chosen, left_out, private, lang) for one in base.tables[0].columns]
    going_out = {shown[at]: share for at, share in zip(places, shares, strict=True) if at not in left_out}
    rows = _rows(going_out, [shown[at] for at in private], target, suppress)
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
    suppress: str | None,
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
    if suppress not in (None, "rows", "cells"):
        raise InputError(f"suppress is 'rows' or 'cells', not {suppress!r}.")
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


def _mending(
    ladders: Sequence[Ladder], columns: Sequence[Coded], sensitive: Sequence[Coded], target: Target, weights: Sequence[float]
) -> Callable[[Sequence[int]], bool]:
    """Whether emptying cells reaches the target at a node, touching no more rows than may be."""
    missing = [np.asarray(one.values.is_null())[one.codes] for one in columns]
    attributes = tuple(groups.Attribute.of(one.values.take(pa.array(one.codes)).to_pylist()) for one in sensitive)
    goal = groups.Target(target.k, target.l or 1, target.t, attributes)

    def mends(node: Sequence[int]) -> bool:
        out = [at for at, (one, level) in enumerate(zip(ladders, node, strict=True)) if level < one.height - 1]
        if not out:
            return False  # nothing is left to be emptied
        codes = np.stack([np.where(missing[at], 0, ladders[at].codes[node[at]] + 1) for at in out], axis=1)
        gone, kept = local.emptied(codes, [weights[at] for at in out], goal, leave_out=False)
        return bool(kept.all()) and int(gone.any(axis=1).sum()) <= target.max_suppression * len(kept) + 1e-9

    return mends


def _rows(quasi: Mapping[str, float], sensitive: Sequence[str], target: Target, suppress: Suppress) -> tuple[OperatorSpec, ...]:
    """The row operator for what is still too rare, today and in tomorrow's data: rows left out, or cells emptied."""
    more: dict[str, Param] = {} if target.l is None else {"l": target.l}
    more |= {} if target.t is None or target.t >= 1 else {"t": float(target.t)}
    more |= {"sensitive": "|".join(sensitive)} if more else {}
    given: dict[str, Param] = {"k": target.k, "columns": "|".join(quasi), **more}
    if suppress == "rows":
        return (spec("min_group", given),)
    if len(set(quasi.values())) > 1:
        given["weights"] = "|".join(f"{weight:g}" for weight in quasi.values())
    return (spec("suppress_cells", given),)
