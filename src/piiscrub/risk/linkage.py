"""A linkage attack, played through: somebody holds a table of people, or knows some columns, and joins.

The attacker joins on the columns both tables have. Where values were recoded, he recodes his own in the same way: the
recoding is taken as known to him, learned from the table before and after (a value that always became the same value).
A column that was not recoded value by value (noise, shuffling, pseudonyms under a key) cannot be translated, and is
compared as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from piiscrub.risk.classes import classes, classes_of_codes
from piiscrub.risk.coding import Bools, Coded, Ints
from piiscrub.risk.reidentify import shared


@dataclass(frozen=True, slots=True, kw_only=True)
class Linkage:
    """The outcome of one attack.

    ``known``: the columns used. ``people``: rows the attacker has (all rows if he only knows columns). ``matched``: of
    those, the ones some row fits. ``reidentified``: one person and one row that fit each other and nobody else.
    ``expected``: right guesses if he picks at random among the rows that fit.
    """

    known: tuple[str, ...]
    people: int
    matched: int
    reidentified: int
    expected: float


def knows_columns(columns: Sequence[Coded]) -> Linkage:
    """The attacker knows these columns of everybody in the table."""
    found = classes(columns)
    return Linkage(
        known=tuple(one.name for one in columns),
        people=found.rows,
        matched=found.rows,
        reidentified=found.unique,
        expected=float(found.count),
    )


def has_table(columns: Sequence[Coded], attacker: Sequence[Coded]) -> Linkage:
    """The attacker has a table with the same columns in the same order.

    >>> from piiscrub.risk.coding import coded
    >>> released, his = [coded(pa.array([30, 30, 41]), "age")], [coded(pa.array([41, 30, 99]), "age")]
    >>> has_table(released, his)
    Linkage(known=('age',), people=3, matched=2, reidentified=1, expected=1.5)
    """
    pairs = [shared(one, other) for one, other in zip(columns, attacker, strict=True)]
    rows, people = columns[0].rows, attacker[0].rows
    both = classes_of_codes([(np.concatenate((mine, his)), size) for mine, his, size in pairs])
    ours = np.bincount(both.of[:rows], minlength=both.count)
    theirs = np.bincount(both.of[rows:], minlength=both.count)
    hit = (ours > 0) & (theirs > 0)
    # A person who fits f rows is guessed with 1/f; of people with equal values at most as many as there are rows are in it.
    right = np.minimum(theirs[hit] / ours[hit], 1.0).sum() if hit.any() else 0.0
    return Linkage(
        known=tuple(one.name for one in columns),
        people=people,
        matched=int(theirs[hit].sum()),
        reidentified=int(((ours == 1) & (theirs == 1)).sum()),
        expected=float(right),
    )


def recoding(before: Coded, after: Coded) -> tuple[Ints, Bools] | None:
    """What each value became: for every code of ``before`` a code of ``after``, and whether it is known (it occurs).

    Rows of both are the same people in the same order. None if a value became several: then it is no recoding.

    >>> from piiscrub.risk.coding import coded
    >>> raw, wide = coded(pa.array([31, 38, 45])), coded(pa.array(["30-39", "30-39", "40-49"]))
    >>> [part.tolist() for part in recoding(raw, wide)]
    [[0, 0, 1], [True, True, True]]
    """
    pairs = np.unique(before.codes * max(1, after.size) + after.codes)
    source, target = pairs // max(1, after.size), pairs % max(1, after.size)
    if len(np.unique(source)) != len(source):
        return None
    became = np.zeros(before.size, dtype=np.int64)
    became[source] = target
    known = np.zeros(before.size, dtype=bool)
    known[source] = True
    return became, known


def translated(attacker: Coded, before: Coded, after: Coded) -> Coded:
    """The attacker's column recoded as the table was; values he has and the table had not become values nobody has."""
    found = recoding(before, after)
    if found is None:
        return attacker
    became, known = found
    mine, his, size = shared(before, attacker)
    place = np.full(size, -1, dtype=np.int64)
    place[mine[known[before.codes]]] = became[before.codes[known[before.codes]]]
    codes = place[his]
    unknown = codes < 0
    if unknown.any():
        # A code of its own beyond the table's; the null there stands for "no such value" and must not meet a real null.
        values = pa.concat_arrays([after.values.cast(pa.string()), pa.array(["\x00none"])])
        return Coded(attacker.name, np.where(unknown, after.size, codes), values)
    return Coded(attacker.name, codes, after.values)
