"""The presets, walked entity by entity: what each promises holds for the whole tree."""

from __future__ import annotations

import pytest

from piiscrub.model import entities
from piiscrub.registry.policies import load_policy, policy_names

LOOKS = {"review"}
SHOWS = {"display", "gbt35273", "gbt45574", "jrt0171"}  # masks leave a part, by design
CLEAR = {"pipl-succession", "pipl-entrust"}  # the recipient stands in the handler's place; the purpose decides what is needed
HIDES = set(policy_names()) - LOOKS - SHOWS - CLEAR
COARSE = {("ADDRESS", "generalise"), ("CN_ADDRESS", "generalise")}  # the city of a street address
TREE = entities.tree()


def test_the_presets_of_the_design_are_there() -> None:
    assert set(policy_names()) == {
        "review", "balanced", "strict", "display", "pipl-succession", "pipl-share", "pipl-entrust", "pipl-export", "pipl-erasure",
        "gbt35273", "gbt45574", "jrt0171", "gdpr-pseudonymise", "hipaa-safe-harbor", "hipaa-limited-dataset", "test-data",
        "llm-prompt", "public-release",
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(HIDES))
def test_no_direct_identifier_stays_readable(name: str) -> None:
    policy = load_policy(name)
    readable = {
        (entity, policy.rule_for(entity).name)
        for entity, about in TREE.items()
        if about.identifier == "direct" and policy.rule_for(entity).permissive
    }
    assert readable <= COARSE


@pytest.mark.parametrize("name", sorted(SHOWS))
def test_what_shows_a_part_shows_no_direct_identifier_whole(name: str) -> None:
    policy = load_policy(name)
    assert not [e for e, about in TREE.items() if about.identifier == "direct" and policy.rule_for(e).name == "keep"]


@pytest.mark.parametrize("name", sorted(set(policy_names()) - LOOKS))
def test_secrets_never_leave(name: str) -> None:
    policy = load_policy(name)
    for entity, about in TREE.items():
        if about.jrt0171 == "C3":
            assert not policy.rule_for(entity).permissive, entity


@pytest.mark.parametrize(("name", "attribute"), [("gbt35273", "gbt35273"), ("gbt45574", "gbt45574")])
def test_what_the_standard_calls_sensitive_goes(name: str, attribute: str) -> None:
    policy = load_policy(name)
    assert not [e for e, about in TREE.items() if getattr(about, attribute) and policy.rule_for(e).permissive]


def test_safe_harbor_leaves_none_of_the_eighteen() -> None:
    policy = load_policy("hipaa-safe-harbor")
    allowed = {"generalise"}  # the year of a date, the band of an age, three digits of a ZIP
    for entity, about in TREE.items():
        if about.hipaa and about.hipaa != "PHI":
            rule = policy.rule_for(entity)
            assert not rule.permissive or rule.name in allowed, entity


@pytest.mark.parametrize("name", sorted(set(policy_names()) - LOOKS))
def test_a_permissive_rule_reaches_nothing_that_identifies_more(name: str) -> None:
    policy = load_policy(name)
    written = dict(policy.rules)
    for entity in TREE:
        rule = policy.rule_for(entity)
        if rule.permissive and entity not in written:
            line = [above for above in entities.ancestors(entity) if written.get(above) == rule]
            assert any(not entities.exceeds(entity, above) for above in line) or rule == policy.default


@pytest.mark.parametrize("name", sorted(set(policy_names())))
def test_both_titles_and_the_legal_basis_are_written(name: str) -> None:
    policy = load_policy(name)
    assert policy.title_en and policy.title_zh and policy.as_of
