"""pandas → Table: column by column and by position; mixed columns as text; index levels as row labels."""

from __future__ import annotations

from collections.abc import Hashable
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from piiscrub.frames.cells import objects
from piiscrub.table.arrow_text import readable
from piiscrub.table.frame import Column, Mask, Table

_NUMBER = 10_000_000


def table_of(frame: pd.DataFrame | pd.Series) -> Table:
    """The columns of a frame, or a series as the only one, then the levels of its index unless they merely count the rows.

    >>> table_of(pd.DataFrame({"n": [1, 2]}, index=["a", "b"]))
    <Table: 2 rows × 2 columns>
    """
    if isinstance(frame, pd.Series):
        names, arrays = [text_of(frame.name)], [frame.array]
    else:
        names = [text_of(name) for name in frame.columns]
        arrays = [frame.iloc[:, i].array for i in range(frame.shape[1])]
    levels = label_levels(frame.index)
    names += [name for name, _ in levels]
    arrays += [values for _, values in levels]
    columns: list[Column] = []
    blind: dict[int, Mask] = {}
    loose: set[int] = set()
    for position, array in enumerate(arrays):
        column, hidden, mixed = arrow_of(array)
        columns.append(column)
        if hidden is not None:
            blind[position] = hidden
        if mixed:
            loose.add(position)
    return Table(tuple(names), tuple(columns), labels=len(levels), blind=MappingProxyType(blind), loose=frozenset(loose))


def text_of(name: Hashable) -> str:
    """A column name as text; the parts of a MultiIndex name are joined."""
    if isinstance(name, tuple):
        return " / ".join(text_of(part) for part in name)
    return "" if name is None else str(name)


def label_levels(index: pd.Index) -> list[tuple[str, Any]]:
    """Name and values of each level of an index; none for one that merely counts rows, as a filtered frame has it."""
    if isinstance(index, pd.RangeIndex) or _counts_rows(index):
        return []
    if isinstance(index, pd.MultiIndex):
        return [(text_of(name) or f"level_{i}", index.get_level_values(i).array) for i, name in enumerate(index.names)]
    return [(text_of(index.name) or "index", index.array)]


def _counts_rows(index: pd.Index) -> bool:
    """Whole numbers without a name, too small to be anybody's number."""
    numbers = index.name is None and pd.api.types.is_integer_dtype(index.dtype) and not index.hasnans
    return bool(numbers and len(index) and index.min() >= 0 and index.max() < _NUMBER)


def arrow_of(array: Any) -> tuple[Column, Mask | None, bool]:
    """One column as Arrow, which of its cells could not be shown as text, and whether it is one of mixed types."""
    array = plain(array)
    dtype = array.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        return _categorical(array)
    if pd.api.types.is_object_dtype(dtype):
        values = np.asarray(array)
        if pd.api.types.infer_dtype(values, skipna=True) == "string":
            try:
                return pa.array(values, pa.large_string(), from_pandas=True), None, False
            except UnicodeEncodeError:
                pass  # half of a surrogate pair
        return *objects(values), True
    if isinstance(dtype, pd.SparseDtype):
        return arrow_of(pd.Series(array.to_dense()).array)
    try:
        if isinstance(dtype, pd.api.extensions.ExtensionDtype):
            column = pa.array(array, from_pandas=True)
        else:
            column = pa.array(np.asarray(array), from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, UnicodeEncodeError, TypeError):
        return *objects(array.astype(object)), True
    if isinstance(column.type, pa.BaseExtensionType):
        return *objects(array.astype(object)), True
    return *readable(column), False


def plain(array: Any) -> Any:
    """What ``Series.array`` gives, without the wrapper that pandas puts around numpy arrays."""
    return array.to_numpy() if type(array) is pd.arrays.NumpyExtensionArray else array  # not of a type made of it


def _categorical(array: Any) -> tuple[Column, Mask | None, bool]:
    categories, blind, mixed = arrow_of(array.categories.array)
    if blind is not None or mixed:  # the cells themselves tell, category by category
        return *objects(array.astype(object)), True
    if isinstance(categories, pa.ChunkedArray):
        categories = categories.combine_chunks()
    codes = array.codes
    return pa.DictionaryArray.from_arrays(pa.array(codes, mask=codes < 0), categories), None, False
