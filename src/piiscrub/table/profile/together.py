"""Columns that make each other sure: a latitude beside a longitude, a given name beside a surname."""

from __future__ import annotations

from collections.abc import Sequence

from piiscrub.table.profile.judge import Verdict
from piiscrub.table.profile.model import Clue

_SURE = 0.85
_NORTH = 90.0  # degrees


def together(verdicts: Sequence[Verdict], i: int) -> Verdict | None:
    """The verdict on a column that its values alone made likely, where the one before or behind it is the other half."""
    verdict = verdicts[i]
    if verdict.hits or verdict.confidence >= _SURE:
        return None
    beside = [verdicts[j] for j in (i - 1, i + 1) if 0 <= j < len(verdicts)]
    if verdict.entity == "GEO_COORDINATE" and any(_halves(verdict, other) for other in beside):
        return _sure(verdict, ("profile.neighbour-coordinate", {}))
    if verdict.entity == "PERSON" and _single(verdict) and any(o.entity == "PERSON" and _single(o) for o in beside):
        return _sure(verdict, ("profile.neighbour-name", {}))
    return None


def _sure(verdict: Verdict, clue: Clue) -> Verdict:
    return Verdict.of(verdict.entity, _SURE, *verdict.clues, clue)


def _single(verdict: Verdict) -> bool:
    return any(key == "profile.single-names" for key, _ in verdict.clues)


def _halves(one: Verdict, other: Verdict) -> bool:
    """Whether one of two columns of degrees can be a latitude, and both are of other places: no two readings of one thing."""
    if other.entity != "GEO_COORDINATE":
        return False
    spans = [_span(verdict) for verdict in (one, other)]
    return any(low >= -_NORTH and high <= _NORTH for low, high in spans) and spans[0] != spans[1]


def _span(verdict: Verdict) -> tuple[float, float]:
    degrees = [float(value) for value in verdict.shapes.values if value.lstrip("+-").replace(".", "", 1).isdigit()]
    return (min(degrees), max(degrees)) if degrees else (0.0, 0.0)
