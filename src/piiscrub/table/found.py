"""What was found in the cells of a table, kept by distinct value and told by row only when asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

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

    def counts(self) -> dict[str, int]:
        """How often each entity stands in the cells; a value that stands in ten rows counts ten times."""
        times = np.bincount(self.codes[self.codes >= 0], minlength=max(self.found, default=0) + 1).tolist()
        counted: Counter[str] = Counter()
        for code, findings in self.found.items():
            for finding in findings:
                counted[finding.entity] += times[code]
        counted[UNEXAMINED] += 0 if self.blind is None else int(self.blind.sum())
        return {entity: n for entity, n in sorted(counted.items()) if n}

    def to_arrow(self) -> pa.Table:
        """One row per finding, ordered by row: SCHEMA."""
        flat = [finding for findings in self.found.values() for finding in findings]
        number, first = self._offsets()
        rows = np.flatnonzero(self.codes >= 0)
        codes = self.codes[rows]
        many = number[codes]
        rows = np.repeat(rows, many)
        which = np.repeat(first[codes], many) + np.arange(len(rows)) - np.repeat(np.cumsum(many) - many, many)
        if self.blind is not None and self.blind.any():
            hidden = np.flatnonzero(self.blind)
            rows = np.concatenate([rows, hidden])
            which = np.concatenate([which, np.full(len(hidden), len(flat))])
            flat.append(Finding(UNEXAMINED, 0, 0, 1.0, "table", "no text"))
        order = np.argsort(rows, kind="stable")
        take = pa.array(which[order], pa.int64())
        parts = {field: pa.array([getattr(f, field) for f in flat], SCHEMA.field(field).type).take(take) for field in _FIELDS}
        return _table(self, rows[order], parts)

    def _offsets(self) -> tuple[Ints, Ints]:
        """For each code how many findings its value has, and where they begin among all."""
        size = max(int(self.codes.max(initial=0)), max(self.found, default=0)) + 1
        number, first = np.zeros(size, np.int64), np.zeros(size, np.int64)
        at = 0
        for code, findings in self.found.items():
            number[code], first[code] = len(findings), at
            at += len(findings)
        return number, first


@dataclass(frozen=True, repr=False, eq=False)
class WholeCells:
    """A column whose cells were handled as a whole: each that is not empty is one finding from end to end.

    ``lengths`` are those of the distinct values, in code points.
    """

    position: int
    shown: str
    codes: Codes
    entity: str
    score: float
    lengths: Ints
    blind: Mask | None = None

    def counts(self) -> dict[str, int]:
        """How many cells hold the entity, and how many could not be examined."""
        counted = {self.entity: len(self._rows()), UNEXAMINED: 0 if self.blind is None else int(self.blind.sum())}
        return {entity: n for entity, n in sorted(counted.items()) if n}

    def to_arrow(self) -> pa.Table:
        """One row per cell: SCHEMA."""
        rows = self._rows()
        blind = np.zeros(0, np.int64) if self.blind is None else np.flatnonzero(self.blind)
        order = np.argsort(np.concatenate([rows, blind]), kind="stable")
        take = pa.array(order)

        def column(one: object, other: object, kind: pa.DataType) -> pa.Array:
            return pa.array([one, other], kind).take(pa.array(order >= len(rows)).cast(pa.int8()))

        ends = pa.array(np.concatenate([self.lengths[self.codes[rows]], np.zeros(len(blind), np.int64)])).take(take)
        parts = {
            "entity": column(self.entity, UNEXAMINED, pa.string()),
            "start": pa.array(np.zeros(len(order), np.int64)),
            "end": ends,
            "score": column(self.score, 1.0, pa.float64()),
            "recognizer": column("plan", "table", pa.string()),
        }
        return _table(self, np.concatenate([rows, blind])[order], parts)

    def _rows(self) -> Ints:
        rows = np.flatnonzero(self.codes >= 0)
        return rows[self.lengths[self.codes[rows]] > 0]


Found: TypeAlias = ColumnFindings | WholeCells
_FIELDS = ("entity", "start", "end", "score", "recognizer")


def findings_table(columns: Iterable[Found]) -> pa.Table:
    """The findings of several columns, ordered by row, then by column, then by place in the cell."""
    parts = [one.to_arrow() for one in columns]
    if not parts:
        return SCHEMA.empty_table()
    return pa.concat_tables(parts).sort_by([("row", "ascending"), ("position", "ascending"), ("start", "ascending")])


def _table(of: Found, rows: Ints, parts: Mapping[str, pa.Array]) -> pa.Table:
    name = pa.array([of.shown], pa.string()).take(pa.array(np.zeros(len(rows), np.int64)))
    position = pa.array(np.full(len(rows), of.position, np.int64))
    return pa.Table.from_arrays([pa.array(rows, pa.int64()), name, position, *(parts[field] for field in _FIELDS)], schema=SCHEMA)
