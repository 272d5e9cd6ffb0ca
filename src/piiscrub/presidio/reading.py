"""Whether a match of a regex may begin with some characters; each step of its automaton is worked out once."""

from __future__ import annotations

from piiscrub.packs.automaton import Automaton
from piiscrub.presidio.heads import SPACE, Head

ANY_OF = {chr(code): 1 << code for code in range(128)}
"""A character of a text whose digits, letters and white space are written 0, A-Z and space → those it stands for, a bit each."""
ANY_OF["0"] = sum(1 << code for code in range(0x30, 0x3A))
ANY_OF[" "] = SPACE
ANY_OF |= {chr(code): 1 << code | 1 << code + 32 for code in range(0x41, 0x5B)}

_STATES = 4096  # hostile text could make as many as it has characters


class Reader:
    """The automata of a head: its own and those of its look-aheads."""

    def __init__(self, h: Head) -> None:
        self._all = tuple(_Steps(a, masks) for a, masks in ((h.automaton, h.masks), *h.ahead))

    def viable(self, key: str, *, ends: bool = False) -> bool:
        """Whether a match may begin with ``key``, or have ended in it; ``ends``: no more of it follows."""
        return all(one.reads(key, ends) for one in self._all)


class _State(dict[str, "_State | bool"]):
    """A set of states of the automaton, with where each character leads: True, it has matched; False, it cannot."""

    __slots__ = ("among",)

    def __init__(self, among: frozenset[int]) -> None:
        super().__init__()
        self.among = among


class _Steps:
    def __init__(self, a: Automaton, masks: tuple[int, ...]) -> None:
        self._follow, self._last, self._masks = a.follow, a.last, masks
        self._start = _State(frozenset(a.first))
        self._known = {self._start.among: self._start}

    def reads(self, key: str, ends: bool) -> bool:
        state = self._start
        for c in key:
            after = state.get(c)
            if after is None:
                after = self._step(state, c)
            if isinstance(after, bool):
                return after
            state = after
        return not ends

    def _step(self, state: _State, c: str) -> _State | bool:
        bit = ANY_OF.get(c, 0)
        if not bit:  # not ASCII: it counts as any character
            return True
        here = [i for i in state.among if self._masks[i] & bit]
        after: _State | bool = not self._last.isdisjoint(here)
        if not after:
            among = frozenset(j for i in here for j in self._follow[i])
            after = bool(among) and self._state(among)
        state[c] = after
        return after

    def _state(self, among: frozenset[int]) -> _State:
        known = self._known.get(among)
        if known is None:
            if len(self._known) >= _STATES:
                self._start.clear()
                self._known = {self._start.among: self._start}
            known = self._known[among] = _State(among)
        return known
