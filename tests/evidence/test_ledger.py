"""The ledger: what was written stays provable, and every change shows."""

from __future__ import annotations

import json
import multiprocessing
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from piiscrub.errors import InputError, LedgerError
from piiscrub.evidence.entry import Entry
from piiscrub.evidence.ledger import Ledger
from piiscrub.keys.ring import KeyRing

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing.new(tmp_path / "keys")


@pytest.fixture
def ledger(tmp_path: Path, ring: KeyRing) -> Ledger:
    made = Ledger(tmp_path / "ledger.jsonl", keys=ring)
    for rows in range(6):
        made.append("scan", {"rows": rows, "entities": {"CN_MOBILE": rows}}, now=NOON)
    return made


def lines(ledger: Ledger) -> list[bytes]:
    return ledger.path.read_bytes().splitlines(keepends=True)


def test_what_was_written_verifies(ledger: Ledger, ring: KeyRing) -> None:
    report = ledger.verify()
    assert report.ok and report.entries == 6 and report.origin == "confirmed" and report.tail == "tail unanchored"
    assert [e.fields["rows"] for e in ledger.entries()] == list(range(6))
    alone = Ledger(ledger.path).verify()
    assert alone.ok and alone.origin == "unconfirmed"
    assert Ledger(ledger.path).verify(signer=ring.public_key).origin == "confirmed"


def test_nobody_has_signed_what_is_empty(tmp_path: Path, ring: KeyRing) -> None:
    (tmp_path / "empty.jsonl").touch()
    assert Ledger(tmp_path / "empty.jsonl").verify(signer=ring.public_key).origin == "unconfirmed"


def test_only_its_owner_reads_it(ledger: Ledger) -> None:
    assert ledger.path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("seed", range(40))
def test_any_changed_byte_shows(ledger: Ledger, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(ledger.path.read_bytes())
    at = chance.randrange(len(data))
    data[at] ^= 1 << chance.randrange(8)
    ledger.path.write_bytes(data)
    assert not ledger.verify().ok


def test_removed_swapped_and_doubled_lines_show(ledger: Ledger) -> None:
    whole = lines(ledger)
    for changed in (whole[:2] + whole[3:], [whole[1], whole[0], *whole[2:]], [*whole, whole[-1]], whole[1:]):
        ledger.path.write_bytes(b"".join(changed))
        assert not ledger.verify().ok


def test_a_line_of_another_key_shows(ledger: Ledger, tmp_path: Path) -> None:
    Ledger(ledger.path, keys=KeyRing.new(tmp_path / "others")).append("scan", {})
    assert not ledger.verify().ok


def test_a_ledger_written_anew_by_another_key_shows(ledger: Ledger, tmp_path: Path) -> None:
    ledger.path.unlink()
    Ledger(ledger.path, keys=KeyRing.new(tmp_path / "others")).append("scan", {})
    assert not ledger.verify().ok


def test_a_cut_end_shows_against_an_anchor(ledger: Ledger, tmp_path: Path) -> None:
    head = ledger.head()
    assert head is not None
    kept = tmp_path / "anchor.json"
    kept.write_text(json.dumps({"ledger": head.to_dict()}))
    for anchor in (head, head.hash, kept):
        report = ledger.verify(anchor=anchor)
        assert report.ok and report.tail == "anchored"
    ledger.path.write_bytes(b"".join(lines(ledger)[:-1]))
    ledger.path.with_name("ledger.jsonl.head").unlink()
    assert ledger.verify().ok, "without an anchor nobody can tell"
    assert ledger.verify().tail == "tail unanchored"
    for anchor in (head, head.hash, kept):
        assert not ledger.verify(anchor=anchor).ok


def test_the_head_beside_the_file_shows_an_accident(ledger: Ledger) -> None:
    ledger.path.write_bytes(b"".join(lines(ledger)[:-2]))
    assert not ledger.verify().ok


@pytest.mark.parametrize("left", range(1, 40, 3))
def test_half_a_line_of_a_crash_is_closed_and_told(ledger: Ledger, left: int) -> None:
    torn = lines(ledger)[-1]
    ledger.path.write_bytes(ledger.path.read_bytes()[: -len(torn)] + torn[: len(torn) * left // 40])
    assert not ledger.verify().ok
    ledger.path.with_name("ledger.jsonl.head").unlink()
    ledger.append("scan", {"rows": 9}, now=NOON)
    report = ledger.verify()
    assert report.ok and report.recovered == 1
    ledger.append("scan", {"rows": 10}, now=NOON)
    assert ledger.verify().ok


def test_a_lost_line_end_is_put_back(ledger: Ledger) -> None:
    ledger.path.write_bytes(ledger.path.read_bytes()[:-1])
    ledger.append("scan", {}, now=NOON)
    report = ledger.verify()
    assert report.ok and report.entries == 7 and not report.recovered


def test_a_closed_half_line_cannot_be_changed_or_taken_out(ledger: Ledger) -> None:
    ledger.path.write_bytes(ledger.path.read_bytes() + b'{"action":"sc')
    ledger.append("scan", {}, now=NOON)
    whole = ledger.path.read_bytes()
    assert ledger.verify().ok
    for changed in (whole.replace(b'{"action":"sc\n', b""), whole.replace(b'{"action":"sc\n', b'{"action":"sd\n')):
        ledger.path.write_bytes(changed)
        assert not ledger.verify().ok


def test_nothing_is_added_to_a_changed_end(ledger: Ledger) -> None:
    ledger.path.write_bytes(ledger.path.read_bytes().replace(b'"rows":5', b'"rows":7'))
    with pytest.raises(LedgerError, match="changed"):
        ledger.append("scan", {})


def test_a_ring_without_a_file_does_not_sign(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="key ring"):
        Ledger(tmp_path / "l").append("scan", {})


def test_only_plain_data_and_stated_time_zones(ledger: Ledger) -> None:
    for bad in ({"a": {1, 2}}, {"a": float("nan")}, {"a": "\ud800"}, {"a": b"x"}):
        with pytest.raises(InputError):
            ledger.append("scan", bad)
    with pytest.raises(InputError):
        ledger.append("scan", {}, now=datetime(2026, 1, 1))
    assert ledger.verify().ok


def test_a_line_in_another_spelling_is_no_entry(ledger: Ledger) -> None:
    entry = next(ledger.entries())
    spaced = json.dumps(json.loads(entry.line())).encode()
    with pytest.raises(ValueError, match="canonical"):
        Entry.parse(spaced)


def _append(path: Path, keys: Path, times: int) -> None:
    ledger = Ledger(path, keys=KeyRing.load(keys))
    for _ in range(times):
        ledger.append("scan", {}, now=NOON)


def test_several_processes_append_at_once(ledger: Ledger, ring: KeyRing) -> None:
    spawn = multiprocessing.get_context("spawn")
    assert ring.path is not None
    jobs = [spawn.Process(target=_append, args=(ledger.path, ring.path, 8)) for _ in range(3)]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join()
    report = ledger.verify()
    assert report.ok and report.entries == 6 + 24
