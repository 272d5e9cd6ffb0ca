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
        if one.entity not in best or best[one.entity].score < one.score:
            best[one.entity] = one
    return sorted(best.values(), key=lambda one: -one.score)
