"""A pattern as a small automaton: one state per character position of the regex, its class, and what may follow.

Lint asks it "how many ways are there to read the same text?", shape asks it "where can a match begin and end?".
It says at least as much as the regex: a look-ahead is passed over, and a wide or very large repeat becomes a loop.
So an answer "cannot match" is always right; an answer "can match" still needs the regex itself.

The construction is Glushkov's (V. M. Glushkov, The abstract theory of automata, 1961): no empty moves, and each
state is entered by one class of characters only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from re import _constants as sre  # type: ignore[attr-defined]  # private, but no public module gives the parse tree
from re import _parser as sre_parser  # type: ignore[attr-defined]  # sre_parse, its public name, is deprecated
from typing import Any, NamedTuple

DIGITS = ((1 << 10) - 1) << ord("0")
UPPER = ((1 << 26) - 1) << ord("A")
LOWER = UPPER << 32
LETTERS = UPPER | LOWER
ALNUM = DIGITS | LETTERS
ASCII = (1 << 128) - 1
MANY = 200
"""A class with more non-ASCII characters than this is "any": nobody gains from listing the Han characters."""

_LOOSE = 24  # an optional part longer than this becomes a loop: nobody needs its exact lengths
_COPIES = 65  # as many copies as the longest token that shape tells apart, and one
_STATES = 400  # larger repeats become loops, so that no pattern costs more than a few milliseconds


class Chars(NamedTuple):
    """A class of characters: a bit per ASCII character, and the others by name (None: too many to name)."""

    mask: int
    other: frozenset[str] | None = frozenset()

    def __or__(self, more: Chars) -> Chars:
        if self.other is None or more.other is None:
            return Chars(self.mask | more.mask, None)
        other = self.other | more.other
        return Chars(self.mask | more.mask, other if len(other) <= MANY else None)

    def meets(self, more: Chars) -> bool:
        """Say whether some character belongs to both; a class that cannot be listed meets every non-ASCII one."""
        if self.mask & more.mask:
            return True
        if self.other is None:
            return more.other is None or bool(more.other)
        return bool(self.other) if more.other is None else not self.other.isdisjoint(more.other)


NOTHING = Chars(0)
_SPACE = sum(1 << ord(c) for c in " \t\n\r\f\v")
_WORD = ALNUM | 1 << ord("_")
_CATEGORIES = {
    sre.CATEGORY_DIGIT: Chars(DIGITS),
    sre.CATEGORY_NOT_DIGIT: Chars(ASCII & ~DIGITS, None),
    sre.CATEGORY_SPACE: Chars(_SPACE),
    sre.CATEGORY_NOT_SPACE: Chars(ASCII & ~_SPACE, None),
    sre.CATEGORY_WORD: Chars(_WORD),
    sre.CATEGORY_NOT_WORD: Chars(ASCII & ~_WORD, None),
}
_ANY = Chars(ASCII & ~(1 << 10), None)


@lru_cache(maxsize=512)
def listed(c: Chars) -> frozenset[str] | None:
    """Return the characters of a class, None if it has too many to name."""
    if c.other is None:
        return None
    return c.other | {chr(i) for i in range(128) if c.mask >> i & 1}


class Unsupported(Exception):
    """The regex holds something this automaton cannot stand for (a back reference, a conditional)."""


class Automaton(NamedTuple):
    """States 0…n-1; ``follow[i]`` are the states after i, ``last`` those at which a match may end."""

    chars: tuple[Chars, ...]
    first: tuple[int, ...]
    follow: tuple[tuple[int, ...], ...]
    last: frozenset[int]
    nullable: bool


@lru_cache(maxsize=512)
def tree(regex: str) -> Any:
    r"""Return the parse tree as Python's own parser makes it, with ASCII meaning of ``\d \w \s``; raises re.error."""
    return sre_parser.parse(regex, re.ASCII)


def nodes(items: Any) -> list[tuple[Any, Any]]:
    """Return the nodes of a sequence as a plain list: the parser's own class is slow to walk through."""
    return items.data if isinstance(items, sre_parser.SubPattern) else items  # type: ignore[no-any-return]  # untyped there


def charclass(op: Any, value: Any, ignore_case: bool = False) -> Chars | None:
    """Return the class of a node that stands for exactly one character, None for any other node."""
    if op is sre.LITERAL or op is sre.NOT_LITERAL:
        return _single(value, op is sre.NOT_LITERAL, ignore_case)
    if op is sre.IN:
        return _set(tuple(value), ignore_case)
    return _ANY if op is sre.ANY else None


@lru_cache(maxsize=1024)
def _single(code: int, negated: bool, ignore_case: bool) -> Chars:
    here = Chars(1 << code) if code < 128 else Chars(0, frozenset(chr(code)))
    here = _both_cases(here) if ignore_case else here
    return Chars(ASCII & ~here.mask, None) if negated else here


