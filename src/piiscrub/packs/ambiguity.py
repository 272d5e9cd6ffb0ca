"""In how many ways can a pattern read the same text? Each way is work for a backtracking engine when the end fails.

Most patterns are read in one way only, which one look at each state shows. For the others a bound is computed, and only
if that is high, the worst text is searched for.
"""

from __future__ import annotations

from collections import deque

from piiscrub.packs.automaton import Automaton, Chars

STEPS = 3000
"""Most steps one attempt may cost: at some 15 ns each, and an attempt every 64 characters, under a second per MB."""
_BEAM = 6
_TRIPLES = 20_000


def costly(a: Automaton, limit: int) -> bool:
    r"""Say whether some text of ``limit`` characters costs more than STEPS steps to read.

    >>> from piiscrub.packs.automaton import automaton
    >>> costly(automaton(r"(?:\d{1,5}){1,5}x"), 128), costly(automaton(r"(?:[ -]?\d{4}){2,3}"), 128)
    (True, False)
    """
    overlaps = _overlaps(a)
    if not any(overlaps):
        return False
    return _bound(a, overlaps, limit) > STEPS and _worst(a, overlaps, limit) > STEPS


def overlapping_runs(a: Automaton) -> bool:
    r"""Say whether two loops can hand the same characters to each other, as in ``\d+\.?\d+`` or ``\w+\d\w+``.

    That is the test for infinite ambiguity of A. Weber and H. Seidl (On the degree of ambiguity of finite automata,
    1991): a text leads from p back to p, from p to q, and from q back to q.

    >>> from piiscrub.packs.automaton import automaton
    >>> overlapping_runs(automaton(r"\d+\.?\d+")), overlapping_runs(automaton(r"\d+\.\d+"))
    (True, False)
    """
    if not any(_overlaps(a)):
        return False
    loops = _on_loops(a)
    return any(_hand_over(a, p, q) for p in loops for q in loops if p != q and a.chars[p].meets(a.chars[q]))


def _overlaps(a: Automaton) -> list[bool]:
    """For each state, whether two states that may follow it read the same character; at the end, the same for the start."""
    return [_overlap(a, follow) for follow in (*a.follow, a.first)]


def _overlap(a: Automaton, states: tuple[int, ...]) -> bool:
    if len(states) < 2:
        return False
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


def _bound(a: Automaton, overlaps: list[bool], limit: int) -> int:
    """Bound the steps from above: as if each way to read could choose the text that suits it best."""
    n = len(a.chars)
    cost = [1] * n
    looping = any(q <= p for p, follow in enumerate(a.follow) for q in follow)
    for _ in range(limit if looping else 1):
        before = cost[:] if looping else cost
        for p in range(n - 1, -1, -1):
            cost[p] = 1 + _most(a, a.follow[p], overlaps[p], before)
        if max(cost) > STEPS * 1000:
            break
    return _most(a, a.first, overlaps[n], cost)


def _most(a: Automaton, states: tuple[int, ...], overlap: bool, cost: list[int]) -> int:
    if not overlap:
        return max((cost[q] for q in states), default=0)
    return max(sum(cost[r] for r in states if r == q or a.chars[q].meets(a.chars[r])) for q in states)


def _worst(a: Automaton, overlaps: list[bool], limit: int) -> int:
    """Look for the text that costs most: extend the few worst ones by one character at a time, count the ways exactly."""
    letters = _letters(a, overlaps)
    reads = [{q for q in range(len(a.chars)) if a.chars[q].meets(c)} for c in letters]
    beam: list[tuple[int, dict[int, int]]] = [(0, {})]
    worst = 0
    for length in range(limit):
        tried: dict[tuple[tuple[int, int], ...], tuple[int, dict[int, int]]] = {}
        for steps, ways in beam:
            for read in reads:
                after: dict[int, int] = {}
                for p, count in ways.items() if length else ((-1, 1),):
                    for q in a.follow[p] if length else a.first:
                        if q in read:
                            after[q] = after.get(q, 0) + count
                if after:
                    tried[tuple(sorted(after.items()))] = (steps + sum(after.values()), after)
        beam = sorted(tried.values(), key=lambda t: t[0], reverse=True)[:_BEAM]
        if not beam or beam[0][0] > STEPS:
            return beam[0][0] if beam else worst
        worst = beam[0][0]
    return worst


def _letters(a: Automaton, overlaps: list[bool]) -> list[Chars]:
    """Characters worth trying: one for each class, and one for each pair of classes that compete."""
    found = {_one(c) for c in a.chars}
    for states, overlap in zip((*a.follow, a.first), overlaps, strict=True):
        if overlap:
            for i, q in enumerate(states):
                for r in states[:i]:
                    x, y = a.chars[q], a.chars[r]
                    if x.meets(y):
                        found.add(_one(_both(x, y)))
    return sorted(found, key=lambda c: (c.mask, sorted(c.other or ())))


def _both(x: Chars, y: Chars) -> Chars:
    if x.other is None:
        return Chars(x.mask & y.mask, y.other)
    return Chars(x.mask & y.mask, x.other if y.other is None else x.other & y.other)


def _one(c: Chars) -> Chars:
    """Return one character of a class as a class of its own."""
    if c.mask:
        return Chars(c.mask & -c.mask)
    return Chars(0, frozenset({min(c.other)}) if c.other else c.other)


def _on_loops(a: Automaton) -> list[int]:
    """Return the states that can come back to themselves."""
    back = {p for p, follow in enumerate(a.follow) if any(q <= p for q in follow)}
    if not back:
        return []
    found = []
    for start in range(len(a.chars)):
        seen: set[int] = set()
        todo = list(a.follow[start])
        while todo and start not in seen:
            q = todo.pop()
            if q not in seen:
                seen.add(q)
                todo += a.follow[q]
        if start in seen:
            found.append(start)
    return found


def _hand_over(a: Automaton, p: int, q: int) -> bool:
    """Say whether one text leads p→p, p→q and q→q."""
    begin, goal = (p, p, q), (p, q, q)
    seen = {begin}
    todo = deque([begin])
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
