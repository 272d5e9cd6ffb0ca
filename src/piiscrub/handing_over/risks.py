"""The risk of what was written: how many people its quasi-identifiers still single out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from piiscrub.errors import InputError
from piiscrub.handing_over.canary_marks import Places
from piiscrub.model.plan import ColumnPlan, TablePlan
from piiscrub.model.policy import Policy
from piiscrub.planner.assessing import assess
from piiscrub.risk.report import RiskReport
from piiscrub.sources.piece import NotExamined
from piiscrub.sources.tabular import ROWS, open_tables
from piiscrub.table.frame import Table
from piiscrub.table.joining import readable

LARGEST = 200_000
"""Rows of a table that is measured; a larger one is not held in memory for it."""


def risks_of(
    path: Path, name: str, plans: Sequence[TablePlan], rows: Sequence[int], invented: Sequence[Places | None], policy: Policy
) -> Iterator[tuple[str, RiskReport | None]]:
    """Name and report of each table of a file that has quasi-identifiers; None for one that is too large.

    ``invented`` are the places of rows that are nobody's: they would make people look safer than they are.
    """
    with open_tables(path) as opened:
        if isinstance(opened, NotExamined):
            return
        sheets = [sheet for sheet in opened.sheets if len(sheet.schema)]
        for sheet, plan, count, nobody in zip(sheets, plans, rows, invented, strict=True):
            going = [column for column in plan.columns if column.action != "drop"]
            columns = {role: [i for i, c in enumerate(going) if _role(c, policy) == role] for role in ("quasi", "sensitive")}
            if not columns["quasi"] or not count:
                continue
            shown = f"{name}/{sheet.name}" if sheet.name else name
            if count > LARGEST:
                yield shown, None
                continue
            wanted = sorted({*columns["quasi"], *columns["sensitive"]})
            batches = [batch.select(wanted) for batch in sheet.batches(rows=ROWS)]
            names = [batches[0].schema.names[i] for i in range(len(wanted))]
            if len(set(names)) != len(names):  # columns are told apart by their names there
                yield shown, None
                continue
            quasi, sensitive = ([names[wanted.index(i)] for i in columns[role]] for role in ("quasi", "sensitive"))
            whole = pa.Table.from_batches(batches)
            if nobody is not None:
                whole = whole.filter(pa.array(~np.isin(np.arange(whole.num_rows), nobody)))
            table = Table.from_arrow(whole, name=name)
            try:
                yield shown, assess(table, quasi=quasi, sensitive=sensitive, direct=())
            except InputError:
                yield shown, None


def _role(column: ColumnPlan, policy: Policy) -> str:
    """What a column is as it goes out: an address of which the province is left singles out as a district does."""
    coarser = column.role == "direct" and column.action == "transform" and readable(column, policy)
    return "quasi" if coarser else column.role
