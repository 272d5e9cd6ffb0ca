"""The stores of one run of retention: their tables are judged, held back for what refers to them, then treated."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from piiscrub.errors import PiiscrubError
from piiscrub.lifecycle.anonymising import Anonymiser
from piiscrub.lifecycle.due import Due
from piiscrub.lifecycle.judging import Judge, Referring, Status, TableRetention, Tally
from piiscrub.lifecycle.referring import Foreign, Link, Outline, Singles, cells, in_order, links
from piiscrub.lifecycle.rules import RetentionRules, Rule
from piiscrub.lifecycle.stores import Mask, Store
from piiscrub.sources.tabular import ROWS, Sheet
from piiscrub.table.files import shown_path

if TYPE_CHECKING:
    from piiscrub.keys.ring import KeyRing


class Job:
    """One store: its tables are judged, then treated."""

    def __init__(self, store: Store, rules: RetentionRules, today: date, keys: KeyRing | None, due: Due) -> None:
        self.store: Any = store
        self._due = due
        self._rules, self._today, self._keys = rules, today, keys
        self.found: dict[int, TableRetention] = {}
        self.uncovered: list[str] = []
        self.met: set[str] = set()  # holds that hold something here
        self.parts: list[Part] = []
        self.failed = False

    def check(self) -> None:
        with self.store.open() as tables:
            for position, (name, sheet) in enumerate(tables):
                asked = partial(self._due.rows, name) if self._due.covers(name) else None
                names = sheet.schema.names
                if not names:
                    continue
                judge = Judge.of(self._rules, name, names, today=self._today, due=asked)
                way = Way(judge, _anonymiser(judge, sheet, self._keys)) if judge else None
                tally, singles = Tally(), Singles(names, getattr(sheet, "keys", ()))
                for batch in sheet.batches(rows=ROWS):
                    singles.add(batch)
                    if way is not None:
                        tally.add(*way.judged(batch))
                self.parts.append(Part(self, position, _outline(self.store, name, sheet, singles), way))
                if judge is None:
                    self.uncovered.append(shown_path(name))
                    self.met |= {hold.id for hold in self._rules.holds if hold.covers(name, self._today)}  # nothing goes there
                else:
                    self.met |= judge.met
                    self.found[position] = tally.result(shown_path(name), judge)

    def apply(self) -> None:
        """What fails is told for its tables; the others go on."""
        due = {one.position: one.way for one in self.parts if one.way and self.found[one.position].overdue}
        if not due:
            return
        try:
            self.store.treat({position: way.treat for position, way in due.items()})
            for position, way in due.items():
                self.found[position] = dataclasses.replace(self.found[position], treated=way.treated)
        except PiiscrubError as error:
            self.failed = True
            for position in due:
                self.found[position] = dataclasses.replace(self.found[position], error=str(error))


class Way:
    """How the rows of one table are judged and treated. ``kept``: columns → what overdue rows read there that stay."""

    def __init__(self, judge: Judge, anonymise: Anonymiser | None) -> None:
        self.judge, self._anonymise = judge, anonymise
        self.kept: dict[tuple[int, ...], set[str]] = {}
        self.treated = 0

    def judged(self, batch: pa.RecordBatch) -> tuple[Any, Any]:
        """As the judge does; rows that were anonymised before are told from those that still have to be."""
        status, last = self.judge(batch)
        if self._anonymise is not None:
            asked = (status == Status.OVERDUE) | (status == Status.UNDATED)
            _, changed = self._anonymise(batch, asked)
            status[asked & ~changed] = Status.DONE
        self._held_back(batch, status)
        return status, last

    def treat(self, batch: pa.RecordBatch) -> tuple[Mask, pa.RecordBatch | None]:
        status, _ = self.judge(batch)
        self._held_back(batch, status)
        rows = np.asarray(status == Status.OVERDUE, np.bool_)
        new, changed = (None, rows) if self._anonymise is None else self._anonymise(batch, rows)
        self.treated += int(changed.sum())
        return changed, new

    def _held_back(self, batch: pa.RecordBatch, status: Any) -> None:
        for columns, kept in self.kept.items():
            if kept and (status == Status.OVERDUE).any():
                named = np.array([text in kept for text in cells(batch, columns)], np.bool_)
                status[named & (status == Status.OVERDUE) & ~self.asked(batch)] = Status.REFERRED

    def asked(self, batch: pa.RecordBatch) -> Mask:
        """The rows that a person asked to have erased: nothing but law keeps them."""
        return np.zeros(batch.num_rows, np.bool_) if self.judge.due is None else self.judge.due(batch)


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """One table of a job. ``way`` is None where no rule covers it."""

    job: Job
    position: int
    outline: Outline
    way: Way | None

    @property
    def found(self) -> TableRetention:
        return self.job.found[self.position]

    def batches(self) -> Iterator[pa.RecordBatch]:
        with self.job.store.open() as tables:
            yield from tables[self.position][1].batches(rows=ROWS)

    def staying(self, batch: pa.RecordBatch) -> Mask:
        """The rows that are not due, and say something of somebody."""
        if self.way is None or self.job.failed:
            return np.ones(batch.num_rows, np.bool_)
        status, _ = self.way.judged(batch)
        return np.asarray((status != Status.OVERDUE) & (status != Status.DONE), np.bool_)


class References:
    """What refers to what in all tables of a run."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._jobs = jobs
        self._parts = [part for job in jobs for part in job.parts]
        self._links = links([part.outline for part in self._parts])
        self._order, self._mutual = in_order(len(self._parts), self._links)

    def hold_back(self, done: Collection[Job] = ()) -> None:
        """Let overdue rows stay to which rows refer that are not due themselves. ``done``: treated already."""
        again = True
        while again:
            held = [self._hold(number) for number in self._order if self._parts[number].job not in done]
            again = any(held) and self._mutual

    def treat(self) -> None:
        """What refers goes before what it refers to; where it could not go, what it refers to stays."""
        done: list[Job] = []
        for job in (*(self._parts[number].job for number in self._order), *self._jobs):
            if job not in done:
                if any(one.failed for one in done):
                    self.hold_back(done)
                job.apply()
                done.append(job)

    def _hold(self, number: int) -> bool:
        """Whether more rows of a table stay than before."""
        part, to = self._parts[number], [link for link in self._links if link.parent == number]
        if part.way is None or not to or not part.found.overdue:
            return False
        keeps = part.way.judge.keeps_referred
        wanted = self._overdue(part, {link.keys for link in to})
        told = list(part.found.referred) if keeps else []
        before = len(told)
        for link in to:
            rows, named = self._naming(self._parts[link.child], link, wanted[link.keys])
            if rows:
                shown = shown_path(self._parts[link.child].outline.table)
                told.append(Referring(table=shown, rows=rows, of=len(named), kept=keeps))
                if keeps:
                    part.way.kept.setdefault(link.keys, set()).update(named)
        if len(told) > before:
            part.job.found[part.position] = _counted_again(part, told)
        return keeps and len(told) > before

    def _overdue(self, part: Part, keys: set[tuple[int, ...]]) -> dict[tuple[int, ...], set[str]]:
        """Columns → what overdue rows read there."""
        assert part.way is not None
        wanted: dict[tuple[int, ...], set[str]] = {columns: set() for columns in keys}
        for batch in part.batches():
            status, _ = part.way.judged(batch)
            asked = np.flatnonzero((status == Status.OVERDUE) & ~part.way.asked(batch)).tolist()
            for columns in keys if asked else ():
                texts = cells(batch, columns)
                wanted[columns] |= {texts[row] for row in asked} - {""}
        return wanted

    def _naming(self, child: Part, link: Link, wanted: set[str]) -> tuple[int, set[str]]:
        """How many rows that are not due name one of these, and which they name."""
        rows, named = 0, set[str]()
        for batch in child.batches() if wanted else ():
            texts = cells(batch, link.columns)
            hits = [row for row, text in enumerate(texts) if text in wanted]
            if hits:
                stay = child.staying(batch)
                named |= {texts[row] for row in hits if stay[row]}
                rows += sum(bool(stay[row]) for row in hits)
        return rows, named


def _counted_again(part: Part, told: Sequence[Referring]) -> TableRetention:
    assert part.way is not None
    tally = Tally()
    for batch in part.batches():
        tally.add(*part.way.judged(batch))
    return dataclasses.replace(tally.result(part.found.table, part.way.judge), referred=tuple(told))


def _outline(store: Any, name: str, sheet: Sheet, singles: Singles) -> Outline:
    return Outline(
        table=name,
        names=tuple(sheet.schema.names),
        unique=singles.unique(),
        base=getattr(store, "url", ""),
        primary=getattr(sheet, "keys", ()),  # of a table of a database, as its foreign keys
        foreign=tuple(Foreign(*one) for one in getattr(sheet, "foreign", ())),
    )


def _anonymiser(judge: Judge, sheet: Sheet, keys: KeyRing | None) -> Anonymiser | None:
    if judge.action == "delete":
        return None
    named: tuple[int, ...] = getattr(sheet, "keys", ())  # of a table of a database
    days: dict[int, list[Rule]] = {}
    for rule, position in judge.rules:
        days.setdefault(position, []).append(rule)
    return Anonymiser(sheet.batches(rows=ROWS), sheet.schema, judge.policy, days=days, today=judge.today, keys=keys, named=named)
