"""Texts side by side without padding: every character has its row, and its mirror."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from piiscrub.recognize.ner.packed import pack

LENGTHS = st.lists(st.integers(1, 40), min_size=1, max_size=12).map(lambda some: sorted(some, reverse=True))


@given(LENGTHS)
def test_rows_hold_every_character_once_and_mirrors_read_from_the_end(lengths: list[int]) -> None:
    packed = pack(np.array(lengths))
    characters = np.array([(text, i) for text, length in enumerate(lengths) for i in range(length)])
    rows = np.empty_like(characters)
    rows[packed.order] = characters
    for step, count in enumerate(packed.counts):
        here = rows[packed.starts[step] : packed.starts[step + 1]]
        assert here.tolist() == [[text, step] for text in range(count)]
    assert packed.starts[-1] == sum(lengths) == len(packed.order)
    assert rows[packed.mirror].tolist() == [[text, lengths[text] - 1 - i] for text, i in rows.tolist()]
