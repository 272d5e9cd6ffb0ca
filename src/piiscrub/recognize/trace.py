"""The slow way round, for explanations: ask every pattern about a span and say what it lacked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from piiscrub.recognize.compiled import Entry
from piiscrub.recognize.context import NEGATIVE
from piiscrub.recognize.engine import Engine
from piiscrub.recognize.score import score

_AROUND = 8  # characters around the span in which a pattern may begin or end


class Trace(NamedTuple):
    """A pattern that fits at a place but made no finding there, and what it lacked."""

    entity: str
    recognizer: str
    pattern: str
    start: int
    end: int
    lacked: str


def trace(engine: Engine, text: str, start: int, end: int, *, label: str = "") -> Iterator[Trace]:
    """Every pattern whose bare regex covers at least half of ``text[start:end]``, with what it lacked."""
    for entry in engine.entries:
        best: tuple[int, int] | None = None
        at = max(0, start - _AROUND)
        while (m := entry.bare.search(text, at, min(len(text), end + _AROUND))) and m.start() < end:
            at = m.start() + 1
            common = min(end, m.end()) - max(start, m.start())
            if common * 2 >= end - start and (best is None or m.end() - m.start() > best[1] - best[0]):
                best = m.span()
        if best is not None:
            lacked = _lacked(engine, entry, text, *best, label)
            if lacked:
                yield Trace(entry.pack.entity, entry.pack.id, entry.pattern.name, *best, lacked)


def _lacked(engine: Engine, entry: Entry, text: str, start: int, end: int, label: str) -> str:
    exact = entry.regex.match(text, start)
    if exact is None or exact.end() != end:
        return f"boundary: the {entry.pattern.boundary!r} edge does not hold, something touches it"
    valid = None if entry.is_valid is None else entry.is_valid(text[start:end])
    near = engine.near(text, start, end, label=label)
    value, _, _, against = score(entry, valid, near.get(entry.owner), near.get(NEGATIVE))
    if value is not None:
        return ""
    stands = f" ({against!r} stands nearer)" if against else ""
    if valid is not False:
        return f"context: none of its words stands near{stands}"
    return f"check: {entry.pattern.validator} failed{' and its label is not near' if entry.failed is not None else ''}{stands}"
