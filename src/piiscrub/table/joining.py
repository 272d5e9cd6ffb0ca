"""What whoever holds the original can still join to what goes out: on columns that stay readable, and by counting pseudonyms.

It cannot be kept from happening, so it is measured on what goes out: rows that are alone in the readable columns that say
something of a person, and values whose pseudonym stands there as often as no other. Of a long table the first rows are measured;
the fewer rows, the more of them are alone, so the whole table joins with less.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from piiscrub.model.plan import ColumnPlan, Joining
from piiscrub.model.policy import OperatorSpec, Policy
from piiscrub.table.distinct import as_texts, distinct, examinable
from piiscrub.table.frame import Column

STRICT = ("pipl-share", "pipl-export", "hipaa-safe-harbor", "public-release")
"""Policies whose output should join with little."""

BOUND = 0.01
"""The share of rows linked from which those policies warn."""

LARGEST = 200_000
"""Rows of a table that are measured, its first ones."""

_DETERMINISTIC = ("hash", "pseudonym", "fpe", "token", "encrypt", "replace")
_SAID = ("direct", "quasi", "sensitive")
_MIX = np.uint64(0x9E3779B97F4A7C15)  # odd: what is multiplied by it stays different
Hashes = npt.NDArray[np.uint64]


def bound_of(policy: Policy) -> float:
    """The share of rows from which joining is warned of under a policy, or one that extends it; 0 if it promises nothing."""
    return BOUND if {policy.id, *policy.line} & set(STRICT) else 0.0


class Joins:
    """The measure of one table, whole or batch by batch.

    Args:
        columns: of the plan; those to be decided count as left out.
        policy: handles a column of the plan that names no operator.

    >>> import pyarrow as pa
    >>> from piiscrub.registry.policies import load_policy
    >>> age = ColumnPlan(position=0, name="age", entity="AGE", role="quasi", action="keep")
    >>> joins = Joins([age], load_policy("pipl-share"))
    >>> joins.add({0: pa.array([30, 30, 41])})
    >>> joins.result().linked, joins.result().warns
    (0.3333, True)
    """

    def __init__(self, columns: Iterable[ColumnPlan], policy: Policy) -> None:
        columns = sorted(columns, key=lambda one: one.position)
        self.readable = [one for one in columns if readable(one, policy)]
        self.same = [one for one in columns if same(one, policy)]
        self._bound = bound_of(policy)
        self._rows = 0
        self._said: list[Hashes] = []
        self._any: list[Hashes] = []
        self._held: dict[int, list[Hashes]] = {one.position: [] for one in self.same}

    @property
    def positions(self) -> tuple[int, ...]:
        """The columns that are looked at."""
        return tuple(sorted({one.position for one in (*self.readable, *self.same)}))

    @property
    def room(self) -> int:
        """How many more rows are measured."""
        return LARGEST - self._rows

    def add(self, out: Mapping[int, Column]) -> None:
        """Columns as they go out, by position; those after the first ``LARGEST`` rows are passed over."""
        out = {at: column.slice(0, self.room) for at, column in out.items() if examinable(column.type)} if self.room else {}
        rows = max(map(len, out.values()), default=0)
        if not rows:
            return
        hashed = {at: _hashes(out[at]) for at in self.positions if at in out}
        self._any.append(_together([hashed[one.position] for one in self.readable if one.position in hashed], rows))
        said = [hashed[one.position] for one in self.readable if one.position in hashed and one.role in _SAID]
        self._said.append(_together(said, rows))
        for at, parts in self._held.items():
            if at in hashed:
                parts.append(hashed[at])
        self._rows += rows

    def result(self) -> Joining:
        """What was measured so far."""
        matched = (
            (called(one.name, one.position), matched_by_frequency(_counts(self._held[one.position], whole=False)))
            for one in self.same
        )
        said = tuple(called(one.name, one.position) for one in self.readable if one.role in _SAID)
        return Joining(
            rows=self._rows,
            columns=said,
            linked=self._alone(self._said) if said else 0.0,
            linked_by_any=self._alone(self._any) if self.readable else 0.0,
            matched=tuple(matched),
            bound=self._bound,
        )

    def _alone(self, parts: Sequence[Hashes]) -> float:
        return round(int((_counts(parts) == 1).sum()) / self._rows, 4) if self._rows else 0.0


def called(name: str, position: int) -> str:
    """The name of a column, or its position where it has none, as profiles and plans count.

    >>> called("", 5)
    '#5'
    """
    return name or f"#{position}"


def readable(column: ColumnPlan, policy: Policy) -> bool:
    """Whether a column goes out readable, whole or in part; free text is not counted, its findings are handled."""
    if column.action == "keep":
        return column.role != "text"
    return column.action == "transform" and bool(_spec(column, policy).permissive)


def same(column: ColumnPlan, policy: Policy) -> bool:
    """Whether a value always becomes the same pseudonym."""
    if column.action != "transform" or _spec(column, policy).name not in _DETERMINISTIC:
        return False
    given = _spec(column, policy).arguments()
    return given.get("mode") != "random" and given.get("numbered") is not False and not given.get("text")


def matched_by_frequency(counts: npt.NDArray[np.int64]) -> float:
    """The share of rows guessed right by rank of frequency: of values that stand there equally often one is right by chance.

    >>> matched_by_frequency(np.array([5, 3, 1, 1]))
    0.9
    """
    return round(float(np.unique(counts).sum() / max(int(counts.sum()), 1)), 4)


def _spec(column: ColumnPlan, policy: Policy) -> OperatorSpec:
    return column.operator if column.operator.name else policy.rule_for(column.entity)


def _hashes(column: Column) -> Hashes:
    """64 bits for each cell, the same for equal texts while this process runs; 0 for a missing one."""
    found = distinct(column)
    values = np.fromiter(map(hash, as_texts(found.values)), np.int64, len(found.values)).view(np.uint64)
    return np.append(values, np.uint64(0))[found.codes]  # code -1, a missing cell, is the last


def _together(columns: Sequence[Hashes], rows: int) -> Hashes:
    mixed = np.zeros(rows, np.uint64)
    for column in columns:
        mixed = (mixed ^ column) * _MIX
        mixed ^= mixed >> np.uint64(29)
    return mixed


def _counts(parts: Sequence[Hashes], *, whole: bool = True) -> npt.NDArray[np.int64]:
    if not parts:
        return np.zeros(0, np.int64)
    found, counts = np.unique(np.concatenate(parts), return_counts=True)
    return np.asarray(counts, np.int64) if whole else np.asarray(counts[found > 0], np.int64)
