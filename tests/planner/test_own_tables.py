"""A plan fits the table it was made from, whatever its columns are called; and applied, it lets no direct identifier through."""

from dataclasses import replace

import pandas as pd
import pytest

import piiscrub as ps
from piiscrub.errors import PlanError
from tests.table import made

DIRECT = {
    "PERSON", "CN_ID_CARD", "CN_MOBILE", "PHONE_NUMBER", "EMAIL_ADDRESS", "ADDRESS", "CREDIT_CARD", "US_SSN", "PASSPORT",
    "IP_ADDRESS", "LICENSE_PLATE", "PASSWORD",
}  # fmt: skip


def planned(frame, policy="strict"):
    """A plan in which a person has left out what could not be told."""
    plan = ps.plan(frame, policy=policy)
    columns = tuple(replace(c, action="drop") if c.action == "decide" else c for c in plan.tables[0].columns)
    return replace(plan, tables=(replace(plan.tables[0], columns=columns),))


@pytest.mark.parametrize("hidden", [False, True], ids=["headers", "hidden"])
@pytest.mark.parametrize("name", made.TABLES)
def test_a_plan_fits_its_own_table_and_lets_nothing_through(name, hidden):
    frame = pd.DataFrame(made.table(name, 100))
    if hidden:
        frame.columns = [f"c{i}" for i in range(frame.shape[1])]
    plan = planned(frame)
    kept = [c for c in plan.tables[0].columns if c.action != "drop"]
    out = ps.apply(frame, plan).frame
    left = [
        (made.TABLES[name][c.position][0], c.action, c.entity)
        for at, c in enumerate(kept)
        if made.TABLES[name][c.position][2] in DIRECT
        and any(str(old) in str(new) for old, new in zip(frame.iloc[:, c.position], out.iloc[:, at], strict=True))
    ]
    assert left == []


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("x2", "birth"), ("c_birth", "birth_compact"), ("csrq", "birth_us"), ("身份证号", "cn_id_damaged"), ("c8", "card"),
        ("username", "account"), ("卡号", "card_damaged"), ("身份证", "cn_id_rounded"), ("lxdh", "mobile_float"),
    ],
)  # fmt: skip
def test_columns_that_only_the_profile_can_read_are_no_drift(header, kind):
    frame = pd.DataFrame({"姓名": made.column("name_zh", 100), header: made.column(kind, 100)})
    planned(frame).check(frame)


@pytest.mark.parametrize(
    ("header", "kind"), [("身份证号", "cn_id_damaged"), ("身份证", "cn_id"), ("手机", "mobile"), ("c8", "card")]
)
def test_a_column_that_became_something_else_is_drift(header, kind):
    frame = pd.DataFrame({"姓名": made.column("name_zh", 100), header: made.column(kind, 100)})
    with pytest.raises(PlanError, match="column 1"):
        planned(frame).check(frame.assign(**{header: made.column("product_zh", 100)}))


def test_reasons_in_chinese_say_what_an_entity_is():
    frame = pd.DataFrame({"手机号": made.column("mobile", 40)})
    reason = ps.plan(ps.profile(frame, lang="zh"), policy="strict").columns[0].reason
    assert reason.startswith("策略规定了对手机号（CN_MOBILE）的处理")
