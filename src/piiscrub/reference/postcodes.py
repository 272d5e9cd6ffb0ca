"""Postcodes: which three-digit ZIP prefixes may stay."""

from __future__ import annotations

from functools import cache

from piiscrub.reference.tables import rows


@cache
def _withheld() -> frozenset[str]:
    return frozenset(prefix for row in rows("zip3") for prefix in row[1].split())


def zip3_allowed(prefix: str) -> bool:
    """Whether the first three digits of a ZIP code may stay under HIPAA safe harbor (rule book B5).

    >>> zip3_allowed("627"), zip3_allowed("036"), zip3_allowed("000")
    (True, False, False)
    """
    return len(prefix) == 3 and prefix.isascii() and prefix.isdigit() and prefix not in _withheld()
