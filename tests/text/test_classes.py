"""Texts looked at together through a table are read as each is by itself."""

import subprocess
import sys

import numpy as np  # noqa: F401  # the table is used where numpy has been loaded
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from piiscrub import Scrubber
from piiscrub.recognize.words import PairPlaces
from piiscrub.text import classes
from piiscrub.text.classes import Classes
from piiscrub.text.folding import read, read_each

SIGNS = "a1\n 中一二三１２（—\u200b\ufeff\u00ad\U0001d7ce\U0001f600\ud800"


@pytest.fixture(scope="module", autouse=True)
def _every_text_is_long():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(classes, "LONG", 1)
        yield


@given(st.lists(st.text(alphabet=SIGNS, max_size=12), max_size=6))
def test_many_texts_are_folded_as_each_of_them(texts):
    assert read_each(texts) == [read(text) for text in texts]


@pytest.mark.parametrize("raw", ["中１", "中\u200b", "中\U0001d7ce", "中一三八零零幺三八零零零", "一三八零零幺三中"])
def test_what_is_folded_at_the_end_of_the_last_text_is_seen(raw):
    assert read_each(["中文", raw])[1].folded == read(raw).folded


@given(st.text(alphabet="身份证号码机手 a1", max_size=30))
def test_pairs_are_found_where_a_search_finds_them(text):
    pairs = PairPlaces(("身份", "份证", "号码", "手机"))
    searched = list(pairs._searched(text))
    assert list(pairs(text, Classes(*pairs.ends, "证机", "1").marks(text))) == searched
    assert {text.find(pair) for pair in ("身份", "号码", "手机")} - {-1} <= set(searched)


PARTS = st.sampled_from(
    ["身分證字號：", "身份证号", "岁", "口令", "民族", "汉族", "12", "一三八", "圈a", "，", "A123456789", "\U0001f600"]
)


@settings(max_examples=30)
@given(st.lists(st.lists(PARTS, max_size=5).map("".join), min_size=2, max_size=4))
def test_texts_marked_together_give_what_a_search_finds_in_each(texts):
    engine = Scrubber(policy="review", ner=None)._engine
    together = engine.find_each(texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(classes, "LONG", 1_000)
        assert together == [engine.find(text) for text in texts]


def test_a_character_beyond_the_basic_plane_belongs_to_every_set_that_holds_one_of_them():
    assert Classes("一", "\U0001d7ce").marks("一\U0001f600a").tolist() == [1, 2, 0]


def test_a_text_longer_than_a_block_is_read_to_its_end(monkeypatch):
    monkeypatch.setattr(classes, "_BLOCK", 3)
    assert Classes("一", "\x00").marks("中一a一中\x00\x00").tolist() == [0, 1, 0, 1, 0, 2, 2]


def test_short_and_plain_texts_are_left_to_a_search(monkeypatch):
    monkeypatch.setattr(classes, "LONG", 5)
    assert Classes("一").marks("一二三四") is None
    assert Classes("a").marks("abcdef") is None


def test_one_text_loads_no_numpy_and_many_do():
    code = """
import sys, piiscrub as ps
scrubber = ps.Scrubber(policy="review", ner=None)
scrubber.scan("电话 " * 60_000)
assert "numpy" not in sys.modules
for _ in scrubber.scan_many(["电话 " * 200] * 600):
    pass
assert "numpy" in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)
