"""What other programs write into Arrow columns: views, bytes that are no UTF-8, times that Python does not know."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import feather, parquet

import piiscrub as ps
from piiscrub.frames.doors import scan, scrub
from piiscrub.model.plan import ColumnPlan, TablePlan
from piiscrub.model.policy import OperatorSpec
from piiscrub.table.distinct import as_texts, decimal_text
from piiscrub.table.frame import Table
from piiscrub.table.sampling import ROWS

PHONE = "13800138000"
GBK = "张三".encode("gb18030")
NOT_UTF8 = pa.array([PHONE.encode(), GBK, None]).view(pa.string())


@pytest.mark.parametrize(
    "column", [NOT_UTF8, NOT_UTF8.cast(pa.large_string()), NOT_UTF8.dictionary_encode()], ids=["text", "large", "dictionary"]
)
def test_text_that_is_no_utf8_is_not_examined_and_does_not_leave(column):
    done = scrub(pa.table({"手机号": column}))
    assert done.frame.column(0).to_pylist() == ["<CN_MOBILE_1>", "[REDACTED]", None]
    assert done.unexamined == 1
    assert scan(pa.table({"手机号": column})).unexamined == 1


def test_a_file_with_such_text_is_profiled_and_applied(tmp_path):
    parquet.write_table(pa.table({"手机号": NOT_UTF8}), tmp_path / "a.parquet")
    plan = ps.plan(tmp_path / "a.parquet", policy="balanced")
    done = ps.apply(tmp_path / "a.parquet", plan, out=tmp_path / "b.parquet")
    assert done.unexamined == 1
    assert parquet.read_table(tmp_path / "b.parquet").column(0).to_pylist() == ["<CN_MOBILE_1>", "[REDACTED]", None]


@pytest.mark.parametrize("kind", [pa.string_view(), pa.dictionary(pa.int8(), pa.string_view())], ids=str)
def test_views_come_back_as_views(kind):
    column = pa.array([PHONE, None, "x"], pa.string_view())
    column = column if kind == column.type else pa.DictionaryArray.from_arrays(pa.array([0, None, 2], pa.int8()), column)
    after = scrub(pa.table({"手机号": column})).frame
    assert after.column(0).to_pylist() == ["<CN_MOBILE_1>", None, "<CN_MOBILE_2>"]
    assert after.schema.field(0).type == kind


def test_a_file_of_views_is_profiled_and_applied(tmp_path):
    table = pa.table({"手机号": pa.array([PHONE, None, "x"], pa.string_view())})
    with pa.ipc.new_file(tmp_path / "a.arrow", table.schema) as writer:  # as polars writes it
        writer.write_table(table)
    plan = ps.plan(tmp_path / "a.arrow", policy="balanced")
    ps.apply(tmp_path / "a.arrow", plan, out=tmp_path / "b.arrow")
    assert feather.read_table(tmp_path / "b.arrow").column(0).to_pylist() == ["<CN_MOBILE_1>", None, "<CN_MOBILE_2>"]


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.large_string())], ids=str)
def test_what_is_rare_in_a_long_file_is_seen_in_text_of_every_type(tmp_path, kind):
    notes = [f"note {n}" for n in range(3 * ROWS)]
    notes[-1] = f"call {PHONE}"
    parquet.write_table(pa.table({"note": pa.array(notes).cast(kind)}), tmp_path / "a.parquet")
    assert dict(ps.profile(tmp_path / "a.parquet").columns[0].found) == {"CN_MOBILE": 1}


@pytest.mark.parametrize(
    ("column", "texts"),
    [
        (pa.array([2**31 - 1, 0], pa.int32()).cast(pa.date32()), ["<value out of range: 2147483647>", "1970-01-01"]),
        (pa.array([2**40, 0]).cast(pa.timestamp("s")), ["<value out of range: 1099511627776>", "1970-01-01"]),
        (pa.array([0]).view(pa.timestamp("us", "Nowhere/Land")), ["1970-01-01 00:00:00.000000"]),
        (pa.array([2**60, 60], pa.duration("s")), ["1152921504606846976", "0:01:00"]),
        (pa.array([1_000, 1], pa.time64("ns")), ["00:00:00.000001", "00:00:00"]),
        (pa.array([1_000, 1], pa.timestamp("ns")), ["1970-01-01 00:00:00.000001", "1970-01-01"]),
    ],
    ids=["date", "second", "zone", "duration", "time", "nanosecond"],
)
def test_times_that_python_does_not_know_are_shown_all_the_same(column, texts):
    assert as_texts(column) == texts
    ps.profile(pa.table({"t": column}))


@pytest.mark.parametrize("operator", ["shuffle", "noise", "mask"])
def test_operators_meet_times_that_python_does_not_know(operator):
    column = pa.array([2**40, 0, None]).cast(pa.timestamp("s"))
    planned = ColumnPlan(position=0, name="t", entity="DATE_TIME", action="transform", operator=OperatorSpec.of(operator))
    done = ps.apply(pa.table({"t": column}), TablePlan(columns=(planned,)))
    assert (done.evidence.rows_out, done.frame.column(0).null_count) == (3, 1)


def test_a_time_that_cannot_be_moved_is_taken_out_and_counted():
    column = pa.array([2**40, 0, None]).cast(pa.timestamp("s"))
    move = OperatorSpec.of("date_shift")
    planned = ColumnPlan(position=0, name="t", entity="DATE_TIME", action="transform", operator=move, by="whose")
    whose = ColumnPlan(position=1, name="whose", action="keep")
    done = ps.apply(pa.table({"t": column, "whose": ["a", "b", "c"]}), TablePlan(columns=(planned, whose)))
    assert (done.evidence.rows_out, done.evidence.columns[0].emptied, done.frame.column(0).null_count) == (3, 1, 2)


def test_blind_cells_are_missing_and_named():
    table = Table.from_arrow(pa.table({"a": NOT_UTF8, "n": [1, 2, 3]}))
    assert table.columns[0].to_pylist() == [PHONE, None, None]
    assert {position: mask.tolist() for position, mask in table.blind.items()} == {0: [False, True, False]}


def test_a_plan_that_keeps_a_column_redacts_what_is_no_utf8():
    plan = TablePlan(columns=(ColumnPlan(position=0, name="a", action="keep"),))
    assert ps.apply(pa.table({"a": NOT_UTF8}), plan).frame.column(0).to_pylist() == [PHONE, "[REDACTED]", None]


def test_a_phone_number_in_a_column_of_decimals_is_one():
    numbers = ["13800138000", "13912345678", "13600000000"]
    column = pa.array([Decimal(f"{number}.00") for number in numbers], pa.decimal128(20, 2))
    (one,) = ps.profile(pa.table({"c": column})).columns
    assert (one.entity, one.role) == ("CN_MOBILE", "direct")
    frame = pd.DataFrame({"c": [Decimal(f"{number}.00") for number in numbers]})
    assert frame.pii.scrub("display")["c"].tolist() == ["138****8000", "139****5678", "136****0000"]


def test_a_decimal_of_a_billion_places_is_not_written_out():
    assert decimal_text(Decimal("1E+999999")) == "1E+999999"
