"""Every hole found in presidio-structured 0.0.10, as a property here: none of them may open."""

from __future__ import annotations

import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import piiscrub as ps
from piiscrub.model.plan import ColumnPlan, TablePlan
from piiscrub.model.policy import OperatorSpec

PHONES = st.integers(0, 10**8 - 1).map(lambda n: f"142{n:08d}")
MAILS = st.from_regex(r"[a-z]{3,8}", fullmatch=True).map(lambda name: f"{name}@example.com")
CLEAN = st.sampled_from(["无", "已回访", "no reply", "发货", "", "ok", "7 天内处理"])
MISSING = st.sampled_from([None, np.nan, pd.NA, pd.NaT])
ANY_CELL = st.one_of(
    PHONES, CLEAN, MISSING, st.integers(-5, 5), st.floats(allow_nan=True), st.booleans(),
    st.just(datetime.date(2024, 5, 1)), st.just(pd.Timestamp("2024-01-01")), st.just(b"\xff"), st.just([1]),
)  # fmt: skip
OPERATORS = ["mask", "hash", "encrypt", "replace", "redact"]


def whole(position, name, operator, entity="CN_MOBILE"):
    return ColumnPlan(position=position, name=name, entity=entity, action="transform", operator=OperatorSpec.of(operator))


def spans(position, name):
    return ColumnPlan(position=position, name=name, action="spans")


@given(st.lists(CLEAN, min_size=30, max_size=60), MAILS, st.data())
def test_one_address_in_a_column_changes_no_other_cell(cells, mail, data):
    """There, one row of a thousand with an e-mail typed the whole column, and every cell was replaced."""
    at = data.draw(st.integers(0, len(cells) - 1))
    cells[at] = f"写信到 {mail} 谢谢"
    frame = pd.DataFrame({"comment": cells})
    after = frame.pii.scrub()["comment"].tolist()
    assert after[at] == "写信到 <EMAIL_ADDRESS_1> 谢谢"
    assert after[:at] + after[at + 1 :] == cells[:at] + cells[at + 1 :]


@pytest.mark.parametrize("operator", ["hash", "encrypt", "replace", "mask"])
@given(st.lists(PHONES, min_size=2, max_size=20, unique=True))
def test_rows_of_one_label_stay_two_people(operator, phones):
    """There, duplicate index labels gave two people one hash."""
    frame = pd.DataFrame({"phone": phones, "n": range(len(phones))}, index=["a"] * len(phones))
    done = ps.apply(frame, TablePlan(columns=(whole(0, "phone", operator), ColumnPlan(position=1, name="n", action="keep"))))
    after = done.frame["phone"].tolist()
    if operator == "mask":
        assert [one[:3] + one[-4:] for one in after] == [one[:3] + one[-4:] for one in phones]
    else:
        assert len(set(after)) == len(phones)
    assert done.frame.index.tolist() == ["a"] * len(phones)


@given(st.lists(ANY_CELL, max_size=20), st.sampled_from([*OPERATORS, "spans", "keep", "drop"]))
def test_the_source_is_not_touched(cells, action):
    """There, the caller's frame was changed in place."""
    frame = pd.DataFrame({"c": pd.Series(cells, dtype=object), "n": range(len(cells))})
    before = frame.copy(deep=True)
    one = whole(0, "c", action) if action in OPERATORS else ColumnPlan(position=0, name="c", action=action)
    ps.apply(frame, TablePlan(columns=(one, ColumnPlan(position=1, name="n", action="keep"))))
    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize("operator", OPERATORS)
