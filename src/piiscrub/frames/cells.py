"""Cells of any Python type as text, for columns that hold several types."""

from __future__ import annotations

import datetime
import decimal
import fractions
import re
import uuid
from collections.abc import Iterable
from typing import Any

import numpy as np
import pyarrow as pa

from piiscrub.table.distinct import decimal_text, number_text
from piiscrub.table.frame import Column, Mask

_PLAIN = (datetime.date, datetime.time, datetime.timedelta, fractions.Fraction, uuid.UUID)
_HALF = re.compile("[\ud800-\udfff]")
_PANDAS = ("Period", "Interval")  # scalars of pandas that print as what they are


def objects(cells: Iterable[Any]) -> tuple[Column, Mask | None]:
    """A text column of cells of any type, and which of them could not be shown as text (they are missing in it).

    >>> column, blind = objects(["张三", 7, None, [1]])
    >>> column.to_pylist(), blind.tolist()
    (['张三', '7', None, None], [False, False, False, True])
    """
    texts: list[str | None] = []
    blind: list[int] = []
    for row, cell in enumerate(cells):
        text = cell if type(cell) is str else None if _missing(cell) else _text(cell)
        if text is None and not _missing(cell):
            blind.append(row)
        texts.append(text)
    try:
        column = pa.array(texts, pa.large_string())
    except UnicodeEncodeError:  # half of a surrogate pair: no character, so nothing is missed by looking past it
        column = pa.array([None if text is None else _whole(text) for text in texts], pa.large_string())
    if not blind:
        return column, None
    mask = np.zeros(len(texts), np.bool_)
    mask[blind] = True
    return column, mask


def _missing(cell: object) -> bool:
    if cell is None or type(cell).__name__ in ("NAType", "NaTType"):
        return True
    if isinstance(cell, decimal.Decimal):
        return cell.is_nan()
    return isinstance(cell, float | np.floating | np.datetime64 | np.timedelta64) and bool(cell != cell)


def _text(cell: Any) -> str | None:
    """None if the cell cannot be shown as text."""
    try:
        if isinstance(cell, str):
            return str.__str__(cell)
        if isinstance(cell, bool | np.bool_ | int | np.integer):
            return str(cell)
        if isinstance(cell, float | np.floating):
            return number_text(float(cell))
        if isinstance(cell, decimal.Decimal):
            return decimal_text(cell)
        if isinstance(cell, bytes | bytearray):
            return cell.decode("utf-8")
        if isinstance(cell, datetime.datetime | np.datetime64):
            return str(cell).removesuffix(" 00:00:00")
        if isinstance(cell, (*_PLAIN, np.timedelta64)) or type(cell).__name__ in _PANDAS:
            return str(cell)
    except ValueError:  # bytes that are no UTF-8, a number of too many digits
        return None
    return None


def _whole(text: str) -> str:
    """The text with each half of a surrogate pair replaced, so that offsets stay."""
    return _HALF.sub("\N{REPLACEMENT CHARACTER}", text)
