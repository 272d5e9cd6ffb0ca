"""The score of a match: what the pattern is worth, what the check says, what the words around it say."""

from __future__ import annotations

from typing import TypeAlias

from piiscrub.model.finding import Check
from piiscrub.recognize.compiled import Entry
from piiscrub.recognize.hits import AGAINST, Hits

Score: TypeAlias = tuple[float | None, Check, tuple[str, ...], str]
"""Value (None: no finding at all), check, context words, the word that speaks against."""


def score(entry: Entry, valid: bool | None, near: Hits) -> Score:
    """Weigh one match.

    Args:
        valid: outcome of the check, None if the pattern has none.
        near: the context words around it. The nearest of the pack counts, unless one that speaks against (order, invoice …)
            is nearer; of two as near the first.
    """
    own = against = -1
    own_word = against_word = ""
    bit = entry.bit
    for distance, owners, word in near:
        if owners & bit and (own < 0 or distance < own):
            own, own_word = distance, word
        if owners & AGAINST and (against < 0 or distance < against):
            against, against_word = distance, word
    if own >= 0 and entry.gap and own > entry.gap:
        own = -1
    if against >= 0:
        if own < 0 or against < own:
            own = -1
        else:
            against_word = ""
    if own < 0:
        check: Check = "none" if valid is None else "passed" if valid else "failed"
        if entry.needs_context or valid is False:
            return None, check, (), against_word
        if against_word:
            return entry.near_against[bool(valid)], check, (), against_word
        return entry.passed if valid else entry.score, check, (), ""
    if valid is False:
        return entry.failed, "failed", (own_word,), ""
    return entry.near_word[bool(valid)], "passed" if valid else "none", (own_word,), ""
