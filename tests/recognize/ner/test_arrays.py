"""Model files are read as numpy reads them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from piiscrub.recognize.ner import en, zh
from piiscrub.recognize.ner.arrays import read_arrays


@pytest.mark.parametrize("path", [zh._WEIGHTS, en.WEIGHTS], ids=lambda path: path.name)
def test_the_same_arrays_as_numpy(path: Path) -> None:
    found = read_arrays(path)
    with np.load(path) as expected:
        assert list(found) == expected.files
        for name, values in found.items():
            assert values.dtype == expected[name].dtype
            assert values.flags.aligned
            assert np.array_equal(values, expected[name])


def test_shapes_orders_and_letters(tmp_path: Path) -> None:
    made = {
        "none": np.empty((0, 3), "f4"),
        "one": np.array(7, "i8"),
        "columns": np.asfortranarray(np.arange(6, dtype="u2").reshape(2, 3)),
        "letters": np.array(["B-PERSON", "O"]),
    }
    np.savez(tmp_path / "some.npz", **made)
    found = read_arrays(tmp_path / "some.npz")
    assert {name: values.tolist() for name, values in found.items()} == {name: values.tolist() for name, values in made.items()}


@pytest.mark.parametrize(
    ("write", "told"), [(np.savez_compressed, "savez"), (lambda path, **made: np.savez(path, o=np.array([{}])), "objects")]
)
def test_anything_else_is_refused(write: object, told: str, tmp_path: Path) -> None:
    write(tmp_path / "some.npz", a=np.zeros(3))  # type: ignore[operator]  # either way of writing
    with pytest.raises(ValueError, match=told):
        read_arrays(tmp_path / "some.npz")