@lru_cache(maxsize=1024)
def _set(items: tuple[tuple[Any, Any], ...], ignore_case: bool) -> Chars:
    mask, many, negated = 0, False, False
    other: set[str] = set()
    for op, value in items:
        if op is sre.NEGATE:
            negated = True
        elif op is sre.CATEGORY:
            mask |= _CATEGORIES[value].mask
            many = many or _CATEGORIES[value].other is None
        else:
            low, high = value if op is sre.RANGE else (value, value)
            if low < 128:
                mask |= (1 << min(high, 127) + 1) - (1 << low)
            if high >= 128:
                if high - low >= MANY or len(other) > MANY:
                    many = True
                else:
                    other.update(map(chr, range(max(low, 128), high + 1)))
    many = many or len(other) > MANY
    here = Chars(mask, None if many else frozenset(other))
    here = _both_cases(here) if ignore_case else here
    return Chars(ASCII & ~here.mask, None) if negated else here


def _both_cases(c: Chars) -> Chars:
    """Add the other case of each ASCII letter; with re.ASCII no other letter has one."""
    return Chars(c.mask | (c.mask & UPPER) << 32 | (c.mask & LOWER) >> 32, c.other)


@lru_cache(maxsize=512)
def automaton(regex: str, ignore_case: bool = False) -> Automaton:
    r"""Build the automaton of a regex.

    Raises:
        re.error: the regex does not parse.
        Unsupported: it holds a back reference or a conditional.

    >>> a = automaton(r"\d{2}-?X")
    >>> a.first, a.follow, sorted(a.last)
    ((0,), ((1,), (2, 3), (3,), ()), [3])
    """
    builder = _Builder(ignore_case)
    first, last, nullable = builder.sequence(tree(regex))
    follow = tuple(tuple(f) for f in builder.follow)
    return Automaton(tuple(builder.chars), tuple(first), follow, frozenset(last), nullable)


_Part = tuple[list[int], list[int], bool]  # first states, last states, may be empty


class _Builder:
    def __init__(self, ignore_case: bool) -> None:
        self.ignore_case = ignore_case
        self.chars: list[Chars] = []
        self.follow: list[list[int]] = []

    def sequence(self, items: Iterable[tuple[Any, Any]]) -> _Part:
        first: list[int] = []
        last: list[int] = []
        nullable = True
        for op, value in nodes(items):
            f, z, empty = self.node(op, value)
            if last and f:
                self.join(last, f)
            if nullable:
                first = first + f if first else f
            last = last + z if empty else z
            nullable = nullable and empty
        return first, last, nullable

    def node(self, op: Any, value: Any) -> _Part:
        c = charclass(op, value, self.ignore_case)
        if c is not None:
            self.chars.append(c)
            self.follow.append([])
            here = [len(self.chars) - 1]
            return here, here, False
        if op is sre.MAX_REPEAT or op is sre.MIN_REPEAT or op is sre.POSSESSIVE_REPEAT:
            return self.repeat(*value)
        if op is sre.SUBPATTERN:
            return self.sequence(value[-1])
        if op is sre.BRANCH:
            parts = [self.sequence(branch) for branch in value[1]]
            return [i for p in parts for i in p[0]], [i for p in parts for i in p[1]], any(p[2] for p in parts)
        if op is sre.ATOMIC_GROUP:
            return self.sequence(value)
        if op is sre.AT or op is sre.ASSERT or op is sre.ASSERT_NOT:
            return [], [], True
        raise Unsupported(str(op))

    def repeat(self, low: int, high: Any, body: Sequence[tuple[Any, Any]]) -> _Part:
        if high == 0:
            return [], [], True
        start = len(self.chars)
        first, last, empty = self.sequence(body)
        ends = list(last) if low <= 1 or empty else []  # last states of all copies at which the repeat may stop
        room = max(1, min(_COPIES, _STATES // max(1, len(self.chars) - start)))
        loop = high == sre.MAXREPEAT or high - low > _LOOSE or high > room
        copies = min(max(low, 1), room) if loop else high
        for copy in range(2, copies + 1):
            f, z, _ = self.sequence(body)
            self.join(last, f)
            if empty:  # an empty copy is no copy at all, so any earlier one may be followed by this one
                first, last = first + f, last + z
            else:
                last = z
            if copy >= min(low, copies) or empty:
                ends += z
        if loop:
            self.join(last, first if copies == 1 or empty else f)
        return first, ends, empty or low == 0

    def join(self, last: Iterable[int], first: Iterable[int]) -> None:
        for i in last:
            follow = self.follow[i]
            follow += [j for j in first if j not in follow] if follow else first
