"""Date of birth: a calendar date that is not in the future and not before 1850.

Written forms and ISO result are those of :mod:`piiscrub.validators.calendar_date`. A year of two digits means the last such
year that is not in the future.

>>> validate("1990年1月2日")
'1990-01-02'
>>> is_valid("2999-01-01"), is_valid("1749-08-28")
(False, False)
"""

from __future__ import annotations

from time import localtime

from piiscrub.validators import calendar_date
from piiscrub.validators._base import InvalidComponent
from piiscrub.validators.calendar_date import Parts

EARLIEST_YEAR = 1850


def _to_the_past(parts: Parts, text: str) -> Parts:
    """A two-digit year that would lie ahead means the century before."""
    if parts[:3] > localtime()[:3] and str(parts.year) not in text:
        return parts._replace(year=parts.year - 100)
    return parts


def compact(text: str) -> str:
    """ISO form of the date, as :func:`piiscrub.validators.calendar_date.compact`, a two-digit year moved to the past."""
    iso = calendar_date.compact(text)
    year = _to_the_past(calendar_date.parse(text), text).year
    return f"{year:04}{iso[4:]}"


def validate(text: str) -> str:
    """The ISO form.

    Raises:
        InvalidFormat: if the text is no date in a known form.
        InvalidComponent: if the calendar has no such day, or it lies in the future or before 1850.
    """
    parts = _to_the_past(calendar_date.parse(text), text)
    if parts[:3] > localtime()[:3]:
        raise InvalidComponent("in the future")
    if parts.year < EARLIEST_YEAR:
        raise InvalidComponent("before 1850")
    return compact(text)


def is_valid(text: str) -> bool:
    """Whether somebody can have been born on the date."""
    parts = calendar_date.read(text)
    if parts is None:
        return False
    parts = _to_the_past(parts, text)
    return parts.year >= EARLIEST_YEAR and parts[:3] <= localtime()[:3]
