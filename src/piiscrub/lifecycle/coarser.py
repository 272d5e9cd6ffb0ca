"""The day an anonymised row is counted from, made coarser: rules can still be judged by it, and it tells the year at most."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from piiscrub.lifecycle.periods import read_date
from piiscrub.lifecycle.rules import Rule
from piiscrub.table.distinct import as_texts, distinct
from piiscrub.table.streaming import as_type

Mask = npt.NDArray[np.bool_]


def coarser(day: date, rules: Sequence[Rule], today: date) -> date:
    """The last day of its year if the row is overdue by that as well, else of its month, else the day itself.

    Never earlier than the day, so that no legal minimum ends too soon; at most a year later.

    >>> from piiscrub.lifecycle.periods import Period
    >>> rule = Rule(id="r", table="*", basis="closed", period=Period(months=36))
    >>> coarser(date(2020, 2, 7), [rule], date(2026, 11, 22)), coarser(date(2023, 10, 7), [rule], date(2026, 11, 22))
    (datetime.date(2020, 12, 31), datetime.date(2023, 10, 31))
    """
    month = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return next((one for one in (date(day.year, 12, 31), month) if all(_over(rule, one, today) for rule in rules)), day)


def _over(rule: Rule, day: date, today: date) -> bool:
    return all(period.after(day) < today for period in (rule.period, *(one.period for one in rule.minimums)))


def made_coarser(column: pa.Array, rows: Mask, rules: Sequence[Rule], today: date) -> tuple[pa.Array, Mask]:
    """The column with the days of these rows made coarser, and where it changed. What is no date stays."""
    found = distinct(column)
    texts = as_texts(found.values)
    new = [_spelled(text, rules, today) for text in texts]
    differs = np.array([*(a != b for a, b in zip(texts, new, strict=True)), False], np.bool_)
    changed = rows & differs[found.codes]
    if not changed.any():
        return column, changed
    spelled = pa.array([*new, None], pa.string()).take(pa.array(np.where(changed, found.codes, len(new))))
    if pa.types.is_dictionary(column.type):
        plain = pc.if_else(pa.array(changed), spelled, as_type(column, pa.string()))
        return as_type(plain, column.type), changed
    return pc.if_else(pa.array(changed), _typed(spelled, column.type), column), changed


def _typed(spelled: pa.Array, kind: pa.DataType) -> pa.Array:
    if pa.types.is_timestamp(kind) and kind.tz:  # Arrow reads a day without a zone only as one without
        return pc.assume_timezone(spelled.cast(pa.timestamp(kind.unit)), kind.tz)
    return spelled.cast(kind)


def _spelled(text: str, rules: Sequence[Rule], today: date) -> str:
    day = read_date(text)
    if day is None or (coarse := coarser(day, rules, today)) == day:
        return text
    return f"{coarse:%Y%m%d}" if re.fullmatch(r"\s*\d{8}\s*", text) else coarse.isoformat()
