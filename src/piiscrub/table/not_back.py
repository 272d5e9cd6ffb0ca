"""Which actions of a plan restore cannot turn back: told beforehand from the plan alone, so that "0 restored" is no riddle."""

from __future__ import annotations

from collections.abc import Iterator

from piiscrub.model.plan import ColumnPlan, TablePlan
from piiscrub.operate.replace import Replace
from piiscrub.registry.operators import build
from piiscrub.scrubber.not_back import NotBack, together
from piiscrub.table.restoring import Undoes


def not_back(plan: TablePlan, *, vaulted: bool) -> tuple[NotBack, ...]:
    """What stays as it went out.

    Args:
        plan: as it was carried out.
        vaulted: whether a vault and its scope are at hand; what they do not hold is counted as unknown in its place.

    >>> from piiscrub.model.policy import OperatorSpec
    >>> mask = ColumnPlan(position=0, name="电话", action="transform", operator=OperatorSpec.of("mask", permissive=True))
    >>> not_back(TablePlan(columns=(mask,)), vaulted=True)
    (NotBack(action='mask', why='one-way', columns=1),)
    """
    rows = [NotBack(action=one.name, why="gone", columns=0) for one in plan.rows if one.name]
    return together([*(part for one in plan.columns for part in _of_column(one, vaulted=vaulted)), *rows])


def _of_column(planned: ColumnPlan, *, vaulted: bool) -> Iterator[NotBack]:
    if planned.action == "drop":
        yield NotBack(action="drop", why="gone", columns=1)
    elif planned.action == "spans" and not vaulted:
        yield NotBack(action="spans", why="no-vault", columns=1)
    elif planned.action == "transform" and planned.operator.name not in ("", "keep"):
        operator = build(planned.operator)
        numbers = isinstance(operator, Replace) and not operator.streams  # placeholders of the scope, if there was a vault
        if not operator.reversible and not numbers:
            yield NotBack(action=operator.name, why="one-way", columns=1)
        elif not isinstance(operator, Undoes) and not vaulted:
            yield NotBack(action=operator.name, why="no-vault", columns=1)
