"""Administrative divisions of China (GB/T 2260), in force and abolished, and what follows from the first two digits.

A number keeps the code of the day it was issued, so the abolished codes count as known.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from piiscrub.reference.tables import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """One name of one code. ``first`` and ``last`` are years, 0 where unknown or still in force."""

    code: str
    name: str
    status: str
    first: int
    last: int


_STATUS = {"c": "current", "r": "renamed", "a": "abolished", "n": "reserved"}  # the table has a letter: 57 kB less


def _years(cell: str) -> tuple[int, int]:
    """First and last year.

    >>> _years("1986-1994"), _years("-2009"), _years("1986"), _years("-")
    ((1986, 1994), (0, 2009), (1986, 1986), (0, 0))
    """
    first, hyphen, last = cell.partition("-")
    return int(first or 0), int((last if hyphen else first) or 0)


@cache
def codes() -> frozenset[str]:
    """All six-digit codes, whatever their status; 100000 (national bodies) and 830000 (Taiwan, residence permits) included.

    >>> "440306" in codes(), "110103" in codes(), "190101" in codes()
    (True, True, False)
    """
    return frozenset(row[0] for row in rows("divisions"))


@cache
def divisions() -> tuple[Division, ...]:
    """Every name every code ever had, sorted by code.

    >>> [(d.name, d.status) for d in divisions() if d.code == "330113"]
    [('临平区', 'current')]
    """
    return tuple(
        Division(code=code, name=name, status=_STATUS[status], first=first, last=last)
        for code, name, status, years in rows("divisions")
        for first, last in (_years(years),)
    )


@cache
def provinces() -> frozenset[str]:
    """The first two digits of every province-level division, 71, 81 and 82 included.

    >>> "11" in provinces(), "83" in provinces()
    (True, False)
    """
    return frozenset(row[0] for row in rows("provinces"))


@cache
def plate_characters() -> str:
    """The 31 characters a number plate may begin with.

    >>> len(plate_characters()), plate_characters()[0]
    (31, '京')
    """
    return "".join(row[1] for row in rows("provinces") if row[1] != "-")


@cache
def nev_letters() -> str:
    """The letters that mark a new-energy vehicle on its plate.

    >>> nev_letters()
    'ABCDEFGHJK'
    """
    return "".join(sorted(row[0] for row in rows("plate_letters")))
