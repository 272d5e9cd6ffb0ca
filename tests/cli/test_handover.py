"""``piiscrub plan`` → a person's hand → ``piiscrub handover`` → ``piiscrub verify``, as the company and its recipient do it."""

from __future__ import annotations

import json
import os
import tomllib

import pyrage
import pytest

from tests.handing_over import making

TERMS = (
    "--purpose", "customer-service", "--recipient", "Example Ltd", "--policy", "pipl-share", "--basis", "contract",
    "--basis-reference", "C-2026-01", "--basis-responsible", "Data office", "--until", "2099-12-31",
    "--contact", "privacy@example.com", "--country", "HK", "--subject", "客户编号",
)  # fmt: skip


@pytest.fixture
def folder(run, tmp_path):
    """A table, keys, and the plan for it as a person has decided it."""
    making.write(tmp_path / "customers.csv", making.rows())
    assert run("keys", "new", tmp_path / "keys").code == 0
    done = run("plan", tmp_path / "customers.csv", "-o", tmp_path / "plan.toml", *TERMS)
    assert done.code == 0, done.err
    plan = (tmp_path / "plan.toml").read_text(encoding="utf-8")
    (tmp_path / "plan.toml").write_text(plan.replace('action = "decide"', 'action = "keep"'), encoding="utf-8")
    return tmp_path


def handed(run, folder, *options):
    return run(
        "handover", folder / "customers.csv", "--plan", folder / "plan.toml", "--keys", folder / "keys", "-o", folder / "out",
        "--ledger", folder / "ledger.jsonl", *options,
    )  # fmt: skip


def test_the_plan_carries_the_terms(folder):
    terms = tomllib.loads((folder / "plan.toml").read_text(encoding="utf-8"))["terms"]
    assert (terms["kind"], terms["country"], terms["subject"]) == ("handler", "HK", "客户编号")
    assert (terms["until"], terms["contact"]) == ("2099-12-31", "privacy@example.com")


def test_from_the_plan_to_the_verified_bundle(run, folder):
    tried = handed(run, folder, "--dry-run")
    assert tried.code == 0, tried.err
    assert not (folder / "out").exists()
    done = handed(run, folder, "--approver", "A. Example", "--json")
    assert done.code == 0, done.err
    told = json.loads(done.out)
    assert told["rows"] == 60
    bundle = folder / "out" / "bundle"
    assert run("verify", bundle).code == 3
    assert run("verify", bundle, "--allow-unverified-origin").code == 0
    checked = run("verify", bundle, "--sender", told["signer"])
    assert (checked.code, "origin confirmed" in checked.out) == (0, True)
    table = bundle / "data" / "customers.csv"
    table.write_bytes(table.read_bytes() + b"\n")
    broken = run("verify", bundle, "--sender", told["signer"])
    assert broken.code == 2
    assert "data/customers.csv" in broken.out
    assert run("ledger", "verify", folder / "ledger.jsonl").code == 0
    assert "Example Ltd" in run("ledger", "show", folder / "ledger.jsonl").out
    shared = run("ledger", "sharing", folder / "ledger.jsonl")
    assert (shared.code, "Example Ltd" in shared.out, "2099-12-31" in shared.out) == (0, True, True)
    for row in making.rows():
        assert not [v for v in row[:4] if v in tried.out + done.out + checked.out]


def test_a_plan_without_terms_is_not_carried_out(run, folder):
    plan = (folder / "plan.toml").read_text(encoding="utf-8")
    (folder / "plan.toml").write_text(plan.replace('until = "2099-12-31"', 'until = ""'), encoding="utf-8")
    done = handed(run, folder)
    assert done.code == 2
    assert [line[:18] for line in done.err.splitlines()][1] == "  - terms.until: s"
    assert "未交付" in done.err
    assert not (folder / "out").exists()


@pytest.mark.parametrize(("wrong", "says"), [("untill", "until"), ("countri", "country")])
def test_a_key_that_is_no_term_is_told_with_the_right_one(fails, folder, wrong, says):
    plan = (folder / "plan.toml").read_text(encoding="utf-8")
    (folder / "plan.toml").write_text(plan.replace(f"\n{says} = ", f"\n{wrong} = ", 1), encoding="utf-8")
    said = fails(
        "handover", folder / "customers.csv", "--plan", folder / "plan.toml", "--keys", folder / "keys", "-o", folder / "out"
    )
    assert f"terms.{wrong}" in said
    assert f"'{says}'" in said


def test_a_kind_of_recipient_that_does_not_exist(fails, folder):
    fails("plan", folder / "customers.csv", "-o", folder / "other.toml", "--recipient-kind", "friend")


