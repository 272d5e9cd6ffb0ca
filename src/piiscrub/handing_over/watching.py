"""What a hand-over takes out, seen while it is taken out: kept as fingerprints, to be looked for in what was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from piiscrub.handing_over.fingerprints import LEAST
from piiscrub.handing_over.leaving_out import LeavingOut
from piiscrub.handing_over.passing import Passing
from piiscrub.handing_over.remembering import Column, Remembered
from piiscrub.model import entities
from piiscrub.model.finding import Finding
from piiscrub.model.plan import TablePlan
from piiscrub.scrubber.applying import Operators
from piiscrub.scrubber.pipeline import Scrubber
from piiscrub.table.distinct import as_texts, distinct, examinable, is_text

if TYPE_CHECKING:
    from piiscrub.sources.tabular.form import Sheet

_TOGETHER = 1 << 12  # spans remembered at once


class Seen:
    """What one hand-over takes out, and what it puts there.

    ``removed``: numbers, codes, addresses. ``names``: of persons, which many people share, so that they are looked for in the
    text of their own row only. ``written``: what operators put in the place of what they found inside texts.
    """

    __slots__ = ("_new", "_old", "names", "removed", "written")

    def __init__(self) -> None:
        self.removed, self.names, self.written = Remembered(), Remembered(), Remembered()
        self._old: list[str] = []
        self._new: list[str] = []

    def column(self, values: pa.Array, *, names: bool) -> None:
        """Distinct values of a column that does not go, or goes in another form."""
        texts = Column(values if is_text(values.type) and not pa.types.is_dictionary(values.type) else as_texts(values))
        if names:
            self.names.add(texts)
        else:
            self.removed.add(texts.filter(texts.worth()))

    def span(self, old: str, new: str, *, name: bool) -> None:
        """What an operator made of something inside a text."""
        if new != old and not name:
            self._old.append(old)
        if new:
            self._new.append(new)
        if len(self._new) >= _TOGETHER or len(self._old) >= _TOGETHER:
            self.settle()

    def settle(self) -> None:
        """Remember what was told so far; whoever asks calls this first."""
        if self._old:
            old = Column(self._old)
            self.removed.add(old.filter(old.lengths() >= LEAST))
            self._old = []
        if self._new:
            self.written.add(Column(self._new))
            self._new = []


class Watched(Operators):
    """Operators of a document that tell what they took out and what they put there."""

    __slots__ = ("_seen",)

    def __init__(self, seen: Seen, of: Operators) -> None:
        for name in Operators.__slots__:
            object.__setattr__(self, name, getattr(of, name))
        self._seen = seen

    def apply(self, value: str, finding: Finding) -> tuple[str, str, str]:
        new, operator, failure = super().apply(value, finding)
        self._seen.span(value, new, name=names_person(finding.entity))
        return new, operator, failure


class Watching(Scrubber):
    """A Scrubber whose documents tell what they take out."""

    __slots__ = ("_seen",)

    def __init__(self, seen: Seen, of: Scrubber) -> None:
        for name in Scrubber.__slots__:
            object.__setattr__(self, name, getattr(of, name))
        self._seen = seen

    def document(self, **options: Any) -> Operators:  # Any: those of Scrubber.document, whatever they are
        return Watched(self._seen, super().document(**options))


def tapped(sheet: Sheet, plan: TablePlan, leaving: LeavingOut, seen: Seen) -> Sheet:
    """The sheet without the rows that do not go; its removed columns are remembered as they pass."""
    removed = [(c.position, names_person(c.entity)) for c in plan.columns if c.action in ("drop", "transform")]

    def through(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in leaving.filtered(iter(batches)):
            for position, names in removed:
                column = batch.column(position)
                if examinable(column.type):
                    seen.column(distinct(column).values, names=names)
            yield batch

    return Passing(sheet, through)


def names_person(entity: str) -> bool:
    """Whether an entity is a person's name, which many people share: it is looked for in the same row only."""
    return entity in entities.tree() and "PERSON" in (entity, *entities.ancestors(entity))
