"""Follow the identifiers of a person from table to table, until nothing new comes up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from piiscrub.errors import InputError
from piiscrub.lifecycle.known import Known, form
from piiscrub.lifecycle.linking import Finder, shared
from piiscrub.lifecycle.searched import Searched

_ROUNDS = 8
_FOREIGN = 3  # identifiers of others beside one that was to be followed: it is not a person's


def named(known: Known, tables: Sequence[Searched]) -> Known:
    """The name that stands beside what is known, where no name was told.

    Raises:
        InputError: several names do.
    """
    finder = Finder(known)
    found: list[str] = []
    for place in tables:
        assert place.parts is not None
        own = [one for one in place.parts.of_role("name") if not one.other]
        for _, batch in place.batches() if own else ():
            for _, verdict, cells in finder.candidates(place.parts, batch):
                found += (cells[own[0].position] for _ in (0,) if verdict == "hers" and cells[own[0].position].strip())
    names = tuple(dict.fromkeys(one.strip() for one in found))
    if any(replace(known, names=names[:1]).called(one) == "other" for one in names[1:]):
        raise InputError("what is known is several people's: tell the name as well.")
    return replace(known, names=names)


def linked(known: Known, tables: Sequence[Searched]) -> Finder:
    """Follow identifiers from table to table until nothing new comes up; begin again where one proves to be shared."""
    banned: set[str] = set()
    while True:
        finder = Finder(known)
        finder.banned |= banned
        for _ in range(_ROUNDS):
            before = finder.size()
            bad = {plain for place in tables for plain in _round(finder, place)}
            if bad:
                break
            if finder.size() == before:
                return finder
        else:
            return finder
        banned |= bad


def _round(finder: Finder, place: Searched) -> set[str]:
    """Learn from one table; gives the learned identifiers that stand with somebody else."""
    parts = place.parts
    assert parts is not None
    proposals: set[tuple[int, str]] = set()
    bad: set[str] = set()
    for _, batch in place.batches():
        for _, verdict, cells in finder.candidates(parts, batch):
            if verdict == "hers":
                proposals |= finder.proposals(parts, cells)
            bad |= shared(verdict, cells, parts, finder)
    if proposals:
        several = _of_others(finder, place, proposals)
        finder.learn(parts, proposals - several)
        finder.shared |= {plain for _, plain in several}
    return bad


def _of_others(finder: Finder, place: Searched, proposals: set[tuple[int, str]]) -> set[tuple[int, str]]:
    """Those of the proposals that stand in rows of several people."""
    parts = place.parts
    assert parts is not None
    foreign: dict[tuple[int, str], set[str]] = {one: set() for one in proposals}
    by_position = {one.position: one for one in parts.parts}
    for _, batch in place.batches():
        for _, _, cells in finder.candidates(parts, batch, proposals):
            named, other = finder.foreign(parts, cells)
            for one in proposals:
                text = cells.get(one[0], "")
                if text and form(by_position[one[0]].entity, text) == one[1]:
                    if named:
                        foreign[one] |= {f"name {n}" for n in range(_FOREIGN)}
                    elif other and other != one[1]:
                        foreign[one].add(other)
    return {one for one, others in foreign.items() if len(others) >= _FOREIGN}
