"""``explain``, the lists, ``--help``, and the installed command itself."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from piiscrub.cli.app import build

COMMANDS = tuple(typer.main.get_command(build()).commands)
MOBILE = "13800138000"
TEXT = f"手机{MOBILE}"


def test_explain(run, tmp_path):
    assert "Characters 2–13: found." in run("explain", TEXT, 2, 13).out
    assert run("explain", "-", 2, 13, stdin=TEXT.encode("gbk")).code == 0
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    told = json.loads(run("explain", "--file", tmp_path / "a.txt", 2, 13, "--json").out)
    assert told["found"]
    assert any(d["entity"] == "CN_MOBILE" and d["kept"] for d in told["decisions"])


@pytest.mark.parametrize("words", [(TEXT, 2), (TEXT, 2, "x"), ("x", TEXT, 2), (TEXT, 2, 99), (2, 13), (TEXT, 13, 2)])
def test_explain_does_not_repeat_what_it_was_given(fails, words):
    assert MOBILE not in fails("explain", *words)


def test_recognizers(run):
    rows = [json.loads(line) for line in run("recognizers", "--json").out.splitlines()]
    assert {"cn_id_card", "email"} <= {row["id"] for row in rows}
    phones = [
        json.loads(line) for line in run("recognizers", "--json", "--entity", "PHONE_NUMBER", "--country", "cn").out.splitlines()
    ]
    assert {"cn_mobile", "cn_landline"} <= {row["id"] for row in phones} <= {row["id"] for row in rows}
    assert all(row["country"] == "cn" for row in phones)
    assert "居民身份证" in run("recognizers", "--lang", "zh").out


def test_entities_and_policies(run):
    assert "CN_MOBILE" in run("entities").out
    rows = [json.loads(line) for line in run("policies", "--json").out.splitlines()]
    assert {row["id"] for row in rows} >= {"review", "balanced", "strict", "display", "pipl-share"}
    assert "balanced" in run("policies").out


def test_help_names_every_command(run):
    done = run("--help")
    assert done.code == 0
    assert len(COMMANDS) > 20
    assert all(name in done.out for name in COMMANDS)
    for name in COMMANDS:
        assert run(name, "--help").code == 0


def test_a_command_that_is_none_is_told_the_ones_there_are(run):
    assert f"There are: {', '.join(COMMANDS)}." in run("nonsense").err
    assert "There are: new, show-id, rotate," in run("keys", "show").err


@pytest.mark.parametrize(
    "arguments",
    [("scan",), ("scrub", "x"), ("nonsense",), ("--nonsense",), ("scan", "x", "--limit", "many"), ("recognizers", "extra")],
    ids=" ".join,
)
def test_wrong_usage_is_one_line(fails, arguments):
    fails(*arguments)


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (("--policy", "blanced"), "'balanced'"),
        (("--entity", "CN_MOBIL"), "'CN_MOBILE'"),
        (("--encoding", "utf-9"), "utf-8"),
        (("--format", "xls"), "jsonl"),
    ],
)
def test_a_wrong_name_is_answered_with_the_right_ones(fails, tmp_path, arguments, near):
    (tmp_path / "a.txt").write_text("x")
    assert near in fails("scan", tmp_path / "a.txt", *arguments)


def test_a_fault_of_the_program_shows_no_value(fails, monkeypatch):
    def broken(self, *args, **kwargs):
        raise RuntimeError(MOBILE)

    monkeypatch.setattr("piiscrub.cli.examine.Examiner.scan", broken)
    assert MOBILE not in fails("scan", "-", code=1)


def test_the_installed_command(tmp_path):
    command = Path(sys.executable).with_name("piiscrub")
    if not command.exists():
        command = [sys.executable, "-m", "piiscrub.cli"]
    else:
        command = [str(command)]
    (tmp_path / "a.csv").write_bytes(f"姓名,手机号\n甲,{MOBILE}\n".encode("gbk"))
    done = subprocess.run([*command, "scrub", "a.csv", "-o", "b.csv"], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / "b.csv").read_bytes() == "姓名,手机号\n甲,<CN_MOBILE_1>\n".encode("gbk")
    data = (tmp_path / "a.csv").read_bytes()
    done = subprocess.run([*command, "scrub", "-", "-o", "-", "--format", "csv"], input=data, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (0, (tmp_path / "b.csv").read_bytes())
    assert MOBILE.encode() not in done.stderr
    assert b"CN_MOBILE 1" in done.stderr


def test_help_loads_no_engine():
    code = """
import sys
from piiscrub.cli import main
main(["--help"])
heavy = ("piiscrub.recognize", "piiscrub.scrubber", "pandas", "jinja2")
sys.exit(any(name.startswith(heavy) for name in sys.modules))
"""
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
