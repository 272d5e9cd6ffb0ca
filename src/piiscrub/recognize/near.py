"""Which of many stretches of a text touch a given one.

A long text has tens of thousands of findings and of spans of a tagger, and most rules ask of each what stands around it: who
looks through all of them takes the square of the text's length.
"""

from __future__ import annotations

from bisect import bisect_left, insort_right
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Generic, TypeVar

from piiscrub.model.finding import Finding
from piiscrub.recognize.ner.tagger import Span

Placed = TypeVar("Placed", Finding, Span)
_START = attrgetter("start")
_FEW = 8  # are sooner looked through than searched


class Near(Generic[Placed]):
    """Findings or spans by where they begin. It is quick because none is longer than a name or an address can be.

    >>> near = Near([Span(9, 12, "PERSON", 0.9), Span(0, 3, "PERSON", 0.8)])
    >>> [span.start for span in near(2, 9)]
    [0]
    >>> near.put(Span(0, 5, "PERSON", 0.8), near(2, 9))
    >>> [(span.start, span.end) for span in near]
    [(0, 5), (9, 12)]
    """

    __slots__ = ("_longest", "_placed")

    def __init__(self, placed: Iterable[Placed]) -> None:
        self._placed: list[Placed] = sorted(placed, key=_START)
        self._longest = max([p.end - p.start for p in self._placed]) if self._placed else 0  # often there is none

    def __iter__(self) -> Iterator[Placed]:
        return iter(self._placed)

    def __bool__(self) -> bool:
        return bool(self._placed)

    def __call__(self, start: int, end: int) -> list[Placed]:
        """Those that share a character with ``start`` to ``end``, by where they begin."""
        if len(self._placed) < _FEW:
            return [p for p in self._placed if p.start < end and p.end > start]
        low = bisect_left(self._placed, start - self._longest, key=_START)
        high = bisect_left(self._placed, end, low, key=_START)
        return [p for p in self._placed[low:high] if p.end > start]

    def take_out(self, those: Iterable[Placed]) -> None:
        """Forget some that are in it."""
        for old in those:
            at = bisect_left(self._placed, old.start, key=_START)
            while self._placed[at] is not old:
                at += 1
            del self._placed[at]

    def put(self, new: Placed, instead_of: Iterable[Placed] = ()) -> None:
        """Take one in, in place of these."""
        self.take_out(instead_of)
        insort_right(self._placed, new, key=_START)
        self._longest = max(self._longest, new.end - new.start)
