"""The slow way round, for explanations: ask every pattern about a span and say what it lacked."""

from __future__ import annotations

from typing import Literal, NamedTuple

from piiscrub.recognize.compiled import Entry
from piiscrub.recognize.engine import Engine
from piiscrub.recognize.hits import NEGATIVE
from piiscrub.recognize.score import score
from piiscrub.reference.scripts import simplified

_AROUND = 8  # characters around the span in which a pattern may begin or end

Lacked = Literal["boundary", "context", "check", "check-label"]
_NEAREST: tuple[Lacked, ...] = ("check-label", "check", "context", "boundary")  # of two that fit as well, who came nearer


class Trace(NamedTuple):
    """A pattern that fits at a place but made no finding there, and what it lacked.

    ``boundary``: something touches the place; ``detail`` is the name of the edge. ``check``: it failed (``check-label``: and
    the label that would have outweighed it is not near); ``detail`` is the name of the check. ``context``: the pattern
    reports nothing without a word of its own. ``against`` is the word of another kind that stands nearer, if one does.
    """

    entity: str
    recognizer: str
    pattern: str
    start: int
    end: int
    lacked: Lacked
    detail: str = ""
    against: str = ""


def trace(engine: Engine, text: str, start: int, end: int, *, label: str = "") -> list[Trace]:
    """Every pattern whose bare regex covers at least half of ``text[start:end]``, best fit first."""
    text = simplified(text)
    found: list[tuple[float, Trace]] = []
    for entry in engine.entries:
        if end - start > 2 * entry.pattern.max:
            continue
        best: tuple[int, int] | None = None
        at = max(0, start - _AROUND)
        while (m := entry.bare.search(text, at, min(len(text), end + _AROUND))) and m.start() < end:
            at = m.start() + 1
            covers = 2 * (min(end, m.end()) - max(start, m.start())) >= end - start
            if covers and (best is None or fit(m.span(), (start, end)) > fit(best, (start, end))):
                best = m.span()
        if best is not None and (missing := _lacked(engine, entry, text, *best, label)):
            lacked, detail, against = missing
            one = Trace(entry.pack.entity, entry.pack.id, entry.pattern.name, *best, lacked, detail, against)
            found.append((fit(best, (start, end)), one))
    found.sort(key=lambda item: (-item[0], _NEAREST.index(item[1].lacked), item[1]))
    return [one for _, one in found]


def fit(one: tuple[int, int], other: tuple[int, int]) -> float:
    """How well two spans agree: what they share of what they cover together, 0 to 1.

    >>> fit((0, 4), (0, 4)), fit((0, 4), (2, 6)), fit((0, 2), (2, 4))
    (1.0, 0.3333333333333333, 0.0)
    """
    shared = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return shared / (max(one[1], other[1]) - min(one[0], other[0]))


def _lacked(engine: Engine, entry: Entry, text: str, start: int, end: int, label: str) -> tuple[Lacked, str, str] | None:
    exact = entry.regex.match(text, start)
    if exact is None or exact.end() != end:
        return "boundary", entry.pattern.boundary, ""
    valid = None if entry.is_valid is None else entry.is_valid(text[start:end])
    near = engine.near(text, start, end, label=label)
    value, _, _, against = score(entry, valid, near.get(entry.owner), near.get(NEGATIVE))
    if value is not None:
        return None
    if valid is not False:
        return "context", "", against
    return "check-label" if entry.failed is not None else "check", entry.pattern.validator, against
