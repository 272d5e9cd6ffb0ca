"""Names that were taken out of a row and still stand in a text of the same row.

A name is many people's, so it is looked for only where it would give somebody away: beside the other data of its person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import pyarrow as pa

from piiscrub.handing_over.watching import names_person
from piiscrub.model.plan import TablePlan
from piiscrub.table.distinct import is_text

_SHORTEST = {True: 4, False: 2}  # by whether it is ASCII: an "Al" or "Ng" is in every other word
# A name inside the name of a road, a place, a company, a school is no person's: 中山路, 白求恩医院.
_PLACE = re.compile(
    r"\s?(?:[东西南北中一二三四五]?[路街道巷村镇乡县市区桥湖山江]|大道|公园|大学|中学|小学|医院|公司|集团|广场|大厦|Road|Street|Avenue|Inc|Ltd)"
)


class NamesLeft:
    """Looks through the rows of one table, those that came in beside those that went out."""

    def __init__(self, plan: TablePlan) -> None:
        self._taken = [c.position for c in plan.columns if c.action in ("drop", "transform") and names_person(c.entity)]
        going = [c for c in plan.columns if c.action != "drop"]
        self._texts = [
            (i, c.name) for i, c in enumerate(going) if c.action == "spans" or (c.action == "keep" and c.role != "direct")
        ]

    @property
    def idle(self) -> bool:
        """Whether no name was taken out, or no text went."""
        return not self._taken or not self._texts

    def __call__(self, given: Iterable[pa.RecordBatch], gone: Iterable[pa.RecordBatch]) -> Iterator[tuple[int, str, bool]]:
        """(row from 1, column, whether it is only part of the name of a place or company) for each name left."""
        names = chain.from_iterable(_rows(batch, self._taken) for batch in given)
        texts = chain.from_iterable(_rows(batch, [i for i, _ in self._texts]) for batch in gone)
        for row, (taken, left) in enumerate(zip(names, texts, strict=False), 1):
            for name in taken:
                if name is None or len(name) < _SHORTEST[name.isascii()]:
                    continue
                for (_, column), cell in zip(self._texts, left, strict=True):
                    at = cell.find(name) if cell is not None else -1
                    if at >= 0 and cell is not None:
                        yield row, column, _PLACE.match(cell, at + len(name)) is not None


def _rows(batch: pa.RecordBatch, positions: Sequence[int]) -> Iterator[tuple[str | None, ...]]:
    columns = [batch.column(i) for i in positions]
    return zip(*(column.to_pylist() if is_text(column.type) else [None] * len(column) for column in columns), strict=True)
