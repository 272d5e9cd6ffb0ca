"""Columns as other programs write them, made ready to be read: no string views, no text that is not UTF-8."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from piiscrub.sources.tabular.views import without_view

_NO_TEXT = bytes([255])


def readable(column: pa.Array | pa.ChunkedArray) -> tuple[pa.Array | pa.ChunkedArray, npt.NDArray[np.bool_] | None]:
    """The column without views, and which of its cells are no UTF-8 (they are missing in it). Nobody checks when a file is read.

    >>> column, blind = readable(pa.array([b"a", bytes([255]), None]).view(pa.string()))
    >>> column.to_pylist(), blind.tolist()
    (['a', None, None], [False, True, False])
    """
    kind = without_view(column.type)
    column = column if column.type == kind else column.cast(kind)
    value = kind.value_type if pa.types.is_dictionary(kind) else kind
    if not (pa.types.is_string(value) or pa.types.is_large_string(value)):
        return column, None
    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        return _decoded(column, kind, value)
    return column, None


def marked(column: pa.Array | pa.ChunkedArray, blind: npt.NDArray[np.bool_]) -> pa.Array:
    """A column of text of which ``readable`` says that these cells are no UTF-8."""
    texts = column.cast(pa.large_string()).cast(pa.large_binary())
    texts = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    return pc.if_else(pa.array(blind), pa.scalar(_NO_TEXT, pa.large_binary()), texts).view(pa.large_string())


def _decoded(column: pa.Array | pa.ChunkedArray, kind: pa.DataType, value: pa.DataType) -> tuple[pa.Array, npt.NDArray[np.bool_]]:
    cells = column.cast(value).cast(pa.large_binary()).to_pylist()
    texts = [None if cell is None else _text(cell) for cell in cells]
    blind = np.fromiter(
        (text is None and cell is not None for text, cell in zip(texts, cells, strict=True)), np.bool_, len(cells)
    )
    return pa.array(texts, value).cast(kind), blind


def _text(cell: bytes) -> str | None:
    try:
        return cell.decode("utf-8")
    except UnicodeDecodeError:
        return None
