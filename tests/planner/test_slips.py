"""What looks like a slip of the pen is told, and a plan does not outlive what it knew of a column."""

from __future__ import annotations

import dataclasses

import pytest

from piiscrub.errors import PlanError, UnknownNameError
from piiscrub.model.plan import EMPTY
from piiscrub.planner.making import make
from piiscrub.planner.share import SharePlan
from piiscrub.table.frame import Table
from piiscrub.table.profile.profile import profile

NOTE = "请联系周小川 13800138000"


def planned(columns: dict[str, list[str | None]], **more: str | None) -> SharePlan:
    return make(profile(Table.of(columns)), policy="display", **more)


@pytest.mark.parametrize("purpose", ["delivry", "Delivery", "analytic", "customer service"])
def test_a_purpose_written_wrong_is_told(purpose: str) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean"):
        planned({"手机号": ["13800138000"]}, purpose=purpose)


def test_none_is_no_purpose_and_no_recipient() -> None:
    made = planned({"手机号": ["13800138000"]}, purpose=None, recipient=None)
    assert (made.purpose, made.recipient) == ("", "")


@pytest.mark.parametrize("purpose", ["", "delivery", "support", "配送", "our own"])
def test_a_purpose_of_ones_own_is_recorded(purpose: str) -> None:
    assert planned({"手机号": ["13800138000"]}, purpose=purpose).purpose == purpose


def test_a_basis_written_wrong_is_told() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'contract'"):
        planned({"手机号": ["13800138000"]}, basis="contarct")


@pytest.mark.parametrize("before", [[None] * 4, ["", " ", None, ""], [], ["\u200b", None, "\ufeff", ""]])
def test_what_comes_into_an_empty_column_stops_the_plan(before: list[str | None]) -> None:
    plan = planned({"备注": before})
    assert plan.columns[0].rule == EMPTY
    plan.check(Table.of({"备注": before}))
    plan.check(Table.of({"备注": [None] * 4}))
    with pytest.raises(PlanError, match="held no value when the plan was made"):
        plan.check(Table.of({"备注": ["周小川来过", None, None, None]}))


def test_text_with_identifiers_in_a_column_that_held_none_stops_the_plan() -> None:
    plan = planned({"状态": ["已结", "未结"] * 20})
    assert plan.columns[0].action == "keep"
    plan.check(Table.of({"状态": ["已结", "未结", "退回"] * 20}))
    with pytest.raises(PlanError, match="text with direct identifiers") as stopped:
        plan.check(Table.of({"状态": ["已结", "未结"] * 20 + [NOTE]}))
    assert "13800138000" not in str(stopped.value)


def test_text_that_a_person_keeps_is_kept() -> None:
    table = Table.of({"备注": [NOTE, "无", "已联系"]})
    plan = make(profile(table), policy="display")
    assert plan.columns[0].role == "text"
    kept = dataclasses.replace(plan.tables[0], columns=(dataclasses.replace(plan.columns[0], action="keep"),))
    plan.replace(tables=(kept,)).check(table)
