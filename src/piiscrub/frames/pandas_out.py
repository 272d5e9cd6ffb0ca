"""A carried-out plan → the pandas object it came from: same index, order, names and types where they can stay."""

from __future__ import annotations

import copy
import dataclasses
import json
from collections.abc import Hashable
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from piiscrub.frames.pandas_in import label_levels, plain, text_of
from piiscrub.table.distinct import is_text
from piiscrub.table.frame import Mask
from piiscrub.table.headers import personal
from piiscrub.table.result import Done, TableScrub


def frame_of(done: TableScrub, source: pd.DataFrame) -> pd.DataFrame:
    """A new frame; the source stays as it is."""
    width = source.shape[1]
    columns = [one for one in done.columns if one.position < width]
    index = _index(done, source.index, width)
    data = {
        i: as_series(array_of(source.iloc[:, one.position].array, one, done.kept_rows), index) for i, one in enumerate(columns)
    }
    frame = pd.DataFrame(data, index=index, copy=False)
    frame.columns = _header(source.columns, columns, done)
    frame.attrs = _attrs(source)
    if not source.flags.allows_duplicate_labels and frame.index.is_unique and frame.columns.is_unique:
        frame = frame.set_flags(allows_duplicate_labels=False)
    return frame


def with_types_said(done: TableScrub, frame: pd.DataFrame, source: pd.DataFrame) -> TableScrub:
    """The result, its evidence naming the columns whose type changed in pandas though it did not in Arrow."""
    said = list(done.evidence.columns)
    for at, one in enumerate(one for one in done.columns if one.position < source.shape[1]):
        before, after, column = source.dtypes.iloc[one.position], frame.dtypes.iloc[at], said[one.position]
        if before != after and column.dtype == column.dtype_after:
            said[one.position] = dataclasses.replace(column, dtype=str(before), dtype_after=str(after))
    return dataclasses.replace(done, evidence=dataclasses.replace(done.evidence, columns=tuple(said)))


def series_of(done: TableScrub, source: pd.Series) -> pd.Series:
    """A new series; empty if the plan leaves the column out."""
    index = _index(done, source.index, 1)
    first = next((one for one in done.columns if one.position == 0), None)
    if first is None:
        return pd.Series([None] * len(index), index=index, dtype=object)
    name = first.name if done.evidence.columns[0].renamed else source.name
    series = as_series(array_of(source.array, first, done.kept_rows), index).rename(name)
    series.attrs = _attrs(source)
    return series


def array_of(before: Any, done: Done, kept: Mask | None) -> Any:
    """The cells of a column in the type they had, where they can have it. Unchanged cells are the same objects."""
    before = plain(before)
    if kept is not None:
        before = before[kept]
    if done.changed is None:
        return before.copy()
    dtype, new = before.dtype, _one(done.column)
    if pd.api.types.is_object_dtype(dtype) or (isinstance(dtype, pd.api.extensions.ExtensionDtype) and not _has_arrow(dtype)):
        cells = np.array(before.astype(object), dtype=object)
        cells[done.changed] = new.filter(pa.array(done.changed)).to_pylist()
        return cells
    if isinstance(dtype, pd.CategoricalDtype):
        return _categorical(new, dtype)
    if isinstance(dtype, pd.ArrowDtype):
        return pd.ArrowDtype(new.type).__from_arrow__(pa.chunked_array([new]))
    if isinstance(dtype, pd.StringDtype) or (is_text(new.type) and isinstance(dtype, pd.api.extensions.ExtensionDtype)):
        text = dtype if isinstance(dtype, pd.StringDtype) else pd.StringDtype()
        return text.__from_arrow__(new if is_text(new.type) else new.cast(pa.string()))
    if is_text(new.type):
        return plain(new.to_pandas().array)
    if new.null_count and dtype.kind in "iub" and (pa.types.is_integer(new.type) or pa.types.is_boolean(new.type)):
        kind = "boolean" if pa.types.is_boolean(new.type) else str(new.type).replace("int", "Int").replace("u", "U")
        return pd.api.types.pandas_dtype(kind).__from_arrow__(new)  # by way of floats, large numbers would change
    try:
        return pd.Series(new.to_pandas()).astype(dtype).array
    except (TypeError, ValueError):
        return new.to_pandas().array


