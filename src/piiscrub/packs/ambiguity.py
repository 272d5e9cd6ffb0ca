"""In how many ways can a pattern read the same text? Each way is work for a backtracking engine when the end fails.

Most patterns are read in one way only, or in a few, which one look at each state shows. For the others the worst text
is searched for.
"""

from __future__ import annotations

from collections import deque
from typing import Literal

from piiscrub.packs.automaton import Automaton, Chars

STEPS = 3000
"""Most steps one attempt may cost: at some 15 ns each, and an attempt every 64 characters, under a second per MB."""
_FEW = 8  # so many ways at once are a constant factor, however long the text
_LONG = 256  # loops that feed each other are judged on texts of this length, whatever the pattern's max
_BEAM = 6
_VECTORS = 400
_TRIPLES = 20_000

_Ways = dict[int, int]  # state → number of ways to come there with one and the same text


def trouble(a: Automaton, limit: int) -> Literal["", "runs", "ways"]:
    r"""Say what makes reading ``limit`` characters costly: runs side by side, else merely too many ways; "" if nothing.

    >>> from piiscrub.packs.automaton import automaton
    >>> [trouble(automaton(p), 64) for p in (r"\d+\.?\d+x", r"(?:\d{1,5}){1,5}x", r"(?:[ -]?\d{4}){2,3}")]
    ['runs', 'ways', '']
    """
    n = len(a.chars)
    overlaps = {p for p, follow in enumerate((*a.follow, a.first)) if len(follow) > 1 and _overlap(a, follow)}
    if not overlaps:
        return ""
    loops = _loops(a)
    hot = not overlaps.isdisjoint(loops)
    length = max(limit, _LONG) if hot else limit
    allowed = max(STEPS, _FEW * length)
    if not hot and _bound(a, overlaps) * length <= allowed:
        return ""
    texts = _Texts(a, overlaps)
    most = texts.most_ways()
    if most is not None and most * length <= allowed:
        return ""
    if texts.worst(length, allowed) <= allowed:
        return ""
    return "runs" if hot and any(_hand_over(a, p, q) for p in loops for q in loops if p != q and p < n) else "ways"


def _overlap(a: Automaton, states: tuple[int, ...]) -> bool:
    """Say whether two of the states read the same character."""
    chars = a.chars
    mask = 0
    others = 0
    for q in states:
        c = chars[q]
        if c.mask & mask:
            return True
        mask |= c.mask
        others += c.other != frozenset()
    return others > 1 and any(chars[q].meets(chars[r]) for i, q in enumerate(states) for r in states[:i])


def _loops(a: Automaton) -> set[int]:
    """Return the states that can come back to themselves."""
    found: set[int] = set()
    backward: list[list[int]] | None = None
    for p, follow in enumerate(a.follow):
        for q in follow:
            if q > p or (p in found and q in found):
                continue
            if q == p:
                found.add(p)
                continue
            if backward is None:
                backward = [[] for _ in a.chars]
                for x, after in enumerate(a.follow):
                    for y in after:
                        backward[y].append(x)
            found |= _reach(q, a.follow) & _reach(p, backward)
    return found


def _reach(start: int, edges: tuple[tuple[int, ...], ...] | list[list[int]]) -> set[int]:
    seen = {start}
    todo = [start]
    while todo:
        for q in edges[todo.pop()]:
            if q not in seen:
                seen.add(q)
                todo.append(q)
    return seen


def _bound(a: Automaton, overlaps: set[int]) -> int:
    """Bound the ways from above, as if each could choose the text that suits it best; loops must not compete."""
    n = len(a.chars)
    ways = [1] * n
    for _ in range(n):
        changed = False
        for p in range(n - 1, -1, -1):
            follow = a.follow[p]
            if follow:
                now = _best(a, follow, p in overlaps, ways)
                if now != ways[p]:
                    ways[p], changed = now, True
        if not changed or max(ways) > STEPS:
            break
    return _best(a, a.first, n in overlaps, ways)


def _best(a: Automaton, states: tuple[int, ...], overlap: bool, ways: list[int]) -> int:
    if not overlap:
        return max([ways[q] for q in states])
    return max(sum(ways[r] for r in states if r == q or a.chars[q].meets(a.chars[r])) for q in states)


