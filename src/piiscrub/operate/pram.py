"""Change categories by chance (post-randomisation)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from piiscrub.operate import cells, params
from piiscrub.operate.protocol import ColumnContext


@dataclass(frozen=True, slots=True, kw_only=True)
class Pram(cells.OnWholeColumn):
    """Each value stays with probability ``keep`` and is otherwise drawn from the column: ``weighted`` as often as each value
    occurs there, which leaves frequencies as they are on average, or every value alike.
    """

    keep: float = 0.8
    weighted: bool = True

    name: ClassVar[str] = "pram"
    reversible: ClassVar[bool] = False
    permissive: ClassVar[bool] = True
    leaks: ClassVar[str] = "The value with the probability given; the key holder can tell which cells were drawn."
    family: ClassVar[str] = "randomisation: post-randomisation (ISO/IEC 20889)"

    def __post_init__(self) -> None:
        params.number(self.name, "keep", self.keep, 0, 1)
        params.flag(self.name, "weighted", self.weighted)

    def column(self, values: Sequence[Any], context: ColumnContext, /) -> list[Any]:
        chance = context.generator(self.name)
        rows = cells.present(values)
        pool = [values[at] for at in rows]
        if not self.weighted:
            pool = sorted({repr(cell): cell for cell in pool}.values(), key=repr)
        stays = chance.random(len(values))
        drawn = chance.integers(max(len(pool), 1), size=len(values))
        done = list(values)
        for at in rows:
            if stays[at] >= self.keep:
                done[at] = pool[drawn[at]]
        return done
