"""What a plan does, shown on invented values: a plan holds none of the data, so it shows its operators on specimens.

The value before stands masked (``‹CN_MOBILE·11›``); what keyed operators give is shown as dots, for it is another one each time.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

from piiscrub.errors import PiiscrubError
from piiscrub.keys.bound import bound
from piiscrub.model import entities
from piiscrub.model.finding import Finding
from piiscrub.model.plan import ColumnPlan, SharePlan
from piiscrub.operate.protocol import DocumentState, start
from piiscrub.registry.operators import build
from piiscrub.render.preview import preview

_KEYED = "•" * 12


def samples(plan: SharePlan) -> dict[tuple[str, int], Sequence[tuple[str, str]]]:
    """Table name and position → what a cell of the column reads like before and after; only where a specimen is known.

    >>> from piiscrub.model.plan import TablePlan
    >>> from piiscrub.model.policy import OperatorSpec
    >>> mask = ColumnPlan(position=0, name="tel", entity="CN_MOBILE", action="transform", operator=OperatorSpec.of("mask"))
    >>> samples(SharePlan(tables=(TablePlan(columns=(mask,)),)))
    {('', 0): [('‹CN_MOBILE·11›', '138****8000')]}
    """
    found: dict[tuple[str, int], Sequence[tuple[str, str]]] = {}
    for table in plan.tables:
        for column in table.columns:
            one = _sample(column)
            if one is not None:
                found[table.name, column.position] = [one]
    return found


def _sample(column: ColumnPlan) -> tuple[str, str] | None:
    value = _specimen(column.entity)
    if not value or column.action not in ("keep", "transform", "drop"):
        return None
    before = preview(column.entity, len(value))
    if column.action != "transform":
        return before, before if column.action == "keep" else "–"
    document = DocumentState(keys=bound(None))
    try:
        work = start(build(column.operator), document)
        after = work(value, Finding(column.entity, 0, len(value), 1.0, "specimen"))
    except (PiiscrubError, ValueError, TypeError, LookupError, NotImplementedError):
        return None  # it needs a vault, a second column or the whole table
    return before, _KEYED if document.key_used else after


def _specimen(entity: str) -> str:
    if entity not in entities.tree():
        return ""
    return next((value for name in (entity, *entities.ancestors(entity)) if (value := _specimens().get(name))), "")


@lru_cache(maxsize=1)
def _specimens() -> Mapping[str, str]:
    table: dict[str, str] = tomllib.loads(files("piiscrub.planner").joinpath("specimens.toml").read_text(encoding="utf-8"))[
        "specimens"
    ]
    return table
