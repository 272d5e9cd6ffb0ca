"""``piiscrub subject`` and ``piiscrub triage``: nothing of a person is an argument, and nothing of her is printed."""

from __future__ import annotations

import json
import os

import pytest

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
    assert done.code == 0 and done.out.startswith("1 rows")


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
