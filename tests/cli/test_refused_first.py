"""What cannot be undone is not begun where its page, its notices or its entry in the ledger could not be written."""

from __future__ import annotations

import json
import os

import pytest

from piiscrub.keys.ring import KeyRing
from piiscrub.keys.vault import Vault

RULES = 'schema = 1\n[[rules]]\nid = "closed"\ntable = "*"\nbasis = "closed"\nperiod = "3 years"\n'
ORDER = 'organisation = "Example Ltd"\nbasis = "PIPL 47"\nreason = "asked"\napprover = "A"\noperator = "B"\ngrade = 2\n'
CSV = "姓名,手机,closed\n张三,13800138000,2015-01-01\n李四,14200000001,2026-06-01\n"


@pytest.fixture
def here(tmp_path):
    (tmp_path / "customers.csv").write_text(CSV, encoding="utf-8")
    (tmp_path / "rules.toml").write_text(RULES, encoding="utf-8")
    (tmp_path / "order.toml").write_text(ORDER, encoding="utf-8")
    (tmp_path / "there").mkdir()
    KeyRing.new(tmp_path / "keys")
    return tmp_path


def state(here):
    return {one.name: one.read_bytes() for one in here.iterdir() if one.is_file()}


def test_retention_looks_at_its_page_before_it_deletes(fails, here):
    asked = (here / "customers.csv", "--rules", here / "rules.toml", "--day", "2026-11-22", "--html")
    before = state(here)
    for page in (here / "rules.toml", here / "there", here / "nowhere" / "page.html"):
        fails("retention", "apply", *asked, page)
        fails("retention", "check", *asked, page)
    assert state(here) == before


@pytest.fixture(params=["folder", "no folder", "no ledger"])
def ledger(request, here):
    """Three ledgers that cannot be written."""
    if request.param == "no ledger":
        (here / "text").write_text("this is no ledger\n", encoding="utf-8")
    return {"folder": here / "there", "no folder": here / "nowhere" / "ledger", "no ledger": here / "text"}[request.param]


def test_keys_are_neither_made_nor_rotated_nor_destroyed_without_their_entry(run, fails, here, ledger):
    before = (here / "keys").read_bytes()
    code = json.loads(run("keys", "destroy", here / "keys", "--json").out)["confirm"]
    fails("keys", "destroy", here / "keys", "--confirm", code, "--ledger", ledger)
    fails("keys", "rotate", here / "keys", "--ledger", ledger)
    fails("keys", "passphrase", here / "keys", "--remove", "--ledger", ledger)
    fails("keys", "new", here / "more", "--ledger", ledger)
    assert (here / "keys").read_bytes() == before and not (here / "more").exists()


def test_a_scope_is_not_shredded_without_its_entry(run, fails, here, ledger):
    with Vault(here / "vault", KeyRing.load(here / "keys")) as vault:
        vault.scope("letters").put("PERSON", "张三")
    asked = ("vault", "shred", here / "vault", "--keys", here / "keys", "--scope", "letters")
    code = json.loads(run(*asked, "--json").out)["confirm"]
    fails(*asked, "--confirm", code, "--ledger", ledger)
    with Vault(here / "vault", KeyRing.load(here / "keys"), create=False) as vault:
        assert not vault.scopes()[0].shredded


def test_nothing_is_restored_scrubbed_or_destroyed_without_its_entry(run, fails, here, ledger):
    keys = ("--keys", here / "keys")
    text = here / "a.txt"
    text.write_text("请致电13800138000", encoding="utf-8")
    fails("scrub", text, "-o", here / "b.txt", *keys, "--ledger", ledger)
    fails("restore", text, "-o", here / "b.txt", *keys, "--ledger", ledger)
    code = json.loads(run("destroy", text, "--json").out)["hash"]
    fails("destroy", text, "--code", code, "--out", here / "out", "--order", here / "order.toml", *keys, "--ledger", ledger)
    assert text.exists() and not (here / "b.txt").exists() and not (here / "out").exists()


def test_a_person_is_not_erased_where_the_notices_could_not_be_written(fails, here):
    read, write = os.pipe()
    os.write(write, "phone: 13800138000\nname: 张三\n".encode())
    os.close(write)
    asked = (here / "customers.csv", "--known-fd", read, "--notices", here / "there")
    more = ("--code", "0" * 12, "--out", here / "out", "--order", here / "order.toml", "--keys", here / "keys")
    assert "--record" in fails("subject", "erase", *asked, *more)
    assert (here / "customers.csv").read_text(encoding="utf-8") == CSV


def test_a_leaked_file_is_not_looked_into_for_a_notice_that_could_not_be_written(fails, here):
    fails("triage", here / "customers.csv", "--html", here / "page.html", "--notice", here / "rules.toml")
    assert not (here / "page.html").exists()
