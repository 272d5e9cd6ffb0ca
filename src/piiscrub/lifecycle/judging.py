"""Which rows of a table are overdue, which must stay and why, and what falls due next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from piiscrub.errors import PlanError
from piiscrub.lifecycle.periods import read_date
from piiscrub.lifecycle.rules import Hold, RetentionRules, Rule
from piiscrub.table.distinct import as_texts, distinct


class Status(IntEnum):
    """Of one row. Only what is overdue may go."""

    RUNNING = 0
    """A period is still running."""
    OVERDUE = 1
    """Every period is over, and nothing keeps the row."""
    MINIMUM = 2
    """The period is over, but law asks to keep the row longer."""
    HELD = 3
    """Overdue, but held."""
    UNDATED = 4
    """The day to count from is missing or no date: a person has to look."""
    DONE = 5
    """Anonymised: nothing is left in the row that anonymising would change. No judge says so; the anonymiser does."""

    REFERRED = 6
    """Overdue, but rows of other tables refer to it that are not due. No judge says so: it needs those tables."""


Codes = npt.NDArray[np.int8]
_NEVER = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Judge:
    """The rules and holds of one table, ready to be asked batch by batch. ``met`` are the holds that held a row so far.

    Raises:
        PlanError: a rule or hold names a column that the table does not have.
    """

    rules: tuple[tuple[Rule, int], ...]
    holds: tuple[tuple[Hold, int | None], ...]
    today: date
    due: Callable[[pa.RecordBatch], npt.NDArray[np.bool_]] | None = None
    met: set[str] = field(default_factory=set, compare=False)

    @classmethod
    def of(
        cls, rules: RetentionRules, table: str, names: Sequence[str], *, today: date,
        due: Callable[[pa.RecordBatch], npt.NDArray[np.bool_]] | None = None,
    ) -> Judge | None:  # fmt: skip  # as it is called
        """None for a table without a rule.

        ``due`` says which rows somebody asked to have erased: the owner's own period keeps those no longer.
        """
        own = [rule for rule in rules.rules if rule.covers(table)]
        if not own and due is None:
            return None
        missing = [f"rule {rule.id!r}: there is no column {rule.basis!r}." for rule in own if rule.basis not in names]
        held = [hold for hold in rules.holds if hold.covers(table, today)]
        missing += [
            f"hold {one.id!r}: there is no column {one.column!r}." for one in held if one.column and one.column not in names
        ]
        if missing:
            raise PlanError(missing, table=table)
        return cls(
            tuple((rule, names.index(rule.basis)) for rule in own),
            tuple((hold, names.index(hold.column) if hold.column else None) for hold in held),
            today,
            due,
        )

    @property
    def action(self) -> str:
        """``delete`` if every rule says so; the rows must stay, without persons, as soon as one says anonymise."""
        return "delete" if all(rule.action == "delete" for rule, _ in self.rules) else "anonymise"

    @property
    def keeps_referred(self) -> bool:
        """Whether a row stays to which rows refer that are not due: unless every rule says that they are not to be asked."""
        return not self.rules or any(rule.referred == "keep" for rule, _ in self.rules)

    @property
    def policy(self) -> str:
        """By which rows are anonymised: that of the first rule that asks for it."""
        return next(rule.policy for rule, _ in self.rules if rule.action == self.action)

    def __call__(self, batch: pa.RecordBatch) -> tuple[Codes, npt.NDArray[np.int64]]:
        """The status of each row, and the last day it has to be kept as a proleptic ordinal (0: not known)."""
        rows = batch.num_rows
        period_end = np.zeros(rows, np.int64)
        legal_end = np.zeros(rows, np.int64)
        undated = np.zeros(rows, np.bool_)
        for rule, position in self.rules:
            ends, legal = self._ends(rule, batch.column(position))
            undated |= ends == 0
            period_end = np.maximum(period_end, ends)
            legal_end = np.maximum(legal_end, legal)
        if self.due is not None:
            # Without a rule, nothing but what was asked for falls due.
            period_end = np.where(self.due(batch), 0, period_end if self.rules else _NEVER)
        today = self.today.toordinal()
        last = np.maximum(period_end, legal_end)
        status = np.full(rows, Status.RUNNING, np.int8)
        status[(period_end < today) & (legal_end >= today)] = Status.MINIMUM
        status[last < today] = Status.OVERDUE
        status[self._held(batch) & (status == Status.OVERDUE)] = Status.HELD
        status[undated] = Status.UNDATED
        return status, np.where(undated, 0, last)

    def _ends(self, rule: Rule, column: pa.Array) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        found = distinct(column)
        days = [read_date(text) for text in as_texts(found.values)]
        ends = [rule.period.after(day).toordinal() if day else 0 for day in days]
        legal = [max((one.period.after(day).toordinal() for one in rule.minimums), default=0) if day else 0 for day in days]
        codes = found.codes  # -1, the last: no value
        return np.array([*ends, 0], np.int64)[codes], np.array([*legal, 0], np.int64)[codes]

    def _held(self, batch: pa.RecordBatch) -> npt.NDArray[np.bool_]:
        held = np.zeros(batch.num_rows, np.bool_)
        for hold in self.holds:
            own = _in((hold,), batch)
            held |= own
            if own.any() or hold[1] is None:
                self.met.add(hold[0].id)
        return held


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A row that stays, by its position (``table#row``, counted from 1), and one reason for it.

    ``rule`` is the id of the hold or rule, ``source`` the law of a legal minimum ("" for a hold), ``until`` the last day on
    which it stays: "" where that is open, because a hold has no end or the day to count from cannot be read. ``print`` names a
    row that was to go by all that stands in it ("" for one in which only a passage was).
    """

    position: str
    rule: str
    source: str
    until: str
    print: str = field(default="", repr=False)

    def to_dict(self) -> dict[str, str]:
        """As plain data, without the print."""
        return {"position": self.position, "rule": self.rule, "source": self.source, "until": self.until}


