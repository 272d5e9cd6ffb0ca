"""Periods of retention, and the day they end."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from piiscrub.errors import InputError

_FORM = re.compile(r"\s*(\d{1,4})\s*(years?|months?|weeks?|days?|年|个月|月|周|天|日)\s*")
# Nothing that is only like a day: rows go by it. 2024-11 is a month, 1710121800 an epoch, 2020-01-01~2025-12-31 two days.
_DATE = re.compile(
    r"\s*(\d{4})(?:\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})|\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})"
    r"|(\d\d)(\d\d)(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?)(?!\d)(?!.*(?<![.\d])\d{4}(?:\s*[-/.年]|\d{4}))"
)
_FIRST_YEAR = 1900  # before it nobody's business ended: databases write 0001-01-01 where no day is known
_MONTHS = {"year": 12, "年": 12, "month": 1, "个月": 1, "月": 1}
_DAYS = {"week": 7, "周": 7, "day": 1, "天": 1, "日": 1}


@dataclass(frozen=True, slots=True)
class Period:
    """So many months and days."""

    months: int = 0
    days: int = 0

    @classmethod
    def parse(cls, text: str) -> Period:
        """A period in words, of either language.

        Raises:
            InputError: it is none.

        >>> Period.parse("10 years"), Period.parse("6个月"), Period.parse("30天")
        (Period(months=120, days=0), Period(months=6, days=0), Period(months=0, days=30))
        """
        m = _FORM.fullmatch(text)
        if not m:
            raise InputError("a period reads like '3 years', '6 months', '30 days', 3年, 6个月 or 30天.")
        count, unit = int(m[1]), m[2].removesuffix("s")
        return cls(months=count * _MONTHS[unit]) if unit in _MONTHS else cls(days=count * _DAYS[unit])

    def after(self, day: date) -> date:
        """The last day of the period that begins on a day; where the month has no such day, its last (Civil Code 202).

        >>> Period(months=12).after(date(2024, 2, 29)), Period(months=1).after(date(2025, 1, 31))
        (datetime.date(2025, 2, 28), datetime.date(2025, 2, 28))
        """
        count = day.year * 12 + day.month - 1 + self.months
        year, month = divmod(count, 12)
        if year > date.max.year:
            return date.max
        first = date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
        try:
            return first + timedelta(days=self.days)
        except OverflowError:
            return date.max


def read_date(text: str) -> date | None:
    """The day a cell names; None for what is none.

    >>> read_date("2024-03-05 10:00:00"), read_date("2024年3月5日"), read_date("2024-03"), read_date("20240231")
    (datetime.date(2024, 3, 5), datetime.date(2024, 3, 5), None, None)
    """
    m = _DATE.match(text)
    if not m or int(m[1]) < _FIRST_YEAR:
        return None
    try:
        return date(int(m[1]), int(m[3] or m[5] or m[7]), int(m[4] or m[6] or m[8]))
    except ValueError:
        return None
