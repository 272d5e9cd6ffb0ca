"""The risk of what was written: how many people its quasi-identifiers still single out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from piiscrub.errors import InputError
from piiscrub.model.plan import TablePlan
from piiscrub.planner.assessing import assess
from piiscrub.risk.report import RiskReport
from piiscrub.sources.piece import NotExamined
from piiscrub.sources.tabular import ROWS, open_tables
from piiscrub.table.frame import Table

LARGEST = 200_000
"""Rows of a table that is measured; a larger one is not held in memory for it."""


def risks_of(path: Path, name: str, plans: Sequence[TablePlan], rows: Sequence[int]) -> Iterator[tuple[str, RiskReport | None]]:
    """Name and report of each table of a file that has quasi-identifiers; None for one that is too large."""
    with open_tables(path) as opened:
        if isinstance(opened, NotExamined):
            return
        sheets = [sheet for sheet in opened.sheets if len(sheet.schema)]
        for sheet, plan, count in zip(sheets, plans, rows, strict=True):
            going = [column for column in plan.columns if column.action != "drop"]
            columns = {role: [i for i, c in enumerate(going) if c.role == role] for role in ("quasi", "sensitive")}
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
            table = Table.from_arrow(pa.Table.from_batches(batches), name=name)
            try:
                yield shown, assess(table, quasi=quasi, sensitive=sensitive, direct=())
            except InputError:
                yield shown, None
