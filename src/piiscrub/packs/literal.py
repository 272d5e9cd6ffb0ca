"""The rarest text that every match of a pattern holds, so that the engine can search for it instead of the pattern."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from re import _constants as sre  # type: ignore[attr-defined]  # private, but no public module names the node kinds
from typing import Any

from piiscrub.packs.automaton import ASCII, NOTHING, Chars, charclass, listed, nodes, tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal:
    """Characters that stand in every match, ``offset`` characters after its start.

    ``offset`` None: the distance varies, is at most ``before_max``, and only characters of ``before`` (None: any) stand
    between the start of the match and the literal. ``left`` are the characters that can stand right before it (None: any, or
    none at all), besides every one beyond ASCII if ``foreign``.
    """

    text: str
    offset: int | None
    before: frozenset[str] | None
    before_max: int
    left: frozenset[str] | None = None
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    low: int
    high: int
    before: Chars
    left: Chars | None  # None: the match may begin here


_WEIGHTS = {" ": 0.5, ".": 1.0, ",": 1.0, "-": 1.5, ":": 1.5, "/": 2.0, "_": 2.0, "\n": 0.5, "@": 9.0, "*": 9.0}
_FREQUENT = " etaoinsrhldcumfpgwyb.v-k/:0123456789TAISCMPHWBDERNLFOGUxjqzYVKJXQZ@_*一"  # the rarer, the further behind
_COPIES = 8  # copies of a repeat written out; the rest of it only makes distances longer


def _weight(text: str) -> float:
    """Say how rare a text is: symbols and Han characters are rarer than capitals, those rarer than small letters."""
    return sum(
        _WEIGHTS.get(c, 1.0 if c.isdecimal() else 1.5 if c.islower() else 2.0 if c.isascii() and c.isalpha() else 4.0)
        for c in text
    )


def rarest(text: str) -> str:
    """The character of a text that the fewest texts hold: to look for one costs a tenth of looking for several.

    >>> rarest("AKIA"), rarest("hf_"), rarest("://")
    ('K', '_', ':')
    """
    return max(text, key=lambda ch: _FREQUENT.find(ch) % (len(_FREQUENT) + 1))  # -1, not listed, is rarer than all


def required_literal(regex: str, ignore_case: bool, limit: int) -> Literal | None:
    """Return the rarest text that every match of the regex holds, None if there is none."""
    pieces = _pieces(tree(regex), 0, 0, NOTHING, None, ignore_case)
    if not pieces:
        return None
    best = max(pieces, key=lambda p: (_weight(p.text), p.low == p.high, -p.high))
    fixed = best.low == best.high
    before = frozenset[str]() if fixed else listed(best.before)
    left = None if best.left is None else listed(Chars(best.left.mask, best.left.other or frozenset()))
    return Literal(
        text=best.text,
        offset=best.low if fixed else None,
        before=before,
        before_max=min(best.high, limit),
        left=left,
        foreign=best.left is not None and best.left.other is None,
    )


def _pieces(items: Any, low: int, high: int, before: Chars, left: Chars | None, ignore_case: bool) -> list[_Piece]:
    """Collect the texts that every match of a sequence holds, with their distance from the start of the match."""
    found: list[_Piece] = []
    run: _Piece | None = None
    for op, value in _flat(items):
        c = charclass(op, value, ignore_case)
        if op is sre.LITERAL and c is not None and _size(c) == 1:
            run = replace(run, text=run.text + chr(value)) if run else _Piece(chr(value), low, high, before, left)
            width = (1, 1)
        else:
            if run:
                found.append(run)
                run = None
            if op is sre.BRANCH:
                found += _common([_pieces(branch, low, high, before, left, ignore_case) for branch in value[1]])
            width = _width(op, value)
            c = _union(op, value, ignore_case)
        low, high, before = low + width[0], high + width[1], before | c
        left = c if width[0] else left and left | c
    if run:
        found.append(run)
    return found


def _flat(items: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the nodes of a sequence with groups opened and the required copies of a repeat written out."""
    for op, value in nodes(items):
        if op is sre.SUBPATTERN:
            yield from _flat(value[-1])
        elif op is sre.ATOMIC_GROUP:
            yield from _flat(value)
        elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            least, most, body = value
            for _ in range(min(least, _COPIES)):
                yield from _flat(body)
            if most > min(least, _COPIES):
                rest = most if most == sre.MAXREPEAT else most - min(least, _COPIES)
                yield sre.MAX_REPEAT, (max(0, least - _COPIES), rest, body)
        else:
            yield op, value


def _common(branches: list[list[_Piece]]) -> list[_Piece]:
    """Keep the pieces whose text every branch holds; where distances differ, the widest counts."""
    found = []
    for piece in branches[0]:
        same = [[p for p in branch if p.text == piece.text] for branch in branches[1:]]
        if all(same):
            every = [piece, *(s[0] for s in same)]
            before = NOTHING
            for p in every:
                before |= p.before
            left: Chars | None = NOTHING
            for p in every:
                left = left and p.left and left | p.left
            found.append(_Piece(piece.text, min(p.low for p in every), max(p.high for p in every), before, left))
    return found


def _size(c: Chars) -> int:
    return 1000 if c.other is None else c.mask.bit_count() + len(c.other)


def _width(op: Any, value: Any) -> tuple[int, int]:
    if charclass(op, value) is not None:
        return 1, 1
    if op is sre.BRANCH:
        widths = [branch.getwidth() for branch in value[1]]
        return min(w[0] for w in widths), max(w[1] for w in widths)
    if op is sre.MAX_REPEAT:
        low, high = value[2].getwidth()
        return value[0] * low, 1 << 30 if value[1] == sre.MAXREPEAT else value[1] * high
    return (0, 0) if op in (sre.AT, sre.ASSERT, sre.ASSERT_NOT) else (0, 1 << 30)


def _union(op: Any, value: Any, ignore_case: bool) -> Chars:
    """Return every character that a node may read."""
    c = charclass(op, value, ignore_case)
    if c is not None:
        return c
    if op is sre.BRANCH:
        parts = [node for branch in value[1] for node in branch]
    elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT, sre.SUBPATTERN):
        parts = list(value[-1])
    elif op is sre.ATOMIC_GROUP:
        parts = list(value)
    else:
        return NOTHING if op in (sre.AT, sre.ASSERT, sre.ASSERT_NOT) else Chars(ASCII, None)
    union = NOTHING
    for node in parts:
        union |= _union(node[0], node[1], ignore_case)
    return union
