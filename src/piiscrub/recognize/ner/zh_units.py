"""The recurrent layers of the Chinese tagger in numpy: characters in, a score for each tag out.

The units are those of the LAC-small weights: h' = h + u * (c - h), c = tanh(x + (r * h) W), gates by sigmoid. A sigmoid is
computed as (tanh(x / 2) + 1) / 2; the halves are folded into the weights when the model file is made.

What makes it fast: both directions step together, and only for texts that have not ended (packed.py); the first layer's
input projection is looked up in a table that fills as characters are met; the second layer's is made for a few hundred
characters at a time, so that it never leaves the cache.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from piiscrub.recognize.ner.packed import Numbers, Packed

Floats = npt.NDArray[np.float32]

_BLOCK = 256  # characters whose projection is made at once: times 2 * 384 floats they stay in the second-level cache


class Units:
    """The weights of both layers and of the tags' scores.

    Safe to share between threads: after construction only the projection table changes, and whoever fills a row of it
    writes the same values.
    """

    def __init__(self, arrays: Mapping[str, npt.NDArray[np.float16]]) -> None:
        self._embedding = arrays["embedding"]
        real = {name: arrays[name].astype("f4") for name in _REAL}
        self._in0, self._bias0 = real["in0"], real["bias0"]
        half = self._in0.shape[1] // 2
        self._in1 = np.stack([real["in1"][:, :half], real["in1"][:, half:]])
        self._bias1 = real["bias1"].reshape(2, 1, half)
        self._recurrent = [(real[f"gates{layer}"], real[f"candidate{layer}"]) for layer in range(2)]
        self._out, self._out_bias = real["out"], real["out_bias"]
        # Pages of an empty array cost nothing until a row is written: only characters that are met take memory.
        self._projected = np.empty((2, len(self._embedding), half), "f4")
        self._known = np.zeros(len(self._embedding), bool)

    def scores(self, inputs: Numbers, packed: Packed) -> Floats:
        """Scores [characters, tags] for the rows of the embedding ``inputs`` [characters], both packed."""
        self._project(inputs)
        first = _in_order(self._first_layer(inputs, packed), packed)
        scores: Floats = _in_order(self._second_layer(first, packed), packed) @ self._out
        scores += self._out_bias
        return scores

    def _project(self, inputs: Numbers) -> None:
        """Fill the table for characters met for the first time."""
        fresh = np.unique(inputs[~self._known[inputs]])
        if fresh.size:
            half = self._projected.shape[2]
            values = self._embedding[fresh].astype("f4") @ self._in0 + self._bias0
            self._projected[0, fresh] = values[:, :half]
            self._projected[1, fresh] = values[:, half:]
            self._known[fresh] = True

    def _first_layer(self, inputs: Numbers, packed: Packed) -> Floats:
        cell = _Cell(*self._recurrent[0], packed)
        backward = inputs.take(packed.mirror)
        projected = np.empty((2, packed.counts[0], self._projected.shape[2]), "f4")
        for step, count in enumerate(packed.counts):
            begin, end = packed.starts[step], packed.starts[step + 1]
            here = projected[:, :count]
            self._projected[0].take(inputs[begin:end], 0, out=here[0], mode="clip")
            self._projected[1].take(backward[begin:end], 0, out=here[1], mode="clip")
            cell.step(step, here)
        return cell.states

    def _second_layer(self, below: Floats, packed: Packed) -> Floats:
        cell = _Cell(*self._recurrent[1], packed)
        steps, starts = len(packed.counts), packed.starts
        first = 0
        while first < steps:
            last = first + 1
            while last < steps and starts[last + 1] - starts[first] <= _BLOCK:
                last += 1
            begin, end = starts[first], starts[last]
            both = np.empty((2, end - begin, self._in1.shape[2]), "f4")
            np.matmul(below[begin:end], self._in1[0], out=both[0])
            np.matmul(below.take(packed.mirror[begin:end], 0), self._in1[1], out=both[1])
            both += self._bias1
            for step in range(first, last):
                cell.step(step, both[:, starts[step] - begin : starts[step + 1] - begin])
            first = last
        return cell.states


_REAL = ("in0", "bias0", "in1", "bias1", "gates0", "candidate0", "gates1", "candidate1", "out", "out_bias")


def _in_order(states: Floats, packed: Packed) -> Floats:
    """Both directions' states of a character beside each other; [characters, 2 * hidden]."""
    return np.concatenate([states[0], states[1].take(packed.mirror, 0)], 1)


class _Cell:
    """One layer while it reads: both directions, one step at a time, in buffers that are used again.

    ``states`` [direction, rows, hidden] has the second direction in its own order: first the last characters.
    """

    def __init__(self, gates: Floats, candidate: Floats, packed: Packed) -> None:
        hidden = candidate.shape[1]
        self._hidden, self._packed = hidden, packed
        self._gates, self._candidate = gates, candidate
        self._open = np.empty((2, packed.counts[0], 2 * hidden), "f4")
        self._new = np.empty((2, packed.counts[0], hidden), "f4")
        self.states = np.empty((2, packed.starts[-1], hidden), "f4")

    def step(self, step: int, projected: Floats) -> None:
        """Move both directions one character on; ``projected`` [direction, texts, 3 * hidden] is made of the inputs."""
        hidden, starts, count = self._hidden, self._packed.starts, self._packed.counts[step]
        opened, new = self._open[:, :count], self._new[:, :count]
        gates, candidate = projected[:, :, : 2 * hidden], projected[:, :, 2 * hidden :]
        after = self.states[:, starts[step] : starts[step + 1]]
        if step == 0:  # the state is zero
            np.tanh(gates[:, :, :hidden], out=after)
            after += 1
            after *= 0.5
            after *= np.tanh(candidate)
            return
        before = self.states[:, starts[step - 1] : starts[step - 1] + count]
        update, reset = opened[:, :, :hidden], opened[:, :, hidden:]
        np.matmul(before, self._gates, out=opened)
        opened += gates
        np.tanh(opened, out=opened)
        opened += 1
        reset *= before
        np.matmul(reset, self._candidate, out=new)
        new += candidate
        np.tanh(new, out=new)
        new -= before
        new *= update
        new *= 0.5
        np.add(new, before, out=after)
