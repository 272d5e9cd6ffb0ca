"""pandas in, the same out."""

from __future__ import annotations

import copy
import dataclasses
import datetime
import decimal

import numpy as np
import pandas as pd
import pytest

import piiscrub as ps
from piiscrub.errors import PlanError
from piiscrub.frames.opening import opened
from piiscrub.model.plan import ColumnPlan, TablePlan
from piiscrub.model.policy import OperatorSpec

PHONE, OTHER = "13800138000", "14200000000"


def plan_for(frame, **actions):
    """Keep every column but those named by position: ``_0=…``."""
    table = opened(frame).table
    return TablePlan(
        columns=tuple(
            actions.get(f"_{i}") or ColumnPlan(position=i, name=name, action="keep") for i, name in enumerate(table.names)
        )
    )


def transform(position, name, operator, entity="CN_MOBILE", **params):
    return ColumnPlan(
        position=position, name=name, entity=entity, action="transform", operator=OperatorSpec.of(operator, **params)
    )


CLEAN = {
    "default text": pd.Series(["a", None, "b"]),
    "object": pd.Series(["a", None, "b"], dtype=object),
    "mixed": pd.Series(["a", 7, datetime.date(2024, 5, 1), 2.5, np.nan, decimal.Decimal("1.10"), True, None], dtype=object),
    "string": pd.Series(["a", None, "b"], dtype="string"),
    "string of Python": pd.Series(["a", None, "b"], dtype="string[python]"),
    "int64": pd.Series([1, 2, 3]),
    "uint8": pd.Series([1, 2, 3], dtype="uint8"),
    "float32": pd.Series([1.5, np.nan, 3], dtype="float32"),
    "bool": pd.Series([True, False]),
    "Int64": pd.Series([1, None, 3], dtype="Int64"),
    "boolean": pd.Series([True, None], dtype="boolean"),
    "Float64": pd.Series([1.5, None], dtype="Float64"),
    "categorical": pd.Series(["x", None, "y"], dtype=pd.CategoricalDtype(["y", "x", "z"], ordered=True)),
    "categorical of numbers": pd.Series([3, 1, 3], dtype="category"),
    "datetime": pd.Series(pd.to_datetime(["2024-01-01", None])),
    "datetime with zone": pd.Series(pd.to_datetime(["2024-01-01 08:00"])).dt.tz_localize("Asia/Shanghai"),
    "timedelta": pd.Series(pd.to_timedelta([1, None], unit="h")),
    "period": pd.Series(pd.period_range("2024-01", periods=2, freq="M")),
    "interval": pd.Series(pd.interval_range(0, 2)),
    "sparse": pd.Series(pd.arrays.SparseArray([0, 0, 1])),
    "arrow text": pd.Series(["a", None], dtype="string[pyarrow]"),
    "arrow int": pd.Series([1, None], dtype="int32[pyarrow]"),
    "complex": pd.Series([1j, 2j]),
    "empty": pd.Series([], dtype=object),
    "nothing but missing": pd.Series([None, None], dtype=object),
    "surrogate": pd.Series(["a\ud800b", "c"], dtype=object),
}


@pytest.mark.parametrize("kind", CLEAN)
def test_a_column_that_does_not_change_comes_back_as_it_was(kind):
    frame = pd.DataFrame({"c": CLEAN[kind]})
    before = frame.copy(deep=True)
    plan = TablePlan(columns=(ColumnPlan(position=0, name="c", action="spans"),))
    if kind == "complex":  # nothing of it can be shown as text
        plan = plan_for(frame)
        assert ps.apply(frame, plan).unexamined == 2
        return
    done = ps.apply(frame, plan)
    pd.testing.assert_frame_equal(done.frame, before)
    pd.testing.assert_frame_equal(frame, before)
    assert done.evidence.dtype_changes == {}
    assert [type(cell) for cell in done.frame["c"]] == [type(cell) for cell in before["c"]]


