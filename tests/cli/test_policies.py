"""``piiscrub policy``."""

from __future__ import annotations

import json

import pytest

MOBILES = ("13800138000", "13912345678")
TABLE = f"手机号,年龄,备注\n{MOBILES[0]},31,请回电{MOBILES[0]}\n{MOBILES[1]},47,无\n"


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_a_sound_policy_has_nothing_to_remark(run):
    assert run("policy", "lint", "balanced").code == 0


def test_a_policy_that_keeps_too_much_is_told(run, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('schema = 1\nid = "mine"\ndefault = "redact"\n[rules]\nPERSON = "keep"\n', encoding="utf-8")
    done = run("policy", "lint", path, "--json")
    told = {json.loads(line)["what"] for line in done.out.splitlines()}
    assert (done.code, told) == (3, {"keeps-direct", "no-title"})


def test_a_policy_that_cannot_be_read_is_no_remark(fails, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('schema = 1\nid = "mine"\n[rules]\nPERSN = "keep"\n', encoding="utf-8")
    fails("policy", "lint", path)


def test_show_says_which_line_decides(run):
    row = json.loads(run("policy", "show", "pipl-share", "-e", "CN_MOBILE", "--json").out)
    assert (row["operator"], row["rule"]) == ("pseudonym", "pipl-share: rules.CONTACT")


def test_diff_is_empty_for_the_same(run):
    assert run("policy", "diff", "balanced", "balanced", "--json").out == ""
    assert "PERSON" in run("policy", "diff", "balanced", "strict").out


def test_simulate_tells_and_writes_nothing(run, table):
    before = sorted(table.parent.iterdir())
    done = run("policy", "simulate", "pipl-share", table, "--json")
    found = json.loads(done.out)
    assert (found["rows"], found["linked"], found["warns"]) == (2, 1.0, True)
    assert [column["operator"] for column in found["columns"]] == ["pseudonym", "generalise", ""]
    assert sorted(table.parent.iterdir()) == before
    assert not any(value in done.out + done.err for value in MOBILES)
    shown = run("policy", "simulate", "pipl-share", table, "--lang", "zh")
    assert "100.0%" in shown.out and "1%" in shown.err


def test_a_plan_and_what_came_of_it_say_what_can_be_joined(tmp_path, run):
    table, plan = tmp_path / "t.csv", tmp_path / "plan.toml"
    table.write_text("年龄,手机号\n" + "".join(f"{20 + n},1420000{n:04d}\n" for n in range(30)), encoding="utf-8")
    made = run("plan", table, "--out", plan, "--policy", "pipl-share", "--lang", "en")
    assert "of the rows are alone" in made.out
    assert "[tables.joining]" in plan.read_text(encoding="utf-8")
    again = json.loads(
        run("plan", table, "--out", tmp_path / "again.toml", "--policy", "pipl-share", "--json").out.splitlines()[0]
    )
    assert again["joining"]["rows"] == 30
    done = run("apply", table, "--plan", plan, "--out", tmp_path / "out.csv", "--lang", "zh")
    assert "行独一无二" in done.out
