"""The report as a whole: what it says, and that no value of the table stands in it."""

from __future__ import annotations

import json
import pickle

import pyarrow as pa
import pytest

from piiscrub.errors import InputError
from piiscrub.render.catalogue import words
from piiscrub.risk.assess import assess

TABLE = pa.table(
    {
        "age": [31, 31, 31, 38, 38, 45],
        "town": ["Alphaville", "Alphaville", "Betaburg", "Betaburg", "Betaburg", "Gammastadt"],
        "illness": ["zq-flu", "zq-cold", "zq-flu", "zq-flu", "zq-flu", "zq-rare"],
    }
)
WIDE = TABLE.set_column(0, "age", pa.array(["30-39"] * 5 + ["40-49"]))


def report(**more):
    return assess(WIDE, quasi=["age", "town"], sensitive=["illness"], before=TABLE, known=["age", "town"], **more)


def test_before_and_after():
    found = report()
    assert (found.k, found.unique, found.before.unique) == (1, 1, 2)
    assert (found.linkage.reidentified, found.before.linkage.reidentified) == (1, 2)
    assert found.utility.discernibility == 2**2 + 3**2 + 1
    assert found.utility.columns[0].ncp == pytest.approx(5 / 6 * (38 - 31) / (45 - 31))
    assert found.utility.columns[1].ncp == 0


def test_rows_left_out_count():
    found = assess(WIDE.slice(0, 5), quasi=["age", "town"], before=TABLE, kept=range(5))
    assert found.k == 2
    assert found.utility.suppressed == pytest.approx(1 / 6)
    with pytest.raises(InputError, match="kept="):
        assess(WIDE.slice(0, 5), quasi=["age"], before=TABLE)
    with pytest.raises(InputError, match="one position"):
        assess(WIDE.slice(0, 5), quasi=["age"], before=TABLE, kept=[0, 9])


def test_no_value_stands_in_it():
    found = report(attacker=TABLE, population=TABLE)
    for text in (repr(found), found.to_json(), found.to_html(), found.to_html(lang="zh"), found.to_frame().to_csv()):
        for value in ("Alphaville", "Betaburg", "Gammastadt", "zq-", "30-39"):
            assert value not in text
    assert b"Gammastadt" not in pickle.dumps(found)


def test_json_is_strict_and_frames_compare():
    found = report(population=1000)
    assert json.loads(found.to_json())["sensitive"][0]["recursive_c"] is None
    assert found.to_frame().columns.tolist() == ["measure", "before", "after"]
    assert "NaN" not in found.to_json() and "Infinity" not in found.to_json()


def test_every_measure_has_words(tmp_path):
    found = report(population=TABLE)
    assert {key for name in found.measures() for key in (f"risk.m.{name}", f"risk.w.{name}")} <= words().keys()
    page = found.to_html(tmp_path / "risk.html", lang="zh")
    assert "准标识符" in page and "<svg" in page and "<script" not in page
    assert "<html" in (tmp_path / "risk.html").read_text(encoding="utf-8")


def test_direct_identifiers_make_grade_one():
    assert {one.grade for one in assess(TABLE, quasi=["age"], direct=["town"]).grades} == {1}
    assert {one.grade for one in assess(TABLE, quasi=[]).grades} == {4}


def test_an_empty_table_has_no_risk():
    found = assess(TABLE.slice(0, 0), quasi=["age"], sensitive=["illness"], before=TABLE.slice(0, 0))
    assert (found.k, found.unique, found.uniqueness, found.prosecutor.highest) == (0, 0, 0.0, 0.0)
    assert "<svg" in found.to_html()


def test_worst_rows_are_named_by_position():
    assert assess(TABLE, quasi=["age", "town"]).worst[0].position in (2, 5)
    assert assess(TABLE, quasi=["age", "town"]).worst[0].class_size == 1


def test_context_is_a_probability():
    with pytest.raises(InputError, match="probability"):
        assess(TABLE, quasi=["age"], context=1.5)
