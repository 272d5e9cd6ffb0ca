"""Rows that do not go at all: persons who did not consent, and children under 14 without their guardian's word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from piiscrub.errors import PlanError
from piiscrub.model.plan import SharePlan, TablePlan
from piiscrub.table.distinct import as_texts, distinct
from piiscrub.table.frame import Mask
from piiscrub.text.folding import fold
from piiscrub.validators import calendar_date

CHILD = 14
_YES = frozenset({"1", "true", "t", "yes", "y", "是", "同意", "已同意", "有", "agreed", "consent", "granted", "√", "✓"})
_TO_THE_SECOND = re.compile(r"\d{14}")
_YEAR = re.compile(r"((?:19|20)\d\d) ?年?")
_AGE = re.compile(r"\s*(\d{1,4})(?!\d)\s*(个?月|months?|周(?!岁)|weeks?|天|日|days?)?", re.IGNORECASE)
_TO_A_YEAR = {"月": 12, "m": 12, "周": 52, "w": 52, "天": 365, "日": 365, "d": 365}
_ID_BIRTH = re.compile(r"[1-9]\d{5}((?:18|19|20)\d{6})\d{3}[\dXx]")


class LeavingOut:
    """What stays behind of one table, row by row, with the counts to report: ``counts`` of the rows that do not go, by the
    reason, and ``age_unknown`` of rows that do, though whether they are a child's could not be told.

    Args:
        plan: names the consent column (for the basis consent) and the guardian column.
        table: its columns tell ages: of an entity DATE_OF_BIRTH, CN_ID_CARD or AGE.
        names: headers of the table as they stand in the source.
        today: ages are those of this day.

    Raises:
        PlanError: the plan names a consent or guardian column that the table does not have.
    """

    def __init__(self, plan: SharePlan, table: TablePlan, names: Sequence[str], *, today: date) -> None:
        self.counts: Counter[str] = Counter()
        self.age_unknown = 0
        self._today = today
        wanted = plan.basis.consent if plan.basis.kind == "consent" else ""
        self._consent = self._at(table, names, wanted, "basis.consent") if wanted else None
        self._guardian = self._at(table, names, plan.terms.guardian, "terms.guardian") if plan.terms.guardian else None
        kinds = {"DATE_OF_BIRTH": _by_birth, "CN_ID_CARD": _by_id, "AGE": _by_age}
        self._ages = [(c.position, kinds[c.entity]) for c in table.columns if c.entity in kinds]

    @property
    def idle(self) -> bool:
        """Whether no row can be left out."""
        return self._consent is None and not self._ages

    def keeps(self, batch: pa.RecordBatch) -> Mask:
        """Which rows of a batch go."""
        keep = np.ones(batch.num_rows, np.bool_)
        if self._consent is not None:
            said = _said_yes(batch.column(self._consent))
            self.counts["no consent"] += int((~said).sum())
            keep &= said
        if self._ages:
            child, known = self._children(batch)
            self.age_unknown += int((~known & keep).sum())
            if self._guardian is not None:
                child &= ~_said_yes(batch.column(self._guardian))
            self.counts["under 14"] += int((child & keep).sum())
            keep &= ~child
        return keep

    def filtered(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The rows that go."""
        self.counts.clear()
        self.age_unknown = 0
        for batch in batches:
            yield batch if self.idle else batch.filter(pa.array(self.keeps(batch)))

    def _children(self, batch: pa.RecordBatch) -> tuple[Mask, Mask]:
        child = np.zeros(batch.num_rows, np.bool_)
        known = np.zeros(batch.num_rows, np.bool_)
        for position, read in self._ages:
            found = distinct(batch.column(position))
            ages = [read(text, self._today) for text in as_texts(found.values)]
            young = np.array([age is not None and age < CHILD for age in ages] + [False], np.bool_)
            told = np.array([age is not None for age in ages] + [False], np.bool_)
            child |= young[found.codes]  # code -1 is the last: no value
            known |= told[found.codes]
        return child, known

    @staticmethod
    def _at(table: TablePlan, names: Sequence[str], wanted: str, key: str) -> int | None:
        for position, name in enumerate(names):
            if name == wanted:
                return position
        raise PlanError([f"{key}: the table has no column {wanted!r}."], table=table.name)


def _said_yes(column: Any) -> Mask:  # pa.Array, which has no types to check
    found = distinct(column)
    yes = np.array([text.strip().casefold() in _YES for text in as_texts(found.values)] + [False], np.bool_)
    return np.asarray(yes[found.codes])


def _by_birth(text: str, today: date) -> int | None:
    """Where the day, the month or their order is not told, of those it may be the last: nobody is made older."""
    plain = fold(text).folded.strip()
    if alone := _YEAR.fullmatch(plain):
        return _years(int(alone[1]), 12, 31, today) if int(alone[1]) != today.year else 0
    found = calendar_date.read(plain[:8] if _TO_THE_SECOND.fullmatch(plain) else plain)
    if found is None:
        return None
    year, month, day, order = found
    if not day:
        return _years(year, month, 31, today) if (year, month) != (today.year, today.month) else 0
    if order in ("mdy", "dmy") and day <= 12 and month < day:
        month, day = day, month
    return _years(year, month, day, today)


def _by_id(text: str, today: date) -> int | None:
    m = _ID_BIRTH.fullmatch(re.sub(r"[\s-]", "", text))
    return _years(int(m[1][:4]), int(m[1][4:6]), int(m[1][6:]), today) if m else None


def _by_age(text: str, today: date) -> int | None:
    m = _AGE.match(fold(text).folded)
    return int(m[1]) // _TO_A_YEAR.get((m[2] or "").lower().removeprefix("个")[:1], 1) if m else None


def _years(year: int, month: int, day: int, today: date) -> int | None:
    if not (1 <= month <= 12 and 1 <= day <= 31) or (year, month, day) > (today.year, today.month, today.day):
        return None
    return today.year - year - ((today.month, today.day) < (month, day))
