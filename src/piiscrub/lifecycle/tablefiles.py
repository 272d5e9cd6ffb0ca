"""Tables where they lie: read under a handle, and rewritten in place with some rows gone or changed."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from piiscrub.errors import SourceError
from piiscrub.lifecycle.places import Place
from piiscrub.lifecycle.places import sha256 as hashed
from piiscrub.sources.tabular import ROWS, Sheet, TableFile
from piiscrub.sources.tabular.files import tables_of
from piiscrub.table.files import table_name

Change: TypeAlias = Callable[[int, pa.RecordBatch, int], pa.RecordBatch]
"""Sheet by position, rows, number of the first of them → the rows that take their place."""
_ONE_WAY = (".xls", ".xlsb", ".ods", ".xlsm")


@contextlib.contextmanager
def tables(place: Place) -> Iterator[TableFile]:
    """The tables of a file. Raises SourceError for a file without any that can be read."""
    with place.open() as stream:
        yield _must(stream, place)


def names(file: TableFile, place: Place) -> list[str]:
    """What each of its tables is called, as rules and plans call it."""
    return [table_name(file, sheet, position, place.name_shown) for position, sheet in enumerate(file.sheets)]


def rewrite(place: Place, change: Change, *, sha256: str = "", before: Callable[[str], None] | None = None) -> None:
    """Write the file anew, of the same kind, with what ``change`` makes of its rows; see ``Place.replacing``.

    ``before`` is told the SHA-256 of the new file before it takes the place of the old one.

    Raises:
        SourceError: it is not the file of this SHA-256 (if one is given); it holds what would be lost on the way: cells beyond
            the last column, formulas without a value, or a format only read here.
    """
    if one_way(place.name):
        raise SourceError(f"{place.name_shown}: this format is only read. Save it as .xlsx or CSV first.")
    with place.replacing() as (old, new):
        if sha256 and hashed(old) != sha256:
            raise SourceError(f"{place.name_shown}: has changed since it was looked at; it was left.")
        file = _must(old, place)
        with file.writer(new) as writer:
            for position, sheet in enumerate(file.sheets):
                writer.start(sheet.schema, sheet=sheet.name)
                for first, batch in numbered(sheet):
                    out = compacted(change(position, batch, first))
                    if out.num_rows:
                        writer.write(out)
                if getattr(sheet, "unremembered", 0):
                    raise SourceError(
                        f"{place.name_shown}: holds formulas without their values; they would be lost. Open and save it in a "
                        "spreadsheet first."
                    )
                if any(one.cells > one.expected for one in sheet.ragged):
                    raise SourceError(f"{place.name_shown}: a line has more cells than the header; they would be lost. Mend it.")
        if before is not None:
            before(hashed(new))


def one_way(name: str) -> bool:
    """Whether a file of this name can be read, but not be written in its format."""
    return name.lower().endswith(_ONE_WAY)


def numbered(sheet: Sheet) -> Iterator[tuple[int, pa.RecordBatch]]:
    """The batches of a sheet, each with the number of its first row, from 0."""
    first = 0
    for batch in sheet.batches(rows=ROWS):
        yield first, batch
        first += batch.num_rows


def compacted(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Without the values of dictionary (categorical) columns that no row holds any more: they would stay in the file.

    >>> full = pa.record_batch([pa.array(["a", "b"]).dictionary_encode()], names=["x"])
    >>> compacted(full.slice(0, 1)).column(0).dictionary.to_pylist()
    ['a']
    """
    columns = [_compact(column) if pa.types.is_dictionary(column.type) else column for column in batch.columns]
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema)


def _compact(column: pa.DictionaryArray) -> pa.DictionaryArray:
    used = np.unique(np.asarray(column.indices.drop_null(), np.int64))
    if len(used) == len(column.dictionary):
        return column
    codes = pc.index_in(column.indices.cast(pa.int64()), pa.array(used, pa.int64())).cast(column.type.index_type)
    return pa.DictionaryArray.from_arrays(codes, column.dictionary.take(pa.array(used, pa.int64())), ordered=column.type.ordered)


def _must(stream: BinaryIO, place: Place) -> TableFile:
    file = tables_of(stream, place.name, shown=place.name_shown)
    if not isinstance(file, TableFile):
        raise SourceError(f"{place.name_shown}: holds no table that can be read ({file.cause}).")
    return file
