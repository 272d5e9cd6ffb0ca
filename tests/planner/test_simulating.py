"""Trying a policy: what would happen, what could be joined; and what lint and diff say of policy files."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from piiscrub.planner.checking import diff, lint, table_of
from piiscrub.planner.making import make
from piiscrub.planner.simulating import simulate
from piiscrub.registry.policies import load_policy, policy_names
from piiscrub.table.frame import Table
from piiscrub.table.profile.profile import profile

MOBILES = ["13800138000", "13912345678", "13700000000", "14200000000"]


def customers(rows: int = 400) -> Table:
    chance = random.Random(3)
    return Table.of({
        "手机号": [MOBILES[0]] * (rows // 2) + [chance.choice(MOBILES[1:]) for _ in range(rows - rows // 2)],
        "年龄": [chance.randint(18, 90) for _ in range(rows)],
        "性别": [chance.choice("男女") for _ in range(rows)],
        "出生日期": [f"19{chance.randint(40, 99)}-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}" for _ in range(rows)],
    })  # fmt: skip


def tried(policy: str, table: Table):
    return simulate(table, make(profile(table), policy=policy), load_policy(policy))


def test_nothing_of_the_table_changes_and_no_value_shows() -> None:
    table = customers()
    before = [column.to_pylist() for column in table.columns]
    found = tried("pipl-share", table)
    assert [column.to_pylist() for column in table.columns] == before
    assert not any(value in repr(found) for value in MOBILES)


def test_coarser_values_join_less() -> None:
    table = customers()
    share, kept = tried("pipl-share", table), tried("pipl-succession", table)
    assert 0 < share.linked < kept.linked
    assert set(share.readable) <= set(kept.readable)
    assert share.warns and not kept.warns  # the successor may know whom it takes over


def test_how_often_a_value_stands_tells_which_it_is() -> None:
    found = {one.name: one for one in tried("pipl-share", customers()).columns}
    assert found["手机号"].matched is not None and found["手机号"].matched > 0.5
    assert found["手机号"].before == found["手机号"].after == 4
    assert found["年龄"].matched is None  # a band is no pseudonym


def test_what_is_taken_out_joins_nothing() -> None:
    found = tried("pipl-erasure", customers())
    assert (found.linked, found.linked_by_any, found.readable) == (0.0, 0.0, ())


@pytest.mark.parametrize("name", policy_names())
def test_presets_have_a_row_for_every_entity_and_differ_from_others_only(name: str) -> None:
    policy = load_policy(name)
    assert diff(policy, policy) == []
    assert all(row["operator"] for row in table_of(policy))
    keys = {key for key, _ in lint(policy)}
    assert not keys & {"policy.keeps-secrets", "policy.keeps-unexamined", "policy.no-title"}
    assert ("policy.keeps-direct" in keys) == (name in ("pipl-succession", "pipl-entrust"))


def test_lint_says_what_was_hardly_meant(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    rules = 'unexamined = "keep"\ndefault = "keep"\n[rules]\nPERSON = "keep"\nPASSWORD = "keep"\n'
    file.write_text(f'schema = 1\nid = "mine"\n{rules}', encoding="utf-8")
    keys = {key.removeprefix("policy.") for key, _ in lint(load_policy(file))}
    assert {"keeps-direct", "keeps-secrets", "keeps-unexamined", "open-default", "no-title"} <= keys
