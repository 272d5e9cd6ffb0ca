"""`piiscrub vault`: scopes are listed without values and shredded in two steps."""

from __future__ import annotations

import json

import pytest

import piiscrub as ps
from piiscrub.errors import KeysError
from piiscrub.keys.bound import BoundKeys


@pytest.fixture
def paths(tmp_path):
    ring = ps.KeyRing.new(tmp_path / "keys.json")
    with ps.Vault(tmp_path / "values.vault", ring) as vault:
        vault.scope("letters").put("PERSON", "张伟")
        vault.scope("patients").put("URL", "https://example.com/7", subject="patient 17")
    with ps.Vault(tmp_path / "values.vault", BoundKeys(ring, recipient="Example Ltd")) as vault:
        vault.scope("letters").put("PERSON", "张伟")
    return tmp_path / "values.vault", "--keys", tmp_path / "keys.json"


def listed(run, paths):
    return {one["id"]: one for one in json.loads(run("vault", "scopes", *paths, "--json").out)["scopes"]}


def test_scopes_are_listed_without_values_and_names(run, paths):
    out = run("vault", "scopes", *paths).out
    assert out.count("PERSON 1") == 2
    assert "URL 1" in out and "letters" not in out and "张伟" not in out
    assert "范围数：3" in run("vault", "scopes", *paths, "--lang", "zh").out


@pytest.mark.parametrize("more", [(), ("--recipient", "Example Ltd")], ids=["unbound", "bound"])
def test_a_scope_is_shredded_in_two_steps(run, fails, paths, more):
    asked = ("vault", "shred", *paths, "--scope", "letters", *more)
    first = json.loads(run(*asked, "--json").out)
    assert first["tokens"] == {"PERSON": 1}
    assert not listed(run, paths)[first["scope"]]["shredded"]
    assert "nothing was destroyed" in fails(*asked, "--confirm", "00000000")
    event = json.loads(run(*asked, "--confirm", first["confirm"], "--json").out)
    assert (event["action"], event["scope"]) == ("vault-shred", first["scope"])
    states = listed(run, paths)
    assert [one for one in states if states[one]["shredded"]] == [first["scope"]]
    assert "shredded" in run("vault", "scopes", *paths).out


def test_one_subject_alone(run, paths):
    asked = ("vault", "shred", *paths, "--scope", "patients", "--subject", "patient 17")
    first = run(*asked).out
    assert "one subject" in first
    code = json.loads(run(*asked, "--json").out)["confirm"]
    assert "backups" in run(*asked, "--confirm", code).out
    with ps.Vault(paths[0], ps.KeyRing.load(paths[2])) as vault:
        assert vault.scope("patients").get("URL_1") is None
        with pytest.raises(KeysError, match="shredded"):
            vault.scope("patients").put("URL", "https://example.com/8", subject="patient 17")


def test_a_scope_that_is_not_there(fails, paths):
    assert "no scope" in fails("vault", "shred", *paths, "--scope", "invoices")
