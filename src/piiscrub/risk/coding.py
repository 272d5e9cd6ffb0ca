"""Columns as integer codes, and several columns as one.

A missing value is a value of its own: a row with an unknown age is as easily told apart as one with a known age.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from piiscrub.errors import InputError, UnknownNameError

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
Bools: TypeAlias = npt.NDArray[np.bool_]

_ROOM = 2**62  # a joint key never grows beyond; before it would, it is numbered anew


@dataclass(frozen=True, repr=False, eq=False)
class Coded:
    """A column as codes ``0 … size-1`` (int64, one per row) and its distinct values in code order. The repr shows none.

    >>> coded(pa.array(["a", "b", "a", None]), "letter")
    <Coded 'letter': 4 rows, 3 distinct>
    """

    name: str
    codes: Ints
    values: pa.Array

    @property
    def size(self) -> int:
        return len(self.values)

    @property
    def rows(self) -> int:
        return len(self.codes)

    def __repr__(self) -> str:
        return f"<Coded {self.name!r}: {self.rows} rows, {self.size} distinct>"

    @cached_property
    def counts(self) -> Ints:
        """Rows per code."""
        return np.bincount(self.codes, minlength=self.size)

    @property
    def numeric(self) -> bool:
        """Whether the values are numbers: integers, floats, decimals. Booleans are not."""
        kind = self.values.type
        return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))

    @property
    def ordered(self) -> bool:
        """Whether distances between values mean something: numbers, dates, times."""
        return self.numeric or bool(pa.types.is_temporal(self.values.type))

    @cached_property
    def numbers(self) -> Floats:
        """The values as float64, NaN where missing; dates and times as what Arrow counts them in. Only if ``ordered``."""
        values = self.values
        kind = values.type
        if pa.types.is_temporal(kind):
            wide = pa.int64() if kind.bit_width == 64 else pa.int32()
            values = values.cast(wide)
        return np.asarray(values.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False), dtype=np.float64)

    @cached_property
    def rank(self) -> Ints:
        """For every code its place in ascending order, missing last; equal order for text and numbers alike."""
        order = pc.sort_indices(self.values).to_numpy(zero_copy_only=False)
        rank = np.empty(self.size, dtype=np.int64)
        rank[order] = np.arange(self.size)
        return rank

    def ranked(self) -> Ints:
        """The codes such that a greater code is a greater value."""
        return self.rank[self.codes]

    def take(self, rows: Ints | Bools) -> Coded:
        """The same column with only these rows; codes keep their meaning."""
        return Coded(self.name, self.codes[rows], self.values)


def coded(column: Any, name: str = "") -> Coded:
    """Codes of an Arrow array or chunked array.

    Raises:
        InputError: nested types (lists, structs, maps) have no values to compare.
    """
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    kind = column.type
    if pa.types.is_nested(kind):
        raise InputError(f"column {name!r}: {kind} cannot be compared value by value. Take it apart, or leave it out.")
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)  # a dictionary may hold a value twice, or values no row has
    if pa.types.is_null(kind):
        column = column.cast(pa.string())
    if pa.types.is_floating(kind):
        column = pc.if_else(pc.is_nan(column), pa.scalar(None, kind), column)  # missing is one thing, not two
    encoded = pc.dictionary_encode(column, null_encoding="encode")
    codes = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return Coded(name, codes, encoded.dictionary)


def columns_of(table: pa.Table, names: Sequence[str], *, what: str = "quasi") -> tuple[Coded, ...]:
    """The named columns of a table, coded. Of several with one name the first counts.

    Raises:
        UnknownNameError: no such column; says the nearest.
    """
    known = list(table.schema.names)
    for name in names:
        if name not in known:
            raise UnknownNameError("column", name, known, where=what)
    return tuple(coded(table.column(known.index(name)), name) for name in names)


def joint(columns: Sequence[Coded], *, rows: int | None = None) -> tuple[Ints, int]:
    """One key per row for the combination of all columns, and a bound of the keys: ``0 <= key < bound``.

    Keys of different rows are equal exactly if the rows are equal in every column. No column gives one key for all.

    >>> a, b = coded(pa.array([1, 1, 2])), coded(pa.array(["x", "y", "x"]))
    >>> keys, bound = joint([a, b])
    >>> keys.tolist(), bound
    ([0, 1, 2], 4)
    """
    return joint_codes([(one.codes, one.size) for one in columns], rows=rows)


def joint_codes(parts: Sequence[tuple[Ints, int]], *, rows: int | None = None) -> tuple[Ints, int]:
    """As :func:`joint`, from codes with the bound of each."""
    if not parts:
        return np.zeros(rows or 0, dtype=np.int64), 1
    key = parts[0][0].astype(np.int64)  # a copy: it is changed in place below
    bound = max(1, parts[0][1])
    for codes, size in parts[1:]:
        if bound > _ROOM // max(1, size):
            key, bound = dense(key, bound)
        key *= max(1, size)
        key += codes
        bound *= max(1, size)
    return key, bound


def dense(keys: Ints, bound: int) -> tuple[Ints, int]:
    """Keys numbered anew without holes, order kept; and how many there are.

    >>> dense(np.array([7, 3, 7]), 8)
    (array([1, 0, 1]), 2)
    """
    if bound <= max(1024, 4 * len(keys)):
        number = np.cumsum(np.bincount(keys, minlength=bound) > 0) - 1
        return number[keys], int(number[-1]) + 1 if bound else 0
    found, inverse = np.unique(keys, return_inverse=True)
    return inverse.astype(np.int64, copy=False), len(found)
