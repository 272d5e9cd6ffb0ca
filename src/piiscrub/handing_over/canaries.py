"""Canary rows: invented rows among the delivered ones, by which a copy that turns up is traced to its hand-over.

A canary is made of what the table holds: attributes of a row of it, other columns of a second one, and an identity that is
nobody's (surrogates from chance keyed by recipient and purpose, so that two recipients get other ones). It goes through the
operators of the plan like any row. Which rows they are stands in ``record/`` only.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
import pyarrow as pa

from piiscrub.errors import PlanError
from piiscrub.handing_over.leaving_out import LeavingOut
from piiscrub.handing_over.remembering import Column, Remembered
from piiscrub.keys.bound import BoundKeys
from piiscrub.keys.stream import KeyedStream
from piiscrub.model import entities
from piiscrub.model.plan import ColumnPlan, TablePlan
from piiscrub.model.policy import OperatorSpec
from piiscrub.registry.operators import build
from piiscrub.scrubber.pipeline import Scrubber
from piiscrub.table.applying import apply
from piiscrub.table.distinct import as_texts, distinct, examinable, is_text
from piiscrub.table.frame import Table

MOST = 10
"""At most one row in so many is a canary: more would spoil the data."""
_POOL = 4096  # rows that canaries are made of
_TRIES = 20
_DATE_OR_SUM = re.compile(r"\d{4}[-/.年]\d{1,2}.*|[-+]?\d*[.,]\d+|\D*")
Rows = Callable[[], Iterable[pa.RecordBatch]]


def problems(plan: TablePlan) -> list[str]:
    """Why canaries cannot be added under this plan; empty if they can."""
    if not plan.canaries:
        return []
    where = f"canaries of {_called(plan)}"
    if plan.canaries < 0:
        return [f"{where}: takes a number of rows, 0 or more."]
    if plan.rows:
        return [f"{where}: the plan leaves out whole rows by their content, which would betray or drop them."]
    mixing = [
        column.name
        for column in plan.columns
        if column.action == "transform" and getattr(build(column.operator), "shape", "value") != "value"
    ]
    return [f"{where}: {len(mixing)} columns are mixed across rows, invented values among them: {', '.join(mixing)}."] * bool(
        mixing
    )


class Canaries:
    """The canaries of one table, and where each stands in the output (``positions``, from 0)."""

    def __init__(self, plan: TablePlan, rows: Rows, leaving: LeavingOut, keys: BoundKeys, scrubber: Scrubber) -> None:
        """Reads the rows that go, once.

        Raises:
            PlanError: the table is too small for so many, or the plan does not allow them.
        """
        wrong = problems(plan)
        if wrong:
            raise PlanError(wrong)
        self._plan, self._keys, self._scrubber = plan, keys, scrubber
        self._chance = keys.stream("canaries", plan.name)
        self._taken: dict[int, Remembered] = {}
        self._own: frozenset[int] = frozenset()  # columns in which no two rows have the same
        self._orders: dict[str | int, Iterator[int]] = {}
        pool, self._count = self._read(rows())
        if self._count < plan.canaries * MOST or pool is None:
            raise PlanError([f"canaries of {_called(plan)}: at most one row in {MOST} is invented; {self._count} rows go."])
        self._rows = self._made(pool, leaving)
        self.positions = self._places()

    def among(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The rows with the canaries at their places; the same whenever the same rows are given."""
        at, done = 0, 0
        for batch in batches:
            parts, taken = [], 0
            while done < len(self.positions) and self.positions[done] - at <= batch.num_rows - taken:
                gap = int(self.positions[done]) - at
                parts += [batch.slice(taken, gap), self._rows.slice(done, 1)]
                taken, at, done = taken + gap, at + gap + 1, done + 1
            at += batch.num_rows - taken
            parts.append(batch.slice(taken))
            yield from _one(parts) if len(parts) > 1 else (batch,)

    def _read(self, batches: Iterable[pa.RecordBatch]) -> tuple[pa.Table | None, int]:
        """The rows canaries are made of, and how many there are; numbers that rows are told apart by are remembered."""
        pool: list[pa.RecordBatch] = []
        count = held = 0
        numbers: Sequence[int] | None = None
        for batch in batches:
            count += batch.num_rows
            if held < _POOL and batch.num_rows:
                pool.append(batch.slice(0, _POOL - held))
                held += pool[-1].num_rows
            if numbers is None and batch.num_rows:
                self._own = frozenset(c.position for c in self._plan.columns if _numbered(batch.column(c.position)))
                numbers = [c.position for c in self._plan.columns if self._invented(c) or c.position in self._own]
                self._taken = {i: Remembered() for i in numbers}
            for i in numbers or ():
                self._taken[i].add(Column(as_texts(distinct(batch.column(i)).values)))
        return (pa.Table.from_batches(pool).combine_chunks() if pool else None), count

    def _places(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        wanted: set[int] = set()
        while len(wanted) < self._plan.canaries:
            wanted.add(self._chance.below(self._count + self._plan.canaries))
        return np.array(sorted(wanted), np.int64)

    def _made(self, pool: pa.Table, leaving: LeavingOut) -> pa.Table:
        made: list[pa.Table] = []
        for _ in range(_TRIES):
            table = self._drawn(pool)
            if not leaving.idle:  # a child, or somebody who did not consent, would not have gone
                table = table.filter(pa.array(leaving.keeps(table.to_batches()[0])))
            made.append(table)
            if sum(one.num_rows for one in made) >= self._plan.canaries:
                return pa.concat_tables(made).combine_chunks().slice(0, self._plan.canaries)
        raise PlanError([f"canaries of {_called(self._plan)}: no rows could be invented that would go."])

    def _drawn(self, pool: pa.Table) -> pa.Table:
        n = self._plan.canaries
        person, other = (self._some(whose, pool.num_rows, n) for whose in ("person", "other"))
        columns = {}
        for plan in self._plan.columns:
            cells = pool.column(plan.position).combine_chunks()
            if plan.action == "spans" or plan.role == "text":
                columns[plan.position] = self._texts(plan.position, cells, n)
            elif _direct(plan) and not self._invented(plan) and not _coarse(plan):
                # What is masked, of somebody else in every column: no row is like a person's.
                columns[plan.position] = cells.take(pa.array(self._some(plan.position, pool.num_rows, n)))
            else:
                of_person = plan.role in ("quasi", "sensitive") or _direct(plan)
                columns[plan.position] = cells.take(pa.array(person if of_person else other))
        drawn = pa.Table.from_arrays([columns[i] for i in range(pool.num_columns)], schema=pool.schema)
        return self._with_numbers(drawn, self._with_identities(drawn))

    def _some(self, what: str | int, count: int, n: int) -> list[int]:
        """So many rows, none a second time before all others: two canaries made of one row would share what is its own."""
        if what not in self._orders:
            order = list(range(count))
            self._chance.shuffle(order)
            self._orders[what] = itertools.cycle(order)
        return list(itertools.islice(self._orders[what], n))

    def _texts(self, position: int, cells: pa.Array, n: int) -> pa.Array:
        """Texts that several rows have; where there are none, no text: one that stands in a single row is about somebody."""
        if not examinable(cells.type):
            return pa.nulls(n, cells.type)
        codes = distinct(cells).codes
        often = np.flatnonzero(np.append(np.bincount(codes[codes >= 0], minlength=1) > 1, False)[codes])
        return cells.take(pa.array(often[self._some(position, len(often), n)])) if len(often) else pa.nulls(n, cells.type)

    def _with_identities(self, drawn: pa.Table) -> pa.Table:
        """Invented names, numbers, addresses in the place of those that were drawn."""
        plans = [
            dataclasses.replace(c, action="transform", operator=_SURROGATE) if self._invented(c) else _kept(c)
            for c in self._plan.columns
        ]
        plan = TablePlan(columns=tuple(sorted(plans, key=lambda c: c.position)))
        done = apply(Table.from_arrow(drawn), plan, self._scrubber, keys=self._keys, drift=False)
        return pa.Table.from_arrays(list(done.table.columns), names=[str(i) for i in range(drawn.num_columns)])

    def _with_numbers(self, drawn: pa.Table, made: pa.Table) -> pa.Table:
        """Numbers that tell rows apart are drawn anew in their shape; every column gets its type back."""
        columns = []
        for i, field in enumerate(drawn.schema):
            cells = made.column(i).combine_chunks()
            if i in self._taken:
                old = drawn.column(i).combine_chunks()
                pairs = zip(_strings(cells), _strings(old), strict=True)
                cells = pa.array([None if was is None else self._number(i, now, was) for now, was in pairs], pa.string())
            if pa.types.is_dictionary(field.type) and not pa.types.is_dictionary(cells.type):
                cells = cells.dictionary_encode()
            columns.append(cells if cells.type == field.type else cells.cast(field.type))
        return pa.Table.from_arrays(columns, schema=drawn.schema)

    def _number(self, position: int, now: str | None, was: str) -> str:
        """What was invented, if it was and is nobody's where everybody has another; else a number of its own."""
        if now is None or now == was or now.startswith("<"):
            return self._shaped(position, was)
        if position in self._own:
            if self._taken[position].has(Column([now])).any():
                return self._shaped(position, was)
            self._taken[position].add(Column([now]))
        return now

    def _shaped(self, position: int, text: str) -> str:
        for _ in range(_TRIES):
            made = shaped(text, self._chance)
            if not self._taken[position].has(Column([made])).any():
                self._taken[position].add(Column([made]))
                return made
        raise PlanError([f"canaries of {_called(self._plan)}: column {position} has no number left that nobody has."])

    def _invented(self, plan: ColumnPlan) -> bool:
        """Whether what was drawn would show the one it was drawn from."""
        if not _direct(plan) or plan.action == "drop":
            return False
        return plan.action != "transform" or not build(plan.operator).permissive


# Sex and city stay, so that they agree with the other columns.
_SURROGATE = OperatorSpec.of("pseudonym", lifelike=True, keep_sex=True, keep_city=True)


def shaped(text: str, chance: KeyedStream) -> str:
    """Another number of the same shape: a digit for a digit, a letter for a letter; the first digit stays as it is.

    >>> made = shaped("KH-000123", KeyedStream(bytes(32)))
    >>> made[:4], len(made), made[4:].isdigit()
    ('KH-0', 9, True)
    """
    first = next((i for i, c in enumerate(text) if c.isdigit()), len(text))
    return text[: first + 1] + "".join(
        chr(ord("0") + chance.below(10)) if c.isdecimal() and c.isascii()
        else chr(ord("a" if c.islower() else "A") + chance.below(26)) if c.isascii() and c.isalpha() else c
        for c in text[first + 1 :]
    )  # fmt: skip  # by kind of character


def _direct(plan: ColumnPlan) -> bool:
    known = plan.entity in entities.tree()
    return plan.role == "direct" or bool(known and entities.get(plan.entity).identifier == "direct")


def _coarse(plan: ColumnPlan) -> bool:
    """Whether it goes as coarse as a city or a year: what the others of its row have to agree with."""
    return plan.action == "transform" and str(getattr(build(plan.operator), "family", "")).startswith("generalisation")


def _kept(plan: ColumnPlan) -> ColumnPlan:
    return dataclasses.replace(plan, action="keep", operator=OperatorSpec.of("keep"))


def _numbered(cells: pa.Array) -> bool:
    """Whether every row has a number or code of its own there."""
    if not (is_text(cells.type) or pa.types.is_integer(cells.type)) or len(cells) < MOST:
        return False
    found = distinct(cells)
    if len(found.values) < len(cells):
        return False
    return not any(_DATE_OR_SUM.fullmatch(text) for text in as_texts(found.values))


def _strings(cells: pa.Array) -> list[str | None]:
    texts: list[str | None] = cells.cast(pa.string()).to_pylist()
    return texts


def _one(parts: Sequence[pa.RecordBatch | pa.Table]) -> Iterator[pa.RecordBatch]:
    tables = [part if isinstance(part, pa.Table) else pa.Table.from_batches([part]) for part in parts]
    schema = tables[-1].schema
    yield from pa.concat_tables([table.cast(schema) for table in tables]).combine_chunks().to_batches()


def _called(plan: TablePlan) -> str:
    return f"table {plan.name!r}" if plan.name else "the table"
