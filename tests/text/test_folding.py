"""Folding never moves an offset."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscrub.errors import InputError
from piiscrub.text.folding import fold

ZERO_WIDTH = "\u200b\u200c\u200d\ufeff\u00ad\u2060"


@given(st.text())
def test_every_span_of_the_folded_text_leads_back_to_the_characters_it_came_from(raw):
    text = fold(raw)
    visible = [i for i, ch in enumerate(raw) if text.original(0, len(text.folded)) and not _is_zero_width(ch)]
    assert len(text.folded) == len(visible)
    for k, i in enumerate(visible):
        start, end = text.original(k, k + 1)
        assert (start, end) == (i, i + 1)
        assert text.folded_span(i, i + 1) == (k, k + 1)


@given(st.text(alphabet="１２a,中" + ZERO_WIDTH), st.data())
def test_a_folded_span_and_its_original_hold_the_same_visible_characters(raw, data):
    text = fold(raw)
    if not text.folded:
        return
    start = data.draw(st.integers(0, len(text.folded) - 1))
    end = data.draw(st.integers(start + 1, len(text.folded)))
    first, last = text.original(start, end)
    visible = "".join(ch for ch in raw[first:last] if not _is_zero_width(ch))
    assert fold(visible).folded == text.folded[start:end]


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        pytest.param("１３８００１３８０００", "13800138000", id="full-width digits"),
        pytest.param("Ｅ１２＠ｅｘａｍｐｌｅ．ｃｏｍ", "E12@example.com", id="full-width letters"),
        pytest.param("110105–1949—1231−002Х", "110105-1949-1231-002X", id="dashes and Cyrillic X"),
        pytest.param("11010519491231002×", "11010519491231002X", id="multiplication sign"),
        pytest.param("11010519491231002Ⅹ", "11010519491231002X", id="Roman ten"),
        pytest.param("一三八零零幺三八零零零", "13800138000", id="spoken digits"),
        pytest.param("一三八，二零零", "一三八，二零零", id="short runs of Chinese digits stay"),
        pytest.param("①13800138000", "①13800138000", id="circled digits stay"),
        pytest.param("①③⑧⓪⓪①③⑧⓪⓪⓪", "13800138000", id="a row of circled digits is a number"),
        pytest.param("①②③④⑤⑥步", "①②③④⑤⑥步", id="six circled digits are steps"),
        pytest.param("①②③④⑤⑥⑦⑧⑨", "①②③④⑤⑥⑦⑧⑨", id="a count is no number"),
        pytest.param("¹³⁸⁰⁰¹³⁸⁰⁰⁰", "13800138000", id="raised digits"),
        pytest.param("x² + y³", "x² + y³", id="powers stay"),
        pytest.param("买买提•阿凡提", "买买提·阿凡提", id="middle dots"),
        pytest.param("138●●●●8000", "138****8000", id="blobs of a mask"),
        pytest.param("١٣٨", "138", id="Arabic-Indic digits"),
    ],
)
def test_forms(raw, folded):
    assert fold(raw).folded == folded
    assert len(raw) == len(folded)


def test_zero_width_characters_are_taken_out_and_mapped_around():
    text = fold("手\u200b机138\u200b0013\ufeff8000")
    assert text.folded == "手机13800138000"
    assert text.original(2, 13) == (3, 16)


@pytest.mark.parametrize("value", [None, 1, b"x", ["x"]])
def test_only_str_can_be_folded(value):
    with pytest.raises(InputError, match=f"takes a str, not {type(value).__name__}"):
        fold(value)


def test_a_list_is_sent_to_the_doors_for_many():
    with pytest.raises(InputError, match=r"takes a str, not list\. For many texts: scan_many and scrub_many"):
        fold(["x"])


def test_repr_holds_no_text():
    assert repr(fold("手机13800138000")) == "Text(13 characters)"


def _is_zero_width(ch):
    return fold(ch).folded == ""
