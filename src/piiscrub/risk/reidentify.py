"""How likely a row is tied to a person: prosecutor, journalist, marketer; k-map and δ-presence where a population is known.

Definitions: El Emam, Guide to the De-Identification of Personal Health Information, 2013 (the three attackers);
Sweeney 2002 (k-map); Nergiz, Atzori, Clifton, Hiding the presence of individuals (δ-presence), SIGMOD 2007.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from piiscrub.risk.classes import Classes, classes_of_codes
from piiscrub.risk.coding import Coded, Ints, coded

THRESHOLD = 0.09
"""EMA Policy 0070 and Health Canada: at most 0.09, which is one in eleven."""
SMALL_CELL = 10
"""CMS cell size suppression policy: no cell of 1 to 10."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """One attacker. ``highest`` and ``mean`` are probabilities per row, ``above`` the share of rows over 0.09."""

    highest: float
    mean: float
    above: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PopulationRisk:
    """The table against the population it was drawn from.

    ``k_map``: fewest people of the population that any row fits. ``absent``: rows that fit nobody there (the population
    table is then not complete; such a row counts as fitting its own class). ``delta_min`` and ``delta_max``: least and
    greatest probability, over the classes of the population, that a member of it is in the table.
    """

    size: int
    k_map: int
    absent: int
    delta_min: float
    delta_max: float


def prosecutor(found: Classes) -> Attack:
    """The attacker knows that the person is in the table: one divided by the size of the class."""
    return _attack(found.sizes, found.sizes)


def journalist(found: Classes, fitting: Ints) -> Attack:
    """The attacker knows only the population: one divided by the people who fit. ``fitting`` is per class, int64."""
    return _attack(found.sizes, fitting)


def marketer(found: Classes, fitting: Ints | None = None) -> float:
    """Expected share of rows that are tied to the right person when all are tied to somebody who fits."""
    if not found.rows:
        return 0.0
    fits = found.sizes if fitting is None else fitting
    return float((found.sizes / fits).sum() / found.rows)


def _attack(sizes: Ints, fitting: Ints) -> Attack:
    if not len(sizes):
        return Attack(highest=0.0, mean=0.0, above=0.0)
    theta = 1.0 / fitting
    rows = sizes.sum()
    return Attack(
        highest=float(theta.max()), mean=float((theta * sizes).sum() / rows), above=float(sizes[theta > THRESHOLD].sum() / rows)
    )


def against_population(found: Classes, columns: Sequence[Coded], population: Sequence[Coded]) -> tuple[PopulationRisk, Ints]:
    """The risk, and for every class of the table how many people fit (int64, at least as many as the class has).

    ``population`` has the same columns in the same order; text and numbers are compared as values of the table's type.

    >>> import pyarrow as pa
    >>> from piiscrub.risk.classes import classes
    >>> table, people = [coded(pa.array(["a", "b"]))], [coded(pa.array(["a", "a", "a", "b", "b", "c"]))]
    >>> risk, fitting = against_population(classes(table), table, people)
    >>> risk.k_map, fitting.tolist(), risk.delta_min, risk.delta_max
    (2, [3, 2], 0.0, 0.5)
    """
    pairs = [shared(one, other) for one, other in zip(columns, population, strict=True)]
    rows = found.rows
    both = classes_of_codes([(np.concatenate((mine, theirs)), size) for mine, theirs, size in pairs])
    people = np.bincount(both.of[rows:], minlength=both.count)
    in_table = np.bincount(both.of[:rows], minlength=both.count)
    joined = np.empty(found.count, dtype=np.int64)
    joined[found.of] = both.of[:rows]
    counted = people[joined]
    fitting = np.maximum(counted, found.sizes)
    known = people > 0
    delta = np.minimum(in_table[known] / people[known], 1.0) if known.any() else np.zeros(1)
    risk = PopulationRisk(
        size=int(people.sum()),
        k_map=int(fitting.min()) if found.count else 0,
        absent=int(found.sizes[counted == 0].sum()),
        delta_min=float(delta.min()),
        delta_max=float(delta.max()),
    )
    return risk, fitting


def shared(one: Coded, other: Coded) -> tuple[Ints, Ints, int]:
    """The codes of two columns numbered alike, and how many numbers there are. Equal values get equal numbers."""
    import pyarrow as pa

    first, second = one.values, other.values
    if first.type != second.type:
        try:
            second = second.cast(first.type)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
            first, second = first.cast(pa.string()), second.cast(pa.string())
    together = coded(pa.chunked_array([first, second]), one.name)
    mine, theirs = together.codes[: one.size], together.codes[one.size :]
    return mine[one.codes], theirs[other.codes], together.size