def test_a_bundle_is_sealed_and_opened_on_the_command_line(run, fails, folder):
    identity = pyrage.x25519.Identity.generate()
    (folder / "identity.txt").write_text(f"{identity}\n")
    done = handed(run, folder, "--seal-to", identity.to_public(), "--json")
    assert done.code == 0, done.err
    assert json.loads(done.out)["sealed"] is True
    assert sorted(p.name for p in (folder / "out").iterdir()) == ["bundle.age", "record"]
    sealed = folder / "out" / "bundle.age"
    opened = ("--identity", folder / "identity.txt", "--sender", json.loads(done.out)["signer"])
    checked = run("verify", sealed, *opened, "--out", folder / "got")
    assert (checked.code, "origin confirmed" in checked.out) == (0, True), checked.err
    assert (folder / "got" / "data" / "customers.csv").is_file()
    assert "identity" in fails("verify", sealed)
    assert "--passphrase" in fails("verify", sealed, "--identity", folder / "identity.txt", "--passphrase")
    sealed.write_bytes(sealed.read_bytes()[:-1])
    broken = run("verify", sealed, *opened)
    assert (broken.code, "bundle.age" in broken.out) == (2, True)


def test_a_passphrase_comes_from_a_descriptor_never_from_an_argument(run, fails, folder):
    def descriptor():
        back, forth = os.pipe()
        os.write(forth, b"correct horse battery\n")
        os.close(forth)
        return back

    done = handed(run, folder, "--seal-passphrase-fd", descriptor())
    assert (done.code, "bundle.age" in done.out) == (0, True), done.err
    sealed = folder / "out" / "bundle.age"
    assert run("verify", sealed, "--passphrase-fd", descriptor(), "--allow-unverified-origin").code == 0
    both = ("--seal-passphrase", "--seal-to", "age1x")
    words = ("handover", folder / "customers.csv", "--plan", folder / "plan.toml", "--keys", folder / "keys", "-o", folder / "o")
    assert "exclude" in fails(*words, *both)


def test_every_term_and_the_canaries_can_be_said_on_the_command_line(run, fails, folder):
    more = ("--guardian", "同意", "--exemption", "contract", "--critical", "--important", "--canaries", "5")
    done = run("plan", folder / "customers.csv", "-o", folder / "full.toml", *TERMS, *more)
    assert done.code == 0, done.err
    written = tomllib.loads((folder / "full.toml").read_text(encoding="utf-8"))
    terms = written["terms"]
    assert (terms["guardian"], terms["exemption"], terms["critical"], terms["important"]) == ("同意", "contract", True, True)
    assert written["tables"][0]["canaries"] == 5
    assert run("plan", folder / "customers.csv", "-o", folder / "odd.toml", *TERMS, "--exemption", "contrat").code == 0
    (folder / "plan.toml").write_text((folder / "odd.toml").read_text("utf-8").replace('"decide"', '"keep"'), encoding="utf-8")
    assert "contract" in handed(run, folder).err


def test_a_leak_is_traced_by_its_canaries_on_the_command_line(run, folder):
    text = (folder / "plan.toml").read_text(encoding="utf-8").replace("[[tables]]\n", "[[tables]]\ncanaries = 5\n")
    (folder / "plan.toml").write_text(text, encoding="utf-8")
    assert handed(run, folder).code == 0
    leak = folder / "out" / "bundle" / "data" / "customers.csv"
    done = run("triage", leak, "--record", folder / "out", "--keys", folder / "keys")
    assert done.code == 0, done.err
    assert "canary rows of that hand-over found: 5 of 5" in done.out


def test_a_folder_is_handed_over_by_the_plan_that_was_made_of_it(run, tmp_path):
    """Its tables go by their way from there, and by a number where their own name is personal information."""
    folder, plan, keys = tmp_path / "in", tmp_path / "plan.toml", tmp_path / "keys"
    for name, header in (("2023/a.csv", "price"), ("2024/a.csv", "amount"), ("13800138000.csv", "n"), ("13912345678.csv", "m")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{header}\n12.5\n30.25\n", encoding="utf-8")
    asked = ("--purpose", "analytics", "--recipient", "Example Ltd", "--policy", "pipl-share", "--basis", "contract")
    asked += (
        "--basis-reference",
        "C-1",
        "--basis-responsible",
        "Data office",
        "--until",
        "2099-12-31",
        "--contact",
        "a@example.com",
    )
    assert run("plan", folder, "-o", plan, *asked).code == 0
    assert run("keys", "new", keys).code == 0
    done = run("handover", folder, "--plan", plan, "--keys", keys, "-o", tmp_path / "out")
    assert done.code == 2 and "names in the bundle" in done.err, "two files whose names cannot be told"
    (folder / "13912345678.csv").rename(folder / "other.csv")
    assert run("plan", folder, "-o", plan, *asked, "--overwrite").code == 0
    done = run("handover", folder, "--plan", plan, "--keys", keys, "-o", tmp_path / "out")
    assert done.code == 0, done.err
    data = tmp_path / "out" / "bundle" / "data"
    assert sorted(one.name for one in data.iterdir()) == ["2023_a.csv", "2024_a.csv", "other.csv", "table.csv"]
    assert (data / "2023_a.csv").read_text(encoding="utf-8").startswith("price")
