"""The score of a match: what the pattern is worth, what the check says, what the words around it say."""

from __future__ import annotations

from typing import TypeAlias

from piiscrub.model.finding import Check
from piiscrub.recognize.compiled import Entry
from piiscrub.recognize.hits import Hit

Score: TypeAlias = tuple[float | None, Check, tuple[str, ...], str]
"""Value (None: no finding at all), check, context words, the word that speaks against."""


def score(entry: Entry, valid: bool | None, own: Hit | None, negative: Hit | None) -> Score:
    """Weigh one match.

    Args:
        valid: outcome of the check, None if the pattern has none.
        own: the nearest context word of the pack.
        negative: the nearest word that speaks against (order, invoice …). It counts only if it is nearer than ``own``.
    """
    against = ""
    if entry.gap and own is not None and own[0] > entry.gap:
        own = None
    if negative is not None and (own is None or negative[0] < own[0]):
        own, against = None, negative[1]
    if own is None:
        check: Check = "none" if valid is None else "passed" if valid else "failed"
        if entry.needs_context or valid is False:
            return None, check, (), against
        if against:
            return entry.near_against[bool(valid)], check, (), against
        return entry.passed if valid else entry.score, check, (), ""
    if valid is False:
        return entry.failed, "failed", (own[1],), ""
    return entry.near_word[bool(valid)], "passed" if valid else "none", (own[1],), ""
