"""Where a pattern may match, read off its automaton, so that the engine asks it only there.

A *token* is a longest run of ASCII letters and digits in the text. The *trigger* of a match is its first token that
holds a digit. The engine knows every such token of a text, its length and its first character, and from the shapes of
the patterns it knows which of them may begin how many characters before it.

A shape may say "here" too often, never too seldom: a place it leaves out is personal information missed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from re import _constants as sre  # type: ignore[attr-defined]  # private, but no public module names the node kinds
from typing import Any

from piiscrub.packs.automaton import (
    ALNUM,
    ASCII,
    DIGITS,
    LETTERS,
    NOTHING,
    Automaton,
    Chars,
    Unsupported,
    automaton,
    charclass,
    tree,
)

LONGEST = 64
"""Token lengths are told apart up to here; 64 stands for "64 or more"."""
FARTHEST = 16
"""Most characters a match may hold before its trigger token; beyond, the pattern is not bound to tokens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenShape:
    """How a match whose trigger token begins ``lead`` characters after its start may look.

    ``first`` are the possible first characters of the token; ``ends`` the lengths at which the match may end with the
    token, ``more`` those after which it goes on with one of ``after``, ``lengths`` both; ``lead_first`` the possible
    first characters of the match when ``lead`` > 0. None in place of a set: too many characters to list.
    A match is taken to begin where a token begins, or with a character that is neither letter nor digit; a match that
    stops inside a token is listed with the length of its own part.
    """

    lead: int
    first: frozenset[str]
    lengths: frozenset[int]
    ends: frozenset[int]
    more: frozenset[int]
    after: frozenset[str] | None
    lead_first: frozenset[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal:
    """Characters that stand in every match, ``offset`` characters after its start.

    ``offset`` None: the distance varies, is at most ``before_max``, and only characters of ``before`` (None: any) stand
    between the start of the match and the literal.
    """

    text: str
    offset: int | None
    before: frozenset[str] | None
    before_max: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """``tokens``: where the pattern may match, seen from its trigger token; None if a match need not hold one nearby.

    ``literal`` then is the rarest text that every match holds (None: there is none).
    """

    tokens: tuple[TokenShape, ...] | None
    literal: Literal | None
    min_width: int
    max_width: int


def analyse(regex: str, *, ignore_case: bool = False, limit: int = 64) -> Shape:
    r"""Return the shape of a pattern whose matches are at most ``limit`` characters long.

    Raises re.error if the regex does not parse.

    >>> [t] = analyse(r"[A-Z]\d{8}").tokens
    >>> t.lead, sorted(t.lengths), len(t.first)
    (0, [9], 26)
    >>> [(t.lead, sorted(t.more), sorted(t.ends)) for t in analyse(r"\+?86[ -]1\d{10}").tokens]
    [(0, [2], []), (1, [2], [])]
    >>> analyse(r"\d?\d岁").tokens is None, analyse(r"[a-z]{1,20}@[a-z.]+").literal.text
    (False, '@')
    >>> analyse(r"张[*]+").literal
    Literal(text='张*', offset=0, before=frozenset(), before_max=0)
    """
    low, high = tree(regex).getwidth()
    try:
        tokens = _tokens(automaton(regex, ignore_case), limit)
    except Unsupported:
        tokens = None
    literal = None if tokens is not None else _literal(regex, ignore_case, limit)
    return Shape(tokens=tokens, literal=literal, min_width=int(low), max_width=min(int(high), limit))


# ------------------------------------------------------------------------------------------------------------ tokens


def _tokens(a: Automaton, limit: int) -> tuple[TokenShape, ...] | None:
    if a.nullable or _matches_without_digit(a):
        return None
    found: list[TokenShape] = []
    # lead[k]: states after k characters without a digit, the last one no letter, and how the match may have begun
    lead: list[dict[int, Chars]] = [{} for _ in range(FARTHEST + 2)]
    for j in range(min(FARTHEST, limit - 1) + 1):
        token = _Token(a, j, limit, lead)
        if j == 0:
            for q in a.first:
                token.begin(q, None)
        for p, begun in lead[j].items():
            for q in a.follow[p]:
                token.begin(q, begun)
        shape = token.run()
        if shape is not None:
            found.append(shape)
    return None if lead[FARTHEST + 1] else tuple(found)


def _matches_without_digit(a: Automaton) -> bool:
    seen: set[int] = set()
    todo = list(a.first)
    while todo:
        q = todo.pop()
        if q not in seen and (a.chars[q].mask & ~DIGITS or a.chars[q].other != frozenset()):
            if q in a.last:
                return True
            seen.add(q)
            todo += a.follow[q]
    return False


class _Token:
    """All tokens that begin ``j`` characters after the start of a match, read side by side."""

    def __init__(self, a: Automaton, j: int, limit: int, lead: list[dict[int, Chars]]) -> None:
        self.a, self.j, self.limit, self.lead = a, j, limit, lead
        self.plain: dict[int, int] = {}  # state → possible first characters of the token, no digit met yet
        self.digit: dict[int, int] = {}  # the same, after a digit
        self.lead_first = NOTHING

    def begin(self, q: int, begun: Chars | None) -> None:
        """Enter state ``q`` as the first of a token, or go on outside one; ``begun``: how the match began."""
        c = self.a.chars[q]
        if c.mask & ALNUM:
            if c.mask & LETTERS:
                self.plain[q] = c.mask & LETTERS
            if c.mask & DIGITS:
                self.digit[q] = c.mask & DIGITS
            if begun is not None:
                self.lead_first |= begun
        self.leave(q, self.j + 1, begun)

    def leave(self, q: int, at: int, begun: Chars | None) -> bool:
        """Go on outside a token; ``at`` characters of the match are then read. Say whether ``q`` can."""
        c = self.a.chars[q]
        outside = c.mask & ~ALNUM
        if not outside and c.other == frozenset():
            return False
        if at <= self.limit:
            states = self.lead[min(at, FARTHEST + 1)]
            begun = Chars(outside, c.other) if begun is None else begun
            states[q] = states[q] | begun if q in states else begun
        return True

    def run(self) -> TokenShape | None:
        chars, follow, last, j = self.a.chars, self.a.follow, self.a.last, self.j
        plain, digit = self.plain, self.digit
        first, ends, more, after = 0, set[int](), set[int](), NOTHING
        for length in range(1, min(LONGEST, self.limit - j) + 1):
            next_plain: dict[int, int] = {}
            next_digit: dict[int, int] = {}
            for p, begin in digit.items():
                if p in last:
                    first |= begin
                    ends.add(length)
                for q in follow[p]:
                    c = chars[q]
                    mask = c.mask
                    if mask & ALNUM:
                        next_digit[q] = next_digit.get(q, 0) | begin
                    if (mask & ~ALNUM or c.other != frozenset()) and j + length < self.limit:
                        first |= begin
                        more.add(length)
                        after |= Chars(mask & ~ALNUM, c.other)
            for p, begin in plain.items():
                begun = self.lead_first if j else Chars(begin)
                for q in follow[p]:
                    mask = chars[q].mask
                    if mask & LETTERS:
                        next_plain[q] = next_plain.get(q, 0) | begin
                    if mask & DIGITS:
                        next_digit[q] = next_digit.get(q, 0) | begin
                    self.leave(q, j + length + 1, begun)
            if length == LONGEST and j + length < self.limit and (next_plain or next_digit):
                if next_plain:  # what comes after so many letters is not followed
                    self.lead[FARTHEST + 1][-1] = NOTHING
                for begin in next_digit.values():
                    first |= begin
                ends.add(LONGEST)
                more.add(LONGEST)
                after = Chars(ASCII, None)
            plain, digit = next_plain, next_digit
            if not plain and not digit:
                break
        if not ends and not more:
            return None
        return TokenShape(
            lead=j,
            first=_listed(Chars(first)) or frozenset(),
            lengths=frozenset(ends | more),
            ends=frozenset(ends),
            more=frozenset(more),
            after=_listed(after),
            lead_first=_listed(self.lead_first) if j else frozenset(),
        )


@lru_cache(maxsize=512)
def _listed(c: Chars) -> frozenset[str] | None:
    if c.other is None:
        return None
    return c.other | {chr(i) for i in range(128) if c.mask >> i & 1}


# ----------------------------------------------------------------------------------------------------------- literal


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    low: int
    high: int
    before: Chars


_WEIGHTS = {" ": 0.5, ".": 1.0, ",": 1.0, "-": 1.5, ":": 1.5, "/": 2.0, "_": 2.0, "\n": 0.5, "@": 9.0, "*": 9.0}
_COPIES = 8  # copies of a repeat written out; the rest of it only makes distances longer


def _weight(text: str) -> float:
    """Say how rare a text is: symbols and Han characters are rarer than capitals, those rarer than small letters."""
    return sum(
        _WEIGHTS.get(c, 1.0 if c.isdecimal() else 1.5 if c.islower() else 2.0 if c.isascii() and c.isalpha() else 4.0)
        for c in text
    )


def _literal(regex: str, ignore_case: bool, limit: int) -> Literal | None:
    pieces = _pieces(tree(regex), 0, 0, NOTHING, ignore_case)
    if not pieces:
        return None
    best = max(pieces, key=lambda p: (_weight(p.text), p.low == p.high, -p.high))
    fixed = best.low == best.high
    before = frozenset[str]() if fixed else _listed(best.before)
    return Literal(text=best.text, offset=best.low if fixed else None, before=before, before_max=min(best.high, limit))


def _pieces(items: Any, low: int, high: int, before: Chars, ignore_case: bool) -> list[_Piece]:
    """Collect the texts that every match of a sequence holds, with their distance from the start of the match."""
    found: list[_Piece] = []
    run: _Piece | None = None
    for op, value in _flat(items):
        c = charclass(op, value, ignore_case)
        if op is sre.LITERAL and c is not None and _size(c) == 1:
            run = _Piece(run.text + chr(value), run.low, run.high, run.before) if run else _Piece(chr(value), low, high, before)
            width = (1, 1)
        else:
            if run:
                found.append(run)
                run = None
            if op is sre.BRANCH:
                found += _common([_pieces(branch, low, high, before, ignore_case) for branch in value[1]])
            width = _width(op, value)
            c = _union(op, value, ignore_case)
        low, high, before = low + width[0], high + width[1], before | c
    if run:
        found.append(run)
    return found


def _flat(items: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the nodes of a sequence with groups opened and the required copies of a repeat written out."""
    for op, value in items:
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
            found.append(_Piece(piece.text, min(p.low for p in every), max(p.high for p in every), before))
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