@dataclass(frozen=True, slots=True)
class Keeper:
    """Which rows must stay although somebody wants them gone: those a hold names, and those a legal minimum still covers.

    A period of the owner's own keeps nothing: he may end it. A row whose day cannot be read is kept where a rule has a legal
    minimum, because nobody knows.
    """

    minimums: tuple[tuple[Rule, int], ...]
    holds: tuple[tuple[Hold, int | None], ...]
    today: date

    @classmethod
    def of(cls, rules: RetentionRules | None, table: str, names: Sequence[str], *, today: date) -> Keeper:
        """Raises PlanError for a column that is not there."""
        own = [one for one in rules.rules if one.covers(table) and one.minimums] if rules else []
        held = [one for one in rules.holds if one.covers(table, today)] if rules else []
        missing = [f"rule {one.id!r}: there is no column {one.basis!r}." for one in own if one.basis not in names]
        missing += [f"hold {one.id!r}: there is no column {one.column!r}." for one in held if one.column not in ("", *names)]
        if missing:
            raise PlanError(missing, table=table)
        return cls(
            tuple((one, names.index(one.basis)) for one in own),
            tuple((one, names.index(one.column) if one.column else None) for one in held),
            today,
        )

    @property
    def ids(self) -> tuple[str, ...]:
        """The rules and holds that are asked."""
        return (*(one.id for one, _ in self.minimums), *(one.id for one, _ in self.holds))

    def __call__(self, batch: pa.RecordBatch) -> npt.NDArray[np.bool_]:
        """True for each row that must stay."""
        kept = _in(self.holds, batch)
        for rule, position in self.minimums:
            found = distinct(batch.column(position))
            days = [read_date(text) for text in as_texts(found.values)]
            runs = [day is None or any(m.period.after(day) >= self.today for m in rule.minimums) for day in days]
            kept |= np.array([*runs, True], np.bool_)[found.codes]
        return kept

    def why(self, batch: pa.RecordBatch, row: int, position: str) -> tuple[Kept, ...]:
        """Every reason why a row must stay; none if it may go."""
        one = batch.slice(row, 1)
        found = [
            Kept(position=position, rule=hold.id, source="", until=hold.until.isoformat() if hold.until else "")
            for hold, at in self.holds
            if _in(((hold, at),), one)[0]
        ]
        for rule, at in self.minimums:
            texts = as_texts(distinct(one.column(at)).values)
            found += [
                Kept(position=position, rule=rule.id, source=source, until=until)
                for source, until in _runs_until(rule, texts[0] if texts else None, self.today)
            ]
        return tuple(found)


def _runs_until(rule: Rule, text: str | None, today: date) -> list[tuple[str, str]]:
    """The legal minimums of a rule that still cover a row: source, last day ("" where the day to count from cannot be read)."""
    day = None if text is None else read_date(text)
    if day is None:
        return [(one.source, "") for one in rule.minimums]
    ends = [(one.source, one.period.after(day)) for one in rule.minimums]
    return [(source, end.isoformat()) for source, end in ends if end >= today]


def _in(holds: Sequence[tuple[Hold, int | None]], batch: pa.RecordBatch) -> npt.NDArray[np.bool_]:
    held = np.zeros(batch.num_rows, np.bool_)
    for hold, position in holds:
        if position is None:
            held[:] = True
            continue
        found = distinct(batch.column(position))
        hit = np.array([*hold.names(as_texts(found.values)), False], np.bool_)
        held |= hit[found.codes]
    return held


@dataclass(frozen=True, slots=True, kw_only=True)
class Referring:
    """``rows`` of another table that are not due refer to ``of`` overdue rows, which are ``kept`` or go all the same."""

    table: str
    rows: int
    of: int
    kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRetention:
    """What a check found in one table: rows by status, and when the next fall due (month → rows, the first twelve).

    ``rules`` are those that were asked; ``action`` is what happens to what is overdue. ``referred`` says from where rows that
    are not due refer to overdue ones. ``treated`` counts the rows that were
    deleted or anonymised; ``error`` says why that could not be done.
    """

    table: str
    rows: int
    counts: Mapping[str, int]
    next_due: Mapping[str, int]
    rules: tuple[str, ...]
    action: str
    referred: tuple[Referring, ...] = ()
    treated: int = 0
    error: str = ""

    @property
    def overdue(self) -> int:
        return self.counts.get(Status.OVERDUE.name.lower(), 0)


class Tally:
    """Adds up the batches of a table."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._due: Counter[str] = Counter()
        self._rows = 0

    def add(self, status: Codes, last: npt.NDArray[np.int64]) -> None:
        self._rows += len(status)
        for one in Status:
            n = int((status == one).sum())
            if n:
                self._counts[one.name.lower()] += n
        coming = last[(status == Status.RUNNING) | (status == Status.MINIMUM)]
        for ordinal, n in zip(*np.unique(coming, return_counts=True), strict=True):
            if ordinal < _NEVER:
                self._due[date.fromordinal(int(ordinal) + 1).isoformat()[:7]] += int(n)

    def result(self, table: str, judge: Judge) -> TableRetention:
        return TableRetention(
            table=table,
            rows=self._rows,
            counts=dict(self._counts),
            next_due=dict(sorted(self._due.items())[:12]),
            rules=tuple(rule.id for rule, _ in judge.rules),
            action=judge.action,
        )
