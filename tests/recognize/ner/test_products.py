"""Products in strips and blocks: the same numbers as a plain one, whichever processor cuts them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscrub.recognize.ner import products
from piiscrub.recognize.ner.one_thread import processors
from piiscrub.recognize.ner.products import MANY, Weights, aligned

SHAPES = st.tuples(
    st.sampled_from([(), (2,)]), st.integers(1, 300), st.sampled_from([1, 64, 257]), st.sampled_from([3, 59, 64, 128, 384])
)


@pytest.mark.parametrize("small", [True, False])
@given(SHAPES, st.integers(0, 2**32 - 1))
def test_equal_to_a_plain_product(small: bool, shape: tuple[tuple[int, ...], int, int, int], seed: int) -> None:
    several, rows, inputs, outputs = shape
    chance = np.random.default_rng(seed)
    weights = chance.normal(0, 1, (*several, inputs, outputs)).astype("f4")
    read = chance.normal(0, 1, (*several, rows, inputs)).astype("f4")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(products, "small", lambda: small)
        cut, wide = Weights(weights), Weights(weights, MANY)
        whole, room = aligned(*several, rows, outputs), aligned(*several, rows + 5, outputs + 64)
        cut.multiply(read, whole)
        wide.multiply(read, strips := aligned(*several, rows, outputs))
        cut.into(part := room[..., :rows, :outputs]).of(read)
    expected = read.astype("f8") @ weights.astype("f8")
    for product in (whole, strips, part):  # whole arrays at once: pytest.approx goes through them number by number
        np.testing.assert_allclose(product, expected, rtol=0, atol=1e-3)
        assert product.shape == expected.shape


def test_arrays_begin_at_a_line_of_the_cache() -> None:
    assert all(aligned(*shape).ctypes.data % 64 == 0 for shape in [(1,), (3, 5), (2, 7, 384)])


def test_the_library_names_the_processor() -> None:
    assert processors()
