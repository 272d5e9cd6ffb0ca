"""A sheet whose batches are looked at, or thinned out, as they pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

import pyarrow as pa

from piiscrub.sources.tabular.form import Ragged, Step

if TYPE_CHECKING:
    from piiscrub.sources.tabular.form import Sheet

Through: TypeAlias = Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]


class Passing:
    """The sheet; what it gives goes through ``through`` each time it is read."""

    def __init__(self, sheet: Sheet, through: Through) -> None:
        self._sheet, self._through = sheet, through

    @property
    def name(self) -> str:
        return self._sheet.name

    @property
    def ragged(self) -> list[Ragged]:
        return self._sheet.ragged

    @property
    def unremembered(self) -> int:
        return getattr(self._sheet, "unremembered", 0)

    @property
    def schema(self) -> pa.Schema:
        return self._sheet.schema

    def batches(self, *, rows: int, step: Step = None) -> Iterator[pa.RecordBatch]:
        yield from self._through(self._sheet.batches(rows=rows, step=step))
