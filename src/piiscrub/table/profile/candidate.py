"""What the values of a column may be, with a score and the reason."""

from __future__ import annotations

from typing import NamedTuple

from piiscrub.table.profile.model import Clue
from piiscrub.table.profile.shapes import Shapes


class Candidate(NamedTuple):
    """``score``: 0 to 1, how much the values alone speak for the entity. ``sure``: a check digit or an unmistakable form did."""

    entity: str
    score: float
    clue: Clue
    sure: bool = False


def clue_of(key: str, share: float, shapes: Shapes, **more: object) -> Clue:
    """That so large a share of the values read bear something out."""
    return f"profile.{key}", {"n": round(share * len(shapes.values)), "m": len(shapes.values), **more}
