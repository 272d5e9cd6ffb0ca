"""What the values of a column alone speak for, header unseen: candidates with scores and the reason for each."""

from __future__ import annotations

from piiscrub.table.profile.candidate import Candidate
from piiscrub.table.profile.checks import Checks
from piiscrub.table.profile.formed import formed
from piiscrub.table.profile.named import listed, named
from piiscrub.table.profile.numbered import by_digits, checked, damaged, dates
from piiscrub.table.profile.shapes import Shapes


def candidates(shapes: Shapes, checks: Checks) -> list[Candidate]:
    """All readings of a column, best first."""
    if not shapes.values:
        return []
    best: dict[str, Candidate] = {}
    for one in (
        *checked(checks),
        *by_digits(shapes, checks),
        *damaged(shapes),
        *dates(shapes),
        *listed(shapes),
        *named(shapes),
        *formed(shapes, checks),
    ):
        other = best.get(one.entity)
        if other is None or other.score < one.score:
            best[one.entity] = one._replace(sure=True) if other is not None and other.sure else one
        elif one.sure:  # two reasons for one entity: what one of them makes sure is sure
            best[one.entity] = other._replace(sure=True)
    return sorted(best.values(), key=lambda one: -one.score)
