"""Grades and thresholds of standards: GB/T 42460-2023, HIPAA expert determination, small cells.

GB/T 42460-2023 (in force 2023-10-01), clause 4 (grades) and annex D (k-anonymity): θ_j = 1/f_j for class j of size f_j;
τ by release model; R_a = share of classes with θ_j > τ, and if it is not 0 the overall risk R is 1; else R = R_b · pr with
R_b = max θ_j for public release, R = R_c · pr with R_c = mean θ_j for the other two; pr is the probability that the
context lets an attack happen, 1 for public release; R is acceptable up to 0.05.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from piiscrub.risk.classes import Classes
from piiscrub.risk.reidentify import THRESHOLD, Attack

Model: TypeAlias = Literal["public", "agreement", "enclave"]
MODELS: tuple[tuple[Model, int], ...] = (("public", 20), ("agreement", 5), ("enclave", 3))
"""完全公开, 受控公开, 领地公开, each with 1/τ: the class size from which on no class exceeds τ."""
ACCEPTABLE = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """The grade under one release model.

    ``grade``: 1 direct identifiers are present · 2 none, but quasi-identifiers whose risk is not acceptable · 3 none,
    quasi-identifiers, acceptable risk · 4 no identifiers. ``tau`` the threshold per class, ``needed`` the k that meets it,
    ``r_a`` the share of classes above, ``r_b`` the greatest, ``r_c`` the mean risk of classes, ``context`` the pr used,
    ``risk`` the overall R.
    """

    model: Model
    grade: int
    tau: float
    needed: int
    r_a: float
    r_b: float
    r_c: float
    context: float
    risk: float


def grades(found: Classes, *, direct: bool, quasi: bool, context: float = 1.0) -> tuple[Grade, ...]:
    """The grade under each of the three release models. ``context`` is the greatest of the probabilities of a deliberate
    attempt, an inadvertent recognition and a breach, for agreement and enclave; without knowledge it is 1.

    >>> import numpy as np
    >>> five = Classes(np.repeat(np.arange(40), 25), np.full(40, 25))
    >>> [(one.model, one.grade, one.risk) for one in grades(five, direct=False, quasi=True)]
    [('public', 3, 0.04), ('agreement', 3, 0.04), ('enclave', 3, 0.04)]
    """
    return tuple(_grade(found, model, needed, direct, quasi, context) for model, needed in MODELS)


def _grade(found: Classes, model: Model, needed: int, direct: bool, quasi: bool, context: float) -> Grade:
    theta = 1.0 / found.sizes
    none = not found.count
    r_a = 0.0 if none else float((found.sizes < needed).mean())
    r_b = 0.0 if none else float(theta.max())
    r_c = 0.0 if none else float(theta.mean())
    applied = 1.0 if model == "public" else context
    risk = 1.0 if r_a > 0 else (r_b if model == "public" else r_c) * applied
    if direct:
        grade = 1
    elif not quasi:
        grade = 4
    else:
        # Annex D.1.5 sets τ = 0.05 for public release and calls 0.05 acceptable: a table with k = 20 meets it.
        grade = 3 if risk <= ACCEPTABLE + 1e-12 else 2
    return Grade(model=model, grade=grade, tau=1 / needed, needed=needed, r_a=r_a, r_b=r_b, r_c=r_c, context=applied, risk=risk)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertSummary:
    """The numbers an expert under 45 CFR 164.514(b)(1) looks at. The rule says "very small" and names no number; 0.09 is
    the one in use (EMA Policy 0070, Health Canada). This is no determination: that is made and signed by a person.

    ``basis``: ``population`` if people who fit were counted there, else ``table``, which overstates.
    """

    threshold: float
    highest: float
    mean: float
    above: float
    basis: Literal["table", "population"]
    meets: bool


def expert_summary(attack: Attack, *, population: bool) -> ExpertSummary:
    """The summary of the strongest attacker for whom there are numbers."""
    return ExpertSummary(
        threshold=THRESHOLD,
        highest=attack.highest,
        mean=attack.mean,
        above=attack.above,
        basis="population" if population else "table",
        meets=attack.highest <= THRESHOLD + 1e-12,
    )
