"""Which tags follow each other (a linear-chain CRF): the probability of each tag over all paths, and the best path.

Scores are ``[characters, tags]`` in the layout of packed.py. The best path is sought among the few most probable tags of each
character, which finds the same path as a search among all at a tenth of the time.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from piiscrub.recognize.ner.packed import Numbers, Packed

Floats = npt.NDArray[np.float32]

_KEPT = 6  # tags per character that the best path may take: the most probable ones
_TINY = np.float32(1e-30)  # keeps a text alive whose every path is forbidden


class Paths:
    """What a path of tags is worth beside the scores of its tags: ``start`` and ``stop`` [tags], ``transition`` [from, to]."""

    def __init__(self, start: Floats, stop: Floats, transition: Floats) -> None:
        self._start, self._stop, self._transition = start, stop, transition
        self._ends = np.exp(np.stack([start, stop]))[:, None]
        self._move = np.exp(np.stack([transition, transition.T]))

    def shares(self, scores: Floats, packed: Packed) -> Floats:
        """The probability of each tag at each character, over all paths."""
        weights = scores - scores.max(1, keepdims=True)
        np.exp(weights, out=weights)
        inputs = np.stack([weights, weights.take(packed.mirror, 0)])
        # What comes from before (from behind, for the second direction) without the character itself, and with it.
        come = np.empty_like(inputs)
        here = np.empty((2, packed.counts[0], scores.shape[1]), "f4")
        for step, count in enumerate(packed.counts):
            rows = slice(packed.starts[step], packed.starts[step + 1])
            moved = come[:, rows]
            if step:
                np.matmul(here[:, :count], self._move, out=moved)
            else:
                moved[:] = self._ends
            moved += _TINY
            moved /= moved.sum(2, keepdims=True)
            np.multiply(moved, inputs[:, rows], out=here[:, :count])
        shares: Floats = come[0]
        shares *= weights
        shares *= come[1].take(packed.mirror, 0)
        shares /= shares.sum(1, keepdims=True)
        return shares

    def best(self, scores: Floats, shares: Floats, packed: Packed) -> Numbers:
        """The best path (Viterbi): a tag for each character.

        The most probable tag of each character by itself would mix readings that exclude each other.
        """
        starts, counts = packed.starts, packed.counts
        kept = np.argpartition(shares, -_KEPT, axis=1)[:, -_KEPT:]
        best = np.take_along_axis(scores, kept, 1)
        best[: starts[1]] += self._start[kept[: starts[1]]]
        behind = np.arange(starts[1], starts[-1])
        before = behind - np.repeat(np.array(counts[:-1], np.intp), counts[1:])  # the row of the character before
        into = self._transition[kept[before, None, :], kept[behind, :, None]]  # [row, to, from]
        for step in range(1, len(counts)):
            last, begin, end = starts[step - 1], starts[step], starts[step + 1]
            best[begin:end] += (best[last : last + counts[step], None, :] + into[begin - starts[1] : end - starts[1]]).max(2)
        path = np.empty(starts[-1], np.intp)
        # Backwards from the last character of every text at once.
        rows = packed.mirror[: starts[1]]
        place = (best[rows] + self._stop[kept[rows]]).argmax(1)
        path[rows] = kept[rows, place]
        for step in range(1, len(counts)):
            come, place = rows[: counts[step]] - starts[1], place[: counts[step]]
            rows = packed.mirror[starts[step] : starts[step + 1]]
            place = (best[rows] + into[come, place]).argmax(1)
            path[rows] = kept[rows, place]
        return path
