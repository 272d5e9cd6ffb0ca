"""What was found in the cells of a table, kept by distinct value and told by row only when asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from piiscrub.model.finding import UNEXAMINED, Finding
from piiscrub.table.distinct import Codes
from piiscrub.table.frame import Mask

Ints = npt.NDArray[np.int64]

SCHEMA = pa.schema(
    [
        ("row", pa.int64()),
        ("column", pa.string()),
        ("position", pa.int64()),
        ("entity", pa.string()),
        ("start", pa.int64()),
        ("end", pa.int64()),
        ("score", pa.float64()),
        ("recognizer", pa.string()),
    ]
)


@dataclass(frozen=True, repr=False, eq=False)
class ColumnFindings:
    """The findings of one column: by code of the distinct value, and the rows of cells that could not be examined.

    ``codes`` are those of ``distinct.distinct``; ``shown`` is the header as it may be shown. Holds no value.
    """

    position: int
    shown: str
    codes: Codes
    found: Mapping[int, Sequence[Finding]]
    blind: Mask | None = None

    @property
    def unexamined(self) -> int:
        """Cells of which all or part could not be examined."""
        return self.counts().get(UNEXAMINED, 0)

    def counts(self) -> dict[str, int]:
        """How often each entity stands in the cells; a value that stands in ten rows counts ten times."""
        times = np.bincount(self.codes[self.codes >= 0], minlength=1)
        counted: Counter[str] = Counter()
        for code, findings in self.found.items():
            for finding in findings:
                counted[finding.entity] += int(times[code]) if code < len(times) else 0
        if self.blind is not None and self.blind.any():
            counted[UNEXAMINED] += int(self.blind.sum())
        return {entity: n for entity, n in sorted(counted.items()) if n}

    def to_arrow(self) -> pa.Table:
        """One row per finding, ordered by row: SCHEMA."""
        flat = [finding for findings in self.found.values() for finding in findings]
        number, first = self._offsets()
        held = np.flatnonzero(self.codes >= 0)
        codes = self.codes[held]
        many = number[codes] if len(number) else np.zeros(0, np.int64)
        rows = np.repeat(held, many)
        starts = np.cumsum(many) - many
        which = np.repeat(first[codes] if len(first) else many, many) + (np.arange(len(rows)) - np.repeat(starts, many))
        if self.blind is not None and self.blind.any():
            hidden = np.flatnonzero(self.blind)
            flat = [*flat, Finding(UNEXAMINED, 0, 0, 1.0, "table", "no text")]
            rows = np.concatenate([rows, hidden])
            which = np.concatenate([which, np.full(len(hidden), len(flat) - 1)])
        order = np.argsort(rows, kind="stable")
        rows, take = rows[order], pa.array(which[order], pa.int64())

        def column(values: Iterable[object], kind: pa.DataType) -> pa.Array:
            return pa.array(list(values), kind).take(take)

        constant = pa.array([self.shown], pa.string()).take(pa.array(np.zeros(len(rows), np.int64)))
        return pa.Table.from_arrays(
            [
                pa.array(rows, pa.int64()),
                constant,
                pa.array(np.full(len(rows), self.position), pa.int64()),
                column((f.entity for f in flat), pa.string()),
                column((f.start for f in flat), pa.int64()),
                column((f.end for f in flat), pa.int64()),
                column((f.score for f in flat), pa.float64()),
                column((f.recognizer for f in flat), pa.string()),
            ],
            schema=SCHEMA,
        )

    def _offsets(self) -> tuple[Ints, Ints]:
        """For each code how many findings its value has, and where they begin among all."""
        size = int(self.codes.max(initial=-1)) + 1
        size = max(size, max(self.found, default=-1) + 1)
        number, first = np.zeros(size, np.int64), np.zeros(size, np.int64)
        at = 0
        for code, findings in self.found.items():
            number[code], first[code] = len(findings), at
            at += len(findings)
        return number, first


def findings_table(columns: Iterable[ColumnFindings]) -> pa.Table:
    """The findings of several columns, ordered by row, then by column, then by place in the cell."""
    parts = [one.to_arrow() for one in columns]
    if not parts:
        return SCHEMA.empty_table()
    whole = pa.concat_tables(parts)
    return whole.sort_by([("row", "ascending"), ("position", "ascending"), ("start", "ascending")])
