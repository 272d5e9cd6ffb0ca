"""Whose address it is, and the policy switch that says whether an organisation's counts. Addresses are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from piiscrub.errors import PolicyError
from piiscrub.registry.policies import load_policy
from piiscrub.scrubber.pipeline import Scrubber

OFF = load_policy("balanced").replace(organisation_addresses=False)

ORGANISATION = [
    "公司地址：深圳市南山区科技路88号3楼",
    "注册地址：北京市海淀区测试路12号院5号楼",
    "医院地址：上海市徐汇区测试路100号",
    "深圳测试科技有限公司（地址：深圳市南山区科技路88号3楼）",
    "深圳测试科技有限公司位于深圳市南山区科技路88号",
    "The registered office is at 12 Baker Street, London.",
    "Our company address: 350 Fifth Avenue, New York, NY 10118",
    "Testco Widgets Inc., 350 Fifth Avenue, New York, NY 10118",
]
PERSON = [
    "家庭住址：海淀区测试路12号3栋502室",
    "收货地址：深圳市南山区科技路88号3楼",
    "王小明在深圳测试科技有限公司，住址：深圳市南山区科技路88号3楼",
    "王小明，深圳测试科技有限公司，地址：深圳市南山区科技路88号3楼",
    "Jane Doe, Testco Widgets Inc., 350 Fifth Avenue, New York, NY 10118",
    "She lives at 12 Baker Street, London.",
    "Ship to Testco Widgets Inc., 350 Fifth Avenue, New York, NY 10118",
]


def addresses(scrubber: Scrubber, text: str) -> list[tuple[bool, str]]:
    return [(d.kept, d.reason) for d in scrubber.scan(text).decisions if d.finding.entity in ("CN_ADDRESS", "ADDRESS")]


@pytest.mark.parametrize("number", range(len(ORGANISATION)))
def test_an_organisations_address_counts_unless_the_policy_says_otherwise(number: int) -> None:
    text = ORGANISATION[number]
    assert any(kept for kept, _ in addresses(Scrubber(policy="balanced"), text))
    told = addresses(Scrubber(policy=OFF), text)
    assert told and not any(kept for kept, _ in told)
    assert any(reason.startswith("address of an organisation: ") for _, reason in told)


@pytest.mark.parametrize("number", range(len(PERSON)))
def test_a_persons_address_always_counts(number: int) -> None:
    text = PERSON[number]
    assert any(kept for kept, _ in addresses(Scrubber(policy="balanced"), text))
    assert addresses(Scrubber(policy=OFF), text) == addresses(Scrubber(policy="balanced"), text)


def test_both_in_one_text() -> None:
    text = "公司地址：深圳市南山区科技路88号。家庭住址：海淀区测试路12号3栋502室。"
    assert Scrubber(policy=OFF).scrub(text).text == "公司地址：深圳市南山区科技路88号。家庭住址：<CN_ADDRESS_1>。"


def test_the_reason_in_chinese_names_the_word() -> None:
    text = ORGANISATION[0]
    assert "是机构地址：前面有“公司地址”" in Scrubber(policy=OFF).explain(text, 5, len(text)).to_text(lang="zh")


def test_the_key_is_checked_and_inherited(tmp_path: Path) -> None:
    base, child, wrong = (tmp_path / name for name in ("base.toml", "child.toml", "wrong.toml"))
    head = 'schema = 1\nid = "own"\n'
    base.write_text(head + 'extends = "balanced"\norganisation_addresses = false\n', encoding="utf-8")
    child.write_text(head + 'extends = "base.toml"\n', encoding="utf-8")
    wrong.write_text(head + 'extends = "balanced"\norganisation_addresses = "no"\n', encoding="utf-8")
    assert load_policy("balanced").organisation_addresses
    assert not load_policy(child).organisation_addresses
    assert load_policy(child).hash != load_policy("balanced").hash
    with pytest.raises(PolicyError, match="organisation_addresses: takes true or false"):
        load_policy(wrong)
