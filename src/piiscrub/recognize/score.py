"""The score of a match: what the pattern is worth, what the check says, what the words around it say."""

from __future__ import annotations

from typing import NamedTuple

from piiscrub.model.finding import Check
from piiscrub.recognize.compiled import Entry
from piiscrub.recognize.context import Hit


class Score(NamedTuple):
    """``value`` is None when the match is no finding at all; then ``missing`` says what it lacked."""

    value: float | None
    check: Check
    context: tuple[str, ...]
    against: str
    missing: str = ""


def score(entry: Entry, valid: bool | None, own: Hit | None, negative: Hit | None) -> Score:
    """Weigh one match.

    Args:
        valid: outcome of the check, None if the pattern has none.
        own: the nearest context word of the pack.
        negative: the nearest word that speaks against (order, invoice …). It counts only if it is nearer than ``own``.
    """
    against = ""
    if negative is not None and (own is None or negative.distance < own.distance):
        own, against = None, negative.word
    if entry.gap and own is not None and own.distance > entry.gap:
        own = None
    context = () if own is None else (own.word,)
    check: Check = "none" if valid is None else "passed" if valid else "failed"
    if own is None and entry.needs_context:
        return Score(None, check, context, against, "context")
    if valid is False:
        if entry.failed is None:
            return Score(None, check, context, against, "check")
        if own is None:
            return Score(None, check, context, against, "check, and no context word near")
        return Score(entry.failed, check, context, against)
    value = entry.passed if valid else entry.score
    if own is not None:
        value = min(1.0, value + entry.boost)
    elif against:
        value = max(0.0, value - entry.penalty)
    return Score(value, check, context, against)
