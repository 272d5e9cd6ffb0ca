"""Every policy and every purpose through every door: a text, a frame by policy, a frame by plan. Each does what it promises."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

import piiscrub as ps
from piiscrub.registry.policies import load_policy, policy_names
from piiscrub.registry.purposes import known

KEYS = ps.KeyRing.ephemeral()
MOBILE, ID, CARD, MAIL = "13800138000", "11010519491231002X", "4111111111111111", "zhang.wei@example.com"
TEXT = f"请联系{MOBILE}，身份证{ID}，卡号{CARD}，邮箱{MAIL}，密码：Zx9!kk27pq"
SHOWN = {"pipl-succession", "pipl-entrust"}  # contact data stays clear
CHANGING = [name for name in policy_names() if name != "review"]


def frame() -> pd.DataFrame:
    return pd.DataFrame({
        "姓名": ["张伟", "王建国", "李娜", "欧阳小红"] * 3,
        "手机号": [MOBILE, "13912345678", "13700000000", "14200000000"] * 3,
        "身份证号": [ID, "110101190001010014", "11010519491231002X", "110101190001010014"] * 3,
        "邮箱": [MAIL, "li_na@example.org", "wang@example.com", "ou@example.com"] * 3,
        "出生日期": ["1949-12-31", "1900-01-01", "1949-12-31", "1900-01-01"] * 3,
        "年龄": [31, 45, 67, 91] * 3,
        "备注": [TEXT, "张先生来电", "无", "已处理"] * 3,
    })  # fmt: skip


def cells(made: pd.DataFrame) -> str:
    return "\n".join(str(cell) for name in made for cell in made[name])


def settled(plan: ps.SharePlan) -> ps.SharePlan:
    columns = tuple(dataclasses.replace(c, action="drop") if c.action == "decide" else c for c in plan.columns)
    return plan.replace(tables=(dataclasses.replace(plan.tables[0], columns=columns),))


def whole(policy: str, entity: str) -> bool:
    """Whether the policy leaves a value of the entity whole."""
    return load_policy(policy).rule_for(entity).name == "keep"


@pytest.mark.parametrize("policy", CHANGING)
def test_a_text(policy: str) -> None:
    done = ps.scrub(TEXT, policy=policy, keys=KEYS)
    for value, entity in ((MOBILE, "CN_MOBILE"), (ID, "CN_ID_CARD"), (CARD, "CREDIT_CARD"), (MAIL, "EMAIL_ADDRESS")):
        assert (value in done.text) == whole(policy, entity), entity
    assert "Zx9!kk27pq" not in done.text
    assert not done.evidence.failures


@pytest.mark.parametrize("policy", CHANGING)
def test_a_frame_by_policy_and_by_plan(policy: str) -> None:
    by_policy = frame().pii.scrub(policy, keys=KEYS)
    by_plan = ps.apply(frame(), settled(ps.plan(frame(), policy=policy, recipient="r")), keys=KEYS)
    assert not by_plan.evidence.failures
    for made in (by_policy, by_plan.frame):
        out = cells(made)
        for value, entity in ((MOBILE, "CN_MOBILE"), (ID, "CN_ID_CARD"), (CARD, "CREDIT_CARD"), (MAIL, "EMAIL_ADDRESS")):
            assert value not in out or whole(policy, entity), entity
        assert ("王建国" in out) == whole(policy, "PERSON")
        assert len(made) == 12


@pytest.mark.parametrize("purpose", known())
def test_a_frame_by_purpose_alone(purpose: str) -> None:
    need = known()[purpose]
    plan = settled(ps.plan(frame(), purpose=purpose, recipient="r"))
    done = ps.apply(frame(), plan, keys=KEYS)
    assert not done.evidence.failures
    for column in plan.columns:
        form = need.form_for(column.entity) if column.entity else None
        if form == "dropped":
            assert column.action == "drop"
        elif form == "clear":
            assert list(done.frame[column.name]) == list(frame()[column.name])
        elif form == "pseudonym":
            assert column.operator.name in ("pseudonym", "hash")
            assert set(map(str, done.frame[column.name])).isdisjoint(map(str, frame()[column.name]))
        elif form:
            assert column.operator.name == {"masked": "mask", "generalised": "generalise"}[form]


@pytest.mark.parametrize("entity", ["PERSON", "CN_MOBILE", "EMAIL_ADDRESS", "CN_ID_CARD", "CREDIT_CARD"])
def test_a_pseudonym_is_realistic_where_there_is_one(entity: str) -> None:
    from piiscrub.planner.making import of_form

    assert of_form("pseudonym", entity).name == "pseudonym"
    assert of_form("pseudonym", "US_SSN").name == "hash"
