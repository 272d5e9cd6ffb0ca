"""``--ledger``: every command that does something with data or keys leaves one line, shown in both languages."""

from __future__ import annotations

import json

import pytest

from tests.handing_over import making

PHONE = "13800138000"


@pytest.fixture
def place(run, tmp_path):
    """A key file and a ledger that knows of it; a text and a table."""
    ledger, keys = tmp_path / "ledger.jsonl", tmp_path / "keys"
    assert run("keys", "new", keys, "--ledger", ledger).code == 0
    (tmp_path / "letter.txt").write_text(f"请致电{PHONE}。", encoding="utf-8")
    making.write(tmp_path / "customers.csv", making.rows(20))
    return tmp_path


def booked(run, place):
    done = run("ledger", "show", place / "ledger.jsonl", "--json")
    assert PHONE not in done.out
    assert "customers" not in done.out
    assert run("ledger", "verify", place / "ledger.jsonl").code == 0
    entries = [json.loads(line) for line in done.out.splitlines()]
    return [entry["action"] for entry in entries], entries[-1]["fields"]


def signed(place):
    return "--keys", place / "keys", "--ledger", place / "ledger.jsonl"


def test_a_scan_is_booked_with_prints_of_what_was_scanned(run, place):
    assert run("scan", place / "letter.txt", place / "customers.csv", *signed(place)).code == 0
    actions, fields = booked(run, place)
    assert actions == ["keys-new", "scan"]
    assert (fields["files"], fields["policy"], len(fields["inputs"])) == (2, "review", 2)
    assert fields["entities"]["CN_MOBILE"] >= 21
    assert run("scan", place, *signed(place)).code in (0, 4)
    assert booked(run, place)[1]["inputs"][:1] != []


def test_a_scrub_and_its_restore_are_booked(run, place):
    vault = ("--vault", place / "values.vault", "--scope", "letters")
    assert run("scrub", place / "letter.txt", "-o", place / "safe.txt", *vault, *signed(place)).code == 0
    actions, fields = booked(run, place)
    assert actions[-1] == "scrub"
    assert (fields["entities"], len(fields["inputs"]), len(fields["output"])) == ({"CN_MOBILE": 1}, 1, 64)
    assert run("restore", place / "safe.txt", "-o", place / "back.txt", *vault, *signed(place)).code == 0
    actions, fields = booked(run, place)
    assert (actions[-1], fields["restored"]) == ("restore", 1)
    code = json.loads(run("vault", "shred", *vault[1:], "--keys", place / "keys", "--json").out)["confirm"]
    assert run("vault", "shred", *vault[1:], *signed(place), "--confirm", code).code == 0
    assert booked(run, place)[0][-1] == "vault-shred"


def test_a_plan_carried_out_is_booked(run, place):
    plan = place / "plan.toml"
    assert run("plan", place / "customers.csv", "-o", plan, "--policy", "pipl-share", "--purpose", "analytics").code == 0
    plan.write_text(plan.read_text("utf-8").replace('"decide"', '"keep"'), encoding="utf-8")
    done = run("apply", place / "customers.csv", "--plan", plan, "-o", place / "out.csv", *signed(place))
    assert done.code == 0, done.err
    actions, fields = booked(run, place)
    assert actions[-1] == "apply"
    assert (fields["rows_in"], fields["rows_out"], len(fields["inputs"]), len(fields["outputs"])) == (20, 20, 1, 1)
    assert len(fields["plan"]) == 64


def test_key_events_are_booked_to_the_last(run, place):
    book = ("--ledger", place / "ledger.jsonl")
    assert run("keys", "rotate", place / "keys", *book).code == 0
    code = json.loads(run("keys", "destroy", place / "keys", "--json").out)["confirm"]
    assert run("keys", "destroy", place / "keys", "--confirm", code, *book).code == 0
    assert booked(run, place)[0] == ["keys-new", "keys-rotate", "keys-destroy"]


def test_each_is_shown_in_both_languages(run, place):
    assert run("scan", place / "letter.txt", *signed(place)).code == 0
    assert run("keys", "rotate", place / "keys", "--ledger", place / "ledger.jsonl").code == 0
    english, chinese = (run("ledger", "show", place / "ledger.jsonl", "--lang", lang).out for lang in ("en", "zh"))
    for said in ("key ring made", "scan", "key ring rotated", "epoch 2", "1 file", "CN_MOBILE ×1"):
        assert said in english
    for said in ("新建密钥", "检出", "启用新密钥周期", "第 2 周期", "1 个文件"):
        assert said in chinese


def test_a_ledger_without_keys_is_refused_before_anything_is_done(fails, place):
    said = fails("scrub", place / "letter.txt", "-o", place / "safe.txt", "--ledger", place / "ledger.jsonl")
    assert "--keys" in said
    assert not (place / "safe.txt").exists()
    assert "--keys" in fails("scan", place / "letter.txt", "--ledger", place / "ledger.jsonl")
