"""The network of the Chinese tagger in numpy: characters in, kinds of spans and their probabilities out.

Two layers of gated recurrent units read each chunk in both directions; a transition matrix joins the tags (CRF). Probabilities
are those of the CRF over all paths (forward-backward: two small matrix products per step); the best path is then sought among
the few most probable tags of each character, which finds the same path as a search among all at a tenth of the time. The
units are those of the LAC-small weights: h' = h + u * (c - h), c = tanh(x + (r * h) W), gates by sigmoid. A sigmoid is
computed as (tanh(x / 2) + 1) / 2; the halves are folded into the weights when the model file is made.

What makes it fast: both directions step together; the first layer's input projection is looked up in a table that fills
as characters are met; the second layer's is made for a few steps at a time, so that it never leaves the cache.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.intp]

KINDS = ("", "PERSON", "LOCATION", "ORGANIZATION", "ADDRESS", "nr")
# nr is a name by part of speech in the training data of the base: less reliable than PERSON, so it is told apart.
_PERSON, _NR = KINDS.index("PERSON"), KINDS.index("nr")
_KEPT = 6  # tags per character that the best path may take: the most probable ones
_TINY = np.float32(1e-30)  # keeps a text alive whose every path is forbidden
_BLOCK = 4  # steps whose projection is made at once: 4 * 64 texts * 384 floats stay in the second-level cache


class Tagged(NamedTuple):
    """Per character of a text: the most probable kind of span (0 = none), and the probabilities behind it.

    ``begins`` says where a new span begins next to one of the same kind. ``sure`` is the probability of the kind;
    ``inside`` [characters, kinds] that the character continues a span of each kind.
    """

    kinds: npt.NDArray[np.intp]
    begins: npt.NDArray[np.bool_]
    sure: Floats
    inside: Floats


class Network:
    """Weights and tables of one model file.

    Safe to share between threads: after construction only the projection table changes, and whoever fills a row of it
    writes the same values.
    """

    def __init__(self, path: Path) -> None:
        with np.load(path, allow_pickle=False) as data:
            arrays = {name: data[name] for name in data.files}
        tags = [str(tag) for tag in arrays["tags"]]
        self._kind = np.array([0 if tag == "O" else KINDS.index(tag[2:]) for tag in tags])
        self._begins = np.array([tag[0] == "B" for tag in tags])
        # several tags mean the same: their probabilities are added up; a name is a name, whichever of its tags says so
        self._meaning = (self._kind[:, None] == np.arange(len(KINDS))).astype("f4")
        self._meaning[:, _PERSON] = self._meaning[:, _NR] = self._meaning[:, _PERSON] + self._meaning[:, _NR]
        self._inside = self._meaning * ~self._begins[:, None]
        self.curves = {name.removeprefix("curve_"): arrays[name].astype("f4") for name in arrays if name.startswith("curve_")}
        self._lookup: npt.NDArray[np.uint16] = arrays["lookup"]
        traditional, simplified = arrays["traditional"]
        self._from_traditional = self._lookup.copy()
        self._from_traditional[traditional] = self._lookup[simplified]
        self._script = np.zeros(self._lookup.size, "i1")
        self._script[simplified] = -1
        self._script[traditional] = 1
        self._embedding = arrays["embedding"]
        real = {name: value.astype("f4") for name, value in arrays.items() if value.dtype == np.float16 and name != "embedding"}
        self._in0, self._bias0 = real["in0"], real["bias0"]
        half = self._in0.shape[1] // 2
        self._in1 = [np.ascontiguousarray(real["in1"][:, :half]), np.ascontiguousarray(real["in1"][:, half:])]
        self._bias1 = [real["bias1"][:half], real["bias1"][half:]]
        self._recurrent = [(real[f"gates{layer}"], real[f"candidate{layer}"]) for layer in range(2)]
        self._out, self._out_bias = real["out"], real["out_bias"]
        self._start, self._stop, self._transition = real["start"], real["stop"], real["transition"]
        self._first, self._last = np.exp(real["start"]), np.exp(real["stop"])
        self._move = np.exp(np.stack([real["transition"], real["transition"].T]))
        # Pages of an empty array cost nothing until a row is written: only characters that are met take memory.
        self._projected = np.empty((2, len(self._embedding), half), "f4")
        self._known = np.zeros(len(self._embedding), bool)

    def share_right(self, label: str, score: float) -> float:
        """How often spans of this label with this score were right on text kept back for measuring."""
        curve = self.curves.get(label)
        return score if curve is None else float(np.interp(score, curve[0], curve[1]))

    def is_traditional(self, text: str) -> bool:
        """True if more characters of the text are written only in traditional script than only in simplified."""
        return int(self._script.take(_codes(text)).sum(dtype=np.int64)) > 0

    def rows(self, text: str, *, traditional: bool) -> npt.NDArray[np.uint16]:
        """The row of the embedding for each character."""
        found: npt.NDArray[np.uint16] = (self._from_traditional if traditional else self._lookup).take(_codes(text))
        return found

    def tag(self, batch: list[npt.NDArray[np.uint16]]) -> list[Tagged]:
        """Tag several rows at once; they must come in ascending order of length, none empty."""
        lengths = np.array([len(rows) for rows in batch])
        inputs = np.zeros((lengths[-1], len(batch)), np.intp)
        for column, rows in enumerate(batch):
            inputs[: len(rows), column] = rows
        scores = self._emissions(inputs, lengths)
        shares = self._shares(scores.copy(), lengths)
        path = _best_path(scores, shares, lengths, self._start, self._stop, self._transition)
        meant = shares @ self._meaning
        kinds, begins = self._kind[path], self._begins[path]
        sure = np.take_along_axis(meant, kinds[:, :, None], 2)[:, :, 0]
        inside = shares @ self._inside
        return [
            Tagged(kinds[:length, column], begins[:length, column], sure[:length, column], inside[:length, column])
            for column, length in enumerate(lengths)
        ]

    def _shares(self, scores: Floats, lengths: Numbers) -> Floats:
        """The probability of each tag at each character, over all paths; [steps, texts, tags]."""
        steps, texts, tags = scores.shape
        scores -= scores.max(2, keepdims=True)
        weights = np.exp(scores, out=scores)
        ended = np.searchsorted(lengths, np.arange(1, steps + 1), side="right")  # texts that end at a step or before
        ahead, back = np.empty_like(weights), np.empty_like(weights)
        both = np.empty((2, texts, tags), "f4")
        moved = np.empty_like(both)
        for step in range(steps):
            mirror = steps - 1 - step
            if step:
                np.matmul(both, self._move, out=moved)
            else:
                moved[0] = self._first
            moved[1, : ended[mirror]] = self._last  # behind its end nothing has been read of a text
            moved += _TINY
            moved /= moved.sum(2, keepdims=True)
            back[mirror] = moved[1]
            np.multiply(moved[0], weights[step], out=both[0])
            np.multiply(moved[1], weights[mirror], out=both[1])
            ahead[step] = both[0]
        ahead *= back
        ahead /= ahead.sum(2, keepdims=True)
        return ahead

    def _emissions(self, inputs: Numbers, lengths: Numbers) -> Floats:
        """Scores [steps, texts, tags]."""
        self._project(inputs)
        steps, texts = inputs.shape
        # Text is padded at its end, where the backward direction begins: its state must stay zero until the text starts.
        padded = np.searchsorted(lengths, np.arange(steps), side="right") if lengths[0] < steps else np.zeros(steps, np.intp)
        first = self._first_layer(inputs, padded)
        second = self._second_layer(first, padded)
        scores: Floats = second.reshape(steps * texts, -1) @ self._out
        scores += self._out_bias
        return scores.reshape(steps, texts, -1)

    def _project(self, inputs: Numbers) -> None:
        """Fill the table for characters met for the first time."""
        fresh = np.unique(inputs[~self._known[inputs]])
        if fresh.size:
            half = self._projected.shape[2]
            values = self._embedding[fresh].astype("f4") @ self._in0 + self._bias0
            self._projected[0, fresh] = values[:, :half]
            self._projected[1, fresh] = values[:, half:]
            self._known[fresh] = True

    def _first_layer(self, inputs: Numbers, padded: Numbers) -> Floats:
        steps, texts = inputs.shape
        cell = _Cell(*self._recurrent[0], texts, steps)
        for step in range(steps):
            mirror = steps - 1 - step
            forward = self._projected[0].take(inputs[step], 0)
            backward = self._projected[1].take(inputs[mirror], 0)
            cell.step(step, forward, backward, int(padded[mirror]))
        return cell.states

    def _second_layer(self, below: Floats, padded: Numbers) -> Floats:
        steps, texts, width = below.shape
        cell = _Cell(*self._recurrent[1], texts, steps)
        for begin in range(0, steps, _BLOCK):
            end = min(begin + _BLOCK, steps)
            forward = below[begin:end].reshape(-1, width) @ self._in1[0]
            forward += self._bias1[0]
            backward = below[steps - end : steps - begin].reshape(-1, width) @ self._in1[1]
            backward += self._bias1[1]
            for step in range(begin, end):
                ahead, back = (step - begin) * texts, (end - 1 - step) * texts
                cell.step(step, forward[ahead : ahead + texts], backward[back : back + texts], int(padded[steps - 1 - step]))
        return cell.states


class _Cell:
    """One layer while it reads: both directions, one step at a time, in buffers that are used again."""

    def __init__(self, gates: Floats, candidate: Floats, texts: int, steps: int) -> None:
        hidden = candidate.shape[1]
        self._hidden = hidden
        self._gates, self._candidate = gates, candidate
        self._state = np.zeros((2, texts, hidden), "f4")
        self._open = np.empty((2, texts, 2 * hidden), "f4")
        self._update, self._reset = self._open[:, :, :hidden], self._open[:, :, hidden:]
        self._new = np.empty((2, texts, hidden), "f4")
        self.states = np.empty((steps, texts, 2 * hidden), "f4")

    def step(self, step: int, forward: Floats, backward: Floats, padded: int) -> None:
        """Move both directions one character on; ``forward`` and ``backward`` are the projected inputs."""
        hidden, state, opened, new = self._hidden, self._state, self._open, self._new
        np.matmul(state, self._gates, out=opened)
        opened[0] += forward[:, : 2 * hidden]
        opened[1] += backward[:, : 2 * hidden]
        np.tanh(opened, out=opened)
        opened += 1
        self._reset *= state
        np.matmul(self._reset, self._candidate, out=new)
        new[0] += forward[:, 2 * hidden :]
        new[1] += backward[:, 2 * hidden :]
        np.tanh(new, out=new)
        new -= state
        new *= self._update
        new *= 0.5
        state += new
        if padded:
            state[1, :padded] = 0
        self.states[step, :, :hidden] = state[0]
        self.states[len(self.states) - 1 - step, :, hidden:] = state[1]


def _codes(text: str) -> npt.NDArray[np.uint16]:
    """Code points; everything beyond the basic plane reads as U+FFFF, which no table knows."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    small: npt.NDArray[np.uint16] = np.minimum(codes, 0xFFFF).astype("u2")
    return small


def _best_path(
    scores: Floats, shares: Floats, lengths: Numbers, start: Floats, stop: Floats, transition: Floats
) -> npt.NDArray[np.int64]:
    """The best path of tags (Viterbi) through the few most probable ones of each character; [steps, texts].

    The most probable tag of each character by itself would mix readings that exclude each other.
    """
    steps, texts, _ = scores.shape
    kept = np.argpartition(shares, -_KEPT, axis=2)[:, :, -_KEPT:]
    best = np.take_along_axis(scores, kept, 2)
    best[0] += start[kept[0]]
    into = transition[kept[:-1, :, None, :], kept[1:, :, :, None]]  # [step, text, to, from]
    for step in range(1, steps):
        best[step] += (best[step - 1][:, None, :] + into[step - 1]).max(2)
    each = np.arange(texts)
    last = (best[lengths - 1, each] + stop[kept[lengths - 1, each]]).argmax(1)
    path = np.zeros((steps, texts), np.int64)
    place = last
    for step in range(steps - 1, -1, -1):
        path[step] = kept[step, each, place]
        if step:
            before = (best[step - 1] + into[step - 1, each, place]).argmax(1)
            place = np.where(lengths > step, before, last)
    return path