def _attrs(source: pd.DataFrame | pd.Series) -> dict[Hashable, Any]:
    """The notes of the caller without those that are personal information, or cannot be looked at: they go into files too."""
    return {key: copy.deepcopy(value) for key, value in source.attrs.items() if _harmless(key, value)}


def _harmless(key: Hashable, value: object) -> bool:
    try:
        return not personal(json.dumps({text_of(key): value}, ensure_ascii=False))
    except (TypeError, ValueError):
        return False


def as_series(cells: Any, index: pd.Index) -> pd.Series:
    """With its type said: pandas makes texts of an array of objects to a column of texts otherwise."""
    return pd.Series(cells, index=index, dtype=cells.dtype, copy=False)


def shown(found: pa.Table) -> pd.DataFrame:
    """A table of findings as a DataFrame."""
    return found.to_pandas()


def _one(column: Any) -> Any:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _has_arrow(dtype: Any) -> bool:
    if isinstance(dtype, pd.PeriodDtype | pd.IntervalDtype | pd.SparseDtype):
        return False
    return hasattr(dtype, "__from_arrow__") or isinstance(dtype, pd.CategoricalDtype | pd.DatetimeTZDtype)


def _categorical(new: Any, dtype: pd.CategoricalDtype) -> pd.Categorical:
    if not pa.types.is_dictionary(new.type):
        new = new.dictionary_encode()
    categories = pd.Index(new.dictionary.to_pandas())
    codes = np.asarray(new.indices.fill_null(-1)).astype(np.int64)
    same = list(categories) == [one for one in dtype.categories if one in set(categories)]
    return pd.Categorical.from_codes(codes, categories=categories, ordered=bool(dtype.ordered and same))


def _index(done: TableScrub, index: pd.Index, width: int) -> pd.Index:
    levels = label_levels(index)
    kept = done.kept_rows
    if not levels:
        counted = index if kept is None else pd.RangeIndex(int(kept.sum()), name=index.name)
        return counted.rename(None) if personal(text_of(index.name)) else counted
    labels = [one for one in done.columns if one.position >= width]
    renamed = any(done.evidence.columns[one.position].renamed for one in labels)
    if len(labels) == len(levels) and not renamed and kept is None and all(one.changed is None for one in labels):
        return index
    if not labels:
        return pd.RangeIndex(done.table.rows)
    arrays = [array_of(levels[one.position - width][1], one, kept) for one in labels]
    names = [one.name if done.evidence.columns[one.position].renamed else index.names[one.position - width] for one in labels]
    if len(arrays) == 1:
        return pd.Index(arrays[0], name=names[0], dtype=arrays[0].dtype)
    return pd.MultiIndex.from_arrays(arrays, names=names)


def _header(names: pd.Index, columns: list[Done], done: TableScrub) -> pd.Index:
    taken = names.take([one.position for one in columns])
    renamed = {i for i, one in enumerate(columns) if done.evidence.columns[one.position].renamed}
    levels = [None if personal(text_of(name)) else name for name in names.names]
    if not renamed:
        return taken.set_names(levels) if levels != list(names.names) else taken
    new = [_stand_in(name, columns[i]) if i in renamed else name for i, name in enumerate(taken)]
    if isinstance(names, pd.MultiIndex):
        return pd.MultiIndex.from_tuples(new, names=levels)
    return pd.Index(new, name=levels[0], tupleize_cols=False)


def _stand_in(name: Any, one: Done) -> Any:
    """In a name of several parts, the parts that are personal information are replaced, or all if it is none alone."""
    if not isinstance(name, tuple):
        return one.name
    parts = tuple(one.name if personal(text_of(part)) else part for part in name)
    return parts if parts != name else (one.name,) * len(name)
