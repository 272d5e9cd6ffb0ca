"""Add keyed noise to numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from piiscrub.errors import OperatorError
from piiscrub.operate import cells, params
from piiscrub.operate.protocol import ColumnContext


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise(cells.OnWholeColumn):
    """Add noise of a ``distribution``, laplace or gaussian, with ``scale`` in the unit of the column (a standard deviation for
    gaussian). ``low`` and ``high`` bound the result; whole numbers stay whole.

    The noise follows from key, plan and column, so a second release shows the same noise and averages nothing away. No ε is
    printed and no differential privacy is claimed: that would need bounded values and a budget over all releases.
    """

    distribution: str = "laplace"
    scale: int | float = 1
    low: int | float | None = None
    high: int | float | None = None

    name: ClassVar[str] = "noise"
    reversible: ClassVar[bool] = False
    permissive: ClassVar[bool] = True
    leaks: ClassVar[str] = "The value to within a few scales; outliers stand out; the key holder can take the noise off."
    family: ClassVar[str] = "randomisation: noise addition (ISO/IEC 20889)"

    def __post_init__(self) -> None:
        params.one_of(self.name, "distribution", self.distribution, ("laplace", "gaussian"))
        params.number(self.name, "scale", self.scale, 0)
        if not self.scale:
            raise OperatorError("noise: scale takes a number above 0.")
        for name in ("low", "high"):
            if getattr(self, name) is not None:
                params.number(self.name, name, getattr(self, name))
        if self.low is not None and self.high is not None and self.low > self.high:
            raise OperatorError("noise: low is not above high.")

    def column(self, values: Sequence[Any], context: ColumnContext, /) -> list[Any]:
        chance = context.generator(self.name)
        draw = chance.laplace if self.distribution == "laplace" else chance.normal
        noise = draw(0.0, float(self.scale), len(values)).tolist()
        done: list[Any] = []
        for cell, amount, add in zip(values, cells.numbers(self.name, values), noise, strict=True):
            if amount is None:
                done.append(cell)
                continue
            noisy = max(amount + add, self.low) if self.low is not None else amount + add
            done.append(cells.like(cell, min(noisy, self.high) if self.high is not None else noisy))
        return done
