"""Which tags follow each other (a linear-chain CRF): how probable each tag is over all paths, and the best path.

Scores are ``[characters, tags]`` in the layout of packed.py. Both questions are answered from both ends at once: what comes from
before a character and what comes from behind it, in the same steps. The best path is sought among the few most probable tags of
each character, which finds the same path as a search among all at a tenth of the time.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from piiscrub.recognize.ner.packed import Numbers, Packed
from piiscrub.recognize.ner.products import Weights, aligned

Floats = npt.NDArray[np.float32]

_KEPT = 6  # tags per character that the best path may take: the most probable ones
_TINY = np.float32(1e-30)  # keeps a text alive whose every path is forbidden


class Paths:
    """What a path of tags is worth beside the scores of its tags: ``start`` and ``stop`` [tags], ``transition`` [from, to]."""

    def __init__(self, start: Floats, stop: Floats, transition: Floats) -> None:
        tags = self._tags = len(start)
        # One column more holds the sum of the others. Divided by it, it is 1: as a row of its own it brings in what is tiny.
        width = -(-(tags + 1) // 64) * 64
        self._ends = np.zeros((2, 1, width), "f4")
        self._ends[:, 0, :tags] = np.exp(np.stack([start, stop])) + _TINY
        move = np.zeros((2, width, width), "f4")
        move[:, :tags, :tags] = np.exp(np.stack([transition, transition.T]))
        move[:, tags, :tags] = _TINY
        for table in (self._ends, move):
            table[..., tags] = table[..., :tags].sum(-1)
        self._move = Weights(move)
        self._start_stop = np.stack([start, stop])[:, :, None]
        self._both = np.stack([transition, transition.T]).ravel()

    def shares(self, scores: Floats, packed: Packed) -> Floats:
        """What is proportional to the probability of each tag at each character, over all paths; no row is all zero."""
        tags, width = self._tags, self._ends.shape[2]
        inputs = aligned(2, len(scores), width)
        inputs[0, :, tags] = 1
        inputs[0, :, tags + 1 :] = 0
        weights = inputs[0, :, :tags]
        np.subtract(scores, scores.max(1, keepdims=True), out=weights)
        np.exp(weights, out=weights)
        inputs[0].take(packed.mirror, 0, out=inputs[1], mode="clip")
        # What comes from before (from behind, for the second direction) without the character itself, and with it.
        come = aligned(*inputs.shape)
        room = aligned(2, 2, packed.counts[0], width)
        count = 0
        for step, running in enumerate(packed.counts):
            rows = slice(packed.starts[step], packed.starts[step + 1])
            if running != count:
                count = running
                moved, now = room[:, :, :count]
                total = moved[:, :, tags, None]
                move = self._move.into(moved)
            if step:
                move.of(now)
            else:
                moved[:] = self._ends
            here = come[:, rows]
            np.divide(moved, total, out=here)
            np.multiply(here, inputs[:, rows], out=now)
        come[0] *= inputs[0]
        come[0] *= come[1].take(packed.mirror, 0)
        shares: Floats = come[0, :, :tags]
        return shares

    def best(self, scores: Floats, shares: Floats, packed: Packed) -> Numbers:
        """The best path (Viterbi): a tag for each character.

        The most probable tag of each character by itself would mix readings that exclude each other.
        """
        starts, counts, mirror = packed.starts, packed.counts, packed.mirror
        few = _highest(shares)
        kept = np.empty((2, _KEPT, len(scores)), np.intp)
        kept[0] = few.T
        kept[0].take(mirror, 1, out=kept[1], mode="clip")
        own = np.empty(kept.shape, "f4")
        own[0] = np.take_along_axis(scores, few, 1).T
        own[0] -= own[0].max(0)
        own[0].take(mirror, 1, out=own[1], mode="clip")
        behind = np.arange(starts[1], starts[-1])
        before = behind - np.repeat(np.array(counts[:-1], np.intp), counts[1:])  # the row of the character before
        # What the transitions are worth [direction, from, to, row].
        tags = self._tags
        rows = kept * tags
        rows[1] += tags * tags
        into = self._both.take(rows.take(before, 2)[:, :, None] + kept[:, None, :, starts[1] :])
        # The best that comes from before a character (from behind), and the same with the character.
        come = np.empty_like(own)
        come[:, :, : starts[1]] = np.take_along_axis(self._start_stop, kept[:, :, : starts[1]], 1)
        here = come[:, :, : starts[1]] + own[:, :, : starts[1]]
        for step in range(1, len(counts)):
            begin, end = starts[step], starts[step + 1]
            moved = come[:, :, begin:end]
            ways = here[:, :, None, : counts[step]] + into[..., begin - starts[1] : end - starts[1]]
            np.maximum.reduce(ways, 1, out=moved)
            here = moved + own[:, :, begin:end]
        total = come[0] + own[0] + come[1].take(mirror, 1)
        path: Numbers = few[np.arange(len(few)), total.argmax(0)]
        return path


def _highest(shares: Floats) -> Numbers:
    """The tags with the highest shares [characters, kept]. Of shares that agree in five digits either may be taken.

    Numbers that are not negative sort as their bits do; the lowest bits make room for the tag. Sorting them is faster than asking
    for places.
    """
    bits = shares.shape[1].bit_length()
    marked = np.bitwise_and(shares.view("u4"), np.uint32(-(1 << bits) & 0xFFFFFFFF))
    marked |= np.arange(shares.shape[1], dtype="u4")
    marked.sort(1)
    marked &= np.uint32((1 << bits) - 1)
    highest: Numbers = marked[:, -_KEPT:].astype(np.intp)
    return highest
