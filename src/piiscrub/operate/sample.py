"""Release a part of the rows, chosen by the key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from piiscrub.errors import OperatorError
from piiscrub.model.finding import Finding
from piiscrub.operate import cells, params
from piiscrub.operate.draws import Draws
from piiscrub.operate.protocol import Shape

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from piiscrub.keys.bound import BoundKeys


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Each row stays with the chance of ``fraction``; with ``by``, the name of a column, whole persons stay or go."""

    fraction: float = 0.1
    by: str = ""

    name: ClassVar[str] = "sample"
    shape: ClassVar[Shape] = "table"
    reversible: ClassVar[bool] = False
    permissive: ClassVar[bool] = True
    streams: ClassVar[bool] = False
    leaks: ClassVar[str] = "The rows that stay; that somebody may be missing by chance only."
    family: ClassVar[str] = "statistical: sampling (ISO/IEC 20889)"

    def __post_init__(self) -> None:
        params.number(self.name, "fraction", self.fraction, 0, 1)
        params.string(self.name, "by", self.by)

    def __call__(self, value: str, finding: Finding, /) -> str:
        raise OperatorError("sample: this operator works on the rows of a table.")

    def keep_rows(self, columns: Mapping[str, Sequence[Any]], rows: int, keys: BoundKeys, /) -> NDArray[np.bool_]:
        """The rows that stay."""
        import numpy as np

        if not self.by:
            drawn = keys.stream(self.name, "rows").generator().random(rows)
            return np.asarray(drawn < self.fraction, np.bool_)
        if self.by not in columns:
            raise OperatorError(f"sample: the table has no column {self.by!r}.")
        key = keys.key(self.name, "subject")
        whose = [cells.subject(cell) for cell in columns[self.by]]
        stays = {who: Draws(key, who).below(2**53) < self.fraction * 2**53 for who in set(whose)}
        return np.fromiter((stays[who] for who in whose), np.bool_, rows)
