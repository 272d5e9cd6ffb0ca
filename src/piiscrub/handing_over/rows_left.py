"""What was taken out of a row and still stands in the same row.

A name is many people's, a short number is many things: they are looked for only where they would give somebody away, beside
the other data of their person. A surrogate may equal somebody's value, but not the one it stands for.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

import pyarrow as pa

from piiscrub.handing_over.fingerprints import LEAST
from piiscrub.handing_over.remembering import Column
from piiscrub.handing_over.watching import names_person
from piiscrub.model.plan import TablePlan
from piiscrub.table.distinct import as_texts, distinct, examinable
from piiscrub.text.folding import fold

_SHORTEST = {True: 4, False: 2}  # by whether it is ASCII: an "Al" or "Ng" is in every other word
# A name inside the name of a road, a place, a company, a school is no person's: 中山路, 白求恩医院.
_PLACE = re.compile(
    r"\s?(?:[东西南北中一二三四五]?[路街道巷村镇乡县市区桥湖山江]|大道|公园|大学|中学|小学|医院|公司|集团|广场|大厦|Road|Street|Avenue|Inc|Ltd)"
)
NAME = "a name that was taken out of this row stands in its text"
SAME = "the value that was taken out of this row stands where its replacement should"
NUMBER = "a number that was taken out of this row stands in it"


class Left(NamedTuple):
    """A place: row from 1, column, what it is; ``part`` of the name of a place or company is a coincidence."""

    row: int
    column: str
    what: str
    part: bool


class RowsLeft:
    """Looks through the rows of one table, those that came in beside those that went out.

    Args:
        plan: of the table.
        texts: columns that went out, by where they stand there, that may hold names.
        unchanged: columns that went out whose surrogates are to be compared with what they stand for.
        numbers: columns that went out whose short numbers are to be compared with all that was taken out of their row.
    """

    def __init__(self, plan: TablePlan, texts: Collection[int], unchanged: Collection[int], numbers: Collection[int]) -> None:
        going = [c for c in plan.columns if c.action != "drop"]
        taken = [c for c in plan.columns if c.action in ("drop", "transform")]
        self._names = [c.position for c in taken if names_person(c.entity)]
        self._values = [c.position for c in taken if not names_person(c.entity)]
        self._texts = [(i, going[i].name) for i in sorted(texts)]
        self._unchanged = [(i, going[i].position, going[i].name) for i in sorted(unchanged)]
        self._numbers = [(i, going[i].name) for i in sorted(numbers)]

    @property
    def idle(self) -> bool:
        """Whether there is nothing to compare."""
        return not ((self._names and self._texts) or self._unchanged or self._numbers)

    def __call__(self, given: Iterable[pa.RecordBatch], gone: Iterable[pa.RecordBatch]) -> Iterator[Left]:
        """Each place that was found."""
        at = 0
        for before, after in _aligned(given, gone):
            for row, column, what, part in self._batch(before, after):
                yield Left(at + row, column, what, part)
            at += before.num_rows

    def _batch(self, before: pa.RecordBatch, after: pa.RecordBatch) -> Iterator[Left]:
        if self._names and self._texts:
            names = [_texts(before.column(i)) for i in self._names]
            for i, column in self._texts:
                raw = _texts(after.column(i))
                forms = Column([cell or "" for cell in raw]).forms.to_pylist()
                for some in names:
                    wanted = Column([name or "" for name in some]).forms.to_pylist()
                    for row, (name, form) in enumerate(zip(wanted, forms, strict=True), 1):
                        if len(name) >= 2 and name in form and (place := _place(name, form, raw[row - 1] or "")) is not None:
                            yield Left(row, column, NAME, place)
        for i, position, column in self._unchanged:
            pairs = zip(_forms(before.column(position)), _forms(after.column(i)), strict=True)
            yield from (Left(row, column, SAME, False) for row, (old, new) in enumerate(pairs, 1) if old and old == new)
        if self._numbers:
            taken: list[list[str]] = [_forms(before.column(i)) for i in self._values]
            for i, column in self._numbers:
                for row, (cell, *values) in enumerate(zip(_forms(after.column(i)), *taken, strict=True), 1):
                    if len(cell) >= LEAST and cell in values:
                        yield Left(row, column, NUMBER, False)


def _place(name: str, form: str, cell: str) -> bool | None:
    """Whether a name stands only inside the name of a place; None if it is no name there but a part of a word."""
    if len(name) < _SHORTEST[name.isascii()]:
        return None
    if name.isascii():
        spelled = r"[ .\-]*".join(map(re.escape, name))
        if not re.search(rf"(?<![a-z]){spelled}(?![a-z])", fold(cell).folded.casefold()):
            return None
    ends = [m.end() for m in re.finditer(re.escape(name), form)]
    return all(_PLACE.match(form, end) for end in ends)


def _texts(column: pa.Array) -> list[str | None]:
    if not examinable(column.type):
        return [None] * len(column)
    found = distinct(column)
    texts: list[str | None] = [*as_texts(found.values), None]
    return [texts[code] for code in found.codes.tolist()]


def _forms(column: pa.Array) -> list[str]:
    if not examinable(column.type):
        return [""] * len(column)
    found = distinct(column)
    forms = [*Column(as_texts(found.values)).forms.to_pylist(), ""]
    return [forms[code] for code in found.codes.tolist()]


def _aligned(one: Iterable[pa.RecordBatch], other: Iterable[pa.RecordBatch]) -> Iterator[tuple[pa.RecordBatch, pa.RecordBatch]]:
    """The same rows of both, whatever their batches."""
    a, b = (iter(batches) for batches in (one, other))
    left, right = next(a, None), next(b, None)
    while left is not None and right is not None:
        n = min(left.num_rows, right.num_rows)
        if n:
            yield left.slice(0, n), right.slice(0, n)
        left = next(a, None) if n == left.num_rows else left.slice(n)
        right = next(b, None) if right.num_rows == n else right.slice(n)
