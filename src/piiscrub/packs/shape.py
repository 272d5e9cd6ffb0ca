"""Where a pattern may match, read off its automaton, so that the engine asks it only there.

A *token* is a longest run of ASCII letters and digits in the text. The *trigger* of a match is its first token that
holds a digit. The engine knows every such token of a text, its length and its first character, and from the shapes of
the patterns it knows which of them may begin how many characters before it.

A shape may say "here" too often, never too seldom: a place it leaves out is personal information missed.
"""

from __future__ import annotations

from dataclasses import dataclass

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
    listed,
    tree,
)
from piiscrub.packs.literal import Literal, required_literal

__all__ = ["FARTHEST", "LONGEST", "Literal", "Shape", "TokenShape", "analyse"]

LONGEST = 64
"""Token lengths are told apart up to here; 64 stands for "64 or more"."""
FARTHEST = 16
"""Most characters a match may hold before its trigger token; beyond, the pattern is not bound to tokens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenShape:
    """How a match whose trigger token begins ``lead`` characters after its start may look.

    ``first`` are the possible first characters of the token; ``ends`` the lengths at which the match may end with the
    token, ``more`` those after which it goes on with one of ``after``, ``lengths`` both; ``figures`` those of tokens that
    hold no letter; ``lead_first`` the possible first characters of the match and ``lead_last`` those right before the token
    when ``lead`` > 0. None in place of a set: too many characters to list.
    A match is taken to begin where a token begins, or with a character that is neither letter nor digit; a match that
    stops inside a token is listed with the length of its own part.
    """

    lead: int
    first: frozenset[str]
    lengths: frozenset[int]
    figures: frozenset[int]
    ends: frozenset[int]
    more: frozenset[int]
    after: frozenset[str] | None
    lead_first: frozenset[str] | None
    lead_last: frozenset[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """``tokens``: where the pattern may match, seen from its trigger token; None if a match need not hold one nearby.

    ``literal`` then is the rarest text that every match holds (None: there is none).
    """

    tokens: tuple[TokenShape, ...] | None
    literal: Literal | None
    min_width: int
    max_width: int


def analyse(regex: str, *, ignore_case: bool = False, limit: int = 64, digit: bool = False) -> Shape:
    r"""Return the shape of a pattern whose matches are at most ``limit`` characters long.

    ``digit``: matches without any digit do not count, even if the regex allows them.

    Raises re.error if the regex does not parse.

    >>> [t] = analyse(r"[A-Z]\d{8}").tokens
    >>> t.lead, sorted(t.lengths), len(t.first)
    (0, [9], 26)
    >>> [(t.lead, sorted(t.more), sorted(t.ends)) for t in analyse(r"\+?86[ -]1\d{10}").tokens]
    [(0, [2], []), (1, [2], [])]
    >>> analyse(r"\d?\d岁").tokens is None, analyse(r"[a-z]{1,20}@[a-z.]+").literal.text
    (False, '@')
    >>> literal = analyse(r"[张李]某+").literal
    >>> literal.text, literal.offset, sorted(literal.left)
    ('某', 1, ['张', '李'])
    """
    low, high = tree(regex).getwidth()
    try:
        # From 64 on no limit is asked: a token of "64 or more" may then be followed by anything.
        tokens = _tokens(automaton(regex, ignore_case), limit if limit < LONGEST else 2 * LONGEST, digit)
    except Unsupported:
        tokens = None
    literal = None if tokens is not None else required_literal(regex, ignore_case, limit)
    return Shape(tokens=tokens, literal=literal, min_width=int(low), max_width=min(int(high), limit))


# ------------------------------------------------------------------------------------------------------------ tokens


def _tokens(a: Automaton, limit: int, digit: bool) -> tuple[TokenShape, ...] | None:
    if a.nullable or (not digit and _matches_without_digit(a)):
        return None
    found: list[TokenShape] = []
    # lead[k]: states after k characters without a digit, the last one no letter, and how the match may have begun
    lead: list[dict[int, Chars]] = [{} for _ in range(FARTHEST + 2)]
    for j in range(min(FARTHEST, limit - 1) + 1):
        if j and not lead[j]:
            continue
        token = _Token(a, j, limit, lead)
        if j == 0:
            for q in a.first:
                token.begin(q, None)
        for p, begun in lead[j].items():
            for q in a.follow[p]:
                token.begin(q, begun, a.chars[p])
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


def _outside(c: Chars) -> bool:
    """Whether one of these is neither letter nor digit."""
    return c.mask & ~ALNUM != 0 or c.other != frozenset()


class _Token:
    """All tokens that begin ``j`` characters after the start of a match, read side by side."""

    def __init__(self, a: Automaton, j: int, limit: int, lead: list[dict[int, Chars]]) -> None:
        self.a, self.j, self.limit, self.lead = a, j, limit, lead
        self.plain: dict[int, int] = {}  # state → possible first characters of the token, no digit met yet
        self.digit: dict[int, int] = {}  # the same, after a digit
        self.figures: set[int] = set()  # states met without a letter
        self.lead_first = self.lead_last = NOTHING

    def begin(self, q: int, begun: Chars | None, left: Chars = NOTHING) -> None:
        """Enter state ``q`` as the first of a token, or go on outside one; ``begun``: how the match began."""
        c = self.a.chars[q]
        if c.mask & ALNUM:
            if c.mask & LETTERS:
                self.plain[q] = c.mask & LETTERS
            if c.mask & DIGITS:
                self.digit[q] = c.mask & DIGITS
                self.figures.add(q)
            if begun is not None:
                self.lead_first |= begun
                self.lead_last |= Chars(left.mask & ~ALNUM, left.other)
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
        plain, digit, figures = self.plain, self.digit, self.figures
        first, ends, more, after = 0, set[int](), set[int](), NOTHING
        without_letters = set[int]()
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
            stops = any(p in last or any(_outside(chars[q]) for q in follow[p]) for p in figures)
            figures = {q for p in figures for q in follow[p] if chars[q].mask & DIGITS}
            if stops or (figures and length == LONGEST):
                without_letters.add(length)
            plain, digit = next_plain, next_digit
            if not plain and not digit:
                break
        if not ends and not more:
            return None
        return TokenShape(
            lead=j,
            first=listed(Chars(first)) or frozenset(),
            lengths=frozenset(ends | more),
            figures=frozenset(without_letters) & (ends | more),
            ends=frozenset(ends),
            more=frozenset(more),
            after=listed(after),
            lead_first=listed(self.lead_first) if j else frozenset(),
            lead_last=listed(self.lead_last) if j else frozenset(),
        )
