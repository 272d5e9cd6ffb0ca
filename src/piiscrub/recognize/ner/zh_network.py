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
from piiscrub.recognize.ner.packed import Numbers, Packed, pack
from piiscrub.recognize.ner.zh_paths import Paths
from piiscrub.recognize.ner.zh_units import Floats, Units

KINDS = ("", "PERSON", "LOCATION", "ORGANIZATION", "ADDRESS", "nr")
# nr is a name by part of speech in the training data of the base: less reliable than PERSON, so it is told apart.
_PERSON, _NR = KINDS.index("PERSON"), KINDS.index("nr")


class Tagged(NamedTuple):
    """Per character of a text: the most probable kind of span (0 = none), and the probabilities behind it.

    ``begins`` says where a new span begins next to one of the same kind. ``sure`` is the probability of the kind;
    ``inside`` [characters, kinds] that the character continues a span of each kind; ``person`` that it is part of a person's
    name, whatever the best path says.
    """

    kinds: npt.NDArray[np.intp]
    begins: npt.NDArray[np.bool_]
    sure: Floats
    inside: Floats
    person: Floats


class Layers(Protocol):
    """What reads the characters: in numpy or elsewhere."""

    def scores(self, inputs: Numbers, packed: Packed) -> Floats: ...


class Network:
    """Weights and tables of one model file. Safe to share between threads."""

    def __init__(self, path: Path, *, onnx: bool = False) -> None:
        """``onnx``: the recurrent layers run in onnxruntime."""
        with np.load(path, allow_pickle=False) as data:
            arrays = {name: data[name] for name in data.files}
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
        kinds, begins = self._kind[path], self._begins[path]
        sure = meant[np.arange(len(path)), kinds]
        inside = meant[:, len(KINDS) : -1]
        person = meant[:, _PERSON]
        ends = np.cumsum(lengths).tolist()
        columns = (kinds, begins, sure, inside, person)
        return [Tagged(*(column[a:b] for column in columns)) for a, b in zip([0, *ends], ends, strict=False)]


def _codes(text: str) -> npt.NDArray[np.uint16]:
    """Code points; everything beyond the basic plane reads as U+FFFF, which no table knows."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    small: npt.NDArray[np.uint16] = np.minimum(codes, 0xFFFF).astype("u2")
    return small
