"""Which tables refer to the rows of which others: by a foreign key of a database, or by numbers that both have a column of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from piiscrub.table.distinct import as_texts, distinct
from piiscrub.table.profile.referred import numbers_rows, stem, stem_of_table

_MOST = 5_000_000
"""Rows in which a value is looked for twice; beyond them a column without any is taken for a key."""


class Foreign(NamedTuple):
    """A foreign key as a database declares it: positions of its columns, and what it refers to."""

    columns: tuple[int, ...]
    table: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What there is to know of a table to tell who refers to it.

    ``unique`` are columns of numbers in which no value stands twice, with how many there are; ``base`` is the database.
    """

    table: str
    names: tuple[str, ...] = field(repr=False)
    unique: Mapping[int, int]
    base: str = field(default="", repr=False)
    primary: tuple[int, ...] = ()
    foreign: tuple[Foreign, ...] = ()


class Link(NamedTuple):
    """Rows of ``child`` name rows of ``parent``: tables by number, columns by position."""

    child: int
    columns: tuple[int, ...]
    parent: int
    keys: tuple[int, ...]


class Singles:
    """Which columns of numbers hold no value twice, batch by batch."""

    def __init__(self, names: Sequence[str], also: Sequence[int] = ()) -> None:
        self._seen: dict[int, list[np.ndarray[tuple[int], np.dtype[np.int64]]]] = {
            at: [] for at, name in enumerate(names) if at in also or numbers_rows(name)
        }
        self._rows = 0

    def add(self, batch: pa.RecordBatch) -> None:
        if self._rows > _MOST:
            return
        self._rows += batch.num_rows
        for at in list(self._seen):
            found = distinct(batch.column(at))
            held, counts = np.unique(found.codes[found.codes >= 0], return_counts=True)
            if (counts > 1).any():
                del self._seen[at]  # seldom a second batch is needed to tell
                continue
            texts = as_texts(found.values)
            self._seen[at].append(np.fromiter((hash(texts[code].strip()) for code in held), np.int64, len(held)))

    def unique(self) -> dict[int, int]:
        """Position → how many values."""
        whole = {at: np.concatenate(parts) for at, parts in self._seen.items() if parts}
        return {at: len(own) for at, own in whole.items() if len(own) and len(np.unique(own)) == len(own)}


def links(tables: Sequence[Outline]) -> tuple[Link, ...]:
    """Every way in which rows of one of these tables name rows of another.

    >>> customers = Outline(table="customers.csv", names=("id", "name"), unique={0: 9})
    >>> orders = Outline(table="orders.csv", names=("order no", "customerId"), unique={0: 20})
    >>> links([customers, orders])
    (Link(child=1, columns=(1,), parent=0, keys=(0,)),)
    """
    found = [link for number, one in enumerate(tables) for link in _declared(number, one, tables)]
    named = {(link.child, link.columns) for link in found}
    for parent, one in enumerate(tables):
        for key in one.unique:
            for child, other in enumerate(tables):
                if child != parent and set(other.names) != set(one.names):  # the same columns: another month of the same
                    columns = (at for at, name in enumerate(other.names) if _names(other, at, name, one, key))
                    found += [Link(child, (at,), parent, (key,)) for at in columns if (child, (at,)) not in named]
    return tuple(found)


def in_order(tables: int, found: Sequence[Link]) -> tuple[list[int], bool]:
    """The tables, those that refer before those they refer to; and whether some refer to each other."""
    order: list[int] = []
    seen: set[int] = set()

    def visit(number: int) -> None:
        if number not in seen:
            seen.add(number)
            for link in found:
                if link.parent == number:
                    visit(link.child)
            order.append(number)

    for number in range(tables):
        visit(number)
    return order, any(order.index(link.child) >= order.index(link.parent) for link in found)


def cells(batch: pa.RecordBatch, columns: Sequence[int]) -> list[str]:
    """What each row reads in some columns together; "" where one of them is missing."""
    read = []
    for column in columns:
        found = distinct(batch.column(column))
        texts = [text.strip() for text in as_texts(found.values)] + [""]  # code -1, a missing cell, is the last
        read.append([texts[code] for code in found.codes])
    return ["\x1f".join(row) if all(row) else "" for row in zip(*read, strict=True)]


def _declared(number: int, one: Outline, tables: Sequence[Outline]) -> list[Link]:
    found = []
    for foreign in one.foreign:
        for parent, other in enumerate(tables):
            if other.base == one.base and other.table == foreign.table:
                keys = tuple(other.names.index(name) for name in foreign.keys if name in other.names) or other.primary
                if len(keys) == len(foreign.columns):
                    found.append(Link(number, foreign.columns, parent, keys))
    return found


def _names(other: Outline, at: int, name: str, one: Outline, key: int) -> bool:
    """Whether a column of another table names the rows of this one by their key."""
    own = stem(one.names[key]) or stem_of_table(one.table)
    if not own or stem(name) != own or not numbers_rows(name):
        return False
    return other.unique.get(at, 0) <= one.unique[key]  # of two tables with a row for each, the longer one is not the child
