"""The recurrent layers of the Chinese tagger in numpy: characters in, a score for each tag out.

The units are those of the LAC-small weights: h' = h + u * (c - h), c = tanh(x + (r * h) W), gates by sigmoid. A sigmoid is
computed as (tanh(x / 2) + 1) / 2; the halves are folded into the weights when the model file is made.

What makes it fast: both directions step together, and only for texts that have not ended (packed.py); the first layer's
input projection is looked up in a table that fills as characters are met; the second layer's is made for a few hundred
characters at a time, so that it never leaves the cache; products are cut to the size that is fastest (products.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

from piiscrub.recognize.ner.packed import Numbers, Packed
from piiscrub.recognize.ner.products import MANY, Weights, aligned

Floats = npt.NDArray[np.float32]
Project = Callable[[int, int], Floats]
"""The projection [direction, 3, rows, hidden] of the rows from one to another; it is used up before the next is asked for."""

_BLOCK = 256  # characters whose projection is made at once: times 2 * 384 floats they stay in the second-level cache
_ONE, _HALF = np.array(1, "f4"), np.array(0.5, "f4")  # arrays: numpy takes longer for a number


class Units:
    """The weights of both layers and of the tags' scores.

    Safe to share between threads: after construction only the projection table changes, and whoever fills a row of it
    writes the same values.
    """

    def __init__(self, arrays: Mapping[str, npt.NDArray[np.float16]]) -> None:
        self._embedding = arrays["embedding"]
        real = {name: arrays[name].astype("f4") for name in _REAL}
        self._in0, self._bias0 = real["in0"], real["bias0"]
        self._hidden = self._in0.shape[1] // 6
        # What a layer hands on ends with a 1, so that the bias is one more row of weights.
        second = np.concatenate([real["in1"], real["bias1"][None]])
        self._in1 = [Weights(_in_parts(side, 3), MANY) for side in np.split(second, 2, 1)]
        self._cells = [(Weights(_in_parts(real[f"gates{layer}"], 2)), Weights(real[f"candidate{layer}"])) for layer in range(2)]
        self._tags = len(real["out_bias"])
        out = np.concatenate([real["out"], real["out_bias"][None]])
        self._width = -(-self._tags // 64) * 64
        self._out = Weights(np.pad(out, ((0, 0), (0, self._width - self._tags))), MANY)
        # Pages of an empty array cost nothing until a row is written: only characters that are met take memory.
        self._projected = np.empty((2, len(self._embedding), 3, self._hidden), "f4")
        self._known = np.zeros(len(self._embedding), bool)

    def scores(self, inputs: Numbers, packed: Packed) -> Floats:
        """Scores [characters, tags] for the rows of the embedding ``inputs`` [characters], both packed."""
        return self._tag_scores(self._second_layer(self._first_layer(inputs, packed), packed), packed)

    def _project(self, inputs: Numbers) -> None:
        """Fill the table for characters met for the first time."""
        fresh = np.unique(inputs[~self._known[inputs]])
        if fresh.size:
            values = self._embedding[fresh].astype("f4") @ self._in0 + self._bias0
            self._projected[:, fresh] = values.reshape(len(fresh), 2, 3, self._hidden).swapaxes(0, 1)
            self._known[fresh] = True

    def _first_layer(self, inputs: Numbers, packed: Packed) -> Floats:
        self._project(inputs)
        cell = _Cell(*self._cells[0], self._hidden, packed)
        table = self._projected.reshape(-1, self._hidden)
        places = np.stack([inputs, inputs.take(packed.mirror) + len(self._embedding)])[:, None] * 3 + np.arange(3)[:, None]
        room = aligned(table.shape[1] * 6 * packed.counts[0])
        for step, count in enumerate(packed.counts):
            here = room[: table.shape[1] * 6 * count].reshape(2, 3, count, -1)
            table.take(places[:, :, packed.starts[step] : packed.starts[step + 1]], 0, out=here, mode="clip")
            cell.step(step, here)
        return cell.states

    def _second_layer(self, below: Floats, packed: Packed) -> Floats:
        cell = _Cell(*self._cells[1], self._hidden, packed)
        starts = packed.starts
        blocks = _blocks(packed)
        project = self._projection(below, packed, max(starts[last] - starts[first] for first, last in blocks))
        for first, last in blocks:
            begin, end = starts[first], starts[last]
            both = project(begin, end)
            for step in range(first, last):
                cell.step(step, both[:, :, starts[step] - begin : starts[step + 1] - begin])
        return cell.states

    def _projection(self, below: Floats, packed: Packed, longest: int) -> Project:
        """What projects the states ``below`` for the second layer, at most ``longest`` rows at once."""
        beside = _Beside(longest, below, packed)
        projected = aligned(2, 3, longest, self._hidden)

        def project(begin: int, end: int) -> Floats:
            both = projected[:, :, : end - begin]
            for side in range(2):
                self._in1[side].multiply(beside(begin, end, side), both[side])
            return both

        return project

    def _tag_scores(self, states: Floats, packed: Packed) -> Floats:
        scores = aligned(states.shape[1], self._width)
        beside = _Beside(_BLOCK, states, packed)
        for begin in range(0, len(scores), _BLOCK):
            end = min(begin + _BLOCK, len(scores))
            self._out.multiply(beside(begin, end), scores[begin:end])
        return scores[:, : self._tags]


def _in_parts(weights: Floats, parts: int) -> Floats:
    """[..., inputs, outputs] as [..., parts, inputs, outputs of a part]."""
    return np.stack(np.split(weights, parts, -1), -3)


def _blocks(packed: Packed) -> list[tuple[int, int]]:
    """First and last step (exclusive) of what is projected at once."""
    starts, first, found = packed.starts, 0, []
    for step in range(1, len(packed.counts) + 1):
        if step == len(packed.counts) or starts[step + 1] - starts[first] > _BLOCK:
            found.append((first, step))
            first = step
    return found


_REAL = ("in0", "bias0", "in1", "bias1", "gates0", "candidate0", "gates1", "candidate1", "out", "out_bias")


class _Beside:
    """Both directions' states of some characters beside each other, and a 1, in a place that is used again."""

    def __init__(self, rows: int, states: Floats, packed: Packed) -> None:
        _, count, hidden = states.shape
        self._states = states.reshape(-1, hidden)
        own = np.arange(count)
        self._pairs = np.stack([own, packed.mirror + count], 1), np.stack([packed.mirror, own + count], 1)
        self._read = aligned(rows, 2 * hidden)
        self._room = aligned(rows, 2 * hidden + 16)[:, : 2 * hidden + 1]  # every row begins at a cache line
        self._room[:, -1] = 1

    def __call__(self, begin: int, end: int, side: int = 0) -> Floats:
        """[1, rows, 2 * hidden + 1] for the rows from one to another, in the order of one direction."""
        read, joined = self._read[: end - begin], self._room[: end - begin]
        self._states.take(self._pairs[side][begin:end], 0, out=read.reshape(len(read), 2, -1), mode="clip")
        joined[:, :-1] = read
        return joined[None]


