"""A small read-only table: rows of plain data, shown well in a notebook and a terminal, turned into pandas on request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    import pandas as pd

Row = Mapping[str, object]


class Table(Sequence[Row]):
    """Rows that all have the same columns.

    >>> t = Table([{"id": "a", "n": 1}], caption="letters")
    >>> len(t), t[0]["id"], t.columns
    (1, 'a', ('id', 'n'))
    """

    __slots__ = ("_rows", "caption", "columns")

    def __init__(self, rows: Iterable[Row], *, caption: str, columns: Sequence[str] = ()) -> None:
        self._rows = tuple(rows)
        self.caption = caption
        self.columns = tuple(columns) or (tuple(self._rows[0]) if self._rows else ())

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Table: ...
    def __getitem__(self, index: int | slice) -> Row | Table:
        if isinstance(index, slice):
            return Table(self._rows[index], caption=self.caption, columns=self.columns)
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def __repr__(self) -> str:
        return f"<{self.caption}: {len(self)} rows; columns {', '.join(self.columns)}>"

    def to_frame(self) -> pd.DataFrame:
        """The table as a pandas DataFrame."""
        import pandas as pd

        return pd.DataFrame([dict(row) for row in self._rows], columns=list(self.columns))

    def _repr_html_(self) -> str:
        from piiscrub.render import html

        return html.table(self._rows, self.caption, columns=self.columns)
