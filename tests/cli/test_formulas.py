"""A formula whose value the workbook does not remember reads as empty: every step says so, and none loses it for good."""

import json
from datetime import date

import pytest

import piiscrub as ps
from tests.sources.test_formulas import book

TOLD = "does not remember"


@pytest.fixture
def people(tmp_path):
    rows = [["name", "tel", "closed", "total"]]
    rows += [["张伟", f"138001380{n:02d}", "2019-01-31", f"=1+{n}"] for n in range(12)]
    return book(tmp_path / "people.xlsx", rows, "other")


def test_profile_plan_and_apply_say_it(run, people, tmp_path):
    plan = tmp_path / "plan.toml"
    for command in (
        ("profile", people), ("plan", people, "-o", plan, "--policy", "balanced"),
        ("apply", people, "--plan", plan, "-o", tmp_path / "out.xlsx"),
    ):  # fmt: skip
        done = run(*command)
        assert done.code == 4, done.err
        assert TOLD in " ".join(done.out.split())
    done = run("apply", people, "--plan", plan, "-o", tmp_path / "again.xlsx", "--json")
    assert [one["unremembered"] for one in map(json.loads, done.out.splitlines()) if one["type"] == "file"] == [12]
    assert [one["unremembered"] for one in map(json.loads, run("profile", people, "--json").out.splitlines())] == [12, 0]


def test_a_workbook_without_is_as_before(run, tmp_path):
    clean = book(tmp_path / "clean.xlsx", [["name", "tel"], ["张伟", "13800138000"]])
    assert run("profile", clean).code == 0


def test_a_hand_over_says_it(run, people, tmp_path):
    basis = ps.Basis(kind="contract", reference="C-1", responsible="Data office")
    terms = ps.Terms(until="2099-12-31", contact="privacy@example.com")
    plan = ps.plan(people, purpose="analytics", recipient="Example Ltd", policy="pipl-share", basis=basis, terms=terms)
    done = ps.handover(people, plan, out=tmp_path / "out", keys=ps.KeyRing.new(tmp_path / "keys"))
    assert done.unremembered == 12
    assert any(TOLD in line for line in done.lines())
    assert "未保存其结果" in (tmp_path / "out/record/assessment.md").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "out/record/report.json").read_text(encoding="utf-8"))["unremembered"] == 12
    plan.save(tmp_path / "plan.toml")
    told = run(
        "handover", people, "--plan", tmp_path / "plan.toml", "--keys", tmp_path / "keys", "-o", tmp_path / "o2", "--dry-run"
    )
    assert told.code == 4


def test_retention_leaves_such_a_workbook(people, tmp_path):
    rules = tmp_path / "rules.toml"
    rules.write_text(
        'schema = 1\n[[rules]]\nid = "closed"\ntable = "people*people"\nbasis = "closed"\nperiod = "3 years"\n'
        'action = "delete"\nreason = "x"\n',
        encoding="utf-8",
    )
    before = people.read_bytes()
    report = ps.retention(people, rules, apply=True, now=date(2026, 11, 22))
    assert people.read_bytes() == before
    assert any("formulas" in one.error for one in report.tables)


def test_a_search_for_a_person_and_a_triage_name_it(people):
    found = ps.subject(people, {"name": "张伟", "phone": "13800138000"})
    assert any(cause == "unremembered" for _, cause in found.unexamined)
    assert any(cause == "unremembered" for _, cause in ps.triage(people).unexamined)
