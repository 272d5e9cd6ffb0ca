"""The score of a match: what the pattern is worth, what the check says, what the words around it say."""

from __future__ import annotations

from typing import TypeAlias

from piiscrub.model.finding import Check
from piiscrub.recognize.compiled import Entry
from piiscrub.recognize.hits import Hit

# A word that speaks against stands right before its number (订单号：…, order number is …). Further off, the sentence has gone
# on to something else (发票寄到公司，找小李…): it then costs a value half, if a check says that this is one.
_BESIDE_HAN, _BESIDE_LATIN = 3, 8

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
        if against and negative is not None:
            far = valid and negative[0] > (_BESIDE_LATIN if against.isascii() else _BESIDE_HAN)
            return entry.far_against if far else entry.near_against[bool(valid)], check, (), against
        return entry.passed if valid else entry.score, check, (), ""
    if valid is False:
        return entry.failed, "failed", (own[1],), ""
    return entry.near_word[bool(valid)], "passed" if valid else "none", (own[1],), ""
