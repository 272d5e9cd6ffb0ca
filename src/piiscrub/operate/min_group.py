"""Leave out rows whose group is too small: what a search for k could not make coarse enough without spoiling the rest."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from piiscrub.errors import OperatorError
from piiscrub.keys.bound import BoundKeys
from piiscrub.operate import params
from piiscrub.operate.protocol import Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class MinGroup:
    """Leave out rows that fewer than ``k`` rows equal in ``columns``, or whose group has fewer than ``l`` different values
    of any of the ``sensitive`` columns. Names of columns as they go out, joined by ``|``.

    >>> from piiscrub.keys.ring import KeyRing
    >>> keys = BoundKeys(KeyRing.ephemeral())
    >>> MinGroup(k=2, columns="age").keep_rows({"age": ["30-39", "30-39", "40-49"]}, 3, keys).tolist()
    [True, True, False]
    """

    k: int = 5
    l: int = 1  # noqa: E741  # the name the measure has had since 2006
    columns: str = ""
    sensitive: str = ""

    name: ClassVar[str] = "min_group"
    shape: ClassVar[Shape] = "table"
    reversible: ClassVar[bool] = False
    permissive: ClassVar[bool] = True
    streams: ClassVar[bool] = False
    family: ClassVar[str] = "suppression"
    leaks: ClassVar[str] = "That rare rows are missing; whoever knows of such a person learns that the row was left out."

    def __post_init__(self) -> None:
        params.whole(self.name, "k", self.k, 1)
        params.whole(self.name, "l", self.l, 1)
        params.string(self.name, "columns", self.columns)
        params.string(self.name, "sensitive", self.sensitive)

    def __call__(self, value: str, finding: object, /) -> str:
        raise OperatorError("min_group works on rows; name it under rows in a plan.")

    def keep_rows(self, columns: Mapping[str, Sequence[Any]], rows: int, keys: BoundKeys, /) -> NDArray[np.bool_]:
        """Which rows stay."""
        groups = list(zip(*_named(self.columns, columns), strict=True)) or [()] * rows
        counts = Counter(groups)
        small = {group for group, count in counts.items() if count < self.k}
        if self.l > 1:
            for values in _named(self.sensitive, columns):
                kinds: dict[tuple[Any, ...], set[Any]] = defaultdict(set)
                for group, value in zip(groups, values, strict=True):
                    kinds[group].add(value)
                small |= {group for group, seen in kinds.items() if len(seen) < self.l}
        return np.fromiter((group not in small for group in groups), np.bool_, rows)


def _named(names: str, columns: Mapping[str, Sequence[Any]]) -> list[Sequence[Any]]:
    wanted = names.split("|") if names else []
    missing = [name for name in wanted if name not in columns]
    if missing:
        raise OperatorError(f"min_group: there is no column {missing[0]!r} in what goes out.")
    return [columns[name] for name in wanted]
