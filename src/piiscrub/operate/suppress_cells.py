"""Empty cells of rows whose group is too small, until it is large enough: local suppression, as part of a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from piiscrub.errors import OperatorError
from piiscrub.keys.bound import BoundKeys
from piiscrub.operate import groups, local, params
from piiscrub.operate.protocol import Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppressCells:
    """Cells of ``columns`` become missing in rows that fewer than ``k`` rows equal in these columns, or whose group has fewer
    than ``l`` different values of a ``sensitive`` column or is farther than ``t`` from the whole table: as few cells as a
    search by rule finds, of columns of little weight first.

    Rows in groups that are good as they are lose nothing. A missing cell is a value of its own: a row that lost its age is as
    good as other rows without an age, and not as good as rows of any age. A row that no emptied cells help is left out; with
    ``t`` below 1 none is, and whole groups lose cells with it instead. ``most``: the share of rows that may lose cells or be
    left out; with more the operator fails and nothing goes out. Names and weights are joined by ``|``; names of columns as
    they go out.

    >>> from piiscrub.keys.ring import KeyRing
    >>> keys = BoundKeys(KeyRing.ephemeral())
    >>> table = {"age": [31, 31, 31, 47], "city": ["A", "A", "B", "C"]}
    >>> gone, kept = SuppressCells(k=2, columns="age|city").empty_cells(table, 4, keys)
    >>> {name: cells.tolist() for name, cells in gone.items()}, kept.tolist()
    ({'age': [False, False, True, True], 'city': [False, False, True, True]}, [True, True, True, True])
    """

    k: int = 5
    l: int = 1  # noqa: E741  # the name the measure has had since 2006
    t: float = 1.0
    columns: str = ""
    sensitive: str = ""
    weights: str = ""
    most: float = 1.0

    name: ClassVar[str] = "suppress_cells"
    shape: ClassVar[Shape] = "table"
    reversible: ClassVar[bool] = False
    permissive: ClassVar[bool] = True
    streams: ClassVar[bool] = False
    family: ClassVar[str] = "suppression: local suppression (ISO/IEC 20889)"
    leaks: ClassVar[str] = (
        "That the row was rare: whoever knows what its cells must have been knows that they were rare together."
    )

    def __post_init__(self) -> None:
        groups.check(self.name, self.k, self.l, self.t, self.columns, self.sensitive)
        params.string(self.name, "weights", self.weights)
        params.number(self.name, "most", self.most, 0, 1)
        self._weights(len(self.columns.split("|")) if self.columns else 0)

    def __call__(self, value: str, finding: object, /) -> str:
        raise OperatorError("suppress_cells works on rows; name it under rows in a plan.")

    def empty_cells(
        self, columns: Mapping[str, Sequence[Any]], rows: int, keys: BoundKeys, /
    ) -> tuple[dict[str, NDArray[np.bool_]], NDArray[np.bool_]]:
        """Which cells become missing, per column, and which rows stay.

        Raises:
            OperatorError: a column that is not there; more rows touched than ``most`` allows; with ``t``, a target that not even
                one group of all rows meets.
        """
        names = groups.named(self.name, self.columns, columns)
        codes = groups.table(columns, names, rows)
        target = groups.Target.of(self.name, self.k, self.l, self.t, self.sensitive, columns)
        gone, kept = local.emptied(codes, self._weights(len(names)), target, leave_out=self.t >= 1)
        if self.t < 1 and not kept.all():
            raise OperatorError(
                f"suppress_cells: k = {self.k}, l = {self.l}, t = {self.t:g} cannot be reached on these {rows} rows, not even "
                "with every cell emptied. Ask for less, or wait for more rows."
            )
        touched = int((gone.any(axis=1) | ~kept).sum())
        if touched > self.most * rows + 1e-9:
            raise OperatorError(
                f"suppress_cells: {touched} of {rows} rows would lose cells or be left out, more than most = {self.most:g}. "
                "Make the plan anew with these rows, or allow more."
            )
        return {name: gone[:, at] for at, name in enumerate(names)}, kept

    def _weights(self, many: int) -> list[float]:
        if not self.weights:
            return [1.0] * many
        try:
            numbers = [float(one) for one in self.weights.split("|")]
        except ValueError:
            numbers = []
        if len(numbers) != many or not all(0 < one < float("inf") for one in numbers):
            raise OperatorError(f"suppress_cells: weights takes {many} numbers above 0, joined by |, one for each of columns.")
        return numbers
