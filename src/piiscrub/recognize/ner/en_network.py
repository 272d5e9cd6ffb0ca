"""The English network in numpy: word features, four convolutions, and the choice of one action per token.

A port of the ``ner`` network of spaCy 3 (MIT), equal to it in its answers (``training/en/verify.py``), with three liberties that
change none of them: words seen before keep their vectors, texts run through the layers in blocks of fixed size with the four
rows of context on each side that the layers can see, and entities are decoded from all their possible starts at once, since
what happens outside an entity depends on nothing before it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from piiscrub.recognize.ner.arrays import read_arrays
from piiscrub.recognize.ner.en_words import shape, string_id, table_rows
from piiscrub.recognize.ner.products import MANY, Weights, aligned

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

_REACH = 4  # rows the layers see on each side; as many empty rows stand between texts
_BLOCK = 512  # rows that go through the layers at once: what the processor's cache holds
_GRAIN = 32  # blocks are filled up to a multiple of this, so that a row's sums do not depend on its neighbours
_CACHED_WORDS = 16384
_LONGEST_ENTITY = 48  # tokens; what runs on longer is no entity
_NEVER = np.float32(-1e9)
_HINT = 0.15  # a place is hinted at from this probability of any name on


class Entity(NamedTuple):
    """Tokens ``start`` to ``end`` (exclusive) under one label; ``score`` is the lowest probability on the way.

    ``kinds`` are the probabilities of the labels at the first token, in the order of ``Network.names``; their sum is how sure it
    is that something is named here at all. ``hint``: less sure than that nothing is.
    """

    start: int
    end: int
    label: str
    score: float
    kinds: tuple[float, ...]
    hint: bool = False


class _After(NamedTuple):
    """What follows the product of a layer: what is added to it, and what its normalised values are scaled and moved by."""

    bias: Floats
    gain: Floats
    shift: Floats


class Network:
    """Reads weights once, then finds entities in lists of words; safe to share between threads.

    ``groups`` names the label under which entities of each label of the network are reported; probabilities of labels with
    the same name count together. Labels it does not name are not reported.
    """

    def __init__(self, weights: Path, groups: Mapping[str, str]) -> None:
        data = read_arrays(weights)
        self._tables = [data[f"table{number}"] for number in range(4)]
        self._seeds = [int(seed) for seed in data["seeds"]]
        self._vectors, self._vector_keys, self._vector_rows = data["vectors"], data["vector_keys"], data["vector_rows"]
        self._reserved = dict(zip(data["reserved"].tolist(), data["reserved_ids"].tolist(), strict=True))
        self._norms = dict(zip(data["norms"].tolist(), data["norm_ids"].tolist(), strict=True))
        parts = ("weight", "bias", "gain", "shift")
        layers = [[data[f"layer{number}_{part}"].astype(np.float32) for part in parts] for number in range(5)]
        self._of_words, *self._after = [_After(*rest) for _, *rest in layers]
        self._word_weight, self._weights = layers[0][0], [Weights(weight, MANY) for weight, *_ in layers[1:]]
        # What a token says of the action taken at it, begun at it, and taken at the token behind it.
        self._here, self._begun, self._before = (
            (Weights(np.ascontiguousarray(weight), MANY), shift)
            for weight, shift in zip(
                np.split(data["state_weight"].astype(np.float32), 3, axis=1),
                np.split(data["state_shift"].astype(np.float32), 3),
                strict=True,
            )
        )
        self._state_bias = data["state_bias"].astype(np.float32)
        self._pad = data["state_pad"].astype(np.float32)
        self._action, self._action_bias = data["action_weight"].astype(np.float32), data["action_bias"].astype(np.float32)
        self._read_actions([str(name) for name in data["actions"]], groups)
        width = self._word_weight.shape[1] // 3
        self._cache = np.zeros((_CACHED_WORDS, width), np.float32)
        self._known: dict[str, int] = {}
        self._lock = Lock()

    def _read_actions(self, names: list[str], groups: Mapping[str, str]) -> None:
        """Masks of what is allowed in each state, and which actions mean the same to the caller."""
        kinds = np.array([name[0] if name != "U-" else "-" for name in names])
        labels = [name[2:] for name in names]
        self._labels = sorted({label for label in labels if label})
        which = np.array([self._labels.index(label) if label else -1 for label in labels])
        self._which, self._is_begin, self._is_last = which, kinds == "B", kinds == "L"
        self._out = int(np.flatnonzero(kinds == "O")[0])
        self._outside = np.where(np.isin(kinds, ("B", "U", "O")), np.float32(0), _NEVER)
        self._outside_last = np.where(np.isin(kinds, ("U", "O")), np.float32(0), _NEVER)
        self._outside_space = np.where(kinds == "O", np.float32(0), _NEVER)
        self._hinted = np.float32(math.log(_HINT / (1 - _HINT) / len(names)))
        same = which[None, :] == np.arange(len(self._labels))[:, None]
        self._inside = np.where(same & np.isin(kinds, ("I", "L")), np.float32(0), _NEVER)
        self._inside_last = np.where(same & (kinds == "L"), np.float32(0), _NEVER)
        self._reported = [groups.get(label, "") for label in self._labels]
        named = np.array([groups.get(label, label) for label in labels])
        self._alike = (named[None, :] == named[:, None]).astype(np.float32)
        self.names = tuple(dict.fromkeys(groups.values()))
        self._of_name = (named[:, None] == np.array(self.names)[None, :]).astype(np.float32)

    def find(self, texts: Sequence[Sequence[str]]) -> list[list[Entity]]:
        """The entities of each list of words, in order and without overlaps."""
        sizes = [len(words) for words in texts]
        total = sum(sizes)
        if not total:
            return [[] for _ in texts]
        flat = [word for words in texts for word in words]
        rows = np.concatenate([np.arange(size) for size in sizes]) + np.repeat(
            np.cumsum([0, *sizes[:-1]]) + _REACH * np.arange(1, len(sizes) + 1), sizes
        )
        height = total + _REACH * (len(sizes) + 1)
        sequence = np.zeros((height, self._cache.shape[1]), np.float32)
        sequence[rows] = self._embed(flat)
        features = self._encode(sequence)[rows]
        last = np.zeros(total, bool)
        last[np.cumsum([size for size in sizes if size]) - 1] = True
        space = np.fromiter((word.isspace() for word in flat), bool, total)
        return self._decode(features, last, space, sizes)

    # --- words to vectors

    def _embed(self, words: list[str]) -> Floats:
        with self._lock:
            new = [word for word in dict.fromkeys(words) if word not in self._known]
            if len(self._known) + len(new) > _CACHED_WORDS:
                self._known.clear()
                new = list(dict.fromkeys(words))
            if len(new) > _CACHED_WORDS:  # no caller sends that many; kept right all the same
                distinct = {word: place for place, word in enumerate(new)}
                return self._vectors_of(new)[[distinct[word] for word in words]]
            if new:
                free = len(self._known)
                self._cache[free : free + len(new)] = self._vectors_of(new)
                self._known.update(zip(new, range(free, free + len(new)), strict=True))
            known = self._known
            found: Floats = self._cache[[known[word] for word in words]]
            return found

    def _vectors_of(self, words: list[str]) -> Floats:
        ids = np.array([self._ids(word) for word in words], np.uint64)
        parts = [
            table[table_rows(ids[:, column], seed, len(table))].astype(np.float32).sum(axis=1)
            for column, (table, seed) in enumerate(zip(self._tables, self._seeds, strict=True))
        ]
        keys = ids[:, 4].astype(np.uint32)  # the low half tells the vectors' words apart
        place = np.minimum(np.searchsorted(self._vector_keys, keys), len(self._vector_keys) - 1)
        there = self._vector_keys[place] == keys
        parts.append(self._vectors[self._vector_rows[place]].astype(np.float32) * there[:, None])
        rows = np.concatenate(parts, axis=1)
        height = -(-len(rows) // _GRAIN) * _GRAIN
        filled = np.zeros((height, rows.shape[1]), np.float32)
        filled[: len(rows)] = rows
        vectors = np.empty((height, self._cache.shape[1]), np.float32)
        return _maxout(filled @ self._word_weight, self._of_words, vectors)[: len(rows)]

    def _ids(self, word: str) -> tuple[int, int, int, int, int]:
        own = self._id(word)
        norm = self._norms.get(own)
        if norm is None:
            norm = self._id(word.lower())
        return norm, self._id(word[:1]), self._id(word[-3:]), self._id(shape(word)), own

    def _id(self, text: str) -> int:
        value = string_id(text)
        reserved: int = self._reserved.get(value, value)
        return reserved

    # --- context

    def _encode(self, sequence: Floats) -> Floats:
        """The sequence after the convolutions, block by block."""
        height, width = sequence.shape
        out = np.empty_like(sequence)
        step = _BLOCK - 2 * _REACH
        room, windows, highest = aligned(_BLOCK, 3 * width), aligned(_BLOCK, 3 * width), aligned(_BLOCK, width)
        for begin in range(0, height, step):
            low, high = max(0, begin - _REACH), min(height, begin + step + _REACH)
            rows = -(-(high - low) // _GRAIN) * _GRAIN
            current = np.zeros((rows + 2, width), np.float32)  # an empty row at either end
            current[1 : high - low + 1] = sequence[low:high]
            window, product = windows[:rows], room[:rows]
            for weight, after in zip(self._weights, self._after, strict=True):
                window[:, :width] = current[:-2]
                window[:, width : 2 * width] = current[1:-1]
                window[:, 2 * width :] = current[2:]
                weight.multiply(window, product)
                current[1:-1] += _maxout(product, after, highest[:rows])
            end = min(height, begin + step)
            out[begin:end] = current[1 + begin - low : 1 + end - low]
        return out

    # --- actions

    def _decode(self, features: Floats, last: Flags, space: Flags, sizes: list[int]) -> list[list[Entity]]:
        here = _states(features, *self._here)
        here += self._state_bias
        scores = self._scores(here + (self._pad[1] + self._pad[2]))
        scores += self._outside
        scores[last] += self._outside_last
        scores[space] += self._outside_space
        starts, chosen, shares, hint = self._starts(scores)
        label = self._which[chosen]
        sure = self._probability(scores[starts], chosen)
        ends = np.where(self._is_begin[chosen], 0, starts + 1)
        open_ = np.nonzero(ends == 0)[0]
        begun = _states(features[starts], *self._begun) if len(open_) else features[:0]
        for distance in range(1, _LONGEST_ENTITY):
            if not len(open_):
                break
            token = starts[open_] + distance
            which = label[open_]
            allowed = np.where(last[token][:, None], self._inside_last[which], self._inside[which])
            before = _states(features[token - 1], *self._before)
            scores = self._scores(here[token] + begun[open_] + before) + allowed
            action = scores.argmax(axis=1)
            sure[open_] = np.minimum(sure[open_], self._probability(scores, action))
            closed = self._is_last[action]
            ends[open_[closed]] = token[closed] + 1
            open_ = open_[~closed]
        return self._in_order(starts, ends, label, sure, shares, hint, sizes)

    def _starts(self, scores: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats, Flags]:
        """Where something is named or may be, what it is if it is something, the shares of the kinds, and where it only may be.

        Shares are computed only where the best action, times the number of actions, could make a hint.
        """
        out = scores[:, self._out].copy()
        scores[:, self._out] = _NEVER
        best = scores.argmax(axis=1)
        lead = scores[np.arange(len(scores)), best] - out
        scores[:, self._out] = out
        near = np.nonzero(lead >= self._hinted)[0]
        hint = lead[near] < 0
        power = _filled(len(near), scores.shape[1])
        power[: len(near)] = scores[near]
        power[: len(near)] -= power[: len(near)].max(axis=1, keepdims=True)
        np.exp(power, out=power)
        shares = (power @ self._of_name)[: len(near)] / power[: len(near)].sum(axis=1, keepdims=True)
        kept = ~hint | (shares.sum(axis=1) >= _HINT)
        return near[kept], best[near][kept], shares[kept], hint[kept]

    def _scores(self, states: Floats) -> Floats:
        half = states.shape[1] // 2
        filled = _filled(len(states), half)
        np.maximum(states[:, :half], states[:, half:], out=filled[: len(states)])
        return np.asarray((filled @ self._action)[: len(states)] + self._action_bias, np.float32)

    def _probability(self, scores: Floats, action: NDArray[np.int64]) -> Floats:
        """The share of the actions that mean the same as the chosen one among all that were allowed."""
        power = np.exp(scores - scores.max(axis=1, keepdims=True))
        alike = (power * self._alike[action]).sum(axis=1)
        return np.asarray(alike / power.sum(axis=1), np.float32)

    def _in_order(
        self,
        starts: NDArray[np.int64],
        ends: NDArray[np.int64],
        label: NDArray[np.int64],
        sure: Floats,
        shares: Floats,
        hint: Flags,
        sizes: list[int],
    ) -> list[list[Entity]]:
        """What a reader from left to right would have found: starts inside an entity that is still open do not count.

        Hints stand only where no entity stands.
        """
        found: list[list[Entity]] = [[] for _ in sizes]
        borders = np.cumsum(sizes)
        number = np.searchsorted(borders, starts, side="right")
        following = np.append(starts[~hint], np.iinfo(np.int64).max)
        before = following[np.searchsorted(following, starts)]
        free = 0
        columns = (number, starts, ends, label, sure, shares, hint, before)
        for text, start, end, which, score, kinds, is_hint, limit in zip(*(c.tolist() for c in columns), strict=True):
            if start < free or not end or (is_hint and end > limit):
                continue
            free = end
            name = self._reported[which]
            if name:
                offset = int(borders[text]) - sizes[text]
                found[text].append(Entity(start - offset, end - offset, name, score, tuple(kinds), is_hint))
        return found


def _filled(rows: int, width: int) -> Floats:
    """Room for so many rows; the rest up to the grain is zero."""
    room = np.empty((rows + -rows % _GRAIN, width), np.float32)
    room[rows:] = 0
    return room


def _states(features: Floats, weights: Weights, shift: Floats) -> Floats:
    filled = _filled(*features.shape)
    filled[: len(features)] = features
    states = aligned(len(filled), len(shift))
    weights.multiply(filled, states)
    states += shift
    return states[: len(features)]


def _maxout(product: Floats, after: _After, best: Floats) -> Floats:
    """The highest of three linear pieces, then layer normalisation, in ``best``. ``product`` is used up."""
    product += after.bias
    width = product.shape[1] // 3
    np.maximum(product[:, :width], product[:, width : 2 * width], out=best)
    np.maximum(best, product[:, 2 * width :], out=best)
    best -= np.add.reduce(best, axis=1, keepdims=True) / np.float32(width)  # as mean() does, at less cost for few columns
    spread = np.sqrt(np.einsum("ij,ij->i", best, best) / np.float32(width) + np.float32(1e-8))
    best /= spread[:, None]
    best *= after.gain
    best += after.shift
    return best
