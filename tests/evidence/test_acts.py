"""One entry per scan, scrub, application of a plan, restore and key event: what was done, without any value."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import piiscrub as ps
from piiscrub.errors import InputError, KeysError
from piiscrub.keys.ceremony import made, rotate

PHONE = "13800138000"


@pytest.fixture
def ring(tmp_path: Path) -> ps.KeyRing:
    return ps.KeyRing.new(tmp_path / "keys")


@pytest.fixture
def ledger(tmp_path: Path, ring: ps.KeyRing) -> ps.Ledger:
    return ps.Ledger(tmp_path / "ledger.jsonl", keys=ring)


@pytest.fixture
def frame() -> pd.DataFrame:
    return pd.DataFrame({"手机号": [PHONE, "14200000001", None], "金额": [1, 2, 3]})


def last(ledger: ps.Ledger) -> tuple[str, dict[str, object]]:
    *_, entry = ledger.entries()
    assert PHONE not in entry.line().decode()
    assert ledger.verify().ok
    return entry.action, dict(entry.fields)


def test_a_scan_of_a_text_a_table_and_a_profile(ledger: ps.Ledger, frame: pd.DataFrame) -> None:
    ledger.record(ps.scan(f"电话{PHONE}"))
    action, fields = last(ledger)
    assert (action, fields["entities"]) == ("scan", {"CN_MOBILE": 1})
    assert str(fields["tool"]).startswith("piiscrub ")
    ledger.record(frame.pii.scan())
    action, fields = last(ledger)
    assert (action, fields["rows"], fields["entities"]) == ("scan", 3, {"CN_MOBILE": 2})
    ps.profile(frame, ledger=ledger)
    action, fields = last(ledger)
    assert (action, fields["rows"], fields["profile"], fields["entities"]) == ("scan", 3, True, {"CN_MOBILE": 1})


def test_a_scrub_of_a_text(ledger: ps.Ledger, ring: ps.KeyRing) -> None:
    ledger.record(ps.scrub(f"电话{PHONE}", keys=ring))
    action, fields = last(ledger)
    assert (action, fields["policy"], fields["entities"]) == ("scrub", "balanced", {"CN_MOBILE": 1})


def test_a_plan_carried_out_on_a_frame_and_a_file(
    ledger: ps.Ledger, ring: ps.KeyRing, frame: pd.DataFrame, tmp_path: Path
) -> None:
    plan = ps.plan(frame, policy="pipl-share", purpose="analytics", recipient="Example Ltd")
    ps.apply(frame, plan, keys=ring, ledger=ledger)
    action, fields = last(ledger)
    assert (action, fields["rows_in"], fields["recipient"], fields["columns"]) == ("apply", 3, "Example Ltd", {"CN_MOBILE": 1})
    assert fields["key"] == f"{ring.id}, epoch 1"
    frame.to_csv(tmp_path / "a.csv", index=False)
    plan = ps.plan(tmp_path / "a.csv", policy="pipl-share", purpose="analytics", recipient="Example Ltd")
    ps.apply(tmp_path / "a.csv", plan, keys=ring, out=tmp_path / "b.csv", ledger=tmp_path / "ledger.jsonl")
    assert last(ledger)[0] == "apply"
    with pytest.raises(InputError, match="keys"):
        ps.apply(frame, plan, ledger=tmp_path / "other.jsonl")


def test_a_restore(ledger: ps.Ledger, ring: ps.KeyRing, tmp_path: Path) -> None:
    with ps.Vault(tmp_path / "values.vault", ring) as vault:
        done = ps.scrub(f"电话{PHONE}", keys=ring, vault=vault)
        ledger.record(ps.restore(done.text + "<CN_MOBILE_9>", keys=ring, vault=vault, scope=done.evidence.scope))
    action, fields = last(ledger)
    assert (action, fields["restored"], fields["unknown"], fields["key"]) == ("restore", 1, 1, ring.id)


def test_a_restore_of_a_frame_and_a_text_by_the_door(
    ledger: ps.Ledger, ring: ps.KeyRing, frame: pd.DataFrame, tmp_path: Path
) -> None:
    with ps.Vault(tmp_path / "values.vault", ring) as vault:
        done = ps.scrub(f"电话{PHONE}", keys=ring, vault=vault)
        scope = done.evidence.scope
        ps.restore(done.text, keys=ring, vault=vault, scope=scope, ledger=ledger)
        ps.restore(pd.DataFrame({"a": [done.text]}), keys=ring, vault=vault, scope=scope, ledger=ledger.path)
    assert [entry.action for entry in ledger.entries()] == ["restore", "restore"]
    assert last(ledger)[1]["restored"] == 1


def test_key_events(ledger: ps.Ledger, ring: ps.KeyRing) -> None:
    ledger.record(made(ring))
    assert last(ledger)[0] == "keys-new"
    newer, event = rotate(ring)
    ledger.record(event)
    action, fields = last(ledger)
    assert (action, fields["key"], fields["epoch"]) == ("keys-rotate", newer.id, 2)


def test_anything_else_is_refused(ledger: ps.Ledger, tmp_path: Path) -> None:
    for odd in (object(), "text", {"rows": 3}, None):
        with pytest.raises(InputError, match="no entries"):
            ledger.record(odd)
    assert not (tmp_path / "ledger.jsonl").exists()
    with pytest.raises((KeysError, InputError)):
        ps.apply(pd.DataFrame({"a": [1]}), ps.plan(pd.DataFrame({"a": [1]})), keys=ps.KeyRing.ephemeral(), ledger=tmp_path / "x")


def test_what_the_ledger_shows_is_plain_data(ledger: ps.Ledger, frame: pd.DataFrame) -> None:
    ledger.record(frame.pii.scan())
    _, fields = last(ledger)
    assert json.loads(json.dumps(fields)) == fields
