"""Cells that a spreadsheet would run."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscrub.sources.tabular.defusing import defuse, defused, restored

RISKY = [
    "=1+1", "@SUM(1)", "\t=1", "\rx", "\tplain", "+cmd|x", "-cmd", " =1", "\u3000=1", "＝1", "＠x", "＋cmd", "－cmd", "\ufeff=1",
    "+1+cmd|x", "-1+cmd|' /C calc'!A0", "+", "-", "'=1", "''@x", "\n=1", "\u2028=1", "\x85@x",
]  # fmt: skip  # a list reads better in rows
SAFE = [
    "",
    "a=1",
    "a@example.com",
    "+86 138-0013-8000",
    "+8613800138000",
    "-12.5",
    "- 3 %",
    "+1e5",
    "-1,234.50",
    "'tis",
    "+(86) 10",
    " 1",
    "\n1",
]


@pytest.mark.parametrize("number", range(len(RISKY)))
def test_risky_cells_get_a_quote_and_lose_it_again(number):
    cell = RISKY[number]
    assert defused(cell) == "'" + cell
    assert restored(defused(cell)) == cell


@pytest.mark.parametrize("number", range(len(SAFE)))
def test_numbers_phones_and_words_stay(number):
    assert defused(SAFE[number]) == restored(SAFE[number]) == SAFE[number]


@given(st.text(alphabet="=@+-＝＠＋－'\t\r\n 1a\u3000\ufeff%(", max_size=6))
def test_taking_the_quote_off_gives_every_cell_back(cell):
    assert restored(defused(cell)) == cell


@given(st.lists(st.none() | st.text(alphabet="=@+-＝＠'\t\r\n 1a\u3000\u200b\xa0\u2028\x85", max_size=4), min_size=1))
def test_a_column_is_defused_like_its_cells(cells):
    column, count = defuse(pa.array(cells, pa.string()))
    wanted = [None if cell is None else defused(cell) for cell in cells]
    assert column.to_pylist() == wanted
    assert count == sum(old != new for old, new in zip(cells, wanted, strict=True))


def test_only_cells_that_were_written_unless_all_are_asked_for():
    column = pa.array(["=kept", "=new"])
    assert defuse(column, [False, True])[0].to_pylist() == ["=kept", "'=new"]
    assert defuse(column)[0].to_pylist() == ["'=kept", "'=new"]
    assert defuse(pa.array([1, 2]))[1] == 0
