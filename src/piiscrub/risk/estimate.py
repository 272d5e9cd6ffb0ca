"""How many people are unique in a population of which the table is a sample: an estimate, under the model it names.

Two estimators, chosen by the sampling fraction as Dankar et al., BMC Medical Informatics and Decision Making 12:66, 2012
propose for small fractions: at most one in ten, Pitman's sampling formula (Hoshino, Applying Pitman's sampling formula to
microdata disclosure risk assessment, J. Official Statistics 17(4), 2001); above, Zayatz (Estimation of the percent of
unique population elements on a microdata file using the sample, US Bureau of the Census, 1991).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from piiscrub.risk.classes import Classes
from piiscrub.risk.coding import Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Uniques:
    """Estimated people who are unique in the population: their number, their share of it, and by which estimator.

    ``estimator``: ``pitman``, ``zayatz``, or ``census`` where the table is the population and nothing is estimated.
    """

    population: int
    number: float
    share: float
    estimator: str


def population_uniques(found: Classes, size: int) -> Uniques:
    """The estimate for a population of ``size`` people; at least as many as the table has rows.

    >>> import numpy as np
    >>> population_uniques(Classes(np.array([0, 1, 1]), np.array([1, 2])), 3)
    Uniques(population=3, number=1.0, share=0.3333333333333333, estimator='census')
    """
    rows = found.rows
    if size <= rows:
        return _answer(rows, float(found.unique), "census")
    if not found.unique:
        # No unique row in the sample: both estimators say none.
        return _answer(size, 0.0, "zayatz")
    frequencies, repeats = np.unique(found.sizes, return_counts=True)
    if rows / size <= 0.1:
        number = pitman(frequencies, repeats, size)
        if number is not None:
            return _answer(size, number, "pitman")
    return _answer(size, zayatz(frequencies, repeats, rows, size), "zayatz")


def _answer(size: int, number: float, estimator: str) -> Uniques:
    number = min(max(number, 0.0), float(size))
    return Uniques(population=size, number=number, share=number / size if size else 0.0, estimator=estimator)


def zayatz(frequencies: Ints, repeats: Ints, rows: int, size: int) -> float:
    """Unique people when the population's classes were spread over sizes as the sample's are.

    The share of sample uniques that are population uniques is P(F=1 | f=1) by Bayes, with P(f=1 | F=i) binomial.
    """
    fraction = rows / size
    weight = repeats / repeats.sum()
    seen_once = weight * frequencies * fraction * (1 - fraction) ** (frequencies - 1)
    total = float(seen_once.sum())
    truly = float(seen_once[frequencies == 1].sum()) / total if total else 0.0
    return float(repeats[frequencies == 1].sum() * truly / fraction)


def pitman(frequencies: Ints, repeats: Ints, size: int) -> float | None:
    """Expected uniques of a population of ``size`` under the Pitman model fitted by maximum likelihood; None: no maximum.

    Parameters 0 < α < 1 and θ > 0. For a fixed α only two terms depend on θ, so the search is one inside the other.
    """
    classes = int(repeats.sum())
    rows = int((frequencies * repeats).sum())
    if classes in (1, rows):  # one class, or nobody twice: the likelihood has no maximum inside
        return None

    def by_theta(theta: float, alpha: float) -> float:
        return (
            (classes - 1) * math.log(alpha)
            + math.lgamma(theta / alpha + classes)
            - math.lgamma(theta / alpha + 1)
            - math.lgamma(theta + rows)
            + math.lgamma(theta + 1)
        )

    pairs = list(zip(frequencies.tolist(), repeats.tolist(), strict=True))

    def theta_for(alpha: float) -> float:
        return math.exp(_highest(lambda x: by_theta(math.exp(x), alpha), -12.0, math.log(rows) + 8.0))

    def likelihood(alpha: float) -> float:
        own: float = sum(times * (math.lgamma(often - alpha) - math.lgamma(1 - alpha)) for often, times in pairs)
        return by_theta(theta_for(alpha), alpha) + own

    alpha = _highest(likelihood, 1e-4, 1 - 1e-4, steps=50)
    if alpha > 1 - 1e-3:
        return None
    theta = theta_for(alpha)
    # E[S_1] for N draws: N Γ(θ+1) Γ(θ+α+N-1) / (Γ(θ+α) Γ(θ+N))
    return math.exp(
        math.log(size)
        + math.lgamma(theta + 1)
        + math.lgamma(theta + alpha + size - 1)
        - math.lgamma(theta + alpha)
        - math.lgamma(theta + size)
    )


def _highest(of: Callable[[float], float], low: float, high: float, steps: int = 60) -> float:
    """Where a function with one maximum is highest: golden section."""
    ratio = (math.sqrt(5) - 1) / 2
    left, right = high - ratio * (high - low), low + ratio * (high - low)
    at_left, at_right = of(left), of(right)
    for _ in range(steps):
        if at_left < at_right:
            low, left, at_left = left, right, at_right
            right = low + ratio * (high - low)
            at_right = of(right)
        else:
            high, right, at_right = right, left, at_left
            left = high - ratio * (high - low)
            at_left = of(left)
    return (low + high) / 2
