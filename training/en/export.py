"""Writes the weights of a spaCy model as one file the package reads: ``python export.py MODEL OUT.npz``."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.lang.norm_exceptions import BASE_NORMS as _EXCEPTIONS
from spacy.symbols import IDS
from train import UNUSED

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))
from piiscrub.recognize.ner.en_words import string_id


def _maxout(weight: NDArray[Any]) -> NDArray[Any]:
    """(out, pieces, in) to (in, pieces * out): the pieces side by side."""
    return np.ascontiguousarray(weight.transpose(2, 1, 0).reshape(weight.shape[2], -1))


def arrays(model: str) -> dict[str, NDArray[Any]]:
    """Every array of the file, by name."""
    nlp = spacy.load(model, exclude=UNUSED)
    ner: Any = nlp.get_pipe("ner")
    nodes = list(ner.model.walk())
    made: dict[str, NDArray[Any]] = {}
    tables = [node for node in nodes if node.name == "hashembed"]
    for node in tables:
        made[f"table{node.attrs['column']}"] = node.get_param("E").astype(np.float16)
    made["seeds"] = np.array([node.attrs["seed"] for node in sorted(tables, key=lambda node: node.attrs["column"])], np.int64)
    after = [node for node in nodes if node.name == "layernorm"]
    for number, (layer, norm) in enumerate(zip((node for node in nodes if node.name == "maxout"), after, strict=True)):
        made[f"layer{number}_weight"] = _maxout(layer.get_param("W")).astype(np.float16)
        made[f"layer{number}_bias"] = layer.get_param("b").T.reshape(-1)
        made[f"layer{number}_gain"], made[f"layer{number}_shift"] = norm.get_param("G"), norm.get_param("b")
    narrow = next(node for node in nodes if node.name == "linear" and node.get_dim("nI") == 96)
    upper = next(node for node in nodes if node.name == "linear" and node.get_dim("nI") != 96)
    lower = next(node for node in nodes if node.name == "precomputable_affine")
    weight = lower.get_param("W")  # (features, out, pieces, in)
    state = weight.transpose(3, 0, 2, 1).reshape(weight.shape[3], -1)
    # Two linear maps in a row are one; what the first one's bias adds is the same for every feature that is there.
    made["state_weight"] = (narrow.get_param("W").T @ state).astype(np.float16)
    made["state_shift"] = narrow.get_param("b") @ state
    made["state_bias"] = lower.get_param("b").T.reshape(-1)
    made["state_pad"] = lower.get_param("pad")[0].transpose(0, 2, 1).reshape(weight.shape[0], -1)
    made["action_weight"], made["action_bias"] = upper.get_param("W").T.astype(np.float16), upper.get_param("b")
    made["actions"] = np.array([ner.moves.get_class_name(number) for number in range(ner.moves.n_moves)])
    made.update(_vectors(nlp, next(node for node in nodes if node.name == "static_vectors")))
    made["reserved"] = np.array([string_id(name) for name in IDS if name], np.uint64)
    made["reserved_ids"] = np.array([number for name, number in IDS.items() if name], np.uint64)
    norms = {word: nlp.vocab[word].norm for word in _EXCEPTIONS}
    lexeme_norms = nlp.vocab.lookups.get_table("lexeme_norm")
    pairs = {nlp.vocab.strings[word]: norm for word, norm in norms.items()} | {
        key: nlp.vocab.strings[lexeme_norms[key]] for key in lexeme_norms
    }
    made["norms"] = np.array(sorted(pairs), np.uint64)
    made["norm_ids"] = np.array([pairs[key] for key in sorted(pairs)], np.uint64)
    return made


def _vectors(nlp: Any, node: Any) -> dict[str, NDArray[Any]]:
    """Word vectors, already through their linear map; words by the low half of their id."""
    vectors = nlp.vocab.vectors
    pairs = sorted({int(key) & 0xFFFFFFFF: row for key, row in sorted(vectors.key2row.items(), reverse=True)}.items())
    return {
        "vectors": (vectors.data @ node.get_param("W").T).astype(np.float16),
        "vector_keys": np.array([key for key, _ in pairs], np.uint32),
        "vector_rows": np.array([row for _, row in pairs], np.uint16),
    }


def write(made: dict[str, NDArray[Any]], path: Path) -> None:
    """An .npz with a fixed date in its entries, so that equal weights are equal files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(made):
            with archive.open(zipfile.ZipInfo(f"{name}.npy"), "w") as entry:
                np.lib.format.write_array(entry, made[name], allow_pickle=False)


if __name__ == "__main__":
    write(arrays(sys.argv[1]), Path(sys.argv[2]))
    print(Path(sys.argv[2]).stat().st_size)  # noqa: T201  # the result of the script
