"""New cells back into a column: of the old type if they all fit it, else as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from piiscrub.operate.values import FAILED
from piiscrub.table.distinct import Codes, as_texts, distinct, examinable, is_text
from piiscrub.table.frame import Column, Mask


def from_codes(codes: Codes, texts: Sequence[str], like: pa.DataType) -> Column:
    """The column whose cell in each row is the text of its code, of type ``like`` where every text is one.

    >>> from_codes(np.array([0, -1, 1]), ["7", "8"], pa.int64()).type, from_codes(np.array([0]), ["a"], pa.int64()).type
    (DataType(int64), DataType(string))
    """
    if pa.types.is_dictionary(like):
        return _merged(codes, texts, like)
    values = pa.array(texts, like if is_text(like) else pa.string())
    if not is_text(like):
        values = _as(values, texts, like)
    return values.take(_nullable(codes))


def with_redacted(column: Column, where: Mask) -> Column:
    """The column with a fixed text in some places; as text, if it was not."""
    if not is_text(column.type) or pa.types.is_dictionary(column.type):
        if not examinable(column.type):
            codes: Codes = np.where(where, 0, -1)
            return from_codes(codes, [FAILED], pa.string())
        found = distinct(column)
        texts = [*as_texts(found.values), FAILED]
        return from_codes(np.where(where, len(texts) - 1, found.codes), texts, pa.string())
    plain = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return pa.compute.if_else(pa.array(where), pa.scalar(FAILED, column.type), plain)


def emptied(column: Column, where: Mask) -> Column:
    """The column with missing cells in some places, of the same type.

    >>> emptied(pa.array([7, 8]), np.array([True, False])).to_pylist()
    [None, 8]
    """
    return column.take(pa.array(np.arange(len(column)), mask=where))


def from_cells(cells: Sequence[Any], like: pa.DataType) -> Column:
    """A column of Python scalars as an operator made them: of type ``like`` if they fit, of their own, or else as text."""
    if pa.types.is_dictionary(like):
        like = like.value_type
    for kind in (like, None):
        try:
            made = pa.array(cells, kind)
        except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError, ValueError):
            continue
        return made
    return pa.array([None if cell is None else str(cell) for cell in cells], pa.string())


def _as(values: pa.Array, texts: Sequence[str], like: pa.DataType) -> pa.Array:
    """The texts as values of the old type, if each reads the same when it is one; the texts themselves if not."""
    if len(values) == 0:
        return pa.array([], like)
    try:
        if as_texts(values.slice(0, 1).cast(like)) != list(texts[:1]):  # most fail on the first: no need to try them all
            return values
        typed = values.cast(like)
        return typed if as_texts(typed) == list(texts) else values
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return values


def _merged(codes: Codes, texts: Sequence[str], like: pa.DataType) -> pa.DictionaryArray:
    """A dictionary column: texts that have become the same become one, and only those that a row holds are listed."""
    used = np.unique(codes[codes >= 0])
    number: dict[str, int] = {}
    at: npt.NDArray[np.int64] = np.full(len(texts), -1, np.int64)
    for code in used.tolist():
        at[code] = number.setdefault(texts[code], len(number))
    values = pa.array(list(number), like.value_type if is_text(like.value_type) else pa.string())
    if not is_text(like.value_type):
        values = _as(values, list(number), like.value_type)
    new = np.where(codes >= 0, at[codes], -1) if len(at) else codes
    indices = _nullable(new)
    room = 2 ** (like.index_type.bit_width - 1)
    return pa.DictionaryArray.from_arrays(indices.cast(like.index_type) if len(values) < room else indices, values)


def _nullable(codes: Codes) -> pa.Array:
    return pa.array(codes, pa.int64(), mask=codes < 0)
