"""Chinese surnames, simplified and traditional, single and compound."""

from __future__ import annotations

from functools import cache

from piiscrub.reference.tables import rows


@cache
def single() -> frozenset[str]:
    """Surnames of one character, in both scripts.

    >>> "张" in single(), "張" in single(), "的" in single()
    (True, True, False)
    """
    return frozenset(name for row in rows("surnames") if row[2] == "single" for name in row[:2])


@cache
def compound() -> frozenset[str]:
    """Surnames of two or more characters, in both scripts.

    >>> "欧阳" in compound(), "歐陽" in compound()
    (True, True)
    """
    return frozenset(name for row in rows("surnames") if row[2] == "compound" for name in row[:2])


@cache
def common() -> frozenset[str]:
    """About a hundred frequent surnames, in both scripts; their choice is from general knowledge.

    >>> "王" in common(), "钭" in common()
    (True, False)
    """
    return frozenset(name for row in rows("surnames") if row[3] == "common" for name in row[:2])
