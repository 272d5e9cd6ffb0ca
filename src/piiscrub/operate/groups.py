"""Rows that are equal in some columns, and whether such a group is large and mixed enough (k, l, t).

A missing cell (None, NaN) is a value of its own, as in ``ps.assess``. t is the distance of a group's values from the whole
table's (Li, Li, Venkatasubramanian, ICDE 2007): by rank for numbers and dates, by equality for anything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from piiscrub.errors import OperatorError
from piiscrub.operate import params

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
_ROOM = 2**62


@dataclass(frozen=True, slots=True, eq=False)
class Attribute:
    """A sensitive column: the rank of each row's value, the share of each rank in the table, whether ranks have distances."""

    ranks: Ints
    shares: Floats
    ordered: bool

    @classmethod
    def of(cls, values: Sequence[Any]) -> Attribute:
        cells = [None if _missing(value) else _key(value) for value in values]
        present = list(dict.fromkeys(cell for cell in cells if cell is not None))
        numbers = _numbers(present)
        if numbers is not None and "" in present:  # in a column of numbers an empty text is a missing one
            cells, present = [cell if cell != "" else None for cell in cells], [cell for cell in present if cell != ""]
        order = present if numbers is None else sorted(present, key=numbers.__getitem__)
        number = {value: at for at, value in enumerate(order)}
        ranks = np.fromiter((len(number) if cell is None else number[cell] for cell in cells), np.int64, len(cells))
        return cls(ranks, np.bincount(ranks) / max(1, len(ranks)), numbers is not None)


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """What a group must be: at least ``k`` rows, ``l`` values of every attribute, at most ``t`` from the whole."""

    k: int
    l: int = 1  # noqa: E741  # the name the measure has
    t: float | None = None
    attributes: tuple[Attribute, ...] = ()

    @classmethod
    def of(cls, operator: str, k: int, l: int, t: float, sensitive: str, columns: Mapping[str, Sequence[Any]]) -> Target:  # noqa: E741  # as above
        """From the parameters of an operator; ``t`` of 1 asks nothing.

        Raises:
            OperatorError: a sensitive column that is not there.
        """
        names = named(operator, sensitive, columns)
        return cls(k, l, t if t < 1 else None, tuple(Attribute.of(columns[name]) for name in names))

    @property
    def by_size(self) -> bool:
        """Whether the size of a group says it all."""
        return not self.attributes or (self.l < 2 and self.t is None)

    def __call__(self, rows: Ints) -> bool:
        if len(rows) < self.k:
            return False
        for one in () if self.by_size else self.attributes:
            counts = np.bincount(one.ranks[rows], minlength=len(one.shares))
            if np.count_nonzero(counts) < self.l:
                return False
            if self.t is not None and _distance(counts / len(rows), one) > self.t + 1e-12:
                return False
        return True


def check(operator: str, k: int, l: int, t: float, columns: str, sensitive: str) -> None:  # noqa: E741  # the names the measures have
    """The parameters of an operator that looks at groups.

    Raises:
        OperatorError: one that makes no sense.
    """
    params.whole(operator, "k", k, 1)
    params.whole(operator, "l", l, 1)
    params.number(operator, "t", t, 0, 1)
    params.string(operator, "columns", columns)
    params.string(operator, "sensitive", sensitive)
    if (l > 1 or t < 1) and not sensitive:
        raise OperatorError(f"{operator}: l and t are about sensitive columns: name them under sensitive.")


def codes(values: Sequence[Any]) -> Ints:
    """A number per cell, the same for equal cells; 0 is missing.

    >>> codes(["f", None, "m", "f", float("nan")]).tolist()
    [1, 0, 2, 1, 0]
    """
    number: dict[Any, int] = {}
    made = (0 if _missing(cell) else number.setdefault(_key(cell), len(number) + 1) for cell in values)
    return np.fromiter(made, np.int64, len(values))


def table(columns: Mapping[str, Sequence[Any]], names: Sequence[str], rows: int) -> Ints:
    """The codes of several columns, one row per row."""
    return np.stack([codes(columns[name]) for name in names], axis=1) if names else np.zeros((rows, 0), np.int64)


def numbered(matrix: Ints) -> Ints:
    """For each row the number of its group: 0 … groups-1, in the order of the rows' codes.

    >>> numbered(np.array([[1, 1], [0, 2], [1, 1]])).tolist()
    [1, 0, 1]
    """
    key, bound = np.zeros(len(matrix), np.int64), 1
    for column in matrix.T:
        size = int(column.max(initial=0)) + 1
        if bound > _ROOM // size:
            key = np.unique(key, return_inverse=True)[1].astype(np.int64)
            bound = int(key.max(initial=0)) + 1
        key, bound = key * size + column, bound * size
    return np.unique(key, return_inverse=True)[1].astype(np.int64)


def members(of: Ints) -> Iterator[Ints]:
    """The rows of each group, by its number."""
    order = np.argsort(of, kind="stable")
    yield from np.split(order, np.flatnonzero(np.diff(of[order])) + 1) if len(of) else ()


def safe(of: Ints, target: Target) -> NDArray[np.bool_]:
    """Which rows stand in a group that meets the target."""
    sizes = np.bincount(of) if len(of) else np.zeros(0, np.int64)
    enough = sizes >= target.k
    if not target.by_size:
        enough = np.fromiter((target(rows) for rows in members(of)), np.bool_, len(sizes))
    return np.asarray(enough[of])


def named(operator: str, names: str, columns: Mapping[str, Sequence[Any]]) -> list[str]:
    """The names in a parameter, joined by ``|``.

    Raises:
        OperatorError: one of them is not among the columns.
    """
    wanted = names.split("|") if names else []
    missing = [name for name in wanted if name not in columns]
    if missing:
        raise OperatorError(f"{operator}: there is no column {missing[0]!r} in what goes out.")
    return wanted


def _distance(shares: Floats, attribute: Attribute) -> float:
    differs = shares - attribute.shares
    if not attribute.ordered:
        return float(np.abs(differs).sum()) / 2
    return float(np.abs(np.cumsum(differs)).sum()) / max(1, len(differs) - 1)


def _missing(cell: Any) -> bool:
    return cell is None or bool(cell != cell)  # NaN is what differs from itself


def _key(cell: Any) -> Any:
    if isinstance(cell, bool):  # True is no 1
        return (bool, cell)
    return cell if cell.__hash__ is not None else (type(cell), repr(cell))


def _numbers(values: Sequence[Any]) -> dict[Any, Any] | None:
    """What each value counts as, where distances mean something: numbers, dates, numbers written as Python writes them."""
    kinds = set(map(type, values))
    if kinds and all(issubclass(kind, int | float | Decimal) and kind is not bool for kind in kinds):
        return {value: value for value in values}
    if kinds and any(all(issubclass(kind, one) for kind in kinds) for one in (datetime, date, time, timedelta)):
        return {value: value for value in values}
    if kinds != {str}:
        return None
    for kind in (int, float):
        try:
            made = {value: kind(value) for value in values if value != ""}
        except ValueError:
            continue
        if made and all(str(number) == value and number == number for value, number in made.items()):
            return made
    return None
