"""The score of a match: what the pattern is worth, what the check says, what the words around it say."""

from __future__ import annotations

from typing import NamedTuple

from piiscrub.model.finding import Check
from piiscrub.packs.schema import Pack, Pattern
from piiscrub.recognize.context import NEGATIVE, Hit


class Score(NamedTuple):
    """``value`` is None when the match is no finding at all; then ``missing`` says what it lacked."""

    value: float | None
    check: Check
    context: tuple[str, ...]
    against: str
    missing: str


def score(pack: Pack, pattern: Pattern, valid: bool | None, own: Hit | None, negative: Hit | None) -> Score:
    """Weigh one match.

    Args:
        valid: outcome of the check, None if the pattern has none.
        own: the nearest context word of the pack.
        negative: the nearest word that speaks against (order, invoice …). It counts only if it is nearer than ``own``.

    """
    against = ""
    if negative is not None and (own is None or negative.distance < own.distance):
        own, against = None, negative.word
    context = () if own is None else (own.word,)
    if pattern.mode == "context" and own is None:
        return Score(None, "none" if valid is None else "passed" if valid else "failed", context, against, "context")
    words = pack.context
    if valid is False:
        if pack.check is None or pack.check.failed is None:
            return Score(None, "failed", context, against, "check")
        if own is None:
            return Score(None, "failed", context, against, "check, and no context word near")
        return Score(pack.check.failed, "failed", context, against, "")
    if valid:
        value = pattern.score if pack.check is None else max(pack.check.passed, pattern.score)
    else:
        value = pattern.score
    if own is not None:
        value = min(1.0, value + words.boost)
    elif against:
        value = max(0.0, value - words.penalty)
    return Score(value, "passed" if valid else "none", context, against, "")
