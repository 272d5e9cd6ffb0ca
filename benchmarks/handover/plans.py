"""The plan of the hand-overs that are measured."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import piiscrub as ps
from piiscrub.model.plan import ColumnPlan
from piiscrub.planner.share import SharePlan

TEXTS = "customer-service"
"""A purpose that needs free text; ``analytics`` leaves it out."""


def plan_of(source: Path, *, policy: str = "pipl-share", purpose: str = "analytics") -> SharePlan:
    """A plan with basis and terms."""
    return ps.plan(
        source,
        purpose=purpose,
        recipient="Example Ltd",
        policy=policy,
        basis=ps.Basis(kind="contract", reference="C-1", responsible="Data office"),
        terms=ps.Terms(until="2099-12-31", contact="privacy@example.com"),
    )


def kept(plan: SharePlan) -> SharePlan:
    """The plan with everything that is left to a person decided: it is kept."""

    def decided(one: ColumnPlan) -> ColumnPlan:
        return dataclasses.replace(one, action="keep") if one.action == "decide" else one

    tables = (dataclasses.replace(table, columns=tuple(map(decided, table.columns))) for table in plan.tables)
    return plan.replace(tables=tuple(tables))
