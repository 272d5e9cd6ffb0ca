"""Leave out rows whose group is too small: what a search for k could not make coarse enough without spoiling the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from piiscrub.errors import OperatorError
from piiscrub.keys.bound import BoundKeys
from piiscrub.operate import groups
from piiscrub.operate.protocol import Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class MinGroup:
    """Leave out rows that fewer than ``k`` rows equal in ``columns``, or whose group has fewer than ``l`` different values
    of any of the ``sensitive`` columns. Names of columns as they go out, joined by ``|``.

    With ``t`` below 1 no row can be left out, for t compares each group with the whole table: where a group is too small, too
    uniform or too far from the whole, the operator fails and nothing goes out.

    >>> from piiscrub.keys.ring import KeyRing
    >>> keys = BoundKeys(KeyRing.ephemeral())
    >>> MinGroup(k=2, columns="age").keep_rows({"age": ["30-39", "30-39", "40-49"]}, 3, keys).tolist()
    [True, True, False]
    """

    k: int = 5
    l: int = 1  # noqa: E741  # the name the measure has had since 2006
    t: float = 1.0
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
        groups.check(self.name, self.k, self.l, self.t, self.columns, self.sensitive)

    def __call__(self, value: str, finding: object, /) -> str:
        raise OperatorError("min_group works on rows; name it under rows in a plan.")

    def keep_rows(self, columns: Mapping[str, Sequence[Any]], rows: int, keys: BoundKeys, /) -> NDArray[np.bool_]:
        """Which rows stay.

        Raises:
            OperatorError: a column that is not there; with ``t``, rows whose group does not meet the target.
        """
        codes = groups.table(columns, groups.named(self.name, self.columns, columns), rows)
        target = groups.Target.of(self.name, self.k, self.l, self.t, self.sensitive, columns)
        safe = groups.safe(groups.numbered(codes), target)
        if self.t < 1 and not safe.all():
            raise OperatorError(
                f"min_group: {int((~safe).sum())} of {rows} rows stand in a group that does not meet k = {self.k}, "
                f"l = {self.l}, t = {self.t:g}, and with t no row can be left out. Make the plan anew with these rows."
            )
        return safe
