"""A table as every step sees it: named Arrow columns, and which cells could not be shown as text.

``frames`` and ``sources`` make one from whatever the caller has and turn it back into the same. Immutable; nothing here
changes what the caller handed in.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from piiscrub.errors import InputError
from piiscrub.table.arrow_text import marked, readable

Column: TypeAlias = "pa.Array | pa.ChunkedArray"
Mask: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True, repr=False, eq=False)
class Table:
    """Columns by position; names may repeat and need not be unique.

    Args:
        names: one per column, as text. They may be personal information themselves: show ``headers.shown`` of them.
        columns: Arrow arrays or chunked arrays of one length, of any type.
        name: of the source ("" for a frame).
        labels: how many of the last columns are row labels (the levels of a pandas index): they are examined like cells and
            go back to where they came from.
        blind: position → True for each cell that could not be shown as text. Such a cell is missing in its column.
        loose: positions of columns of mixed types, whose cells are shown as text here and restored where unchanged.

    >>> table = Table.of({"phone": ["13800138000", None], "n": [1, 2]})
    >>> table, table.rows, table.names
    (<Table: 2 rows × 2 columns>, 2, ('phone', 'n'))
    """

    names: tuple[str, ...]
    columns: tuple[Column, ...]
    name: str = ""
    labels: int = 0
    blind: Mapping[int, Mask] = field(default_factory=lambda: MappingProxyType({}))
    loose: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if len(self.names) != len(self.columns):
            raise InputError(f"Table: {len(self.names)} names for {len(self.columns)} columns.")
        if len({len(column) for column in self.columns}) > 1:
            raise InputError("Table: its columns differ in length.")

    @classmethod
    def of(cls, columns: Mapping[str, Sequence[object]], *, name: str = "") -> Table:
        """A table from Python lists, for tests and examples."""
        return cls(tuple(columns), tuple(pa.array(list(values)) for values in columns.values()), name)

    @classmethod
    def from_arrow(cls, table: pa.Table | pa.RecordBatch, *, name: str = "") -> Table:
        """A table from pyarrow's; names may repeat. Cells of text that are no UTF-8 are blind."""
        read = [readable(column) for column in table.columns]
        blind = {i: hidden for i, (_, hidden) in enumerate(read) if hidden is not None}
        return cls(tuple(table.schema.names), tuple(column for column, _ in read), name, blind=MappingProxyType(blind))

    @property
    def rows(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    @property
    def types(self) -> tuple[str, ...]:
        """The Arrow type of each column as text; ``mixed`` for a column of several types."""
        return tuple("mixed" if i in self.loose else str(column.type) for i, column in enumerate(self.columns))

    @property
    def data(self) -> range:
        """Positions of the columns that are no row labels."""
        return range(len(self.columns) - self.labels)

    def to_arrow(self) -> pa.Table:
        """The columns without the row labels as a pyarrow Table."""
        return pa.Table.from_arrays([self.columns[i] for i in self.data], names=[self.names[i] for i in self.data])

    def as_handed_in(self, *, labels: bool = False) -> pa.Table:
        """``to_arrow`` for whoever reads it by ``from_arrow``: cells that cannot be shown as text hold bytes that are none.

        >>> Table.from_arrow(Table.of({"n": ["a", None]}).replace(blind={0: np.array([False, True])}).as_handed_in()).blind
        mappingproxy({0: array([False,  True])})
        """
        wanted = range(len(self.columns)) if labels else self.data
        columns = [marked(self.columns[i], self.blind[i]) if i in self.blind else self.columns[i] for i in wanted]
        return pa.Table.from_arrays(columns, names=[self.names[i] for i in wanted])

    def replace(self, **changes: object) -> Table:
        """The same table with some fields changed."""
        return dataclasses.replace(self, **changes)  # type: ignore[arg-type]  # the constructor checks what matters

    def __repr__(self) -> str:
        return f"<Table: {self.rows} rows × {len(self.columns)} columns>"
