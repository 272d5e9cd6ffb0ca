"""Dates inside numbers: does yyyymmdd exist, and has it been?"""

from __future__ import annotations

from datetime import date

_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAYS = frozenset(f"{month:02d}{day:02d}" for month, last in enumerate(_MONTHS, 1) for day in range(1, last + 1))
# Years before this one lie in the past for good, so the clock need not be asked: it would cost more than the rest of the check.
_PAST = "2026"


def is_leap(year: int) -> bool:
    """Gregorian leap year.

    >>> is_leap(2000), is_leap(1900)
    (True, False)
    """
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def is_past(yyyymmdd: str, *, first: str = "1850", today: date | None = None) -> bool:
    """Is this an existing day between the year ``first`` and today? Takes eight ASCII digits.

    >>> is_past("19491231"), is_past("19030230"), is_past("20400101", today=date(2026, 11, 21))
    (True, False, False)
    """
    year, day = yyyymmdd[:4], yyyymmdd[4:]
    if day not in _DAYS or year < first or (day == "0229" and not is_leap(int(year))):
        return False
    return year < _PAST or yyyymmdd <= (today or date.today()).strftime("%Y%m%d")  # noqa: DTZ011 - a day of the calendar, no moment
