"""``piiscrub subject`` and ``piiscrub triage``: nothing of a person is an argument, and nothing of her is printed."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from piiscrub.keys.ring import KeyRing
from piiscrub.lifecycle.subjects import find

CUSTOMERS = "客户编号,姓名,手机号\nKH000001,张伟,14200000001\nKH000002,李娜,14200000002\n"
KNOWN = "姓名：张伟\n手机: 142-0000-0001\n"
ORDER = """organisation = "Example Ltd"
basis = "PIPL art. 47"
requester = "R"
reason = "request"
approver = "A"
approved = 2026-11-22
operator = "B"
witness = "C"
grade = 2
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "customers.csv"
    path.write_text(CUSTOMERS, encoding="utf-8")
    return path


@pytest.fixture
def known():
    """A descriptor that says what is known."""

    def open_one(text: str = KNOWN) -> int:
        reader, writer = os.pipe()
        os.write(writer, text.encode())
        os.close(writer)
        return reader

    return open_one


def test_find_says_counts_only(run, table, known):
    done = run("subject", "find", table, "--known-fd", known(), "--json")
    assert done.code == 0
    assert json.loads(done.out)["tables"] == {"customers.csv": {"rows": 1, "mentions": 0, "doubtful": 0}}
    assert "1420" not in done.out and "张伟" not in done.out


def test_json_is_taken_as_well(run, table, known):
    done = run("subject", "find", table, "--known-fd", known('{"name": "张伟", "phone": ["14200000001"]}'))
    assert done.code == 0 and done.out.startswith("1 row,")


def test_notices_take_records(fails, table, known, tmp_path):
    assert "--record" in fails("subject", "find", table, "--known-fd", known(), "--notices", tmp_path / "notices")
    assert not (tmp_path / "notices").exists()


def test_export_writes_for_her(run, table, known, tmp_path):
    assert run("subject", "export", table, "--known-fd", known(), "-o", tmp_path / "out").code == 0
    told = json.loads((tmp_path / "out" / "subject.json").read_text(encoding="utf-8"))
    assert told["tables"][0]["rows"] == [["KH000001", "张伟", "14200000001"]]


def test_erase_in_two_steps(run, table, known, tmp_path):
    assert run("keys", "new", tmp_path / "keys").code == 0
    (tmp_path / "order.toml").write_text(ORDER, encoding="utf-8")
    first = run("subject", "erase", table, "--known-fd", known(), "--json")
    assert first.code == 0 and table.read_text(encoding="utf-8") == CUSTOMERS
    code = json.loads(first.out)["hash"]
    more = ["--confirm", code, "--order", tmp_path / "order.toml", "--out", tmp_path / "paper", "--keys", tmp_path / "keys"]
    done = run("subject", "erase", table, "--known-fd", known(), *more)
    assert done.code == 0, done.err
    assert table.read_text(encoding="utf-8").splitlines() == [line for line in CUSTOMERS.splitlines() if "张伟" not in line]
    assert (tmp_path / "paper" / "certificate.json").exists()


def test_what_could_not_be_searched_is_said_at_every_step_and_on_the_certificate(run, table, known, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "customers.csv").write_bytes(table.read_bytes())
    (folder / "minutes.pdf").write_bytes(b"%PDF-1.4")
    assert run("keys", "new", tmp_path / "keys").code == 0
    (tmp_path / "order.toml").write_text(ORDER, encoding="utf-8")
    first = run("subject", "erase", folder, "--known-fd", known(), "--json")
    assert first.code == 4
    more = ["--code", json.loads(first.out)["hash"], "--order", tmp_path / "order.toml"]
    done = run("subject", "erase", folder, "--known-fd", known(), *more, "--out", tmp_path / "paper", "--keys", tmp_path / "keys")
    assert done.code == 4 and "! minutes.pdf: there is no reader" in done.out and "look there" in done.out
    paper = json.loads((tmp_path / "paper" / "certificate.json").read_text(encoding="utf-8"))
    assert paper["object"]["unsearched"] == [{"name": "minutes.pdf", "cause": "no-reader"}]
    assert paper["by_hand"][0]["id"] == "hand-unsearched"
    assert "minutes.pdf" in (tmp_path / "paper" / "certificate.html").read_text(encoding="utf-8")


