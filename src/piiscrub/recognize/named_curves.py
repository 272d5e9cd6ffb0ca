"""From what the evidence for a name weighs to how often such a finding is right."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache

from piiscrub.reference.tables import rows

_NO_CURVE: tuple[tuple[float, ...], tuple[float, ...]] = ((), ())


@cache
def _curves() -> dict[tuple[str, str], tuple[tuple[float, ...], tuple[float, ...]]]:
    points: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for entity, script, weight, share in rows("name_curves"):
        points.setdefault((entity, script), []).append((float(weight), float(share)))
    return {key: (tuple(w for w, _ in line), tuple(s for _, s in line)) for key, line in points.items()}


def share_right(entity: str, script: str, weight: float) -> float:
    """How often findings of this entity whose evidence weighs so much are right, 0 to 1.

    Args:
        entity: as reported; CN_ADDRESS runs on the curve of ADDRESS.
        script: ``han`` or ``latin``.
        weight: the sum of the evidence (named_scores.py), 0 to 1; without a curve it is the answer.

    >>> share_right("PERSON", "han", 0.95) > share_right("PERSON", "han", 0.5)
    True
    """
    weights, shares = _curves().get(("ADDRESS" if entity == "CN_ADDRESS" else entity, script), _NO_CURVE)
    if not weights:
        return weight
    at = bisect_right(weights, weight)
    if at == 0:
        return shares[0] * weight / weights[0]
    if at == len(weights):
        return shares[-1]
    part = (weight - weights[at - 1]) / (weights[at] - weights[at - 1])
    return shares[at - 1] + part * (shares[at] - shares[at - 1])
