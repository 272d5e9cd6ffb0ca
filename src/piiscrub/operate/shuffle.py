"""Deal the values of a column out anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from piiscrub.operate import cells
from piiscrub.operate.protocol import ColumnContext


@dataclass(frozen=True, slots=True, kw_only=True)
class Shuffle(cells.OnWholeColumn):
    """Every value stays in the column, none where it stood but by chance; ``by`` keeps them within equal cells of another column.

    Missing cells stay where they are. The order follows from key, plan and column.
    """

    name: ClassVar[str] = "shuffle"
    reversible: ClassVar[bool] = False
    permissive: ClassVar[bool] = True
    leaks: ClassVar[str] = "All values of the column, without whose they are; a value that only one person can have."
    family: ClassVar[str] = "randomisation: permutation (ISO/IEC 20889)"

    def column(self, values: Sequence[Any], context: ColumnContext, /) -> list[Any]:
        chance = context.generator(self.name)
        groups: dict[Any, list[int]] = {}
        for at in cells.present(values):
            groups.setdefault(context.by[at] if context.by is not None else None, []).append(at)
        done = list(values)
        for members in groups.values():
            for at, other in zip(members, chance.permutation(members).tolist(), strict=True):
                done[at] = values[other]
        return done
