"""The plan that ``piiscrub.plan`` and ``piiscrub.load_plan`` return: plain data that can save, compare and check itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from os import PathLike
from typing import Any

import pyarrow as pa

from piiscrub.errors import InputError
from piiscrub.model.plan import SharePlan as PlainPlan
from piiscrub.render.table import Table as Rows
from piiscrub.table.frame import Table
from piiscrub.table.profile.model import TableProfile


def as_table(source: Any) -> Table:
    """A Table of what speaks Arrow: a Table, a pyarrow table, or anything with the Arrow C stream interface.

    Raises:
        InputError: it is none of these.
    """
    if isinstance(source, Table):
        return source
    if isinstance(source, pa.Table | pa.RecordBatch):
        return Table.from_arrow(source)
    if hasattr(source, "__arrow_c_stream__"):
        return Table.from_arrow(pa.table(source))
    raise InputError(f"a plan is checked against a table or its profile, not {type(source).__name__}.")


@dataclass(frozen=True, kw_only=True)
class SharePlan(PlainPlan):
    """A plan for one purpose and one recipient. Immutable; ``replace`` makes a changed one.

    Read it (``columns`` says what happens to each column and why), change it, save it with ``save``, and hand it to ``apply``
    or ``handover``. ``opener`` is internal: the function by which ``check`` reads whatever kind of table it is given.
    """

    opener: Callable[[Any], Table] = field(default=as_table, repr=False, compare=False)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the plan as TOML, with what a reader needs to know as comments. See ``planner.writing.save``."""
        from piiscrub.planner.writing import save

        save(self, path)

    def diff(self, other: PlainPlan) -> Rows:
        """What differs from another plan, one row per difference. See ``planner.comparing.diff``."""
        from piiscrub.planner.comparing import diff

        return diff(self, other)

    def check(self, source: Any) -> None:
        """Whether a frame, table or profile is still what the plan was made for.

        Raises:
            PlanError: with every column that is new, missing or holds something else now.
        """
        from piiscrub.planner.comparing import check

        check(self, source if isinstance(source, TableProfile) else self.opener(source))

    def __repr__(self) -> str:
        columns = sum(len(table.columns) for table in self.tables)
        aim = f" for {self.purpose}" if self.purpose else ""
        views = f", views left out: {len(self.views)}" if self.views else ""
        return f"<SharePlan{aim}: {len(self.tables)} tables, {columns} columns, {len(self.undecided())} to decide{views}>"

    def _repr_html_(self) -> str:
        from piiscrub.planner.specimens import samples
        from piiscrub.render.tables import share_plan

        return share_plan(self, samples=samples(self))

    def to_html(self, path: str | PathLike[str], *, lang: str = "en") -> None:
        """Write the plan as a page of its own; no value of the table is in it."""
        from pathlib import Path

        from piiscrub.planner.specimens import samples
        from piiscrub.render.catalogue import say
        from piiscrub.render.html import document
        from piiscrub.render.tables import share_plan

        Path(path).write_text(
            document(share_plan(self, samples=samples(self), lang=lang), say("plan.caption", lang), lang=lang), encoding="utf-8"
        )
