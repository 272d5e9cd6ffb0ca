"""``ps.assess`` and ``df.pii.assess``: the same from every kind of source; the caller's table stays as it is."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import piiscrub as ps
from piiscrub.errors import InputError, UnknownNameError

FRAME = pd.DataFrame({"age": [31, 31, 38, 47], "sex": ["f", "f", "m", "m"], "illness": ["a", "b", "a", "a"]}, index=[9, 7, 7, 5])


def test_every_source_gives_the_same(tmp_path):
    FRAME.to_csv(tmp_path / "people.csv", index=False)
    FRAME.to_parquet(tmp_path / "people.parquet", index=False)
    copy = FRAME.copy()
    wanted = ps.assess(FRAME, quasi=["age", "sex"], sensitive=["illness"]).measures()
    assert wanted["k"] == 1
    assert wanted["unique"] == 2
    table = pa.Table.from_pandas(FRAME, preserve_index=False)
    for source in (table, tmp_path / "people.csv", str(tmp_path / "people.parquet"), FRAME.astype("category")):
        assert ps.assess(source, quasi=["age", "sex"], sensitive=["illness"]).measures() == wanted
    assert FRAME.pii.assess(quasi=["age", "sex"], sensitive=["illness"]).measures() == wanted
    pd.testing.assert_frame_equal(FRAME, copy)


def test_a_mask_says_which_rows_stayed():
    stayed = FRAME["age"] < 40
    found = ps.assess(FRAME[stayed], quasi=["age"], before=FRAME, kept=stayed)
    assert found.utility.suppressed == 0.25


def test_a_column_left_out_counts_as_all_alike():
    found = ps.assess(FRAME[["sex"]], quasi=["age", "sex"], before=FRAME)
    assert (found.k, found.before.k) == (2, 1)
    assert [one.ncp for one in found.utility.columns] == [1.0, 0.0]


def test_columns_are_proposed():
    chance = np.random.default_rng(1)
    frame = pd.DataFrame(
        {
            "手机号": [f"142{n:08d}" for n in range(100)],
            "年龄": chance.integers(18, 80, 100),
            "性别": chance.choice(["男", "女"], 100),
        }
    )
    found = ps.assess(frame)
    assert set(found.quasi) == {"年龄", "性别"}
    assert found.direct == ("手机号",)
    assert found.grade("enclave").grade == 1


def test_a_header_that_names_a_person_is_not_shown():
    frame = FRAME.rename(columns={"sex": "13800138000"})
    found = ps.assess(frame, quasi=["age", "13800138000"])
    assert "13800138000" not in found.to_json() + found.to_html() + repr(found)
    assert found.k == 1


@pytest.mark.parametrize("wrong", [{"quasi": "age"}, {"quasi": ["age"], "attacker": pd.DataFrame({"other": [1]})}])
def test_what_makes_no_sense_is_said(wrong):
    with pytest.raises(InputError):
        ps.assess(FRAME, **wrong)


def test_unknown_columns_and_no_tables():
    with pytest.raises(UnknownNameError, match="quasi"):
        ps.assess(FRAME, quasi=["agee"])
    with pytest.raises(UnknownNameError, match="population"):
        ps.assess(FRAME, quasi=["age"], population=pd.DataFrame({"other": [1]}))
    with pytest.raises(InputError, match="frame"):
        ps.assess(42, quasi=["age"])


def test_a_column_of_names_is_not_passed_over():
    frame = FRAME.assign(手机号=["13800138000", "13912345678", "13800138000", "13912345678"])
    found = ps.assess(frame, quasi=["sex"], sensitive=["illness"])
    assert found.direct == ("手机号",)
    assert {one.grade for one in found.grades} == {1}
    assert ps.assess(frame, quasi=["sex"], direct=[]).direct == ()
    assert ps.assess(frame, quasi=["sex", "手机号"]).direct == ()


class TestOddTables:
    def test_names_that_are_numbers(self):
        frame = pd.DataFrame({0: [1, 1, 2], 1: ["x", "y", "y"]})
        assert ps.assess(frame, quasi=[0], sensitive=[1]).unique == 1

    @pytest.mark.parametrize(
        "cells", [[[1], [2]], [{"a": 1}, {"a": 2}], [1 + 2j, 2j], [1, (1,)]], ids=["list", "dict", "complex", "one"]
    )
    def test_cells_that_cannot_be_compared_are_not_taken_as_alike(self, cells):
        with pytest.raises(InputError, match="cannot be compared"):
            ps.assess(pd.DataFrame({"a": pd.Series(cells, dtype=object)}), quasi=["a"])

    def test_two_columns_of_one_name(self):
        with pytest.raises(InputError, match="2 columns are called 'a'"):
            ps.assess(pd.DataFrame([[1, 2], [1, 3]], columns=["a", "a"]), quasi=["a"])

    @pytest.mark.parametrize("people", [0, -3, 3, True])
    def test_a_population_is_at_least_the_table(self, people):
        with pytest.raises(InputError, match="population"):
            ps.assess(FRAME, quasi=["age"], population=people)

    def test_a_number_of_numpy_is_a_number(self):
        assert ps.assess(FRAME, quasi=["age"], population=np.int64(1000)).uniques.population == 1000

    def test_a_header_that_names_a_person_may_be_left_out_too(self):
        before = pd.DataFrame({"13800138000": [1, 2, 3], "n": [1, 1, 1]})
        found = ps.assess(before[["n"]], quasi=["13800138000", "n"], before=before)
        assert (found.before.k, found.k, found.quasi) == (1, 3, ("column_00", "n"))

    def test_every_column_left_out(self):
        before = pd.DataFrame({"a": [1, 2, 3]})
        found = ps.assess(before[[]], quasi=["a"], before=before, kept=[0, 1, 2])
        assert (found.before.k, found.k, found.rows) == (1, 3, 3)

    def test_the_infinite_are_numbers(self):
        before = pd.DataFrame({"a": [0.0, 1.0, np.inf, -np.inf, np.nan]})
        cost = ps.assess(before.assign(a="x"), quasi=["a"], before=before).utility
        assert cost.ncp == 1.0


def test_a_file_name_that_names_a_person_is_not_shown(tmp_path):
    path = tmp_path / "13800138000.csv"
    pd.DataFrame({"age": [31, 31, 47, 48]}).to_csv(path, index=False)
    assert "13800138000" not in json.dumps(ps.assess(path, quasi=["age"]).to_dict())
    assert ps.generalize(path, quasi=["age"], k=2).tables[0].name == "file_01.csv"
    (tmp_path / "13800138000.png").write_bytes(b"\x89PNG")
    for ask in (lambda path: ps.assess(path, quasi=["age"]), ps.profile):
        with pytest.raises(InputError) as failed:
            ask(tmp_path / "13800138000.png")
        assert "13800138000" not in str(failed.value)


def test_a_column_that_says_one_thing_throughout_is_no_direct_identifier() -> None:
    rows = {"MRN": ["[REDACTED]"] * 40, "Phone": ["[REDACTED]"] * 40, "sex": ["f", "m"] * 20}
    assert ps.assess(pd.DataFrame(rows), quasi=["sex"]).grade("public").grade == 3
    told = rows | {"Phone": [f"142000000{n:02d}" for n in range(40)]}
    assert ps.assess(pd.DataFrame(told), quasi=["sex"]).grade("public").grade == 1
