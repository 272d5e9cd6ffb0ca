"""Swap values with others that are close in rank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from piiscrub.errors import OperatorError
from piiscrub.operate import cells, params
from piiscrub.operate.protocol import ColumnContext


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap(cells.OnWholeColumn):
    """Rank swapping: each value goes to a place at most ``percent`` of the column away in order.

    Numbers, dates and text are ordered; the distribution of the column stays as it is and relations to other columns nearly so.
    """

    percent: int | float = 5

    name: ClassVar[str] = "swap"
    reversible: ClassVar[bool] = False
    permissive: ClassVar[bool] = True
    leaks: ClassVar[str] = "The value to within the window; extreme values stay near their owners."
    family: ClassVar[str] = "randomisation: permutation, rank swapping (ISO/IEC 20889)"

    def __post_init__(self) -> None:
        params.number(self.name, "percent", self.percent, 0, 100)
        if not self.percent:
            raise OperatorError("swap: percent takes a number above 0.")

    def column(self, values: Sequence[Any], context: ColumnContext, /) -> list[Any]:
        rows = cells.present(values)
        order = sorted(rows, key=lambda at: cells.rank(values[at]))
        window = max(1, round(len(order) * self.percent / 100))
        # Places moved on by less than a window each, then sorted: nobody is overtaken by more than a window.
        moved = np.arange(len(order)) + context.generator(self.name).random(len(order)) * (window + 1)
        done = list(values)
        for row, other in zip(order, np.argsort(moved, kind="stable").tolist(), strict=True):
            done[row] = values[order[other]]
        return done
