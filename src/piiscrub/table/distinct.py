"""The distinct values of a column with their codes, and what they read like as text."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from piiscrub.table.arrow_text import readable
from piiscrub.table.frame import Column

Codes = npt.NDArray[np.int64]
_PLACES = 80  # more than any column of decimals has; a number of a billion places is written with its exponent
_EXACT = 1e22  # below it a float that is a whole number prints as that number


class Distinct(NamedTuple):
    """``values[codes[row]]`` is the cell of a row; code -1 is a missing one. Values stand in the order of first sight.

    For a dictionary (categorical) column all its values are listed, those that no row holds too.
    """

    codes: Codes
    values: pa.Array

    def counts(self) -> npt.NDArray[np.int64]:
        """How many rows hold each value."""
        return np.bincount(self.codes[self.codes >= 0], minlength=len(self.values))


def distinct(column: Column) -> Distinct:
    """The distinct values of a column. NaN counts as missing, and so does text that is no UTF-8.

    A column of a type that has no text (``examinable``) has none: all its codes are -1.

    >>> found = distinct(pa.array(["a", None, "b", "a"]))
    >>> found.codes.tolist(), found.values.to_pylist()
    ([0, -1, 1, 0], ['a', 'b'])
    """
    kind = column.type
    if not examinable(kind) or pa.types.is_null(kind):
        return Distinct(np.full(len(column), -1, np.int64), pa.array([], pa.string()))
    column, _ = readable(column)
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
        if isinstance(column, pa.ChunkedArray):  # pyarrow keeps an empty or a huge one in chunks
            column = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], kind)
    if not pa.types.is_dictionary(kind):
        column = column.dictionary_encode()
    indices = column.indices.cast(pa.int64())
    codes = np.asarray(indices.fill_null(-1) if indices.null_count else indices)
    values = column.dictionary
    gone = values.is_null(nan_is_null=True) if pa.types.is_floating(values.type) else values.is_null()
    if pc.any(gone).as_py():
        missing = np.asarray(gone)
        at = np.where(missing, -1, np.cumsum(~missing) - 1)
        codes = np.where(codes >= 0, at[codes], -1)
        values = values.filter(pc.invert(gone))
    return Distinct(codes, values)


def examinable(kind: pa.DataType) -> bool:
    """Whether cells of an Arrow type can be shown as text: not lists, structs, maps, unions, binary or extensions."""
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    t = pa.types
    return bool(
        t.is_null(kind) or is_text(kind) or t.is_boolean(kind) or t.is_integer(kind) or t.is_floating(kind)
        or t.is_decimal(kind) or t.is_temporal(kind)
    )  # fmt: skip


def is_number(kind: pa.DataType) -> bool:
    """Whether the cells of a column are numbers."""
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))


def is_text(kind: pa.DataType) -> bool:
    """Whether an Arrow type is one of the string types, or a dictionary of one."""
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def as_texts(values: pa.Array) -> list[str]:
    """What each value reads like: a whole number without .00 or exponent, a date without a time of midnight.

    The array holds no missing values (``distinct`` gives such a one).

    >>> as_texts(pa.array([13800138000.0, 0.5])), as_texts(pa.array([7]))
    (['13800138000', '0.5'], ['7'])
    """
    kind = values.type
    if is_text(kind):
        texts: list[str] = values.to_pylist()
        return texts
    if pa.types.is_floating(kind):
        return [number_text(value) for value in values.cast(pa.float64()).to_pylist()]
    if pa.types.is_decimal(kind):
        return [decimal_text(value) for value in values.to_pylist()]
    if pa.types.is_timestamp(kind):
        return [text.removesuffix(" 00:00:00") for text in _strings(_whole_microseconds(values))]
    return _strings(_whole_microseconds(values))


def _whole_microseconds(values: pa.Array) -> pa.Array:
    """Nanoseconds cut off: Python's own types of time know none."""
    kind = values.type
    if pa.types.is_timestamp(kind) and kind.unit == "ns":
        return values.cast(pa.timestamp("us", kind.tz), safe=False)
    if pa.types.is_duration(kind) and kind.unit == "ns":
        return values.cast(pa.duration("us"), safe=False)
    return values.cast(pa.time64("us"), safe=False) if pa.types.is_time(kind) else values


def _strings(values: pa.Array) -> list[str]:
    return [str(value) for value in as_cells(values)]


def as_cells(column: Column) -> list[Any]:
    """The cells as Python's own: a time that Python does not know (the year 20000, a zone that is not installed) as text.

    >>> as_cells(pa.array([0, 2**40]).cast(pa.timestamp("s")))
    [datetime.datetime(1970, 1, 1, 0, 0), '<value out of range: 1099511627776>']
    """
    try:
        return list(column.to_pylist())
    except (OverflowError, ValueError, LookupError):
        return [_cell(value) for value in column]


def _cell(value: pa.Scalar) -> Any:
    try:
        return value.as_py()
    except (OverflowError, ValueError, LookupError):
        plain = value.cast(pa.timestamp(value.type.unit)) if pa.types.is_timestamp(value.type) else value  # in UTC
        return plain.cast(pa.string()).as_py()


def number_text(value: float) -> str:
    """What a float reads like: a whole number without .0 or exponent."""
    return f"{value:.0f}" if value.is_integer() and abs(value) < _EXACT else repr(value)


def decimal_text(value: Decimal) -> str:
    """The same of a decimal, however many places its column has: a phone number in one of two is none with .00 behind it.

    >>> decimal_text(Decimal("13800138000.00")), decimal_text(Decimal("1E+3")), decimal_text(Decimal("1.50"))
    ('13800138000', '1000', '1.50')
    """
    if not value.is_finite() or abs(value.adjusted()) > _PLACES:
        return str(value)
    return f"{value:.0f}" if value == value.to_integral_value() else f"{value:f}"