@pytest.mark.parametrize(
    "values",
    [
        pd.Series([PHONE, None, "x"]),
        pd.Series([PHONE, None, "x"], dtype=object),
        pd.Series([PHONE, None, "x"], dtype="string"),
        pd.Series([PHONE, None, "x"], dtype="category"),
        pd.Series([PHONE, None, "x"], dtype="string[pyarrow]"),
    ],
    ids=["default", "object", "string", "category", "arrow"],
)
def test_text_types_stay(values):
    done = ps.apply(values.to_frame("c"), TablePlan(columns=(transform(0, "c", "mask"),)))
    after = done.frame["c"]
    assert isinstance(after.dtype, type(values.dtype))
    assert after[0] == "138****8000"
    assert after.isna().tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("values", "dtype"),
    [
        (pd.Series([int(PHONE), int(OTHER)]), "str"),
        (pd.Series([int(PHONE), None], dtype="Int64"), "string"),
        (pd.Series([float(PHONE), None]), "str"),
        (pd.Series([int(PHONE), None], dtype="int64[pyarrow]"), "string[pyarrow]"),
    ],
    ids=["int64", "Int64", "float", "arrow"],
)
def test_numbers_that_are_phones_become_text_and_the_result_says_so(values, dtype):
    done = ps.apply(values.to_frame("c"), TablePlan(columns=(transform(0, "c", "mask"),)))
    assert done.frame["c"][0] == "138****8000"
    assert pd.isna(done.frame["c"][1]) == pd.isna(values[1])
    assert list(done.evidence.dtype_changes) == ["c"]
    assert pd.api.types.is_string_dtype(done.frame["c"].dtype)


def test_cells_that_an_operator_on_the_column_empties_are_counted():
    visits = pd.DataFrame({"id": [1.0, None, 3.0], "visit": ["2024-05-04", "2024-05-04", "soon"], "n": [91.0, None, 5.0]})
    columns = (
        ColumnPlan(position=0, name="id", action="keep"),
        dataclasses.replace(transform(1, "visit", "date_shift", entity="DATE_TIME"), by="id"),
        transform(2, "n", "suppress", entity="AGE", when="value > 90"),
    )
    done = ps.apply(visits, TablePlan(columns=columns))
    assert done.frame.isna().sum().tolist() == [1, 2, 2]
    assert [column.emptied for column in done.evidence.columns] == [0, 2, 1]


@pytest.mark.parametrize("dtype", ["Int64", "UInt64", "int64[pyarrow]"])
def test_long_numbers_beside_missing_ones_come_back_exactly(dtype):
    account = 6222021234567890128
    made = transform(0, "c", "fpe", entity="CN_BANK_CARD")
    ring = ps.KeyRing.ephemeral()
    sealed = ps.apply(pd.DataFrame({"c": pd.array([account, None], dtype=dtype)}), TablePlan(columns=(made,)), keys=ring).frame
    by_text = ps.apply(pd.DataFrame({"c": [str(account)]}), TablePlan(columns=(made,)), keys=ring).frame
    assert str(sealed["c"][0]) == by_text["c"][0]


def test_cells_of_a_mixed_column_that_do_not_change_keep_their_type():
    cells = [7, f"电话{PHONE}", None, 2.5, b"x", pd.Timestamp("2024-01-01")]
    frame = pd.DataFrame({"c": pd.Series(cells, dtype=object)})
    after = frame.pii.scrub()["c"].tolist()
    assert after[1] == "电话<CN_MOBILE_1>"
    assert [after[i] is cells[i] for i in (0, 2, 3, 4, 5)] == [True] * 5


def test_what_cannot_be_shown_as_text_is_not_examined_and_redacted():
    cells = pd.Series(["a", [PHONE], {"phone": PHONE}, b"\xff\xfe", None, object()], dtype=object)
    frame = pd.DataFrame({"c": cells})
    done = ps.apply(frame, plan_for(frame, _0=ColumnPlan(position=0, name="c", action="spans")))
    assert done.unexamined == 4
    assert done.frame["c"].tolist()[:5] == ["a", "[REDACTED]", "[REDACTED]", "[REDACTED]", None]
    assert PHONE not in done.frame.to_csv()
    kept = ps.apply(frame, plan_for(frame))
    assert kept.frame["c"][1] == "[REDACTED]"
    assert done.findings()["entity"].tolist() == ["UNEXAMINED"] * 4


def test_a_policy_that_keeps_what_was_not_examined_says_so():
    frame = pd.DataFrame({"c": pd.Series(["a", [1]], dtype=object)})
    policy = ps.load_policy("balanced").replace(unexamined="keep")
    done = frame.pii.scrub(policy)
    assert done["c"].tolist() == ["a", [1]]


