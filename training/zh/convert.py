"""LAC-small as it is, in the package's format: what training starts from, and a model of its own.

Run as ``python training/zh/convert.py OUT.npz``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import characters
import lac
import numpy as np

KEPT = {"PER": "PERSON", "LOC": "LOCATION", "ORG": "ORGANIZATION", "nr": "nr", "ns": "LOCATION", "nt": "ORGANIZATION"}


def label(tag: str) -> str:
    """``B-PERSON``, ``I-PERSON`` ... or ``O`` for a tag of LAC; ``nr`` (names by part of speech) stays apart, it is noisier.

    >>> label("PER-B"), label("ns-I"), label("vn-B")
    ('B-PERSON', 'I-LOCATION', 'O')
    """
    name, _, place = tag.partition("-")
    return f"{place}-{KEPT[name]}" if name in KEPT else "O"


def base() -> dict[str, np.ndarray]:
    """The arrays of the model file, float32."""
    where = lac.folder()
    lookup, rows = characters.table(lac.vocabulary(where))
    arrays = lac.parameters(where)
    arrays["embedding"] = arrays["embedding"][rows]
    arrays["lookup"] = lookup
    arrays["traditional"] = characters.pairs(Path(__file__).with_name("t2s.tsv"))
    arrays["tags"] = np.array([label(tag) for tag in lac.tags(where)])
    return arrays


def save(path: Path, arrays: dict[str, np.ndarray]) -> None:
    """Write a model file: weights as float16, tables as they are; the same bytes every time."""
    small = {name: value.astype("f2") if value.dtype == np.float32 else value for name, value in arrays.items()}
    np.savez(path, **small)


if __name__ == "__main__":
    save(Path(sys.argv[1]), base())
