"""polars in and out. Columns that did not change are the caller's own; polars never changes them in place."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from piiscrub.errors import InputError
from piiscrub.frames.cells import objects
from piiscrub.frames.opening import Opened
from piiscrub.table.frame import Column, Mask, Table
from piiscrub.table.result import Done, TableScrub

if TYPE_CHECKING:
    import polars as pl


def opened(source: Any) -> Opened | None:
    """A DataFrame or Series of polars.

    Raises:
        InputError: a LazyFrame: what is not there yet cannot be looked at.
    """
    import polars as pl

    if isinstance(source, pl.LazyFrame):
        raise InputError("A LazyFrame holds no rows yet: call .collect() first.")
    if isinstance(source, pl.Series):
        return Opened(table_of([source]), lambda done: _series(done, source), _shown)
    if isinstance(source, pl.DataFrame):
        return Opened(table_of(source.get_columns()), lambda done: _frame(done, source), _shown)
    return None


def table_of(columns: list[pl.Series]) -> Table:
    """The columns as a Table; a column of Python objects, or of a type that Arrow does not have, as text."""
    import polars as pl

    arrays: list[Column] = []
    blind: dict[int, Mask] = {}
    loose: set[int] = set()
    for position, series in enumerate(columns):
        column = None if series.dtype == pl.Object else _arrow(series)
        if column is None:
            column, hidden = objects(series.to_list())
            loose.add(position)
            if hidden is not None:
                blind[position] = hidden
        arrays.append(column)
    return Table(tuple(s.name for s in columns), tuple(arrays), blind=MappingProxyType(blind), loose=frozenset(loose))


def _arrow(series: pl.Series) -> Column | None:
    """None for a type that only polars has (integers of 128 bits)."""
    try:
        return series.to_arrow()
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return None


def _frame(done: TableScrub, source: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame([_column(done, one, source.to_series(one.position)) for one in done.columns])


def _series(done: TableScrub, source: pl.Series) -> pl.Series:
    return _column(done, done.columns[0], source) if done.columns else source.clear(len(source))


def _column(done: TableScrub, one: Done, before: pl.Series) -> pl.Series:
    import polars as pl

    if done.kept_rows is not None:
        before = before.filter(pl.Series(done.kept_rows))
    name = one.name if done.evidence.columns[one.position].renamed else before.name
    if one.changed is None:
        return before.rename(name)
    if before.dtype == pl.Object:
        new = one.column.to_pylist()
        cells = [new[i] if one.changed[i] else cell for i, cell in enumerate(before.to_list())]
        return pl.Series(name, cells, dtype=pl.Object)
    after = pl.Series(name, pl.from_arrow(one.column))
    if isinstance(before.dtype, pl.Enum):
        return after.cast(pl.String).cast(pl.Enum(after.cast(pl.String).drop_nulls().unique(maintain_order=True)))
    return after


def _shown(found: pa.Table) -> Any:
    import polars as pl

    return pl.from_arrow(found)
