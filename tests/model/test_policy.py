"""A policy answers for every entity, and a permissive rule never reaches further down than it may."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscrub.errors import UnknownNameError
from piiscrub.model import entities
from piiscrub.model.finding import UNEXAMINED
from piiscrub.model.policy import KEEP, REDACT, OperatorSpec, Policy
from piiscrub.registry.policies import load_policy, policy_names

MASK = OperatorSpec.of("mask", permissive=True, style="display")
REPLACE = OperatorSpec.of("replace", permissive=False)
NAMES = sorted(entities.tree())


def assert_safe(policy: Policy) -> None:
    rules = dict(policy.rules)
    for name in NAMES:
        spec = policy.rule_for(name)
        if not spec.permissive or name == UNEXAMINED:
            continue
        written_for = next((one for one in (name, *entities.ancestors(name)) if one in rules), None)
        if written_for is None:  # the default, which was written for everything
            assert spec == policy.default
        else:
            assert rules[written_for] == spec
            assert written_for == name or not entities.exceeds(name, written_for)


@pytest.mark.parametrize("name", policy_names())
def test_no_permissive_operator_of_a_preset_reaches_a_higher_child(name: str) -> None:
    assert_safe(load_policy(name))


@given(
    st.dictionaries(st.sampled_from([n for n in NAMES if n != UNEXAMINED]), st.sampled_from([KEEP, MASK, REPLACE]), max_size=12),
    st.sampled_from([KEEP, MASK, REPLACE, REDACT]),
)
def test_no_permissive_operator_of_any_policy_reaches_a_higher_child(
    rules: dict[str, OperatorSpec], default: OperatorSpec
) -> None:
    policy = Policy(id="any", default=default, rules=tuple(rules.items()))
    assert_safe(policy)
    for parent, child, operator in policy.stopped():
        assert rules[parent].name == operator
        assert entities.exceeds(child, parent)
        assert not policy.rule_for(child).permissive, "being stopped must never make a value more readable"


def test_what_is_stopped_is_listed() -> None:
    policy = Policy(id="own", default=REPLACE, rules=(("LOCATION", KEEP), ("DATE_TIME", KEEP)))
    assert policy.stopped() == (
        ("DATE_TIME", "DATE_OF_BIRTH", "keep"),
        ("LOCATION", "ADDRESS", "keep"),
        ("LOCATION", "CN_ADDRESS", "keep"),
        ("LOCATION", "GEO_COORDINATE", "keep"),
    )
    assert policy.rule_for("CN_ADDRESS") == REPLACE
    assert policy.rule_for("CN_NATIVE_PLACE") == KEEP


def test_an_own_rule_is_taken_as_it_is_written() -> None:
    policy = Policy(id="own", default=REPLACE, rules=(("LOCATION", KEEP), ("CN_ADDRESS", MASK)))
    assert policy.rule_for("CN_ADDRESS") == MASK
    assert policy.rule_for("ADDRESS") == REPLACE


def test_a_stopped_rule_gives_way_to_a_wider_one_that_hides() -> None:
    policy = Policy(id="own", default=REPLACE, rules=(("IDENTITY_DOCUMENT", REDACT), ("NATIONAL_ID", MASK)))
    assert policy.rule_for("CN_ID_CARD") == MASK
    assert policy.rule_for("CN_DISABILITY_CERT") == REDACT


def test_where_the_default_keeps_the_stopped_are_redacted() -> None:
    policy = Policy(id="own", default=KEEP, rules=(("LOCATION", MASK),))
    assert policy.rule_for("CN_ADDRESS") == REDACT
    assert policy.rule_for("PERSON") == KEEP
    assert policy.rule_for("NOT_IN_THE_TREE") == REDACT


def test_a_hiding_rule_holds_for_all_below() -> None:
    policy = Policy(id="own", default=KEEP, rules=(("LOCATION", REPLACE),))
    assert {policy.rule_for(name) for name in ("LOCATION", *entities.descendants("LOCATION"))} == {REPLACE}


def test_thresholds_come_from_the_nearest_ancestor() -> None:
    policy = Policy(id="own", threshold=0.5, thresholds=(("CONTACT", 0.2), ("CN_MOBILE", 0.7)))
    asked = ("CN_MOBILE", "CN_LANDLINE", "EMAIL_ADDRESS", "PERSON", "NOT_IN_THE_TREE")
    assert [policy.threshold_for(name) for name in asked] == [0.7, 0.2, 0.2, 0.5, 0.5]


@pytest.mark.parametrize("default", [REPLACE, KEEP], ids=["replace", "keep"])
def test_what_could_not_be_examined_is_redacted_whatever_the_default(default: OperatorSpec) -> None:
    policy = Policy(id="own", default=default, entities=("PERSON",), threshold=1.0)
    assert policy.rule_for(UNEXAMINED) == REDACT
    assert policy.threshold_for(UNEXAMINED) == 0.0
    assert policy.wants(UNEXAMINED)
    assert policy.replace(unexamined="keep").rule_for(UNEXAMINED) == KEEP


def test_a_policy_that_only_looks_has_no_operator() -> None:
    policy = Policy(id="look")
    assert policy.scan_only
    assert {policy.rule_for(name).name for name in NAMES} == {""}


def test_a_wanted_parent_brings_everything_below_it() -> None:
    policy = Policy(id="own").replace(entities=("EMAIL", "NATIONAL_ID"))
    assert [policy.wants(n) for n in ("EMAIL_ADDRESS", "CN_ID_CARD", "NATIONAL_ID", "CN_PASSPORT")] == [True, True, True, False]
    with pytest.raises(UnknownNameError, match="Did you mean 'CN_MOBILE'"):
        policy.replace(entities=("CN_MOBLIE",))


def test_the_allow_list_takes_exact_values_and_patterns() -> None:
    policy = Policy(id="own", allow=("Example Ltd",), allow_patterns=("*@example.com",))
    asked = ("Example Ltd", "Example", "info@example.com", "info@example.com.cn")
    assert [policy.allows(value) for value in asked] == [True, False, True, False]


def test_lists_are_not_shown() -> None:
    policy = Policy(id="own", allow=("Zaphod Example",), allow_patterns=("zap*",), deny=(("PERSON", "Trillian Example"),))
    assert "Example" not in repr(policy)
    assert "zap" not in repr(policy)


def test_the_hash_follows_the_content_and_nothing_else() -> None:
    policy = Policy(id="own", default=REPLACE, rules=(("LOCATION", KEEP), ("AGE", KEEP)), deny=(("PERSON", "Zaphod"),))
    again = Policy(
        id="own", default=REPLACE, rules=(("AGE", KEEP), ("LOCATION", KEEP)), deny=(("PERSON", "Zaphod"),), path="x.toml"
    )
    assert policy.hash == again.hash
    changed = [
        policy.replace(deny=(("PERSON", "Trillian"),)),
        policy.replace(threshold=0.41),
        policy.replace(default=OperatorSpec.of("replace", permissive=False, numbered=False)),
        policy.replace(entities=("PERSON",)),
        policy.replace(version="2"),
    ]
    assert len({policy.hash, *(one.hash for one in changed)}) == len(changed) + 1
    assert len(policy.hash) == 64


def test_policies_are_frozen_and_travel() -> None:
    policy = Policy(id="own", default=REPLACE, rules=(("AGE", KEEP),))
    with pytest.raises(AttributeError):
        policy.threshold = 0.1  # type: ignore[misc]  # that it is frozen is what is tested
    copy = pickle.loads(pickle.dumps(policy))
    assert copy == policy
    assert copy.rule_for("AGE") == KEEP
