"""polars and Arrow in, the same out."""

from __future__ import annotations

import datetime

import pyarrow as pa
import pytest

import piiscrub as ps
from piiscrub.errors import InputError
from piiscrub.frames.doors import scrub
from piiscrub.model.plan import ColumnPlan, TablePlan
from piiscrub.model.policy import OperatorSpec

pl = pytest.importorskip("polars")
PHONE = "13800138000"
MASK = TablePlan(
    columns=(
        ColumnPlan(
            position=0, name="c", entity="CN_MOBILE", action="transform", operator=OperatorSpec.of("mask", style="display")
        ),
    )
)


@pytest.mark.parametrize(
    "series",
    [
        pl.Series("c", ["a", None, "b"]),
        pl.Series("c", [1, None, 3], dtype=pl.Int16),
        pl.Series("c", [1.5, float("nan"), None]),
        pl.Series("c", [True, None]),
        pl.Series("c", [datetime.date(2024, 1, 1), None]),
        pl.Series("c", [datetime.datetime(2024, 1, 1, 8), None]),
        pl.Series("c", [datetime.time(8), None]),
        pl.Series("c", ["x", None], dtype=pl.Categorical),
        pl.Series("c", ["x", None], dtype=pl.Enum(["x", "y"])),
        pl.Series("c", [], dtype=pl.String),
        pl.Series("c", [None, None]),
    ],
    ids=lambda series: str(series.dtype),
)
def test_a_clean_column_comes_back_as_it_was(series):
    frame = series.to_frame()
    after = frame.pii.scrub()
    assert after.schema == frame.schema
    assert after.equals(frame, null_equal=True)


@pytest.mark.parametrize("dtype", [pl.String, pl.Categorical, pl.Enum([PHONE, "x"])], ids=["text", "categorical", "enum"])
def test_text_types_stay(dtype):
    series = pl.Series("c", [PHONE, None, "x"], dtype=dtype)
    after = ps.apply(series.to_frame(), MASK).frame["c"]
    assert after.dtype.base_type() == series.dtype.base_type()
    assert after.cast(pl.String).to_list()[:2] == ["138****8000", None]


def test_numbers_that_are_phones_become_text_and_the_result_says_so():
    done = ps.apply(pl.DataFrame({"c": [int(PHONE), None]}), MASK)
    assert done.frame["c"].to_list() == ["138****8000", None]
    assert list(done.evidence.dtype_changes) == ["c"]


def test_objects_and_nested_columns():
    frame = pl.DataFrame([pl.Series("o", [7, f"电话{PHONE}", [1]], dtype=pl.Object), pl.Series("l", [["x"], None, ["y"]])])
    after = frame.pii.scrub()
    assert after["o"].to_list() == [7, "电话<CN_MOBILE_1>", "[REDACTED]"]
    assert after["l"].to_list() == ["[REDACTED]", None, "[REDACTED]"]


def test_series_scan_and_findings():
    series = pl.Series("备注", ["无", f"电话{PHONE}"])
    assert series.pii.scrub().to_list() == ["无", "电话<CN_MOBILE_1>"]
    found = series.to_frame().pii.findings()
    assert isinstance(found, pl.DataFrame)
    assert found.select("row", "column", "entity").rows() == [(1, "备注", "CN_MOBILE")]


def test_a_renamed_header_never_collides():
    frame = pl.DataFrame({PHONE: ["x"], "column_00": ["y"]})
    assert frame.pii.scrub().columns == ["column_00_", "column_00"]  # the column that has the name keeps it


def test_a_lazy_frame_is_refused():
    with pytest.raises(InputError, match="collect"):
        scrub(pl.LazyFrame({"a": [1]}))


class TestArrow:
    TABLE = pa.table({"c": pa.chunked_array([[PHONE, None], ["x"]]), "n": pa.chunked_array([[1], [2, None]])})

    def test_a_table(self):
        after = scrub(self.TABLE).frame
        assert isinstance(after, pa.Table)
        assert after.schema == self.TABLE.schema
        assert after.to_pydict() == {"c": ["<CN_MOBILE_1>", None, "x"], "n": [1, 2, None]}

    def test_a_batch(self):
        (batch,) = self.TABLE.combine_chunks().to_batches()
        after = scrub(batch).frame
        assert isinstance(after, pa.RecordBatch)
        assert after.schema == batch.schema

    def test_anything_with_the_stream_interface(self):
        class Source:
            def __arrow_c_stream__(self, requested_schema=None):
                return TestArrow.TABLE.__arrow_c_stream__(requested_schema)

        assert scrub(Source()).frame.to_pydict()["c"] == ["<CN_MOBILE_1>", None, "x"]

    def test_names_that_repeat(self):
        table = pa.Table.from_arrays([pa.array([PHONE]), pa.array(["x"])], names=["c", "c"])
        after = scrub(table).frame
        assert (after.schema.names, after.column(0).to_pylist()) == (["c", "c"], ["<CN_MOBILE_1>"])


def test_anything_else_is_refused():
    with pytest.raises(InputError, match="not list"):
        scrub([PHONE])


def test_integers_of_128_bits_are_looked_at_like_others():
    frame = pl.DataFrame({"手机号": pl.Series([int(PHONE), None, 2**100], dtype=pl.Int128), "n": [1, 2, 3]})
    after = scrub(frame).frame
    assert after["手机号"].to_list() == ["<CN_MOBILE_1>", None, "<CN_MOBILE_2>"]
    assert scrub(frame.select("n")).frame.equals(frame.select("n"))
