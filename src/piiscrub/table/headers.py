"""Column headers are examined like cells: one that is personal information is never shown and never written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import NamedTuple

from piiscrub.scrubber.pipeline import Scrubber
from piiscrub.table.profile.headers import read


class Header(NamedTuple):
    """A header as it may be shown, and whether that differs from what it is."""

    shown: str
    renamed: bool


def headers(names: Sequence[str]) -> tuple[Header, ...]:
    """Each header as it may be shown: ``column_07`` for the one at position 7 (counted from 0) if it is personal information.

    Whatever the policy ``balanced`` would change in a text counts, names of persons included (pivoted tables have them).

    >>> headers(["手机号", "13800138000"])
    (Header(shown='手机号', renamed=False), Header(shown='column_01', renamed=True))
    """
    hidden = [personal(name) for name in names]
    taken = {name for name, hide in zip(names, hidden, strict=True) if not hide}
    return tuple(
        Header(stand_in(position, taken), True) if hide else Header(name, False)
        for position, (name, hide) in enumerate(zip(names, hidden, strict=True))
    )


def stand_in(position: int, taken: Collection[str] = ()) -> str:
    """What a header that cannot be shown is called: the name of no other column, of which JSON would keep one.

    >>> stand_in(1), stand_in(1, {"column_01"})
    ('column_01', 'column_01_')
    """
    return apart(f"column_{position:02d}", taken)


def apart(name: str, taken: Collection[str]) -> str:
    """A name that is none of those taken."""
    while name in taken:
        name += "_"
    return name


def personal(name: str) -> bool:
    """Whether a header, or the name of a file, sheet or index level, is or holds personal information.

    What a header is known to say is none, though it may be called like somebody too.

    >>> personal("Vorname"), personal("Zhang Wei")
    (False, True)
    """
    if not name:
        return False
    found = [d.finding for d in _scrubber().scan(name).decisions if d.kept and d.operator != "keep"]
    return any(not is_known(name[one.start : one.end]) for one in found)


def is_known(words: str) -> bool:
    """Whether words are those of a header, whoever may be called so too."""
    return any(hit.strength >= 1 for hit in read(words))


@lru_cache(maxsize=1)
def _scrubber() -> Scrubber:
    return Scrubber(policy="balanced", ner="default")
