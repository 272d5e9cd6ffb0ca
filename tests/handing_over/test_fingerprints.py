"""Fingerprints: every spelling of a removed value is known again, nothing else is, and nothing can be read back."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscrub.handing_over.fingerprints import Fingerprints, plain

SPELLINGS = ("13800138000", "138 0013 8000", "138-0013-8000", "１３８００１３８０００", "138\u200b00138000")


def test_every_spelling_is_known_again() -> None:
    removed = Fingerprints()
    removed.add(SPELLINGS[:1])
    assert removed.has(SPELLINGS).all() and len(removed) == 1
    assert not removed.has(["14200000000", ""]).any()


@given(st.lists(st.text(min_size=1), max_size=30), st.lists(st.text(), max_size=30))
def test_it_is_a_set_of_plain_forms(values: list[str], asked: list[str]) -> None:
    removed = Fingerprints()
    removed.add(values)
    known = {plain(value) for value in values} - {""}
    assert removed.has(asked).tolist() == [plain(one) in known for one in asked]
    assert len(removed) == len(known)


def test_two_of_them_cannot_be_compared_and_neither_leaves_the_process() -> None:
    one, other = Fingerprints(), Fingerprints()
    one.add(SPELLINGS)
    other.add(SPELLINGS)
    assert len(one) == len(other) == 1
    assert one._sorted.tolist() != other._sorted.tolist()
    with pytest.raises(TypeError):
        pickle.dumps(one)
    assert "138" not in repr(one)


def test_eight_bytes_a_value() -> None:
    removed = Fingerprints()
    removed.add(str(n) for n in range(10_000))
    assert len(removed) == 10_000 and removed._sorted.nbytes == 80_000
