"""Assess one table: from coded columns to a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from piiscrub.errors import InputError
from piiscrub.risk import causes, linkage
from piiscrub.risk.classes import Classes, classes
from piiscrub.risk.coding import Coded, Ints, columns_of
from piiscrub.risk.disclosure import sensitive_risk
from piiscrub.risk.estimate import population_uniques
from piiscrub.risk.grade import expert_summary, grades
from piiscrub.risk.reidentify import SMALL_CELL, against_population, journalist, marketer, prosecutor
from piiscrub.risk.report import RiskReport, SizeBand
from piiscrub.risk.utility import utility

_BANDS = ((1, 1), (2, 2), (3, 4), (5, 10), (11, 19), (20, 99), (100, 0))


def assess(
    table: pa.Table,
    *,
    quasi: Sequence[str],
    sensitive: Sequence[str] = (),
    direct: Sequence[str] = (),
    population: pa.Table | int | None = None,
    attacker: pa.Table | None = None,
    known: Sequence[str] = (),
    before: pa.Table | None = None,
    kept: Sequence[int] | Ints | None = None,
    context: float = 1.0,
    most_cells: int = causes.MOST_CELLS,
    name: str = "",
) -> RiskReport:
    """All measures of a table. ``piiscrub.assess`` takes the same for frames and files, and explains each argument.

    Raises:
        UnknownNameError: a column that is not there.
        InputError: a column of nested values; ``before`` that does not fit the table; ``context`` outside 0 to 1.

    >>> report = assess(pa.table({"age": [30, 30, 41], "sex": ["f", "f", "m"], "ill": ["a", "b", "a"]}),
    ...                 quasi=["age", "sex"], sensitive=["ill"])
    >>> report.k, report.unique, report.l, report.grade("public").grade
    (1, 1, 1, 2)
    """
    if not 0 <= context <= 1:
        raise InputError(f"context is a probability, 0 to 1, not {context}.")
    known = tuple(known) or (tuple(n for n in quasi if n in attacker.schema.names) if attacker is not None else ())
    if attacker is not None and not known:
        raise InputError("attacker: his table has none of the quasi-identifiers. Say known=[…], the columns both have.")
    report = _assess(table, quasi, sensitive, direct, population, context, most_cells, name)
    mine = columns_of(table, known, what="known")
    his = columns_of(attacker, known, what="attacker") if attacker is not None else ()
    if before is None:
        return replace(report, linkage=_attack(mine, his))
    stayed = _stayed(before, table, kept)
    former = _assess(before, quasi, sensitive, direct, population, context, most_cells, name)
    raw = columns_of(before, known, what="before")
    former = replace(former, linkage=_attack(raw, his))
    aligned = tuple(one.take(stayed) for one in raw)
    his = tuple(linkage.translated(a, b, c) for a, b, c in zip(his, aligned, mine, strict=True)) if his else ()
    both = (*quasi, *sensitive)
    cost = utility(
        [one.take(stayed) for one in columns_of(before, both, what="before")],
        columns_of(table, both),
        classes(columns_of(before, quasi, what="before"), rows=before.num_rows),
        classes(columns_of(table, quasi), rows=table.num_rows),
        quasi=len(quasi),
    )
    return replace(report, linkage=_attack(mine, his), before=former, utility=cost)


def _assess(
    table: pa.Table,
    quasi: Sequence[str],
    sensitive: Sequence[str],
    direct: Sequence[str],
    population: pa.Table | int | None,
    context: float,
    most_cells: int,
    name: str,
) -> RiskReport:
    columns = columns_of(table, quasi)
    found = classes(columns, rows=table.num_rows)
    people = fitting = uniques = None
    if isinstance(population, int):
        uniques = population_uniques(found, population)
    elif population is not None:
        people, fitting = against_population(found, columns, columns_of(population, quasi, what="population"))
        uniques = population_uniques(found, people.size)
    sets, per_row, score, looked = causes.unique_sets(columns, most_cells=most_cells)
    alone = prosecutor(found)
    strangers = alone if fitting is None else journalist(found, fitting)
    present = tuple(one for one in direct if one in table.schema.names)
    return RiskReport(
        rows=found.rows,
        quasi=tuple(quasi),
        direct=present,
        k=found.k,
        classes=found.count,
        mean_class=found.rows / found.count if found.count else 0.0,
        unique=found.unique,
        uniqueness=found.unique / found.rows if found.rows else 0.0,
        small_cells=found.below(SMALL_CELL + 1),
        sizes=bands(found),
        prosecutor=alone,
        journalist=strangers,
        marketer=marketer(found, fitting),
        sensitive=tuple(sensitive_risk(found, one) for one in columns_of(table, sensitive, what="sensitive")),
        population=people,
        uniques=uniques,
        grades=grades(found, direct=bool(present), quasi=bool(quasi), context=context),
        expert=expert_summary(strangers, population=fitting is not None),
        columns=causes.column_risks(columns),
        unique_sets=sets,
        sets_up_to=looked,
        worst=causes.worst_rows(found, per_row, score) if columns else (),
        name=name,
    )


def bands(found: Classes) -> tuple[SizeBand, ...]:
    """Classes and rows by size of class."""
    made: list[SizeBand] = []
    for least, most in _BANDS:
        inside = (found.sizes >= least) & ((found.sizes <= most) if most else True)
        made.append(SizeBand(least=least, most=most, classes=int(inside.sum()), rows=int(found.sizes[inside].sum())))
    return tuple(made)


def _attack(mine: Sequence[Coded], his: Sequence[Coded]) -> linkage.Linkage | None:
    if not mine:
        return None
    return linkage.has_table(mine, his) if his else linkage.knows_columns(mine)


def _stayed(before: pa.Table, after: pa.Table, kept: Sequence[int] | Ints | None) -> Ints:
    """The positions in ``before`` of the rows of ``after``."""
    if kept is None:
        if before.num_rows != after.num_rows:
            raise InputError(
                f"before has {before.num_rows} rows, the table {after.num_rows}: say kept=, the positions of those that stayed."
            )
        return np.arange(before.num_rows)
    positions = np.asarray(kept)
    if positions.dtype == bool:
        positions = np.flatnonzero(positions)
    fits = len(positions) == after.num_rows and (
        not len(positions) or (positions.min() >= 0 and positions.max() < before.num_rows)
    )
    if not fits:
        raise InputError("kept: one position in before per row of the table, counted from 0.")
    return positions.astype(np.int64)
