"""``piiscrub risk``."""

from __future__ import annotations

import json

import pytest

TABLE = "age,sex,illness\n31,f,zq-flu\n31,f,zq-cold\n47,m,zq-flu\n"


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_a_table_is_assessed(run, table, tmp_path):
    done = run("risk", str(table), "-q", "age", "-q", "sex", "--sensitive", "illness", "--html", str(tmp_path / "risk.html"))
    assert done.code == 0
    assert "33.3%" in done.out
    page = (tmp_path / "risk.html").read_text(encoding="utf-8")
    assert "<svg" in page
    assert "zq-" not in page + done.out


def test_json_has_everything(run, table):
    found = json.loads(run("risk", str(table), "-q", "age", "--population", "1000", "--json").out)
    assert (found["type"], found["k"], found["rows"], found["uniques"]["population"]) == ("risk", 1, 3, 1000)


def test_an_attack_is_played_through(run, table, tmp_path):
    (tmp_path / "known.csv").write_text("age\n47\n99\n", encoding="utf-8")
    done = run("risk", str(table), "-q", "age", "--attacker", str(tmp_path / "known.csv"), "--json")
    assert json.loads(done.out)["linkage"] == {
        "known": ["age"], "people": 2, "matched": 1, "reidentified": 1, "expected": 1.0,
    }  # fmt: skip


def test_before_and_after_stand_side_by_side(run, table, tmp_path):
    after = tmp_path / "after.csv"
    after.write_text("age,sex,illness\n30-49,,zq-flu\n30-49,,zq-cold\n30-49,,zq-flu\n", encoding="utf-8")
    asked = ("risk", str(after), "-q", "age", "-q", "sex", "--before", str(table))
    found = json.loads(run(*asked, "--json").out)
    assert (found["k"], found["before"]["k"], found["utility"]["suppressed"]) == (3, 1, 0.0)
    assert found["utility"]["ncp"] == 1.0
    shown = run(*asked, "--lang", "zh").out
    assert "处理前" in shown
    assert "100.0%" in shown
    fewer = tmp_path / "fewer.csv"
    fewer.write_text("age,sex\n30-49,f\n", encoding="utf-8")
    assert run("risk", str(fewer), "-q", "age", "--before", str(table)).code == 2


def test_who_is_named_and_how_likely_an_attack_is(run, tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("phone,age\n" + "".join(f"142000000{n:02d},{30 + n % 2}\n" for n in range(40)), encoding="utf-8")

    def grades(*more):
        return [one["grade"] for one in json.loads(run("risk", str(path), "-q", "age", "--json", *more).out)["grades"]]

    assert set(grades()) == {1}
    assert set(grades("--no-direct")) == {3}
    assert set(grades("--direct", "phone")) == {1}
    few = tmp_path / "few.csv"
    few.write_text("age\n" + "".join(f"{30 + n % 4}\n" for n in range(24)), encoding="utf-8")
    assert json.loads(run("risk", str(few), "-q", "age", "--json").out)["grades"][1]["grade"] == 2
    assert json.loads(run("risk", str(few), "-q", "age", "--json", "--context", "0.2").out)["grades"][1]["grade"] == 3


def test_a_wrong_column_is_one_line(run, table):
    done = run("risk", str(table), "-q", "agee")
    assert done.code == 2
    assert "Did you mean 'age'" in done.err
    assert "Traceback" not in done.err


def test_nothing_to_go_by_is_said(run, tmp_path):
    (tmp_path / "plain.csv").write_text("colour\nred\nblue\n", encoding="utf-8")
    done = run("risk", str(tmp_path / "plain.csv"), "--lang", "zh")
    assert done.code == 2
    assert "--quasi" in done.err
