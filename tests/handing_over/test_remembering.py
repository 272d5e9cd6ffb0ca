"""What was taken out is known again in every spelling, column by column, and nothing else is."""

from __future__ import annotations

import pickle

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscrub.handing_over.fingerprints import plain
from piiscrub.handing_over.remembering import Column, Remembered
from piiscrub.handing_over.tokens import tokens
from tests.handing_over.test_fingerprints import SPELLINGS

odd = st.characters(exclude_categories=["Cs"]) | st.sampled_from(list("０１２3456789@.-/一二三四五六七八九张路A·\u3000\u200b"))
texts = st.lists(st.text(odd, max_size=20), max_size=12)


@given(texts)
def test_a_column_has_the_forms_of_its_values(values: list[str]) -> None:
    assert Column(values).forms.to_pylist() == [plain(value) for value in values]
    sliced = pa.array(["x", *values, "y"], pa.string()).slice(1, len(values))
    assert Column(sliced).forms.to_pylist() == [plain(value) for value in values]


@given(texts, texts)
def test_it_is_a_set_of_forms(values: list[str], asked: list[str]) -> None:
    removed = Remembered()
    removed.add(Column(values))
    known = {plain(value) for value in values} - {""}
    assert removed.has(Column(asked)).tolist() == [plain(one) in known for one in asked]
    assert len(removed) == len(known)


def test_every_spelling_is_known_again_and_two_sets_cannot_be_compared() -> None:
    one, other = Remembered(), Remembered()
    for removed in (one, other):
        removed.add(Column([SPELLINGS[0]]))
        assert removed.has(Column(list(SPELLINGS))).all()
        assert not removed.has(Column(["14200000000", ""])).any()
    assert one._sorted.tolist() != other._sorted.tolist()
    with pytest.raises(TypeError):
        pickle.dumps(one)
    assert "138" not in repr(one)


def test_eight_bytes_a_value() -> None:
    removed = Remembered()
    removed.add(Column([f"{n:09d}" for n in range(100_000)]))
    assert len(removed) == 100_000
    assert removed._sorted.nbytes == 800_000


def test_what_is_worth_looking_for() -> None:
    common = ["2024-01-02", "20240102", "2024-01-02 10:22:33", "北京市", "普通", "99.50", "12345", "", "备注" * 150]
    telling = ["14200000007", "KH000007", "ann@example.com", "北京市朝阳区建设路12号3栋", "1.234.567", "１４２００００００07"]
    assert Column(common).worth().tolist() == [False] * len(common)
    assert Column(telling).worth().tolist() == [True] * len(telling)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("请拨14200000007。", "14200000007"), ("tel:142-0000-0007", "14200000007"), ("1 4 2 0 0 0 0 0 0 0 7", "14200000007"),
        ("１４２ ００００ ０００７", "14200000007"), ("142\u200b00000007/14200000008", "14200000007"),
        ("ID14200000007x", "14200000007"),
        ("3 14200000007", "14200000007"), ("写信到 ann.b@example.com，谢谢", "annb@examplecom"), ("编号KH-000007号", "kh000007"),
    ],
)  # fmt: skip
def test_a_value_is_found_in_a_text(text: str, holds: str) -> None:
    assert holds in set(tokens(text, {(len(holds), "@" in holds)}))


def test_a_short_number_is_not_looked_for_inside_a_longer_one() -> None:
    assert "100001" not in set(tokens("100001.50 2024-10-0001", {(6, False)}))
