"""The network of the Chinese tagger: characters in, kinds of spans and their probabilities out.

Two layers of gated recurrent units read each chunk in both directions (zh_units.py); a transition matrix joins the tags
(zh_paths.py).
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from piiscrub.errors import MissingDependencyError
from piiscrub.recognize.ner.arrays import read_arrays
from piiscrub.recognize.ner.packed import Numbers, Packed, pack
from piiscrub.recognize.ner.zh_paths import Paths
from piiscrub.recognize.ner.zh_units import Floats, Units

KINDS = ("", "PERSON", "LOCATION", "ORGANIZATION", "ADDRESS", "nr")
# nr is a name by part of speech in the training data of the base: less reliable than PERSON, so it is told apart.
_PERSON, _NR = KINDS.index("PERSON"), KINDS.index("nr")


_LEAST = 0.08  # probability of a person from which a character is part of a hint


class Tagged(NamedTuple):
    """What is in one text, in its order, by offsets of its characters, end exclusive.

    ``words`` are the spans of the best path: start, end, kind, and the probability of the weakest character, or that the span
    ends there if that is less. ``hints`` are two or more characters, start, end and mean probability, that may be part of a name
    although the best path takes them for nothing.
    """

    words: list[tuple[int, int, int, float]]
    hints: list[tuple[int, int, float]]


class Layers(Protocol):
    """What reads the characters: in numpy or elsewhere."""

    def scores(self, inputs: Numbers, packed: Packed) -> Floats: ...


class Network:
    """Weights and tables of one model file. Safe to share between threads."""

    def __init__(self, path: Path, *, onnx: bool = False) -> None:
        """``onnx``: the recurrent layers run in onnxruntime."""
        arrays = read_arrays(path)
        tags = [str(tag) for tag in arrays["tags"]]
        self._kind = np.array([0 if tag == "O" else KINDS.index(tag[2:]) for tag in tags])
        self._begins = np.array([tag[0] == "B" for tag in tags])
        # several tags mean the same: their probabilities are added up; a name is a name, whichever of its tags says so
        meaning = (self._kind[:, None] == np.arange(len(KINDS))).astype("f4")
        meaning[:, _PERSON] = meaning[:, _NR] = meaning[:, _PERSON] + meaning[:, _NR]
        whole = np.ones((len(tags), 1), "f4")
        self._meanings = np.concatenate([meaning, meaning * ~self._begins[:, None], whole], 1)
        self.curves = {name.removeprefix("curve_"): arrays[name].astype("f4") for name in arrays if name.startswith("curve_")}
        self._lookup: npt.NDArray[np.uint16] = arrays["lookup"]
        traditional, simplified = arrays["traditional"]
        self._from_traditional = self._lookup.copy()
        self._from_traditional[traditional] = self._lookup[simplified]
        self._script = np.zeros(self._lookup.size, "i1")
        self._script[simplified] = -1
        self._script[traditional] = 1
        self._units: Layers
        if onnx:
            try:
                from piiscrub.recognize.ner.zh_onnx import OnnxUnits
            except ImportError:
                raise MissingDependencyError('ner="onnx"', "onnx") from None
            self._units = OnnxUnits(arrays)
        else:
            self._units = Units(arrays)
        self._paths = Paths(*(arrays[name].astype("f4") for name in ("start", "stop", "transition")))

    def shares_right(self, label: str, scores: list[float]) -> list[float]:
        """How often spans of this label with such scores were right on text kept back for measuring."""
        curve = self.curves.get(label)
        shares: list[float] = scores if curve is None else np.interp(scores, curve[0], curve[1]).tolist()
        return shares

    def is_traditional(self, text: str) -> bool:
        """True if more characters of the text are written only in traditional script than only in simplified."""
        return int(self._script.take(_codes(text)).sum(dtype=np.int64)) > 0

    def rows(self, text: str, *, traditional: bool) -> npt.NDArray[np.uint16]:
        """The row of the embedding for each character."""
        found: npt.NDArray[np.uint16] = (self._from_traditional if traditional else self._lookup).take(_codes(text))
        return found

    def tag(self, batch: list[npt.NDArray[np.uint16]]) -> list[Tagged]:
        """Tag several rows at once; they must come in descending order of length, none empty."""
        lengths = np.array([len(rows) for rows in batch])
        packed = pack(lengths)
        inputs = np.empty(packed.starts[-1], np.intp)
        inputs[packed.order] = np.concatenate(batch)
        scores = self._units.scores(inputs, packed)
        shares = self._paths.shares(scores, packed)
        path = self._paths.best(scores, shares, packed)[packed.order]
        meant = (shares @ self._meanings).take(packed.order, 0)
        meant /= meant[:, -1:].copy()
        ends = np.cumsum(lengths)
        found = [Tagged([], []) for _ in batch]
        self._words(path, meant, ends, found)
        self._hints(path, meant[:, _PERSON], ends, found)
        return found

    def _words(self, path: Numbers, meant: Floats, ends: Numbers, found: list[Tagged]) -> None:
        """Add runs of one kind to the texts that end here; a run is cut where a new span begins."""
        kinds, cut = self._kind[path], self._begins[path]
        cut[1:] |= kinds[1:] != kinds[:-1]
        cut[0] = cut[ends[:-1]] = True
        starts = cut.nonzero()[0]
        stops = np.append(starts[1:], len(path))
        score = np.minimum.reduceat(meant[np.arange(len(path)), kinds], starts).astype("f8")
        kind, number = kinds[starts], np.searchsorted(ends, starts, "right")
        inner = (stops != ends[number]).nonzero()[0]  # that the span ends there must be as sure as that it is one
        goes_on = meant[stops[inner], len(KINDS) + kind[inner]].astype("f8")
        score[inner] = np.minimum(score[inner], 1 - goes_on)
        begins = np.concatenate([[0], ends])[number]
        columns = (number, starts - begins, stops - begins, kind, score)
        some = kind.nonzero()[0]
        for text, *word in zip(*(column[some].tolist() for column in columns), strict=True):
            found[text].words.append(tuple(word))

    def _hints(self, path: Numbers, person: Floats, ends: Numbers, found: list[Tagged]) -> None:
        likely = ((person >= _LEAST) & (self._kind[path] == 0)).nonzero()[0]
        if not likely.size:
            return
        number = np.searchsorted(ends, likely, "right")
        apart = (np.diff(likely, prepend=-2) > 1) | (np.diff(number, prepend=-1) > 0)
        first = apart.nonzero()[0]
        last = np.append(first[1:], len(likely)) - 1
        begins = np.concatenate([[0], ends])
        for a, b in zip(first[first < last].tolist(), last[first < last].tolist(), strict=True):
            start, end, text = int(likely[a]), int(likely[b]) + 1, int(number[a])
            begin = int(begins[text])
            found[text].hints.append((start - begin, end - begin, float(person[start:end].mean())))


def _codes(text: str) -> npt.NDArray[np.uint16]:
    """Code points; everything beyond the basic plane reads as U+FFFF, which no table knows."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    small: npt.NDArray[np.uint16] = np.minimum(codes, 0xFFFF).astype("u2")
    return small
