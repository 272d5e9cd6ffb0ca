"""Dates inside numbers: does yyyymmdd exist, and has it been?"""

from __future__ import annotations

import time
from datetime import date

_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
DAYS = frozenset(f"{month:02d}{day:02d}" for month, last in enumerate(_MONTHS, 1) for day in range(1, last + 1))
# Years before this one lie in the past for good, so the clock need not be asked: it would cost more than the rest of the check.
SETTLED = 2026
_SETTLED = str(SETTLED)
_FIRST_MIDNIGHT = 14 * 3600  # seconds by which the first place on Earth is ahead of UTC


def today() -> date:
    """The day it is where the day begins first: a date that has come anywhere has come.

    The one place where validators ask the clock, and only if the caller names no day. The answer does not depend on the
    time zone of the machine.
    """
    return date(*time.gmtime(time.time() + _FIRST_MIDNIGHT)[:3])


def is_leap(year: int) -> bool:
    """Gregorian leap year.

    >>> is_leap(2000), is_leap(1900)
    (True, False)
    """
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


_today = today  # is_past has a parameter of that name


def is_past(yyyymmdd: str, *, first: str = "1850", today: date | None = None) -> bool:
    """Is this an existing day between the year ``first`` and today? Takes eight ASCII digits.

    >>> is_past("19491231"), is_past("19030230"), is_past("20400101", today=date(2026, 11, 21))
    (True, False, False)
    """
    year, day = yyyymmdd[:4], yyyymmdd[4:]
    if day not in DAYS or year < first or (day == "0229" and not is_leap(int(year))):
        return False
    return year < _SETTLED or yyyymmdd <= (today or _today()).strftime("%Y%m%d")
