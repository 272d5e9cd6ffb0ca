"""Coarser values: what each kind gives, what it refuses, and that coarser never says more."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscrub.errors import OperatorError
from piiscrub.model.finding import Finding
from piiscrub.operate.coarser import DATE_LEVELS
from piiscrub.operate.generalise import Generalise
from piiscrub.operate.protocol import DocumentState
from piiscrub.reference.tables import rows


def coarse(operator: Generalise, value: str, entity: str = "NOT_IN_THE_TREE") -> str:
    alone = operator(value, Finding(entity, 0, 1, 0.9, "test"))
    assert operator.many([value], entity, DocumentState()) == [alone]
    return alone


@pytest.mark.parametrize(
    ("operator", "entity", "value", "expected"),
    [
        (Generalise(), "DATE_OF_BIRTH", "1990年5月4日", "1990"),
        (Generalise(level="quarter"), "DATE_OF_BIRTH", "4 May 1990", "1990-Q2"),
        (Generalise(kind="date", level="week"), "X", "2021-01-03", "2020-W53"),
        (Generalise(kind="date", level="month"), "X", "19900504", "1990-05"),
        (Generalise(kind="date", level="decade"), "X", "1990-05-04 12:30:00", "1990s"),
        (Generalise(kind="date"), "X", "soon", "*"),
        (Generalise(), "AGE", "37岁", "35-39"),
        (Generalise(), "AGE", "90", "90+"),
        (Generalise(), "AGE", "89", "85-89"),
        (Generalise(kind="age", width=10, top=65), "X", "64", "60-64"),
        (Generalise(kind="age", width=1), "X", "64", "64"),
        (Generalise(kind="age"), "X", "3 months", "0-4"),
        (Generalise(kind="number", width=500), "X", "1,234.5", "[1000,1500)"),
        (Generalise(kind="number", width=0.5), "X", "-0.1", "[-0.5,0)"),
        (Generalise(kind="number", edges="18,65"), "X", "18", "[18,65)"),
        (Generalise(kind="number", edges="18,65", labels="少|中|老"), "X", "70", "老"),
        (Generalise(kind="number", round_to=1000), "X", "2500", "2000"),
        (Generalise(kind="number", round_to=1000), "X", "1.26万", "13000"),
        (Generalise(kind="number", round_to=0.05), "X", "0.07", "0.05"),
        (Generalise(kind="number", top=100, bottom=0), "X", "120", ">=100"),
        (Generalise(kind="number", top=100, bottom=0), "X", "-3", "<=0"),
        (Generalise(kind="number", top=100), "X", "99.50", "99.5"),
        (Generalise(kind="number", width=1), "X", "NaN", "*"),
        (Generalise(), "CN_ADDRESS", "广东省深圳市南山区测试路1号", "广东省深圳市"),
        (Generalise(level="province"), "CN_ADDRESS", "北京朝阳区建国路88号", "北京"),
        (Generalise(level="district"), "CN_ADDRESS", "北京朝阳区建国路88号", "北京朝阳区"),
        (Generalise(), "ADDRESS", "12 Example St, Springfield, IL 62704", "Springfield, IL"),
        (Generalise(), "CN_ADDRESS", "阳光小区3号楼", "*"),
        (Generalise(), "US_ZIP", "62704-1234", "627"),
        (Generalise(), "US_ZIP", "03601", "000"),
        (Generalise(), "UK_POSTCODE", "sw1a 1aa", "SW1A"),
        (Generalise(keep=2), "CN_POSTCODE", "518000", "51"),
        (Generalise(kind="prefix", keep=2), "X", "E11.9", "E1***"),
        (Generalise(kind="prefix", keep=9), "X", "E11.9", "*"),
    ],
    ids=range(34),
)
def test_what_each_kind_gives(operator: Generalise, entity: str, value: str, expected: str) -> None:
    assert coarse(operator, value, entity) == expected


def test_a_hierarchy_comes_from_a_file(tmp_path: Path) -> None:
    csv, toml = tmp_path / "jobs.csv", tmp_path / "jobs.toml"
    csv.write_text("# invented\n心内科医生,医生,医疗\n护士,护理,医疗\n", encoding="utf-8")
    toml.write_text('["医疗"]\n"医生" = ["心内科医生"]\n"护理" = ["护士"]\n', encoding="utf-8")
    for file in (csv, toml):
        assert coarse(Generalise(kind="hierarchy", file=str(file)), "心内科医生") == "医生"
        assert coarse(Generalise(kind="hierarchy", file=str(file), level="2"), "心内科医生") == "医疗"
        assert coarse(Generalise(kind="hierarchy", file=str(file), level="9"), "护士") == "医疗"
        assert coarse(Generalise(kind="hierarchy", file=str(file)), "画家") == "*"
    bad = tmp_path / "two.csv"
    bad.write_text("a,b\na,c\n", encoding="utf-8")
    with pytest.raises(OperatorError, match="puts one value in two places"):
        Generalise(kind="hierarchy", file=str(bad))
    with pytest.raises(OperatorError, match=r"'none\.csv' cannot be read"):
        Generalise(kind="hierarchy", file=str(tmp_path / "none.csv"))


@given(st.dates(date(1900, 1, 1), date(2030, 12, 31)), st.dates(date(1900, 1, 1), date(2030, 12, 31)))
def test_dates_equal_at_a_level_are_equal_at_coarser_ones(one: date, other: date) -> None:
    levels = [level for level in DATE_LEVELS if level != "week"]  # a week may lie in two years
    same = [
        coarse(Generalise(kind="date", level=level), str(one)) == coarse(Generalise(kind="date", level=level), str(other))
        for level in levels
    ]
    assert same == sorted(same)


@given(st.decimals(-(10**9), 10**9, places=3), st.integers(1, 10**5))
def test_a_number_lies_in_its_bucket(value: object, width: int) -> None:
    low, high = coarse(Generalise(kind="number", width=width), str(value))[1:-1].split(",")
    assert float(low) <= float(str(value)) < float(high)


def test_withheld_prefixes_are_three_digits_and_stand_once() -> None:
    prefixes = [prefix for row in rows("zip3") for prefix in row[1].split()]
    assert len(prefixes) == len(set(prefixes))
    assert all(len(prefix) == 3 and prefix.isdigit() for prefix in prefixes)


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"kind": "dates"}, "Did you mean 'date'"),
        ({"kind": "date", "level": "day"}, "level takes one of 'week'"),
        ({"kind": "date", "width": 5}, "width is none of 'date'; it takes level"),
        ({"kind": "number"}, "a number takes width, edges"),
        ({"kind": "number", "edges": "65,18"}, "rising order"),
        ({"kind": "number", "edges": "a"}, "rising order"),
        ({"kind": "number", "edges": "18,65", "labels": "a|b"}, "labels takes one name more than there are edges, 3"),
        ({"kind": "age", "width": 2.5}, "whole years"),
        ({"kind": "hierarchy"}, "takes file"),
        ({"width": -1}, "width takes a number, 0 or more"),
        ({"top": float("nan")}, "top takes a number"),
        ({"keep": 1.5}, "keep takes a whole number"),
    ],
    ids=range(12),
)
def test_wrong_parameters_are_refused(params: dict[str, object], message: str) -> None:
    with pytest.raises(OperatorError) as caught:
        Generalise(**params)  # type: ignore[arg-type]  # wrong on purpose
    assert message in str(caught.value)


def test_the_kind_must_follow_from_the_entity_or_be_said() -> None:
    with pytest.raises(OperatorError, match="kind is missing"):
        coarse(Generalise(), "x", "PERSON")
