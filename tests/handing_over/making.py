"""A customer table and a plan for it, all invented, for the tests of hand-overs."""

from __future__ import annotations

import csv
import dataclasses
import random
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from piiscrub.frames.doors import plan as plan_for
from piiscrub.model.plan import Basis, ColumnPlan, SharePlan, Terms

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
HEADER = ("客户编号", "姓名", "手机号", "邮箱", "备注", "金额", "城市", "同意")
NOTES = ("客户要求退款", "已回访，满意", "请尽快联系，电话{phone}", "无", "转交{name}处理")


def rows(n: int = 60, seed: int = 1) -> list[list[str]]:
    chance = random.Random(seed)
    made = []
    for i in range(n):
        name = chance.choice("张王李赵陈刘") + chance.choice(("伟", "敏", "建国", "丽华", "秀英"))
        phone = f"1420{i:07d}"  # a range nobody has
        note = chance.choice(NOTES).format(phone=phone, name=name)
        made.append(
            [f"KH{i:06d}", name, phone, f"u{i}x@example.com", note, str(chance.randrange(10, 900)),
             chance.choice(("北京", "上海")), "是" if i % 4 else "否"]
        )  # fmt: skip
    return made


def write(path: Path, body: Sequence[Sequence[str]], header: Sequence[str] = HEADER) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *body])
    return path


# The plan of a file depends on nothing but these; most tests ask for that of the same table, and to profile it takes the longest.
_MADE: dict[tuple[object, ...], SharePlan] = {}


def plan(
    path: Path,
    *,
    purpose: str = "customer-service",
    policy: str = "pipl-share",
    basis: Basis | None = None,
    terms: Terms | None = None,
    recipient: str = "Example Ltd",
    **actions: str,
) -> SharePlan:
    """A plan for a file; whatever it leaves to a person is kept, and ``actions`` overrule by column name."""
    reason = basis or Basis(kind="contract", reference="C-2026-01", responsible="Data office")
    asked = (path.name, path.read_bytes(), purpose, recipient, policy, reason)
    if asked not in _MADE:
        _MADE[asked] = plan_for(path, purpose=purpose, recipient=recipient, policy=policy, basis=reason, as_of="2026-11-22")
    made = _MADE[asked]

    def decided(column: ColumnPlan) -> ColumnPlan:
        action = actions.get(column.name, "keep" if column.action == "decide" else column.action)
        return dataclasses.replace(column, action=action)

    tables = tuple(dataclasses.replace(table, columns=tuple(map(decided, table.columns))) for table in made.tables)
    return made.replace(tables=tables, terms=terms or Terms(until="2027-12-31", contact="privacy@example.com"))
