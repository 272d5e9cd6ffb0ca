"""What did not change is written as it was read: for every format, any chunk borders, any text."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from piiscrub.sources import rewrite
from piiscrub.sources.delimited import Delimited, sniff
from piiscrub.sources.jsontext import JsonDocument, JsonLines
from piiscrub.sources.piece import Format, whole
from piiscrub.sources.text import PlainText

MESSY = st.text(alphabet=st.sampled_from('ab1,;"\t\r\n 张{}[]:\\=-.<'), max_size=60)


def chunked(text: str, size: int) -> list[str]:
    return [text[at : at + size] for at in range(0, len(text), size)]


@pytest.mark.parametrize(
    "make",
    [
        lambda: PlainText(limit=7),
        lambda: PlainText(),
        lambda: Delimited(limit=5),
        lambda: Delimited(),
        lambda: JsonLines(limit=9),
        lambda: JsonLines(),
        lambda: JsonDocument(),
        lambda: JsonDocument(limit=6),
    ],
    ids=["text-short", "text", "csv-short", "csv", "jsonl-short", "jsonl", "json", "json-short"],
)
@given(text=MESSY, size=st.integers(1, 9))
@settings(max_examples=150, deadline=None)
def test_pieces_join_to_the_file(make, text, size):
    fmt: Format = make()
    pieces = list(fmt.pieces(chunked(text, size)))
    assert "".join(piece.raw for piece in pieces) == text
    for piece in pieces:
        unit = piece.unit
        if unit is not None:
            assert text[unit.place.offset :].startswith(piece.raw)
            assert bool(unit.cause) != bool(unit.text)


@given(rows=st.lists(st.lists(st.text(alphabet=st.sampled_from('ab,"\n 张'), max_size=6), min_size=1, max_size=4), max_size=5))
def test_cells_are_those_of_the_standard_library(rows):
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(rows)
    text = out.getvalue()
    ours = [p.unit.text for p in Delimited(header=False).pieces(chunked(text, 3)) if p.unit]
    assert ours == [cell for row in csv.reader(io.StringIO(text)) for cell in row if cell.strip()]


@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
        max_leaves=8,
    ),
    escaped=st.booleans(),
)
@settings(deadline=None)
def test_json_values_have_their_pointer(value, escaped):
    text = json.dumps(value, ensure_ascii=escaped)
    for piece in JsonDocument().pieces([text]):
        if piece.unit is None or piece.unit.kind == "key":
            continue
        found = value
        for part in piece.unit.place.pointer:
            found = found[part]
        assert piece.unit.text == (found if piece.unit.kind == "value" else whole(json.dumps(found)))


def change_all(new):
    return lambda units: (new for _ in units)


def test_a_changed_cell_keeps_its_quotes_and_gets_them_when_needed():
    fmt = Delimited(header=False)
    pieces = list(fmt.pieces(['"a", b ,c\r\n']))
    assert "".join(rewrite(fmt, pieces, change_all("x"))) == '"x",x,x\r\n'
    assert "".join(rewrite(fmt, pieces, change_all('x,"y'))) == '"x,""y","x,""y","x,""y"\r\n'


def test_a_changed_header_is_named_by_its_position():
    fmt = Delimited(header=True)
    assert "".join(rewrite(fmt, fmt.pieces(["a,b\n1,2\n"]), change_all("?"))) == "column_01,column_02\n?,?\n"


def test_json_numbers_become_strings_and_keys_positions():
    fmt = JsonLines()
    assert "".join(rewrite(fmt, fmt.pieces(['{"a" : 1.50}\n']), change_all("?"))) == '{"key_01" : "?"}\n'


def test_json_keeps_the_way_it_escapes():
    fmt = JsonDocument()
    assert "".join(rewrite(fmt, fmt.pieces(['["\\u5f20", "张"]']), change_all("李"))) == '["\\u674e", "李"]'


@pytest.mark.parametrize("bad", ['{"a": 1', "[1,]", '{"a" 1}', '{"a":1}x', '"\\x"', "[1 2]", "{,}", "{1:2}", "tru"])
def test_a_line_that_is_no_json_is_not_examined_and_stays_one_line(bad):
    fmt = JsonLines()
    pieces = list(fmt.pieces([f'"ok"\n{bad}\r\n"ok"\n']))
    assert [p.unit.cause for p in pieces if p.unit] == ["", "json-invalid", ""]
    assert "".join(rewrite(fmt, pieces, change_all("?"))) == '"?"\n"?"\r\n"?"\n'


def test_json_depth_is_limited():
    for depth, cause in ((64, ""), (65, "json-depth"), (100_000, "json-depth")):
        units = [p.unit for p in JsonDocument().pieces(["[" * depth + "1" + "]" * depth]) if p.unit]
        assert [u.cause for u in units] == [cause]


def test_ragged_rows_and_labels():
    units = [p.unit for p in Delimited().pieces(["name,tel\nx\ny,1,2\n"]) if p.unit]
    assert [(u.text, u.label, u.place.row, u.place.column) for u in units] == [
        ("name", "", 1, 1), ("tel", "", 1, 2), ("x", "name", 2, 1), ("y", "name", 3, 1), ("1", "tel", 3, 2), ("2", "", 3, 3),
    ]  # fmt: skip  # one line per row of the table


def test_a_quote_never_closed_is_a_character():
    units = [p.unit for p in Delimited(header=False).pieces(['5,"6 inch\n7,8\n']) if p.unit]
    assert [u.text for u in units] == ["5", '"6 inch', "7", "8"]


def test_a_cell_beyond_the_limit_is_not_examined_but_its_neighbours_are():
    long_cell = '"' + 'x,""\n' * 50 + '"'
    units = [p.unit for p in Delimited(header=False, limit=40).pieces(chunked(f"a,{long_cell},b\nc\n", 7)) if p.unit]
    assert [u.text for u in units if not u.cause] == ["a", "b", "c"]
    assert {u.cause for u in units} == {"", "too-long"}


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("姓名,手机号\n甲,13800138000\n", True),
        ("甲,13800138000\n乙,13800138000\n", False),
        ("id,mail a@example.com\n1,2\n", True),
        ("甲,30,13800138000\n乙,31,13800138000\n", False),
        ("a,b\nc,d\n", True),
        ("a,a\nc,d\n", False),
        ("one\n", True),
        ("", False),
    ],
    ids=["named", "unnamed", "mail in a name", "ages below", "words", "the same twice", "one cell", "empty"],
)
def test_a_header_names_what_follows(text, header):
    assert sniff(text).header is header


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_steady_one(delimiter):
    rows = [["a b", "c", "d"], ["1, 2", "x", "3"], ["4", "", "5"]]
    assert sniff("\n".join(delimiter.join(row) for row in rows)).delimiter == delimiter or delimiter == ","
    assert sniff("just text, with a comma\nand no table; really\n").delimiter == ","


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_a_text_of_many_lines_in_quotes_does_not_hide_the_delimiter(delimiter):
    note = '"first, second\nthird, ""fourth""\r\nfifth"'
    head = "\n".join(delimiter.join(row) for row in [["name", "phone", "note"], *[["x", "1", note]] * 3])
    assert sniff(head).delimiter == delimiter


def test_a_number_that_went_through_a_float_is_examined_as_the_whole_one_it_is_and_written_as_it_was():
    text = '{"a": 13800138000.0, "b": 1.38e+10, "c": 0.5, "d": 1e99, "e": -7.0}'
    units = [piece.unit for piece in JsonDocument().pieces([text]) if piece.unit and piece.unit.kind == "number"]
    assert [unit.text for unit in units] == ["13800138000", "13800000000", "0.5", "1e99", "-7"]
    assert "".join(rewrite(JsonDocument(), JsonDocument().pieces([text]), lambda units: (unit.text for unit in units))) == text
    table = "phone,paid\n13800138000.0,13800138000.00\n"
    cells = [piece.unit.text for piece in Delimited().pieces([table]) if piece.unit and piece.unit.kind == "cell"]
    assert cells == ["13800138000", "13800138000.00"]
    assert "".join(rewrite(Delimited(), Delimited().pieces([table]), lambda units: (unit.text for unit in units))) == table
