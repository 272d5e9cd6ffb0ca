"""What a second look at written files found: places that leak, and coincidences. Plain data without any value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from piiscrub.model import entities


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """A place where something is that should not be. ``row`` counts from 1 in the output; 0 is the header or no row."""

    file: str
    column: str
    row: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Residual:
    """What the check found. ``leaks`` fail the hand-over; ``coincidences`` are counted by what they are and shown."""

    leaks: tuple[Leak, ...]
    found: int
    coincidences: Mapping[str, int]
    cells: int
    rows: int

    @property
    def ok(self) -> bool:
        return not self.found


def without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with a blank in the place of each span."""
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text


def same_kind(one: str, other: str) -> bool:
    """Whether two entities are one, or one is a kind of the other."""
    return one == other or one in entities.ancestors(other) or other in entities.ancestors(one)
