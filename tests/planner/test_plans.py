"""A plan is made from a profile, saved for people to read, read back as it was, compared, and checked against a table."""

import dataclasses
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscrub.errors import DefinitionError, InputError, PlanError, SourceError
from piiscrub.model import entities
from piiscrub.model.plan import Basis, ColumnPlan, TablePlan, Terms
from piiscrub.planner.making import column, make, protects
from piiscrub.planner.reading import load, plan_from
from piiscrub.planner.share import SharePlan
from piiscrub.planner.writing import text
from piiscrub.registry.operators import spec
from piiscrub.registry.policies import load_policy
from piiscrub.registry.purposes import known
from piiscrub.table.frame import Table
from piiscrub.table.profile.model import ColumnProfile
from piiscrub.table.profile.profile import profile

PHONES = [f"1380013{n:04d}" for n in range(8000, 8040)]
MAILS = [f"user{n}@example.com" for n in range(40)]


def customers(**changes):
    columns = {
        "手机号": PHONES,
        "e_mail": MAILS,
        "note": [f"请于{n}号回电13800138000，客户对产品不太满意，要求退货。" for n in range(40)],
        "amount": [n + 0.5 for n in range(40)],
    }
    return Table.of(columns | changes)


@pytest.fixture(scope="module")
def plan():
    return make(profile(customers()), policy="balanced", recipient="acme", basis=Basis(kind="contract", reference="HT-1"))


def test_every_column_has_an_action_a_reason_and_a_rule(plan):
    assert [c.action for c in plan.columns] == ["transform", "transform", "spans", "keep"]
    assert [c.rule for c in plan.columns] == ["balanced: default", "balanced: default", "balanced: text", "profile: none"]
    assert all(c.reason for c in plan.columns)


def test_what_could_not_be_told_has_to_be_decided():
    plan = make(profile(Table.of({"c0": [f"{chr(97 + n % 26)}{n * 7919 % 10007}k" for n in range(40)]})), policy="balanced")
    assert [c.action for c in plan.columns] == ["decide"]
    assert len(plan.undecided()) == 1


def test_saved_and_loaded_it_is_the_same(plan, tmp_path):
    plan.save(tmp_path / "plan.toml")
    again = load(tmp_path / "plan.toml")
    assert again == plan
    assert list(again.diff(plan)) == []
    assert not [value for value in (*PHONES, *MAILS) if value in (tmp_path / "plan.toml").read_text(encoding="utf-8")]
    assert [path.name for path in tmp_path.iterdir()] == ["plan.toml"]


names = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
columns = st.builds(
    ColumnPlan,
    position=st.integers(0, 500),
    name=names,
    dtype=names,
    entity=st.sampled_from(["", *entities.tree()]),
    role=st.sampled_from(["direct", "quasi", "sensitive", "text", "none", "unknown"]),
    action=st.sampled_from(["keep", "spans", "drop", "decide"]),
    group=names,
    by=names,
    confidence=st.floats(0, 1),
    reason=names,
    rule=names,
    renamed=st.booleans(),
)


terms = st.builds(
    Terms,
    kind=st.sampled_from(["processor", "handler", "successor", "public", "foreign-authority"]),
    country=names,
    until=names,
    contact=names,
    subject=names,
    guardian=names,
    exemption=names,
    critical=st.booleans(),
    important=st.booleans(),
)


@given(st.lists(columns, max_size=4), names, names, terms)
def test_whatever_stands_in_a_plan_comes_back(some, name, purpose, terms):
    operator = spec("mask", {"style": "display"})
    some = [dataclasses.replace(one, action="transform", operator=operator) if one.renamed else one for one in some]
    plan = SharePlan(tables=(TablePlan(columns=tuple(some), name=name, rows=(operator,)),), purpose=purpose, terms=terms)
    assert plan_from(text(plan)) == plan


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ('purpos = "x"', "'purpose'"),
        ('[[tables]]\nnam = "x"', "'name'"),
        ('[[tables]]\n[[tables.columns]]\nposition = 0\nentity = "CN_MOBLIE"', "'CN_MOBILE'"),
        ('[[tables]]\n[[tables.columns]]\nposition = 0\naction = "transfrom"', "'transform'"),
        ('[[tables]]\n[[tables.columns]]\nposition = 0\naction = "transform"\noperator = "maks"', "'mask'"),
        ('[[tables]]\n[[tables.columns]]\nposition = 0\naction = "keep"\noperator = "mask"', "takes none"),
        (
            '[[tables]]\n[[tables.columns]]\nposition = 0\naction = "transform"\noperator = { name = "mask", keep_frist = 1 }',
            "keep_first",
        ),
        ("[[tables]]\n[[tables.columns]]\nposition = -1", "position"),
        ('basis = "consent"', "basis"),
        ('[terms]\nuntil_day = "2027-12-31"', "'until'"),
        ('[terms]\nkind = "procesor"', "'processor'"),
        ("[terms]\ncritical = 1", "terms.critical"),
        ("[terms]\nuntil = 2027-12-31", "terms.until"),
        ("tables = 1", "list"),
        ("x = ", "TOML"),
    ],
)
def test_a_wrong_file_fails_with_the_place_and_the_right_name(wrong, said):
    with pytest.raises(DefinitionError, match="plan") as error:
        plan_from(f"format = 1\n{wrong}")
    assert said in str(error.value)


