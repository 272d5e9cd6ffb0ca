"""What can still be joined is measured on what goes out: whole, in batches, and only of columns that stay readable."""

from __future__ import annotations

import random
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscrub.keys.ring import KeyRing
from piiscrub.model.plan import ColumnPlan, TablePlan
from piiscrub.model.policy import OperatorSpec
from piiscrub.registry.policies import load_policy
from piiscrub.risk.classes import classes
from piiscrub.risk.coding import coded
from piiscrub.table import joining
from piiscrub.table.applying import apply
from piiscrub.table.frame import Table
from piiscrub.table.joining import Joins
from piiscrub.table.streaming import Stream

KEYS = KeyRing.ephemeral()
SHARE = load_policy("pipl-share")


def column(position: int, name: str, role: str, action: str = "keep", operator: str = "", **params: str) -> ColumnPlan:
    spec = OperatorSpec.of(operator, permissive=operator in ("mask", "generalise"), **params) if operator else OperatorSpec("")
    return ColumnPlan(position=position, name=name, role=role, action=action, operator=spec, entity="CN_MOBILE")


def measured(columns: list[ColumnPlan], **out: list[object]):
    joins = Joins(columns, SHARE)
    joins.add({at: pa.array(cells) for at, cells in enumerate(out.values())})
    return joins.result()


@given(st.lists(st.tuples(st.sampled_from("男女"), st.integers(0, 4), st.sampled_from(["甲", "乙", None])), max_size=40))
def test_rows_that_are_alone(rows: list[tuple[str, int, str | None]]) -> None:
    cells = [list(cells) for cells in zip(*rows, strict=True)] or [[], [], []]
    arrays = [pa.array(cells[0], pa.string()), pa.array(cells[1], pa.int64()), pa.array(cells[2], pa.string())]
    joins = Joins([column(at, str(at), "quasi") for at in range(3)], SHARE)
    joins.add(dict(enumerate(arrays)))
    alone = classes([coded(one) for one in arrays]).unique if rows else 0
    assert joins.result().linked == (round(alone / len(rows), 4) if rows else 0)


def test_who_counts() -> None:
    columns = [
        column(0, "年龄", "quasi"), column(1, "单号", "none"), column(2, "备注", "text"), column(3, "姓名", "direct", "drop"),
        column(4, "手机号", "direct", "transform", "mask"), column(5, "证件号", "direct", "transform", "hash"),
        column(6, "待定", "quasi", "decide"),
    ]  # fmt: skip  # a row each
    found = measured(columns, a=[30, 30], b=["x", "y"], c=["p", "q"], d=["", ""], e=["138****", "138****"], f=["h1", "h2"])
    assert found.columns == ("年龄", "手机号")
    assert (found.linked, found.linked_by_any, found.warns) == (0.0, 1.0, False)
    assert found.matched == (("证件号", 0.5),)


@pytest.mark.parametrize(
    ("operator", "params", "same"),
    [("hash", {}, True), ("encrypt", {}, True), ("encrypt", {"mode": "random"}, False), ("replace", {}, True),
     ("replace", {"numbered": False}, False), ("redact", {}, False), ("pseudonym", {}, True)],
)  # fmt: skip  # one line reads best
def test_what_always_becomes_the_same_is_counted(operator: str, params: dict[str, object], same: bool) -> None:
    found = measured([column(0, "a", "direct", "transform", operator, **params)], a=["x", "x", "y", None])  # type: ignore[arg-type]  # as a policy gives them
    assert found.matched == ((("a", 1.0),) if same else ())


def test_a_table_and_its_batches_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(5)
    table = Table.of({
        "年龄": [chance.randint(18, 900) for _ in range(500)],
        "手机号": [f"1420000{chance.randint(0, 400):04d}" for _ in range(500)],
        "性别": [chance.choice("男女") for _ in range(500)],
    })  # fmt: skip
    plan = TablePlan(
        columns=(
            column(0, "年龄", "quasi"),
            column(1, "手机号", "direct", "transform", "hash"),
            column(2, "性别", "quasi"),
        )
    )
    whole = apply(table, plan, SHARE, keys=KEYS).evidence.joining
    assert whole is not None and whole.rows == 500 and 0 < whole.linked < 1 and whole.warns
    arrow = table.to_arrow()
    for most in (500, 120):
        monkeypatch.setattr(joining, "LARGEST", most)
        stream = Stream(lambda: iter(arrow.to_batches(max_chunksize=70)), arrow.schema, plan, SHARE, keys=KEYS)
        assert sum(batch.num_rows for batch, _ in stream) == 500
        again = apply(table, plan, SHARE, keys=KEYS).evidence.joining
        assert stream.evidence.joining == again
        assert again is not None and again.rows == most
    assert again.linked > whole.linked  # fewer rows: more of them are alone


@pytest.mark.parametrize("name", ["pipl-share", "pipl-export", "hipaa-safe-harbor", "public-release"])
def test_the_strict_ones_warn_above_one_in_a_hundred(name: str) -> None:
    for alone, warns in ((1, False), (2, True)):
        joins = Joins([column(0, "年龄", "quasi")], load_policy(name))
        joins.add({0: pa.array([0] * (100 - alone) + list(range(1, alone + 1)))})
        assert (joins.result().linked, joins.result().warns) == (alone / 100, warns)
    joins = Joins([column(0, "年龄", "quasi")], load_policy("balanced"))
    joins.add({0: pa.array(range(100))})
    assert not joins.result().warns


def test_a_policy_that_extends_a_strict_one_warns_too(tmp_path: Path) -> None:
    for name, base in (("mine", "pipl-share"), ("ours", "./mine.toml")):
        file = tmp_path / f"{name}.toml"
        file.write_text(f'schema = 1\nid = "{name}"\nextends = "{base}"\n', encoding="utf-8")
    policy = load_policy(tmp_path / "ours.toml")
    assert policy.line == ("mine", "pipl-share")
    assert joining.bound_of(policy) == joining.BOUND
    assert joining.bound_of(load_policy("balanced")) == 0
