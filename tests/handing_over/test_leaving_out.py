"""Whether somebody is under 14 is told with care: where a cell leaves the day open, nobody is made older than may be."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from piiscrub.handing_over.leaving_out import LeavingOut
from piiscrub.model.plan import ColumnPlan, SharePlan, TablePlan

TODAY = date(2026, 11, 23)


def stays_behind(entity: str, cell: str) -> tuple[bool, bool]:
    """Whether the row of this cell is left out, and whether nobody could tell."""
    table = TablePlan(columns=(ColumnPlan(position=0, name="x", entity=entity),))
    left = LeavingOut(SharePlan(tables=(table,)), table, ["x"], today=TODAY)
    keeps = left.keeps(pa.RecordBatch.from_pydict({"x": [cell]}))
    return bool(not keeps[0]), bool(left.age_unknown)


@pytest.mark.parametrize(
    "cell",
    ["2012-11-24", "20121124", "20121124101010", "2012-11-24 00:00:00", "2012-12", "2012-11", "2012年12月", "2012", "24/11/2012",
     "05/12/2012", "2026", "2026-11"],
    ids=range(12),
)  # fmt: skip
def test_a_birth_that_may_be_a_child_s(cell: str) -> None:
    assert stays_behind("DATE_OF_BIRTH", cell) == (True, False)


@pytest.mark.parametrize("cell", ["2012-11-23", "2012-10", "2011", "20121123", "11/05/2012"], ids=range(5))
def test_a_birth_that_is_none_of_a_child(cell: str) -> None:
    assert stays_behind("DATE_OF_BIRTH", cell) == (False, False)


@pytest.mark.parametrize("cell", ["?", "2027", "2027-01-01", "2012-02-30"], ids=range(4))
def test_what_is_no_birth_is_counted_as_unknown(cell: str) -> None:
    assert stays_behind("DATE_OF_BIRTH", cell) == (False, True)


@pytest.mark.parametrize(
    ("cell", "child"),
    [("13岁", True), ("14周岁", False), ("150天", True), ("36个月", True), ("168个月", False), ("20 weeks", True),
     ("8 months", True), ("100", False), ("１３", True)],
    ids=range(9),
)  # fmt: skip
def test_an_age_in_months_or_days_is_one(cell: str, child: bool) -> None:
    assert stays_behind("AGE", cell) == (child, False)
