"""Date of birth: a calendar date that is not in the future and not before 1850.

Written forms and ISO result are those of :mod:`piiscrub.validators.calendar_date`. A year of two digits means the last such
year that is not in the future. The day that counts as today is a parameter.

>>> validate("1990年1月2日")
'1990-01-02'
>>> from datetime import date
>>> validate("3/4/26", today=date(2026, 11, 21)), validate("3/4/27", today=date(2026, 11, 21))
('2026-03-04', '1927-03-04')
>>> is_valid("2999-01-01"), is_valid("1749-08-28")
(False, False)
"""

from __future__ import annotations

from datetime import date

from piiscrub.validators import _dates, calendar_date
from piiscrub.validators._base import InvalidComponent
from piiscrub.validators.calendar_date import Parts

EARLIEST_YEAR = 1850


def _to_the_past(parts: Parts, text: str, today: date | None) -> Parts:
    """A two-digit year that would lie ahead means the century before."""
    if _ahead(parts, today) and str(parts.year) not in text:
        return parts._replace(year=parts.year - 100)
    return parts


def _ahead(parts: Parts, today: date | None) -> bool:
    if parts.year < _dates.SETTLED:
        return False
    day = today or _dates.today()
    return parts[:3] > (day.year, day.month, day.day)


def compact(text: str, *, today: date | None = None) -> str:
    """ISO form of the date, as :func:`piiscrub.validators.calendar_date.compact`, a two-digit year moved to the past."""
    iso = calendar_date.compact(text)
    year = _to_the_past(calendar_date.parse(text), text, today).year
    return f"{year:04}{iso[4:]}"


def validate(text: str, *, today: date | None = None) -> str:
    """The ISO form.

    Raises:
        InvalidFormat: if the text is no date in a known form.
        InvalidComponent: if the calendar has no such day, or it lies in the future or before 1850.
    """
    parts = _to_the_past(calendar_date.parse(text), text, today)
    if _ahead(parts, today):
        raise InvalidComponent("in the future")
    if parts.year < EARLIEST_YEAR:
        raise InvalidComponent("before 1850")
    return compact(text, today=today)


def is_valid(text: str, *, today: date | None = None) -> bool:
    """Whether somebody can have been born on the date."""
    parts = calendar_date.read(text)
    if parts is None:
        return False
    parts = _to_the_past(parts, text, today)
    return parts.year >= EARLIEST_YEAR and not _ahead(parts, today)
