"""Retention: what is overdue, what must stay and why, what falls due next; and on request, overdue rows go."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from os import PathLike
from typing import TYPE_CHECKING, Any

from piiscrub.errors import InputError, SourceError
from piiscrub.evidence.entry import Entry
from piiscrub.evidence.ledger import Ledger
from piiscrub.lifecycle.due import Due
from piiscrub.lifecycle.jobs import Job, References
from piiscrub.lifecycle.judging import Status, TableRetention
from piiscrub.lifecycle.rules import RetentionRules, load
from piiscrub.lifecycle.stores import stores_of
from piiscrub.render.table import Table as Shown

if TYPE_CHECKING:
    from piiscrub.keys.ring import KeyRing

_COLUMNS = (
    "table",
    "rows",
    "overdue",
    "held",
    "minimum",
    "referred",
    "running",
    "undated",
    "done",
    "action",
    "treated",
    "rules",
    "error",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionReport:
    """What a check found, and what was done. No value shows in it.

    Overdue rows to which rows refer that are not due stay (``referred`` of their table says which table and how many), unless
    the rule says ``referred = "ignore"``.

    ``tables`` are those a rule covers, ``uncovered`` those none does; ``left`` is what is no table, with the cause. Counts are
    those before anything was done. ``idle`` are the holds in force that hold no row here: of another table, or misspelled.
    ``frames`` holds what became of frames, by name.
    """

    today: date
    applied: bool
    tables: tuple[TableRetention, ...]
    uncovered: tuple[str, ...] = ()
    left: tuple[tuple[str, str], ...] = ()
    idle: tuple[str, ...] = ()
    frames: Mapping[str, Any] = field(default_factory=dict, repr=False)
    entry: Entry | None = field(default=None, repr=False)

    @property
    def overdue(self) -> int:
        return sum(one.overdue for one in self.tables)

    @property
    def treated(self) -> int:
        """Rows that were deleted or anonymised."""
        return sum(one.treated for one in self.tables)

    @property
    def ok(self) -> bool:
        """Whether everything that was to be done was done."""
        return not any(one.error for one in self.tables)

    @property
    def next_due(self) -> dict[str, int]:
        """Month → rows that fall due in it, over all tables; the first twelve months."""
        found: Counter[str] = Counter()
        for one in self.tables:
            found.update(one.next_due)
        return dict(sorted(found.items())[:12])

    def summary(self) -> Shown:
        """One row per table."""
        rows = [
            {
                "table": one.table,
                "rows": one.rows,
                **{status.name.lower(): one.counts.get(status.name.lower(), 0) for status in Status},
                "action": one.action,
                "treated": one.treated,
                "rules": ", ".join(one.rules),
                "error": one.error,
            }
            for one in self.tables
        ]
        return Shown([{key: row[key] for key in _COLUMNS} for row in rows], caption="retention", columns=_COLUMNS)

    def to_frame(self) -> Any:  # Any: a pandas DataFrame, which this room does not know
        """The same as a DataFrame."""
        return self.summary().to_frame()

    def to_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON."""
        tables = [dataclasses.asdict(one) | {"rules": list(one.rules)} for one in self.tables]
        told = {"today": self.today.isoformat(), "applied": self.applied, "tables": tables, "next_due": self.next_due}
        told |= {"uncovered": list(self.uncovered), "left": [list(one) for one in self.left]}
        return told | {"idle": list(self.idle)}

    def to_html(self, lang: str = "en") -> str:
        """A page to read in a browser."""
        from piiscrub.render.retention import retention_page

        return retention_page(self.to_dict(), lang)

    def _repr_html_(self) -> str:
        from piiscrub.render.retention import retention_html

        return retention_html(self.to_dict())

    def __repr__(self) -> str:
        what = f"{self.treated} treated" if self.applied else "nothing changed"
        return f"<RetentionReport {self.today}: {len(self.tables)} tables, {self.overdue} rows overdue, {what}>"


def retention(
    sources: Any,
    rules: RetentionRules | str | PathLike[str],
    *,
    apply: bool = False,
    now: datetime | date | None = None,
    ledger: Ledger | str | PathLike[str] | None = None,
    keys: KeyRing | None = None,
    due: Sequence[str | PathLike[str]] = (),
) -> RetentionReport:
    """See ``ps.retention``; frames come as pyarrow tables here."""
    if not isinstance(now, date | None):
        raise InputError(f"retention: now takes a date or datetime, not {type(now).__name__}.")
    today = datetime.now(UTC).date() if now is None else now.date() if isinstance(now, datetime) else now
    wanted = load(rules)
    if isinstance(ledger, str | PathLike):
        if keys is None:
            raise InputError("retention takes keys as well where ledger is a path: the ring that signs its entries.")
        ledger = Ledger(ledger, keys=keys)
    if due and keys is None:
        raise InputError("retention takes keys as well where due is given: the ring that was used when the rows had to stay.")
    asked = Due.load(due, keys) if due and keys is not None else Due()
    left: list[tuple[str, str]] = []
    stores = list(stores_of(sources, left))
    jobs = [Job(store, wanted, today, keys, asked) for store in stores]
    for job in list(jobs):
        try:
            job.check()
        except SourceError:
            if not getattr(job.store, "within", False):
                raise
            left.append((job.store.place.name_shown, "unreadable"))  # one damaged file does not hide all others of a folder
            jobs.remove(job)
    met = {id for job in jobs for id in job.met}
    idle = tuple(hold.id for hold in wanted.holds if hold.runs(today) and hold.id not in met)
    references = References(jobs)
    references.hold_back()
    moment = now if isinstance(now, datetime) else None
    entry = None
    if apply:
        if ledger is not None:
            ledger.append("retention-begin", _told(jobs, today), now=moment)
        references.treat()
        if ledger is not None:
            entry = ledger.append("retention", _told(jobs, today), now=moment)
    return RetentionReport(
        today=today,
        applied=apply,
        tables=tuple(one for job in jobs for one in job.found.values()),
        uncovered=tuple(name for job in jobs for name in job.uncovered),
        left=tuple(left),
        idle=idle,
        frames={job.store.name: job.store for job in jobs if hasattr(job.store, "given")} if apply else {},
        entry=entry,
    )


def _told(jobs: list[Job], today: date) -> dict[str, Any]:
    """What goes into the ledger: per table the counts, the rules that were asked and what was done."""
    tables = [
        {"table": one.table, "rows": one.rows, "counts": dict(one.counts), "rules": list(one.rules), "action": one.action,
         "treated": one.treated, "failed": bool(one.error), "referred": [dataclasses.asdict(by) for by in one.referred]}
        for job in jobs for one in job.found.values()
    ]  # fmt: skip  # one table, one line
    return {"day": today.isoformat(), "tables": tables}
