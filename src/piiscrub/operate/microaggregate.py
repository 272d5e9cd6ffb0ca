"""Put the mean of a few neighbours in the place of each number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Any, ClassVar

from piiscrub.operate import cells, params
from piiscrub.operate.protocol import ColumnContext


@dataclass(frozen=True, slots=True, kw_only=True)
class Microaggregate(cells.OnWholeColumn):
    """Sorted into groups of ``k`` or more, each number becomes the ``center`` (mean or median) of its group.

    One column at a time; with fewer than ``k`` numbers all get the same. Groups over several columns are what
    ``ps.generalize`` makes.

    >>> from piiscrub.keys.bound import bound
    >>> Microaggregate(k=2).column([1, 9, 2, 8, None, 10], ColumnContext(name="n", keys=bound(None)))
    [2, 9, 2, 9, None, 9]
    """

    k: int = 3
    center: str = "mean"

    name: ClassVar[str] = "microaggregate"
    reversible: ClassVar[bool] = False
    permissive: ClassVar[bool] = True
    leaks: ClassVar[str] = "The mean of a group of k; that the value is near it."
    family: ClassVar[str] = "randomisation: microaggregation (ISO/IEC 20889)"

    def __post_init__(self) -> None:
        params.whole(self.name, "k", self.k, 2)
        params.one_of(self.name, "center", self.center, ("mean", "median"))

    def column(self, values: Sequence[Any], context: ColumnContext, /) -> list[Any]:
        amounts = cells.numbers(self.name, values)
        order = sorted((at for at, amount in enumerate(amounts) if amount is not None), key=lambda at: amounts[at] or 0.0)
        done = list(values)
        groups = max(len(order) // self.k, 1)
        for group in range(groups):
            members = order[group * self.k : (group + 1) * self.k if group < groups - 1 else len(order)]
            if members:
                held = [amounts[at] or 0.0 for at in members]
                middle = fmean(held) if self.center == "mean" else median(held)
                for at in members:
                    done[at] = cells.like(values[at], middle)
        return done
