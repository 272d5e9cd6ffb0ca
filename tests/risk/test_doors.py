"""``ps.assess`` and ``df.pii.assess``: the same from every kind of source; the caller's table stays as it is."""

from __future__ import annotations

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