@given(cells=st.lists(ANY_CELL, max_size=20))
@settings(max_examples=40)
def test_no_cell_of_any_type_breaks_an_operator_and_missing_stays_missing(operator, cells):
    """There, mask, hash and encrypt crashed on NaN, None, int and Timestamp, and replace made NaN a value."""
    frame = pd.DataFrame({"c": pd.Series(cells, dtype=object)})
    after = ps.apply(frame, TablePlan(columns=(whole(0, "c", operator),))).frame["c"]
    assert len(after) == len(cells)
    for cell, new in zip(cells, after, strict=True):
        if isinstance(cell, list | bytes):
            assert new == "[REDACTED]"
        elif cell is None or pd.isna(cell):
            assert new is cell or (new != new and cell != cell)
        elif cell == "":
            assert new == ""
        else:
            assert isinstance(new, str)
            assert new != cell


@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize(
    "values",
    [
        pd.Series([1, 2]),
        pd.Series([1.5, None]),
        pd.Series([1, None], dtype="Int64"),
        pd.Series(pd.to_datetime(["2024-01-01", None])),
        pd.Series(pd.to_datetime(["2024-01-01", None])).dt.tz_localize("Asia/Shanghai"),
        pd.Series(pd.to_timedelta([1, None], unit="h")),
        pd.Series([True, None], dtype="boolean"),
        pd.Series(["x", None], dtype="category"),
    ],
    ids=["int64", "float64", "Int64", "datetime", "zone", "timedelta", "boolean", "category"],
)
def test_columns_of_any_type_are_profiled_and_transformed(values, operator):
    """There, a datetime column made the analysis raise."""
    frame = pd.DataFrame({"c": values})
    assert frame.pii.profile().rows == 2
    after = ps.apply(frame, TablePlan(columns=(whole(0, "c", operator, entity="PERSON"),))).frame["c"]
    assert after.isna().tolist() == values.isna().tolist()
    assert not set(map(str, after.dropna())) & set(map(str, values.dropna()))


@given(st.lists(MAILS, min_size=20, max_size=40, unique=True))
@settings(max_examples=20)
def test_a_column_of_addresses_is_no_column_of_links(mails):
    """There, an e-mail column could be typed URL."""
    (column,) = pd.DataFrame({"c": mails}).pii.profile().columns
    assert column.entity == "EMAIL_ADDRESS"


@given(st.lists(st.one_of(MAILS, CLEAN, MISSING, st.integers(0, 9)), max_size=20))
def test_nothing_but_the_finding_changes(cells):
    frame = pd.DataFrame({"备注": pd.Series(cells, dtype=object)})
    after = ps.apply(frame, TablePlan(columns=(spans(0, "备注"),)))
    for cell, new in zip(cells, after.frame["备注"], strict=True):
        if isinstance(cell, str) and "@" in cell:
            assert cell not in new
        else:
            assert new is cell or (new != new and cell != cell)


@given(st.lists(MAILS, min_size=1, max_size=20))
def test_no_value_shows(cells):
    frame = pd.DataFrame({"c": cells}, index=cells)
    done = ps.apply(frame, TablePlan(columns=(whole(0, "c", "hash", entity="EMAIL_ADDRESS"),)))
    said = repr(done) + repr(done.evidence) + done.evidence.to_json() + done._repr_html_() + done.findings().to_csv()
    said += repr(frame.pii.scan()) + frame.pii.scan()._repr_html_() + repr(done.columns) + repr(done.table)
    assert not [cell for cell in cells if cell in said]
    assert not [cell for cell in cells if cell in done.frame.to_csv()]


@given(st.lists(st.one_of(PHONES, MAILS, CLEAN), min_size=1, max_size=30), st.integers(1, 5))
@settings(max_examples=30)
def test_rows_and_chunks_do_not_matter(cells, size):
    """The same table in other chunks gives the same cells, and each cell what it gives alone."""
    import pyarrow as pa

    plan = TablePlan(columns=(whole(0, "c", "mask"), spans(1, "d")))
    one = pa.table({"c": [cell.partition("@")[0] for cell in cells], "d": cells})
    other = pa.concat_tables([one.slice(i, size) for i in range(0, len(cells), size)])
    assert ps.apply(other, plan).frame.to_pydict() == ps.apply(one, plan).frame.to_pydict()
