"""Rows that must stay while the persons in them go: what retention does where it does not delete."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from piiscrub.keys.bound import Keys
from piiscrub.lifecycle.coarser import made_coarser
from piiscrub.lifecycle.rules import Rule
from piiscrub.model import entities
from piiscrub.model.plan import Action, ColumnPlan, TablePlan
from piiscrub.planner.making import column as planned
from piiscrub.scrubber.pipeline import Scrubber
from piiscrub.table.applying import apply
from piiscrub.table.distinct import as_texts, distinct, is_number, is_text
from piiscrub.table.frame import Table
from piiscrub.table.sampling import gathered
from piiscrub.table.streaming import as_type

_MARK = r"^(\[REDACTED\]|<[A-Z][A-Z0-9_]*>)$"
_LEAST = 7  # digits of a number that is somebody's
Mask = npt.NDArray[np.bool_]
Days: TypeAlias = Mapping[int, Sequence[Rule]]
"""Column → the rules that count from the day in it."""


class Anonymiser:
    """Works on the rows of one table.

    A column with an entity goes through the policy, cell by cell. One that is free text, or that nobody could tell, is emptied,
    and so is a column with an entity that is no text. Columns without an entity are searched: what the policy finds in texts is
    handled, a number that identifies somebody directly is emptied. A primary key (``named``) that is nobody's stays, for other
    tables refer to it. The days that rules count from become coarser (:mod:`piiscrub.lifecycle.coarser`). Everything else stays.
    """

    def __init__(
        self, batches: Iterable[pa.RecordBatch], schema: pa.Schema, policy: str, *, days: Days, today: date,
        keys: Keys | None = None, named: Collection[int] = (),
    ) -> None:  # fmt: skip  # the data, then the options
        profile = gathered(batches, schema).profile(sample=None)
        self._scrubber = Scrubber(policy=policy)
        self._keys = keys
        self._days, self._today = days, today
        self._emptied: set[int] = set()
        self._numbers: set[int] = set()
        columns: list[ColumnPlan] = []
        for one in profile.columns:
            if one.position in days or (one.position in named and not one.entity):
                continue
            made = planned(one, self._scrubber.policy)
            text = is_text(schema.field(one.position).type)
            if made.action == "decide" or one.role in ("text", "unknown") or (made.action == "transform" and not text):
                self._emptied.add(one.position)
            elif made.action == "transform" or (text and made.action == "keep" and not one.entity):
                action: Action = "transform" if made.action == "transform" else "spans"
                columns.append(ColumnPlan(
                    position=len(columns), name=made.name, entity=made.entity, action=action, operator=made.operator,
                    confidence=made.confidence, reason=str(one.position),
                ))  # fmt: skip  # as in the plan, at its place among those that are handled
            elif not one.entity and is_number(schema.field(one.position).type):
                self._numbers.add(one.position)
        self._columns = tuple(columns)

    def __call__(self, batch: pa.RecordBatch, rows: Mask) -> tuple[pa.RecordBatch, Mask]:
        """The batch with these rows anonymised, and which of them that changed."""
        changed = np.zeros(batch.num_rows, np.bool_)
        if not rows.any():
            return batch, changed
        arrays = list(batch.columns)
        chosen = pa.array(rows)
        for position in self._emptied:
            goes = pc.and_(chosen, pc.invert(_marks(arrays[position])))
            arrays[position] = pc.if_else(goes, pa.scalar(None, arrays[position].type), arrays[position])
        for position in self._numbers:
            goes = pa.array(rows & self._tells(arrays[position]))
            arrays[position] = pc.if_else(goes, pa.scalar(None, arrays[position].type), arrays[position])
        for position, new in self._handled(batch, chosen).items():
            # Only rows of this mask were handed to the operators; they come back in order.
            whole = pa.array(np.cumsum(rows) - 1, pa.int64())
            spread = new.take(pc.if_else(chosen, whole, pa.scalar(None, pa.int64())))
            goes = pc.and_(chosen, pc.invert(_marks(arrays[position])))
            arrays[position] = pc.if_else(goes, spread, arrays[position])
        for position, rules in self._days.items():
            arrays[position], other = made_coarser(batch.column(position), rows, rules, self._today)
            changed |= other
        for position, (before, after) in enumerate(zip(batch.columns, arrays, strict=True)):
            if before is not after and position not in self._days:
                changed |= _differ(before, after)
        schema = batch.schema
        nullable = pa.schema([field.with_nullable(True) for field in schema], schema.metadata)
        return pa.RecordBatch.from_arrays(arrays, schema=schema if _fits(schema, arrays) else nullable), changed

    def _tells(self, column: pa.Array) -> Mask:
        """Which cells of a column of numbers identify somebody by themselves, whatever its header: a phone among amounts."""
        found = distinct(column)
        direct = [len(text) >= _LEAST and self._is_direct(text) for text in as_texts(found.values)]
        return np.array([*direct, False], np.bool_)[found.codes]

    def _is_direct(self, text: str) -> bool:
        return any(entities.get(one.entity).identifier == "direct" for one in self._scrubber.scan(text).findings)

    def _handled(self, batch: pa.RecordBatch, chosen: pa.Array) -> dict[int, pa.Array]:
        if not self._columns:
            return {}
        positions = [int(one.reason) for one in self._columns]
        table = Table(
            tuple(one.name for one in self._columns),
            tuple(as_type(batch.column(at).filter(chosen), pa.string()) for at in positions),
        )
        done = apply(table, TablePlan(columns=self._columns), self._scrubber, keys=self._keys, drift=False)
        return {
            positions[one.position]: as_type(one.column, batch.schema.field(positions[one.position]).type) for one in done.columns
        }


def _marks(column: pa.Array) -> pa.Array:
    """Cells in which nothing but the mark of an earlier run stands: they stay, whatever the column is taken for by now."""
    if not is_text(column.type):
        return pa.array(np.zeros(len(column), np.bool_))
    return pc.fill_null(pc.match_substring_regex(as_type(column, pa.string()), _MARK), False)


def _differ(before: pa.Array, after: pa.Array) -> Mask:
    """Where two columns differ; an empty text and a missing one are the same here."""
    if is_text(before.type):
        before, after = (pc.fill_null(as_type(one, pa.string()), "") for one in (before, after))
        return np.asarray(pc.not_equal(before, after), np.bool_)
    return np.asarray(before.is_valid(), np.bool_) & np.asarray(after.is_null(), np.bool_)


def _fits(schema: pa.Schema, arrays: list[pa.Array]) -> bool:
    return all(field.nullable or not array.null_count for field, array in zip(schema, arrays, strict=True))