class TestHeadersAndLabels:
    def test_names_that_repeat_are_no_text_or_chinese_stay(self):
        frame = pd.DataFrame([[PHONE, 1, "x", 2, PHONE]], columns=["电话", "电话", 3, None, ("a", 1)])
        done = ps.apply(frame, plan_for(frame, _0=transform(0, "电话", "mask"), _4=transform(4, "a / 1", "hash")))
        assert list(done.frame.columns) == list(frame.columns)
        assert done.frame.iloc[0, 0] == "138****8000"
        assert done.frame.iloc[0, 1] == 1
        assert len(done.frame.iloc[0, 4]) == 32

    def test_columns_of_several_levels_stay(self):
        columns = pd.MultiIndex.from_tuples([("甲", "电话"), ("甲", "数"), ("乙", "电话")], names=["方", "项"])
        frame = pd.DataFrame([[PHONE, 1, OTHER]], columns=columns)
        done = ps.apply(frame, plan_for(frame, _0=transform(0, "甲 / 电话", "mask"), _2=transform(2, "乙 / 电话", "mask")))
        pd.testing.assert_index_equal(done.frame.columns, columns)
        assert done.frame.iloc[0].tolist() == ["138****8000", 1, "142****0000"]

    def test_a_header_that_is_personal_information_is_renamed_and_not_shown(self):
        frame = pd.DataFrame({"电话": ["无"], PHONE: ["x"], "zhang.san@example.com": ["y"]})
        after = frame.pii.scrub()
        assert list(after.columns) == ["电话", "column_01", "column_02"]
        done = ps.apply(frame, plan_for(frame, _1=ColumnPlan(position=1, name="column_01", action="keep", renamed=True)))
        assert PHONE not in done.evidence.to_json() + repr(done) + repr(done.evidence)
        assert done.frame.columns[1] == "column_01"

    def test_a_personal_part_of_a_header_of_several_levels_is_renamed(self):
        frame = pd.DataFrame([[1, 2]], columns=pd.MultiIndex.from_tuples([("电话", PHONE), ("电话", "x")]))
        assert list(frame.pii.scrub().columns) == [("电话", "column_00"), ("电话", "x")]

    def test_index_labels_are_handled_like_cells(self):
        frame = pd.DataFrame({"n": [1, 2, 3]}, index=pd.Index([PHONE, "b", PHONE], name="客户"))
        after = frame.pii.scrub()
        assert after.index.tolist() == ["<CN_MOBILE_1>", "b", "<CN_MOBILE_1>"]
        assert after.index.name == "客户"
        assert after["n"].tolist() == [1, 2, 3]
        assert frame.index.tolist() == [PHONE, "b", PHONE]

    def test_index_labels_can_be_left_out(self):
        frame = pd.DataFrame({"n": [1, 2]}, index=[PHONE, OTHER])
        plan = plan_for(frame, _1=ColumnPlan(position=1, name="index", action="drop"))
        assert isinstance(ps.apply(frame, plan).frame.index, pd.RangeIndex)

    @pytest.mark.parametrize(
        "index",
        [
            pd.RangeIndex(5, 8),
            pd.Index([3, 3, 1]),
            pd.Index(["b", "a", "a"], name="名"),
            pd.MultiIndex.from_tuples([("x", 1), ("x", 1), ("y", 2)], names=["甲", None]),
            pd.DatetimeIndex(["2024-01-01", "2024-01-02", "2024-01-03"]),
            pd.CategoricalIndex(["b", "a", "b"]),
        ],
        ids=["range", "repeated", "named", "several levels", "dates", "categories"],
    )
    def test_a_clean_index_stays(self, index):
        frame = pd.DataFrame({"c": [PHONE, None, OTHER]}, index=index)
        after = frame.pii.scrub()
        pd.testing.assert_index_equal(after.index, index)
        assert after["c"].tolist() != frame["c"].tolist()


def test_attrs_and_flags_come_along():
    frame = pd.DataFrame({"c": [PHONE]})
    frame.attrs = {"source": ["crm"]}
    after = frame.pii.scrub()
    assert after.attrs == frame.attrs
    assert after.attrs["source"] is not frame.attrs["source"]