def test_erase_says_what_stays_and_what_is_in_doubt_and_takes_decisions(run, fails, tmp_path, known):
    assert run("keys", "new", tmp_path / "keys").code == 0
    (tmp_path / "order.toml").write_text(ORDER, encoding="utf-8")
    (tmp_path / "rules.toml").write_text(
        'schema = 1\n[[holds]]\nid = "case 7"\ntable = "held*"\nuntil = 2099-12-31\n', encoding="utf-8"
    )
    folder = tmp_path / "data"
    folder.mkdir()
    for name in ("customers.csv", "held.csv"):
        (folder / name).write_text(CUSTOMERS, encoding="utf-8")
    (folder / "calls.csv").write_text("编号,内容\n1,转14200000001\n2,转张伟处理\n", encoding="utf-8")
    asked = ["subject", "erase", folder, "--rules", tmp_path / "rules.toml"]
    shown = run(*asked, "--known-fd", known())
    assert shown.code == 0, shown.err
    assert "? calls.csv#2.2" in shown.out and "--include calls.csv#2.2" in shown.out
    assert "Stays: held.csv#1 (case 7), until 2099-12-31" in shown.out
    assert "--code " in shown.out and "--out, --order, --keys" in shown.out
    assert "1420000" not in shown.out and "张伟" not in shown.out
    asked += ["--include", "calls.csv#2.2", "--lang", "zh"]
    first = run(*asked, "--known-fd", known(), "--json")
    told = json.loads(first.out)
    assert told["counts"] == {"mentions": 2, "rows": 1, "rows that stay": 1} and told["found"]["doubtful"] == []
    assert told["kept"] == [{"position": "held.csv#1", "rule": "case 7", "source": "", "until": "2099-12-31"}]
    more = [
        "--code",
        told["hash"][:12],
        "--order",
        tmp_path / "order.toml",
        "--out",
        tmp_path / "paper",
        "--keys",
        tmp_path / "keys",
    ]
    done = run(*asked, "--known-fd", known(), *more)
    assert done.code == 0, done.err
    assert "已销毁并核验" in done.out and "1420000" not in done.out and "张伟" not in done.out
    assert (folder / "calls.csv").read_text(encoding="utf-8") == "编号,内容\n1,转[REDACTED]\n2,转[REDACTED]处理\n"
    assert (folder / "held.csv").read_text(encoding="utf-8") == CUSTOMERS and (tmp_path / "paper" / "kept.json").exists()
    due = ("--due", tmp_path / "paper", "--keys", tmp_path / "keys")
    checked = run("retention", "check", folder, "--rules", tmp_path / "rules.toml", "--day", "2100-01-01", *due)
    assert "held.csv: overdue 1, running 1" in checked.out
    assert "nothing in doubt" in fails("subject", "erase", folder, "--known-fd", known(), "--include", "calls.csv#7")
    assert "keys" in fails("retention", "check", folder, "--rules", tmp_path / "rules.toml", "--due", tmp_path / "paper")


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a terminal")
def test_the_code_is_asked_for_at_a_terminal(tmp_path, table):
    """At a terminal the second step follows the first in one go; no code, or another, does nothing."""
    KeyRing.new(tmp_path / "keys")
    (tmp_path / "order.toml").write_text(ORDER, encoding="utf-8")
    more = ["--order", tmp_path / "order.toml", "--out", tmp_path / "paper", "--keys", tmp_path / "keys"]

    def erase(typed: str) -> tuple[int, str]:
        master, slave = os.openpty()
        known, write = os.pipe()
        os.write(write, KNOWN.encode())
        os.close(write)
        os.write(master, f"{typed}\n".encode())
        command = [sys.executable, "-m", "piiscrub.cli", "subject", "erase", table, "--known-fd", str(known), *more]
        done = subprocess.run(
            list(map(str, command)), stdin=slave, capture_output=True, text=True, pass_fds=(known,), timeout=300, check=False
        )
        for one in (master, slave, known):
            os.close(one)
        return done.returncode, done.stdout + done.stderr

    assert erase("")[0] == 0 and erase("0" * 12)[0] != 0
    assert table.read_text(encoding="utf-8") == CUSTOMERS
    code, said = erase(find(table, {"name": "张伟", "phone": "14200000001"}).erase().hash[:12])
    assert code == 0, said
    assert "张伟" not in table.read_text(encoding="utf-8") and (tmp_path / "paper" / "certificate.json").exists()


def test_what_is_known_is_never_an_argument(fails, table, known, tmp_path):
    assert "--known-fd" in fails("subject", "find", table, stdin=b"")
    assert "kind: value" in fails("subject", "find", table, "--known-fd", known("张伟 14200000001"))
    said = fails("subject", "find", table, "--known-fd", known("name: 张伟"))
    assert "张伟" not in said
    assert "--keys" in fails("subject", "find", table, "--known-fd", known(), "--record", tmp_path)


def test_triage_prints_no_value(run, fails, table, tmp_path):
    page, draft = tmp_path / "page.html", tmp_path / "draft.md"
    done = run("triage", table, "--known", "2026-11-22T08:00+08:00", "--html", page, "--notice", draft)
    assert done.code == 0 and "2026-11-25T08:00:00+08:00" in done.out
    said = done.out + page.read_text(encoding="utf-8") + draft.read_text(encoding="utf-8")
    assert "1420000" not in said and "张伟" not in said
    assert json.loads(run("triage", table, "--json").out)["persons"] == 2
    fails("triage", table, "--operator", "nobody")
    fails("triage", table, "--known", "yesterday")
    fails("triage", table, "--record", tmp_path)