def test_another_format_is_refused(tmp_path):
    with pytest.raises(DefinitionError, match="format"):
        plan_from("format = 99")
    with pytest.raises(SourceError):
        load(tmp_path / "none.toml")


def test_a_difference_says_what_happens_now(plan):
    other = make(profile(customers()), policy="display", recipient="acme", basis=plan.basis)
    rows = {(row["column"], row["what"]): (row["before"], row["after"]) for row in plan.diff(other)}
    assert [row["what"] for row in plan.diff(plan.replace(terms=Terms(country="HK")))] == ["terms"]
    assert rows["手机号", "operator"] == ("replace(numbered=True)", "mask(style=display)")
    assert rows["", "policy"] == ("balanced", "display")
    assert ("note", "action") not in rows


def test_the_same_table_passes(plan):
    plan.check(customers())
    plan.check(customers().to_arrow())
    plan.check(profile(customers()))


@pytest.mark.parametrize("seen", [lambda table: table, profile], ids=["table", "profile"])
def test_new_missing_and_drifted_columns_are_errors(plan, seen):
    with pytest.raises(PlanError, match="column 4 'extra' is not in the plan"):
        plan.check(seen(customers(extra=list(range(40)))))
    short = Table.of({"手机号": PHONES})
    with pytest.raises(PlanError, match="column 1 'e_mail' of the plan is missing"):
        plan.check(seen(short))
    with pytest.raises(PlanError, match="column 0 '手机号' is CN_MOBILE in the plan"):
        plan.check(seen(customers(手机号=MAILS)))
    with pytest.raises(PlanError, match="column 3 'amount'"):
        plan.check(seen(customers(amount=PHONES)))


def test_a_check_never_says_a_value(plan):
    with pytest.raises(PlanError) as error:
        plan.check(customers(手机号=MAILS, amount=PHONES))
    assert not any(value in str(error.value) for value in (*MAILS, *PHONES))


def test_what_a_purpose_does_not_need_is_dropped():
    plan = make(profile(customers()), purpose="delivery")
    assert [c.action for c in plan.columns] == ["keep", "drop", "drop", "keep"]
    assert plan.columns[1].rule == "delivery: dropped"


def test_of_purpose_and_policy_the_stricter_wins():
    table = profile(customers())
    assert make(table, purpose="delivery", policy="balanced").columns[0].operator.name == "replace"
    assert make(table, purpose="delivery", policy="display").columns[0].operator.name == "mask"
    assert make(table, purpose="analytics", policy="display").columns[0].operator.name == "pseudonym"


@pytest.mark.parametrize("purpose", known())
@pytest.mark.parametrize("policy", ["balanced", "strict", "display"])
def test_no_entity_is_treated_more_softly_than_policy_and_purpose_say(purpose, policy):
    rules, needs = load_policy(policy), known()[purpose]
    for entity in entities.tree():
        one = column(ColumnProfile(position=0, name="x", entity=entity, role="direct", confidence=1.0), rules, needs)
        if one.action == "drop":
            assert needs.form_for(entity) == "dropped"
        else:
            done = one.operator if one.action == "transform" else spec("keep")
            assert protects(done) >= protects(rules.rule_for(entity))
            assert needs.form_for(entity) != "pseudonym" or protects(done) >= protects(spec("hash"))


def test_a_policy_that_only_looks_makes_no_plan():
    with pytest.raises(InputError, match="only looks"):
        make(profile(customers()), policy="review")


def test_several_tables():
    one, other = customers().replace(name="a"), Table.of({"姓名": ["王小明", "李建国", "赵丽华"]}).replace(name="b")
    plan = make([profile(one), profile(other)], policy="balanced")
    plan.check(one)
    plan.check(other)
    with pytest.raises(PlanError, match="none of the name"):
        plan.check(customers().replace(name="c"))
    assert tomllib.loads(text(plan))["tables"][1]["name"] == "b"