class _Texts:
    """All texts a pattern can begin to read, told apart only by where they lead."""

    def __init__(self, a: Automaton, overlaps: set[int]) -> None:
        self.a = a
        self.letters = _letters(a, overlaps)
        self.readable: dict[frozenset[int], list[list[int]]] = {}

    def most_ways(self) -> int | None:
        """Return the most ways at any point of any text, None if there are too many cases to say."""
        seen: set[frozenset[tuple[int, int]]] = set()
        todo: list[_Ways | None] = [None]
        most = 0
        while todo:
            for after in self.steps(todo.pop()):
                key = frozenset(after.items())
                if key not in seen:
                    most = max(most, sum(after.values()))
                    if len(seen) >= _VECTORS or most > STEPS:
                        return None
                    seen.add(key)
                    todo.append(after)
        return most

    def worst(self, limit: int, enough: int) -> int:
        """Look for the text that costs most: extend the few worst ones by one character at a time."""
        beam: list[tuple[int, _Ways | None]] = [(0, None)]
        for _ in range(limit):
            tried: dict[frozenset[tuple[int, int]], tuple[int, _Ways | None]] = {}
            for steps, ways in beam:
                for after in self.steps(ways):
                    tried[frozenset(after.items())] = (steps + sum(after.values()), after)
            if not tried:
                break
            beam = sorted(tried.values(), key=lambda t: t[0], reverse=True)[:_BEAM]
            if beam[0][0] > enough:
                break
        return beam[0][0]

    def steps(self, ways: _Ways | None) -> list[_Ways]:
        """Count the ways after one more character, for each character that makes a difference; None is the start."""
        nexts: _Ways = {}
        for follow, count in [(self.a.first, 1)] if ways is None else [(self.a.follow[p], c) for p, c in ways.items()]:
            for q in follow:
                nexts[q] = nexts.get(q, 0) + count
        states = frozenset(nexts)
        choices = self.readable.get(states)
        if choices is None:
            chars = self.a.chars
            groups = {frozenset(q for q in states if chars[q].meets(letter)) for letter in self.letters}
            choices = self.readable[states] = [list(g) for g in groups if g and not any(g < h for h in groups)]
        return [{q: nexts[q] for q in choice} for choice in choices]


def _letters(a: Automaton, overlaps: set[int]) -> set[Chars]:
    """Return characters worth trying: one of each class, and one of each two classes that compete."""
    letters = {_one(c) for c in {*a.chars}}
    for p in overlaps:
        states = a.follow[p] if p < len(a.chars) else a.first
        letters |= {
            _one(_both(a.chars[q], a.chars[r])) for i, q in enumerate(states) for r in states[:i] if a.chars[q].meets(a.chars[r])
        }
    return letters


def _both(x: Chars, y: Chars) -> Chars:
    if x.other is None:
        return Chars(x.mask & y.mask, y.other)
    return Chars(x.mask & y.mask, x.other if y.other is None else x.other & y.other)


def _one(c: Chars) -> Chars:
    """Return one character of a class as a class of its own; a class that cannot be listed stands for itself."""
    if c.mask:
        return Chars(c.mask & -c.mask)
    return Chars(0, frozenset({min(c.other)}) if c.other else c.other)


def _hand_over(a: Automaton, p: int, q: int) -> bool:
    r"""Say whether one text leads p→p, p→q and q→q, so that p and q can split a run anywhere, as in ``\d+\.?\d+``.

    The test for infinite ambiguity of A. Weber and H. Seidl, On the degree of ambiguity of finite automata, 1991.
    """
    goal = (p, q, q)
    seen = {(p, p, q)}
    todo = deque(seen)
    while todo and len(seen) < _TRIPLES:
        x, y, z = todo.popleft()
        for i in a.follow[x]:
            for j in a.follow[y]:
                both = _both(a.chars[i], a.chars[j])
                if not both.mask and both.other == frozenset():
                    continue
                for k in a.follow[z]:
                    if (i, j, k) not in seen and both.meets(a.chars[k]):
                        if (i, j, k) == goal:
                            return True
                        seen.add((i, j, k))
                        todo.append((i, j, k))
    return False
