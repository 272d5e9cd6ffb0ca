"""Replace a cell by the interval of the region its row lies in: the result of a search by Mondrian, as part of a plan."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

from piiscrub.errors import OperatorError
from piiscrub.operate import params
from piiscrub.operate.protocol import ColumnContext, Shape

Node = tuple[int, Any, int, int] | None  # Any: a number or a text, as the column has


@dataclass(frozen=True, slots=True, kw_only=True)
class Regions:
    """Replace a cell by the interval of the region that its row lies in.

    ``tree`` is JSON: a list of nodes, each ``[column, cut, low, high]`` or null for a region: a row whose cell in that column
    is at most ``cut`` goes to node ``low``, else to ``high``; a missing cell goes high. The columns are those the plan names
    under ``by``, joined by ``|``; ``column`` says which of them this one is. New values find their region too.

    >>> from piiscrub.keys.bound import BoundKeys
    >>> from piiscrub.keys.ring import KeyRing
    >>> rows = [(31, "f"), (45, "f"), (70, "m")]
    >>> context = ColumnContext(name="age", keys=BoundKeys(KeyRing.ephemeral()), by=rows)
    >>> Regions(tree='[[0, 50, 1, 2], [0, 40, 3, 4], null, null, null]').column([31, 45, 70], context)
    ['<=40', '(40,50]', '>50']
    """

    tree: str = "[null]"
    column_of_tree: int = 0

    name: ClassVar[str] = "regions"
    shape: ClassVar[Shape] = "column"
    reversible: ClassVar[bool] = False
    permissive: ClassVar[bool] = True
    streams: ClassVar[bool] = False
    family: ClassVar[str] = "generalisation: local generalisation (ISO/IEC 20889 8.6)"
    leaks: ClassVar[str] = "The interval; that the row lies in this region of all columns together."

    def __post_init__(self) -> None:
        params.string(self.name, "tree", self.tree)
        params.whole(self.name, "column_of_tree", self.column_of_tree, 0)
        _read(self.tree)

    def __call__(self, value: str, finding: object, /) -> str:
        raise OperatorError("regions works on a column beside others; name it in a plan.")

    def column(self, values: Sequence[Any], context: ColumnContext, /) -> list[Any]:
        """The interval for every row."""
        if context.by is None:
            raise OperatorError("regions: the plan names its columns under by.")
        nodes = _read(self.tree)
        labels: dict[tuple[Any, Any], str] = {}
        made: list[Any] = []
        for row in context.by:
            cells = row if isinstance(row, tuple) else (row,)
            at, low, high = 0, None, None
            while (node := nodes[at]) is not None:
                which, cut, below, above = node
                under = _under(cells[which], cut)
                if which == self.column_of_tree:
                    low, high = (low, cut) if under else (cut, high)
                at = below if under else above
            made.append(labels.setdefault((low, high), _label(low, high)))
        return made


def _under(cell: Any, cut: Any) -> bool:
    if cell is None or cell != cell or cell == "":  # NaN is what differs from itself
        return False
    try:
        return bool(float(cell) <= cut) if isinstance(cut, int | float) else str(cell) <= cut
    except ValueError:
        return False  # no number where numbers were: with the missing ones


def _label(low: Any, high: Any) -> str:
    if low is None:
        return "*" if high is None else f"<={high}"
    return f">{low}" if high is None else f"({low},{high}]"


@lru_cache(maxsize=64)
def _read(tree: str) -> tuple[Node, ...]:
    try:
        nodes = tuple(None if node is None else (int(node[0]), node[1], int(node[2]), int(node[3])) for node in json.loads(tree))
    except (ValueError, TypeError, IndexError):
        raise OperatorError("regions: tree is a JSON list of [column, cut, low, high] and null.") from None
    # Children come after their parent, so no walk goes round in circles.
    if not nodes or any(n is not None and not (at < n[2] < len(nodes) and at < n[3] < len(nodes)) for at, n in enumerate(nodes)):
        raise OperatorError("regions: each node of the tree leads to later ones.")
    return nodes