class _Cell:
    """One layer while it reads: both directions, one step at a time, in buffers that are used again.

    ``states`` [direction, rows, hidden] has the second direction in its own order: first the last characters.
    """

    def __init__(self, gates: Weights, candidate: Weights, hidden: int, packed: Packed) -> None:
        self._hidden, self._packed = hidden, packed
        self._gates, self._candidate = gates, candidate
        self._room = aligned(4 * packed.counts[0] * hidden), aligned(2 * packed.counts[0] * hidden)
        self._count = 0
        self.states = aligned(2, packed.starts[-1], hidden)

    def _fit(self, count: int) -> None:
        """Views of the buffers for so many texts; they stay the same for many steps."""
        hidden = self._hidden
        self._count = count
        self._opened = self._room[0][: 4 * count * hidden].reshape(2, 2, count, hidden)
        self._new = self._room[1][: 2 * count * hidden].reshape(2, count, hidden)
        self._update, self._reset = self._opened[:, 0], self._opened[:, 1]
        self._to_opened, self._to_new = self._gates.into(self._opened), self._candidate.into(self._new)

    def step(self, step: int, projected: Floats) -> None:
        """Move both directions one character on; ``projected`` [direction, 3, texts, hidden] is made of the inputs."""
        starts, count = self._packed.starts, self._packed.counts[step]
        if count != self._count:
            self._fit(count)
        opened, new, reset = self._opened, self._new, self._reset
        gates, candidate = projected[:, :2], projected[:, 2]
        after = self.states[:, starts[step] : starts[step + 1]]
        if step == 0:  # the state is zero
            np.tanh(gates[:, 0], out=after)
            after += 1
            after *= 0.5
            after *= np.tanh(candidate)
            return
        before = self.states[:, starts[step - 1] : starts[step - 1] + count]
        self._to_opened.of(before[:, None])
        np.add(opened, gates, out=opened)
        np.tanh(opened, out=opened)
        np.add(opened, _ONE, out=opened)
        np.multiply(reset, before, out=reset)
        self._to_new.of(reset)
        np.add(new, candidate, out=new)
        np.tanh(new, out=new)
        np.subtract(new, before, out=new)
        np.multiply(new, self._update, out=new)
        np.multiply(new, _HALF, out=new)
        np.add(new, before, out=after)