@pytest.mark.parametrize("note", [PHONE, {"who": [PHONE]}, object()], ids=["text", "inside", "not readable"])
def test_attrs_that_are_personal_or_cannot_be_read_stay_behind(note):
    frame = pd.DataFrame({"c": ["x"]})
    frame.attrs = {"source": "crm", "note": note}
    assert frame.pii.scrub().attrs == {"source": "crm"}


@pytest.mark.parametrize("index", [pd.RangeIndex(2, name=PHONE), pd.Index(["a", "b"], name=PHONE)], ids=["counts", "labels"])
def test_an_index_name_that_is_personal_does_not_leave(index):
    after = pd.DataFrame({"c": ["x", "y"]}, index=index).pii.scrub()
    assert PHONE not in str(after.index.name)


def test_a_signalling_nan_is_a_missing_cell():
    frame = pd.DataFrame({"c": pd.Series([PHONE, decimal.Decimal("sNaN")], dtype=object)})
    assert frame.pii.scrub()["c"][0] == "<CN_MOBILE_1>"


def test_the_result_shares_no_cells_with_the_source():
    frame = pd.DataFrame({"kept": [1, 2], "changed": [PHONE, "x"]})
    before = copy.deepcopy(frame)
    after = frame.pii.scrub()
    after.iloc[0, 0] = 99
    after.iloc[1, 1] = "new"
    pd.testing.assert_frame_equal(frame, before)


def test_categories_that_no_row_holds_do_not_leave():
    frame = pd.DataFrame({"c": pd.Categorical(["x", "y"], categories=["x", "y", PHONE])})
    for after in (frame.pii.scrub(), ps.apply(frame, plan_for(frame)).frame):
        assert PHONE not in list(after["c"].cat.categories)
        assert after["c"].tolist() == ["x", "y"]


def test_a_series_comes_back_as_a_series():
    series = pd.Series([f"电话{PHONE}", None], index=["a", "b"], name="备注")
    after = series.pii.scrub()
    assert after.tolist()[0] == "电话<CN_MOBILE_1>"
    assert (after.name, after.index.tolist()) == ("备注", ["a", "b"])
    assert series.pii.scan().counts == {"CN_MOBILE": 1}


def test_a_frame_without_rows_or_columns():
    for frame in (pd.DataFrame(), pd.DataFrame({"a": []}), pd.DataFrame(index=[1, 2])):
        after = frame.pii.scrub()
        assert after.shape == frame.shape


def test_findings_are_a_frame_by_row_position():
    frame = pd.DataFrame({"备注": ["无", f"电话{PHONE}，邮箱a@example.com"]}, index=[7, 7])
    found = frame.pii.findings()
    assert list(found.columns) == ["row", "column", "position", "entity", "start", "end", "score", "recognizer"]
    assert found[["row", "column", "entity", "start", "end"]].values.tolist() == [
        [1, "备注", "CN_MOBILE", 2, 13],
        [1, "备注", "EMAIL_ADDRESS", 16, 29],
    ]


def test_a_plan_for_another_table_fails():
    frame = pd.DataFrame({"a": [1]})
    with pytest.raises(PlanError):
        ps.apply(frame.rename(columns={"a": "b"}), plan_for(frame))


@pytest.mark.parametrize("dtype", ["int64", "float64", "Int64", "int64[pyarrow]"])
def test_a_mobile_among_amounts_is_handled(dtype):
    amounts = pd.Series([120, 4500, int(PHONE), 88, 13912345678, 15], dtype=dtype)
    made = pd.DataFrame({"amount": amounts}).pii.scrub("balanced")["amount"].astype(str).tolist()
    assert made[2] == "<CN_MOBILE_1>" and made[4] == "<CN_MOBILE_2>"
    assert [float(made[at]) for at in (0, 1, 3, 5)] == [120, 4500, 88, 15]


def test_amounts_without_a_long_number_keep_their_type():
    frame = pd.DataFrame({"amount": [120.5, 9_999_999_999.0, None, -3.25]})
    pd.testing.assert_frame_equal(frame.pii.scrub("balanced"), frame)


def test_cards_left_in_remarks_are_handled():
    remarks = ["called back", "none", "4111111111111111", "see the file", "5555555555554444", "n/a"] * 4
    made = pd.DataFrame({"memo": remarks}).pii.scrub(ps.Scrubber(ner=None))["memo"].tolist()
    assert [made[2], made[4]] == ["<CREDIT_CARD_1>", "<CREDIT_CARD_2>"] and made[0] == "called back"
