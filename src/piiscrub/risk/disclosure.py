"""What a class gives away about a sensitive attribute although nobody in it is singled out: l-diversity, t-closeness, α.

Sources: Machanavajjhala et al., l-diversity, ACM TKDD 1(1), 2007 (distinct, entropy, recursive); Li, Li,
Venkatasubramanian, t-closeness, ICDE 2007 (earth mover's distance: ordered for numbers, equal distance for categories);
Wong et al., (α, k)-anonymity, KDD 2006.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from piiscrub.risk.classes import Classes
from piiscrub.risk.coding import Coded, Floats, Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class SensitiveRisk:
    """One sensitive attribute over all classes; each number is that of the worst class.

    ``l``: fewest different values in a class. ``entropy_l``: e to the least entropy, so 3.0 reads "as if three equally
    frequent values". ``recursive_c``: the least c for which the table has recursive (c, l)-diversity with this ``l``, that
    is the greatest r_1 / (r_l + … + r_m) with counts in falling order; infinite where l is 1 because nothing is left to
    weigh against. ``t``: greatest distance of a class from the whole table, 0 to 1; ordered distance if ``ordered``.
    ``alpha``: greatest share of one value in a class. ``exposed``: rows in classes where every row has the same value.
    """

    name: str
    distinct: int
    ordered: bool
    l: int  # noqa: E741  # the name the measure has had since 2006
    entropy_l: float
    recursive_c: float
    t: float
    alpha: float
    exposed: int


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """How often each value occurs in each class: sorted by class, then by rank of the value. All int64, one per cell."""

    of: Ints
    rank: Ints
    counts: Ints
    classes: Classes
    distinct: int

    def first(self) -> Ints:
        """Where each class begins."""
        return np.searchsorted(self.of, np.arange(self.classes.count))


def cells(found: Classes, attribute: Coded) -> Cells:
    """The cells of an attribute in the classes."""
    size = max(1, attribute.size)
    keys = found.of * size + attribute.ranked()
    pair, counts = np.unique(keys, return_counts=True)
    return Cells(pair // size, pair % size, counts, found, int((attribute.counts > 0).sum()))


def sensitive_risk(found: Classes, attribute: Coded) -> SensitiveRisk:
    """All measures of one attribute.

    >>> import pyarrow as pa
    >>> from piiscrub.risk.classes import classes
    >>> from piiscrub.risk.coding import coded
    >>> risk = sensitive_risk(classes([coded(pa.array(["x", "x", "y", "y"]))]), coded(pa.array(["flu", "HIV", "flu", "flu"])))
    >>> risk.l, risk.exposed, risk.t
    (1, 2, 0.25)
    """
    if not found.rows:
        return SensitiveRisk(
            name=attribute.name, distinct=0, ordered=attribute.ordered, l=0, entropy_l=0.0, recursive_c=math.inf, t=0.0,
            alpha=0.0, exposed=0,
        )  # fmt: skip
    table = cells(found, attribute)
    kinds = diversity(table)
    least = int(kinds.min())
    return SensitiveRisk(
        name=attribute.name,
        distinct=table.distinct,
        ordered=attribute.ordered,
        l=least,
        entropy_l=float(np.exp(entropy(table).min())),
        recursive_c=recursive(table, least),
        t=float(closeness(table, attribute).max()),
        alpha=float((table.counts / found.sizes[table.of]).max()),
        exposed=int(found.sizes[kinds == 1].sum()),
    )


def diversity(table: Cells) -> Ints:
    """Different values per class."""
    return np.asarray(np.bincount(table.of, minlength=table.classes.count), dtype=np.int64)


def entropy(table: Cells) -> Floats:
    """Entropy per class, in nats."""
    share = table.counts / table.classes.sizes[table.of]
    return np.asarray(np.bincount(table.of, weights=-share * np.log(share), minlength=table.classes.count))


def recursive(table: Cells, least: int) -> float:
    """The greatest r_1 / (r_l + … + r_m) of any class, for l = ``least``; infinite if l is 1."""
    if least <= 1:
        return math.inf
    order = np.lexsort((-table.counts, table.of))
    of, counts = table.of[order], table.counts[order]
    first = table.first()
    place = np.arange(len(of)) - first[of]
    tail = np.bincount(of, weights=np.where(place >= least - 1, counts, 0), minlength=table.classes.count)
    return float((counts[first] / tail).max())


def closeness(table: Cells, attribute: Coded) -> Floats:
    """Distance of each class's distribution from the whole table's, 0 to 1: ordered for numbers and dates, else equal."""
    total = np.zeros(attribute.size)
    total[attribute.rank] = attribute.counts / table.classes.rows
    if not attribute.ordered:
        share = table.counts / table.classes.sizes[table.of]
        whole = total[table.rank]
        many = table.classes.count
        # What a class does not have adds its share of the table: 1 less what it has.
        missing = 1.0 - np.bincount(table.of, weights=whole, minlength=many)
        differs = np.bincount(table.of, weights=np.abs(share - whole), minlength=many)
        return np.asarray(0.5 * (differs + np.maximum(missing, 0.0)))
    return _ordered(table, total)


def _ordered(table: Cells, total: Floats) -> Floats:
    """Sum over values i of |Q_i - P_i| / (m - 1) for cumulated shares Q of the class and P of the table.

    Q is constant between two values the class has, and P never falls: so the sum over such a stretch is that of P less
    that of Q beyond the place where P passes Q, and the other way round before it. No class × value table is made.
    """
    present = total > 0
    cumulated = np.cumsum(total[present])
    m = len(cumulated)
    if m < 2:
        return np.zeros(table.classes.count)
    number = np.cumsum(present) - 1  # place of a rank among the values that occur
    prefix = np.concatenate(([0.0], np.cumsum(cumulated)))
    first = table.first()
    share = table.counts / table.classes.sizes[table.of]
    running = np.cumsum(share)
    before = (running - share)[first]
    level = running - before[table.of]
    start = number[table.rank]
    end = np.append(start[1:], m)
    last = np.append(first[1:], len(table.of)) - 1
    end[last] = m
    cross = np.clip(np.searchsorted(cumulated, level), start, end)
    under = level * (cross - start) - (prefix[cross] - prefix[start])
    over = (prefix[end] - prefix[cross]) - level * (end - cross)
    worth = np.bincount(table.of, weights=np.abs(under) + np.abs(over), minlength=table.classes.count)
    return np.asarray((worth + prefix[start[first]]) / (m - 1))
