"""Look into every cell of a table: each distinct value once, with its header as context."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from os import PathLike
from pathlib import Path

import numpy as np
import pyarrow as pa

from piiscrub.model.finding import UNEXAMINED, Finding
from piiscrub.render.table import Table as Rows
from piiscrub.scrubber.cells import decide_cells
from piiscrub.scrubber.pipeline import Scrubber
from piiscrub.table.distinct import as_texts, distinct, examinable
from piiscrub.table.found import ColumnFindings, findings_table
from piiscrub.table.frame import Column, Mask, Table
from piiscrub.table.headers import headers


class TableScan:
    """What is in the cells of a table: counts at once, ``findings()`` as a table on demand. Holds no value."""

    __slots__ = ("_columns", "rows")

    def __init__(self, rows: int, columns: Sequence[ColumnFindings]) -> None:
        self.rows = rows
        self._columns = tuple(columns)

    def findings(self) -> pa.Table:
        """One row per finding: row, column, position, entity, start, end, score, recognizer."""
        return findings_table(self._columns)

    @property
    def counts(self) -> dict[str, int]:
        """How often each entity was found in the whole table."""
        total: dict[str, int] = {}
        for one in self._columns:
            for entity, n in one.counts().items():
                total[entity] = total.get(entity, 0) + n
        return dict(sorted(total.items()))

    @property
    def unexamined(self) -> int:
        """Places that could not be examined; 0 means that everything was looked at."""
        return self.counts.get(UNEXAMINED, 0)

    def summary(self) -> Rows:
        """One row per column and entity with the number of findings."""
        rows = [
            {"position": one.position, "column": one.shown, "entity": entity, "findings": n}
            for one in self._columns
            for entity, n in one.counts().items()
        ]
        return Rows(rows, caption="findings", columns=("position", "column", "entity", "findings"))

    def __repr__(self) -> str:
        found = ", ".join(f"{entity} ×{n}" for entity, n in self.counts.items()) or "nothing found"
        return f"<TableScan: {self.rows} rows × {len(self._columns)} columns; {found}>"

    def heat_map(self, *, lang: str = "en") -> str:
        """Column × entity as HTML with an inline picture: what was found where, and in how many of the rows."""
        from piiscrub.render.tables import heat_map

        return heat_map([(one.shown, one.counts()) for one in self._columns], rows=self.rows, lang=lang)

    def _repr_html_(self) -> str:
        return self.heat_map()

    def to_html(self, path: str | PathLike[str], *, lang: str = "en") -> None:
        """Write the heat map as a page of its own; no value of the table is in it."""
        from piiscrub.render.catalogue import say
        from piiscrub.render.html import document

        Path(path).write_text(document(self.heat_map(lang=lang), say("table.heat-map", lang), lang=lang), encoding="utf-8")


def scan(table: Table, scrubber: Scrubber, *, entities: Collection[str] | None = None) -> TableScan:
    """Look into every cell, row labels included.

    >>> scan(Table.of({"备注": ["电话13800138000", None, "无"]}), Scrubber(policy="review"))
    <TableScan: 3 rows × 1 columns; CN_MOBILE ×1>
    """
    shown = headers(table.names)
    return TableScan(
        table.rows,
        [
            scan_column(column, scrubber, position=i, name=table.names[i], shown=shown[i].shown,
                        blind=table.blind.get(i), entities=entities)
            for i, column in enumerate(table.columns)
        ],
    )  # fmt: skip


def scan_column(
    column: Column,
    scrubber: Scrubber,
    *,
    position: int = 0,
    name: str = "",
    shown: str = "",
    blind: Mask | None = None,
    entities: Collection[str] | None = None,
) -> ColumnFindings:
    """The findings of one column; ``name`` is context for its cells."""
    codes, values = distinct(column)
    decisions = decide_cells(scrubber, as_texts(values), label=name, entities=entities)
    found = {code: kept for code, one in enumerate(decisions) if one and (kept := _kept(d.finding for d in one if d.kept))}
    return ColumnFindings(position, shown, codes, found, hidden(column, blind))


def hidden(column: Column, blind: Mask | None) -> Mask | None:
    """The cells that have no text: those told so, or every cell of a column of a type that has none."""
    if examinable(column.type):
        return blind
    held: Mask = np.asarray(column.is_valid())
    return held


def _kept(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(findings)
