"""Whatever the caller hands in as a frame → Table, and the way back to the same type."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from piiscrub.errors import InputError
from piiscrub.sources.tabular.views import without_view
from piiscrub.table.frame import Table
from piiscrub.table.result import TableScrub

_ALSO = {
    "profile": ", a path or a database URL",
    "apply": " or the path of a file",
    "plan": ", a path, a database URL or a profile",
}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Opened:
    """A frame of the caller as a Table. ``back`` makes a result of its type, ``show`` a table of findings."""

    table: Table
    back: Callable[[TableScrub], Any]
    show: Callable[[pa.Table], Any]
    say_types: Callable[[TableScrub, Any], TableScrub] = lambda done, _: done

    def finished(self, done: TableScrub) -> TableScrub:
        """The result with the frame of the caller's type in it."""
        frame = self.back(done)
        return dataclasses.replace(self.say_types(done, frame), _frame=frame, _show=self.show)


def opened(source: Any) -> Opened | None:
    """A pandas or polars frame or series, a pyarrow table or batch, or anything with the Arrow C stream interface.

    None if it is none of these (a path, for example).

    Raises:
        InputError: a lazy frame of polars.
    """
    library = type(source).__module__.partition(".")[0]
    if "pandas" in sys.modules:
        import pandas as pd

        if isinstance(source, pd.DataFrame | pd.Series):
            from piiscrub.frames.pandas_in import table_of
            from piiscrub.frames.pandas_out import frame_of, series_of, shown, with_types_said

            if isinstance(source, pd.Series):
                return Opened(table_of(source), lambda done: series_of(done, source), shown)
            back = Opened(table_of(source), lambda done: frame_of(done, source), shown)
            return dataclasses.replace(back, say_types=lambda done, frame: with_types_said(done, frame, source))
    if library == "polars":
        from piiscrub.frames import polars_frames

        return polars_frames.opened(source)
    if isinstance(source, pa.Table | pa.RecordBatch) or hasattr(source, "__arrow_c_stream__"):
        table = source if isinstance(source, pa.Table | pa.RecordBatch) else pa.table(source)
        same_kind = _batch if isinstance(source, pa.RecordBatch) else _table
        return Opened(Table.from_arrow(table), lambda done: same_kind(done, table.schema), lambda found: found)
    return None


def must_open(source: Any, *, where: str) -> Opened:
    """The same, for callers that take nothing else.

    Raises:
        InputError: it is no frame.
    """
    found = opened(source)
    if found is None:
        raise InputError(f"{where} takes a frame of pandas, polars or Arrow{_ALSO.get(where, '')}, not {type(source).__name__}.")
    return found


def _table(done: TableScrub, schema: pa.Schema) -> pa.Table:
    """The new columns; those that are text as the views they were are views again."""
    table = done.to_arrow()
    kinds = [schema.field(one.position).type for one in done.columns]
    same = [new.with_type(old) if without_view(old) == new.type else new for old, new in zip(kinds, table.schema, strict=True)]
    return table.cast(pa.schema(same))


def _batch(done: TableScrub, schema: pa.Schema) -> pa.RecordBatch:
    table = _table(done, schema).combine_chunks()
    batches = table.to_batches()
    return batches[0] if batches else pa.RecordBatch.from_pylist([], schema=table.schema)
