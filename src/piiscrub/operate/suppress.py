"""Leave out cells or rows that a condition names, or values too few people share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from piiscrub.errors import OperatorError
from piiscrub.model.finding import Finding
from piiscrub.operate import cells, params
from piiscrub.operate.conditions import Condition
from piiscrub.operate.protocol import ColumnContext, Shape

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from piiscrub.keys.bound import BoundKeys


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppress(cells.OnWholeColumn):
    """Cells become missing: all of them, those ``when`` names, or those whose value stands in fewer than ``rare`` rows.

    In ``when`` the cell is called value and that of the column named by ``by`` is called by: ``value > 90 or by = '上海'`` (see
    :mod:`piiscrub.operate.conditions`).

    >>> from piiscrub.keys.bound import bound
    >>> Suppress(when="value > 90").column([91, 15, None], ColumnContext(name="age", keys=bound(None)))
    [None, 15, None]
    """

    when: str = ""
    rare: int = 0

    name: ClassVar[str] = "suppress"
    reversible: ClassVar[bool] = False
    leaks: ClassVar[str] = "The cells that stay; that a missing one met the condition."
    family: ClassVar[str] = "suppression: local suppression (ISO/IEC 20889)"

    def __post_init__(self) -> None:
        params.string(self.name, "when", self.when)
        params.whole(self.name, "rare", self.rare, 0)
        if self.when:
            unknown = set(Condition(self.name, self.when).fields) - {"value", "by"}
            if unknown:
                raise OperatorError("suppress: in when the cell is called value and the second column by; nothing else is known.")

    @property
    def permissive(self) -> bool:
        """Without a condition nothing stays."""
        return bool(self.when or self.rare)

    def column(self, values: Sequence[Any], context: ColumnContext, /) -> list[Any]:
        if not self.permissive:
            return [None] * len(values)
        gone = [False] * len(values)
        if self.when:
            condition = Condition(self.name, self.when)
            columns = {"value": values} | ({"by": context.by} if context.by is not None else {})
            gone = condition.rows(columns, len(values))
        if self.rare:
            times = Counter(map(repr, values))
            gone = [one or times[repr(cell)] < self.rare for one, cell in zip(gone, values, strict=True)]
        return [None if one else cell for one, cell in zip(gone, values, strict=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppressRows:
    """Rows that meet ``when`` are left out: ``age > 90 or city = '上海'`` (see :mod:`piiscrub.operate.conditions`)."""

    when: str = ""

    name: ClassVar[str] = "suppress_rows"
    shape: ClassVar[Shape] = "table"
    reversible: ClassVar[bool] = False
    permissive: ClassVar[bool] = True
    streams: ClassVar[bool] = True
    leaks: ClassVar[str] = "The rows that stay."
    family: ClassVar[str] = "suppression: record suppression (ISO/IEC 20889)"

    def __post_init__(self) -> None:
        params.string(self.name, "when", self.when)
        if self.when:
            Condition(self.name, self.when)

    def __call__(self, value: str, finding: Finding, /) -> str:
        raise OperatorError("suppress_rows: this operator works on the rows of a table.")

    def keep_rows(self, columns: Mapping[str, Sequence[Any]], rows: int, keys: BoundKeys, /) -> NDArray[np.bool_]:
        """The rows that do not meet the condition; all of them without one."""
        import numpy as np

        if not self.when:
            return np.ones(rows, np.bool_)
        return ~np.array(Condition(self.name, self.when).rows(columns, rows), np.bool_)
