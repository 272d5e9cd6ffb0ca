"""Destruction in two steps: exactly what was confirmed goes, nothing outside of it, and the certificate says so."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from piiscrub.errors import DestructionError, InputError, KeysError, PlanError, SourceError
from piiscrub.evidence.ledger import Ledger
from piiscrub.keys.ring import KeyRing
from piiscrub.keys.vault import Vault
from piiscrub.lifecycle import certificate, rules
from piiscrub.lifecycle.destroying import Destroyed, destroy
from piiscrub.lifecycle.targets import KeyEpoch, Rows, VaultKeys

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
ORDER = {
    "organisation": "Example Ltd", "basis": "PIPL 47(1)", "reason": "the purpose is reached", "approver": "Approver A",
    "operator": "Operator B", "witness": "Witness C", "grade": 3,
}  # fmt: skip
ROWS = "姓名,手机,closed\n张三,13800138000,2015-01-01\n李四,14200000001,2025-06-01\n王五,14200000002,2016-02-29\n"
VALUES = ("张三", "李四", "王五", "13800138000", "14200000001", "14200000002")


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing.new(tmp_path / "keys")


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "data"
    (folder / "old" / "deep").mkdir(parents=True)
    (folder / "customers.csv").write_text(ROWS, encoding="utf-8")
    (folder / "old" / "notes.txt").write_text("客户张三 13800138000", encoding="utf-8")
    (folder / "old" / "deep" / "empty").touch()
    (tmp_path / "outside.txt").write_text("stays", encoding="utf-8")
    yield folder
    assert (tmp_path / "outside.txt").read_text(encoding="utf-8") == "stays"


def confirmed(target, tmp_path: Path, ring: KeyRing, **more) -> Destroyed:
    rules = more.get("rules")
    plan = destroy(target, now=NOW, rules=rules)
    return destroy(target, confirm=plan.hash, out=tmp_path / "out", keys=ring, order=more.pop("order", ORDER), now=NOW, **more)


def test_without_a_confirmation_nothing_is_touched(data: Path) -> None:
    before = {p: p.read_bytes() for p in data.rglob("*") if p.is_file()}
    plan = destroy(data, now=NOW)
    assert plan.counts == {"bytes": sum(map(len, before.values())), "files": 3, "folders": 3, "rows": 3}
    assert {p: p.read_bytes() for p in data.rglob("*") if p.is_file()} == before
    assert destroy(data, now=NOW).hash == plan.hash
    assert not any(value in repr(plan) + plan._repr_html_() for value in VALUES)


def test_a_folder_goes_and_the_certificate_says_what(data: Path, tmp_path: Path, ring: KeyRing) -> None:
    ledger = Ledger(tmp_path / "ledger.jsonl", keys=ring)
    ledger.append("scan", {}, now=NOW)
    done = confirmed(data, tmp_path, ring, ledger=ledger)
    assert done.complete and not data.exists() and not done.problems
    told = json.loads((tmp_path / "out" / certificate.CERTIFICATE).read_text(encoding="utf-8"))
    assert told["status"] == "complete" and told["proof"] == {
        "gone": 6, "method": "full", "notified": [], "objects": 6, "verifier": told["identity"]["tool"],
    }  # fmt: skip
    assert told["keep"]["ledger"]["count"] == 2 and told["people"]["witness"] == "Witness C"
    assert {one["id"] for one in told["limits"]} == {"limit-clear", "limit-ssd", "limit-snapshots", "limit-copies"}
    assert "hand-recipients" in {one["id"] for one in told["by_hand"]}
    entries = list(ledger.entries())
    assert [e.action for e in entries] == ["scan", "destroy-begin", "destroy"] and ledger.verify().ok
    assert entries[-1].fields["certificate"] == done.certificate.sha256
    assert not (tmp_path / "out" / "journal.jsonl").exists()
    page = (tmp_path / "out" / certificate.PAGE).read_text(encoding="utf-8")
    assert "NIST SP 800-88" in page and "监销人" in page


def test_no_value_is_in_anything_that_is_written(data: Path, tmp_path: Path, ring: KeyRing) -> None:
    (data / "13800138000.csv").write_text(ROWS, encoding="utf-8")
    (data / "张三").mkdir()
    held = rules.read('schema = 1\n[[holds]]\nid = "h"\ntable = "x"\ncolumn = "手机"\nvalues = ["14200000001"]')
    confirmed(
        [data, Rows(source=_copy(data, tmp_path), where={"手机": ["13800138000"]})],
        tmp_path, ring, rules=held, ledger=tmp_path / "ledger.jsonl",
    )  # fmt: skip
    written = b"".join(p.read_bytes() for p in [*(tmp_path / "out").iterdir(), tmp_path / "ledger.jsonl"])
    assert not [value for value in VALUES if value.encode() in written]


def _copy(data: Path, tmp_path: Path) -> Path:
    other = tmp_path / "other.csv"
    other.write_bytes((data / "customers.csv").read_bytes())
    return other


@pytest.mark.parametrize("change", ["content", "new file", "gone", "link"])
def test_what_has_changed_since_is_refused(data: Path, tmp_path: Path, ring: KeyRing, change: str) -> None:
    plan = destroy(data, now=NOW)
    if change == "content":
        (data / "customers.csv").write_text(ROWS + "x,y,z\n", encoding="utf-8")
    elif change == "new file":
        (data / "new").touch()
    elif change == "gone":
        (data / "old" / "notes.txt").unlink()
    else:
        (data / "old" / "notes.txt").unlink()
        (data / "old" / "notes.txt").symlink_to(tmp_path / "outside.txt")
    with pytest.raises(DestructionError, match="not the hash"):
        destroy(data, confirm=plan.hash, out=tmp_path / "out", keys=ring, order=ORDER, now=NOW)
    assert (data / "customers.csv").exists() and not (tmp_path / "out").exists()


@pytest.mark.parametrize("code", ["", "a", "0" * 64, "short"])
def test_another_code_is_refused(data: Path, tmp_path: Path, ring: KeyRing, code: str) -> None:
    with pytest.raises(DestructionError):
        destroy(data, confirm=code, out=tmp_path / "out", keys=ring, order=ORDER, now=NOW)
    assert (data / "customers.csv").exists()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"witness": ""}, "two persons"), ({"witness": "operator　B"}, "two persons"), ({"grade": 0, "witness": ""}, "not known"),
        ({"operator": ""}, "operator"), ({"basis": " "}, "basis"), ({"approver": ""}, "approver"), ({"reason": ""}, "reason"),
    ],
)  # fmt: skip
def test_two_persons_and_a_reason(data: Path, tmp_path: Path, ring: KeyRing, fields: dict[str, object], says: str) -> None:
    with pytest.raises(DestructionError, match=says):
        confirmed(data, tmp_path, ring, order={**ORDER, **fields})
    assert (data / "customers.csv").exists()


def test_one_person_is_enough_for_low_grades(data: Path, tmp_path: Path, ring: KeyRing) -> None:
    assert confirmed(data, tmp_path, ring, order={**ORDER, "grade": 2, "witness": ""}).complete


def test_links_are_removed_and_never_followed(data: Path, tmp_path: Path, ring: KeyRing) -> None:
    away = tmp_path / "away"
    away.mkdir()
    (away / "kept.csv").write_text(ROWS, encoding="utf-8")
    (data / "link").symlink_to(away)
    (data / "old" / "file").symlink_to(away / "kept.csv")
    (data / "dangling").symlink_to(tmp_path / "nothing")
    os.mkfifo(data / "pipe")
    assert confirmed(data, tmp_path, ring).complete
    assert not data.exists() and (away / "kept.csv").read_text(encoding="utf-8") == ROWS


def test_a_link_is_no_target(data: Path, tmp_path: Path, ring: KeyRing) -> None:
    (tmp_path / "link").symlink_to(data)
    with pytest.raises(SourceError, match="link"):
        destroy(tmp_path / "link", now=NOW)


def test_a_folder_swapped_for_a_link_after_the_look_leaves_what_it_leads_to(
    data: Path, tmp_path: Path, ring: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = tmp_path / "away"
    away.mkdir()
    (away / "notes.txt").write_text("stays", encoding="utf-8")
    plan = destroy(data, now=NOW)
    from piiscrub.lifecycle import running

    begin = running.Journal.begin

    def swap(*given):  # the moment between the look and the act
        (data / "old").rename(tmp_path / "moved")
        (data / "old").symlink_to(away)
        return begin(*given)

    monkeypatch.setattr(running.Journal, "begin", swap)
    done = destroy(data, confirm=plan.hash, out=tmp_path / "out", keys=ring, order=ORDER, now=NOW)
    assert not done.complete and done.problems and (away / "notes.txt").read_text(encoding="utf-8") == "stays"
    assert json.loads((tmp_path / "out" / "certificate.json").read_bytes())["status"] == "incomplete"
    assert (tmp_path / "moved" / "notes.txt").exists()


def test_content_under_another_name_is_not_overwritten_and_the_certificate_says_so(
    data: Path, tmp_path: Path, ring: KeyRing
) -> None:
    os.link(data / "customers.csv", tmp_path / "other name.csv")
    done = confirmed(data / "customers.csv", tmp_path, ring)
    assert done.complete and (tmp_path / "other name.csv").read_text(encoding="utf-8") == ROWS
    assert "limit-names" in {one["id"] for one in done.certificate.content["limits"]}


def test_the_old_content_is_overwritten_where_it_lay(data: Path, tmp_path: Path, ring: KeyRing) -> None:
    with (data / "customers.csv").open("rb") as one, (data / "old" / "notes.txt").open("rb") as other:
        confirmed([Rows(source=data / "customers.csv", where={"姓名": ["张三"]}), data / "old" / "notes.txt"], tmp_path, ring)
        assert not one.read().strip(b"\0") and not other.read().strip(b"\0")


def test_the_ring_that_signs_and_the_ledger_outlive_it(data: Path, tmp_path: Path, ring: KeyRing) -> None:
    with pytest.raises(DestructionError, match="key file that signs"):
        confirmed(tmp_path / "keys", tmp_path, ring)
    (data / "ledger.jsonl").touch()
    with pytest.raises(DestructionError, match="ledger"):
        confirmed(data, tmp_path, ring, ledger=data / "ledger.jsonl")


def test_what_fails_is_told_and_taken_up_by_the_same_call(data: Path, tmp_path: Path, ring: KeyRing) -> None:
    plan = destroy(data, now=NOW)
    asked = {"confirm": plan.code, "out": tmp_path / "out", "keys": ring, "order": ORDER, "now": NOW}
    from piiscrub.lifecycle import places

    real = places.overwrite
    try:
        places.overwrite = lambda stream: (_ for _ in ()).throw(OSError(5, "Input/output error"))
        first = destroy(data, **asked)
    finally:
        places.overwrite = real
    assert not first.complete and "Input/output error" in first.problems[0] and (data / "customers.csv").exists()
    again = destroy(data, **asked)
    assert again.complete and not data.exists()
    assert "limit-interrupted" not in {one["id"] for one in again.certificate.content["limits"]}
    with pytest.raises(SourceError, match="certificate already"):
        destroy(data, **asked)


def test_another_destruction_does_not_slip_into_one_under_way(data: Path, tmp_path: Path, ring: KeyRing) -> None:
    from piiscrub.lifecycle import places

    plan = destroy(data, now=NOW)
    real = places.overwrite
    try:
        places.overwrite = lambda stream: (_ for _ in ()).throw(OSError(5, "Input/output error"))
        destroy(data, confirm=plan.hash, out=tmp_path / "out", keys=ring, order=ORDER, now=NOW)
    finally:
        places.overwrite = real
    other = destroy(tmp_path / "outside.txt", now=NOW)
    with pytest.raises(DestructionError, match="under way"):
        destroy(tmp_path / "outside.txt", confirm=other.hash, out=tmp_path / "out", keys=ring, order=ORDER, now=NOW)


def test_rows_of_a_file_go_and_the_others_stay(data: Path, tmp_path: Path, ring: KeyRing) -> None:
    file = data / "customers.csv"
    file.chmod(0o640)
    done = confirmed(Rows(source=file, where={"手机": ["13800138000", "14200000002"], "姓名": ["张三"]}), tmp_path, ring)
    assert done.complete and done.certificate.content["object"]["counts"] == {"rows": 1}
    assert file.read_text(encoding="utf-8") == ROWS.replace("张三,13800138000,2015-01-01\n", "")
    assert file.stat().st_mode & 0o777 == 0o640 and [p.name for p in data.iterdir()].count("customers.csv") == 1
    assert not [p for p in data.iterdir() if p.name.startswith(".")]


def test_rows_by_number(data: Path, tmp_path: Path, ring: KeyRing) -> None:
    file = data / "customers.csv"
    assert confirmed(Rows(source=file, at={"customers.csv": [0, 2]}), tmp_path, ring).complete
    assert file.read_text(encoding="utf-8") == "姓名,手机,closed\n李四,14200000001,2025-06-01\n"


def test_holds_and_legal_minimums_win(data: Path, tmp_path: Path, ring: KeyRing) -> None:
    held = rules.read(
        'schema = 1\n[[rules]]\nid = "r"\ntable = "customers.csv"\nbasis = "closed"\nperiod = "1 day"\nminimum = ["aml"]\n'
        '[[holds]]\nid = "case"\ntable = "customers.csv"\ncolumn = "姓名"\nvalues = ["王五"]\n'
    )
    file = data / "customers.csv"
    done = confirmed(Rows(source=file, where={"姓名": ["张三", "李四", "王五"]}), tmp_path, ring, rules=held)
    assert done.complete and "张三" not in file.read_text(encoding="utf-8")
    assert "李四" in file.read_text(encoding="utf-8") and "王五" in file.read_text(encoding="utf-8")
    assert done.certificate.content["object"]["counts"] == {"rows": 1, "rows that stay": 2}
    assert done.certificate.content["approval"]["checked"] == ["case", "r"]
    with pytest.raises(DestructionError, match="2 rows must stay"):
        destroy(data, confirm=destroy(data, rules=held, now=NOW).hash, out=tmp_path / "out2", keys=ring, order=ORDER,
                rules=held, now=NOW)  # fmt: skip
    assert file.exists()


def test_a_hold_on_everything_covers_what_is_no_table_too(data: Path, tmp_path: Path, ring: KeyRing) -> None:
    held = rules.read('schema = 1\n[[holds]]\nid = "all"\ntable = "*"')
    assert len(destroy(data, rules=held, now=NOW).obstacles) == 3
    with pytest.raises(DestructionError, match="hold 'all'"):
        confirmed(data / "old" / "notes.txt", tmp_path, ring, rules=held)
    over = rules.read('schema = 1\n[[holds]]\nid = "all"\ntable = "*"\nuntil = 2026-11-21')
    assert confirmed(data, tmp_path, ring, rules=over).complete


def test_what_changes_between_the_look_and_the_act_is_left(
    data: Path, tmp_path: Path, ring: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    from piiscrub.lifecycle import running

    targets = [Rows(source=data / "customers.csv", where={"姓名": ["张三"]}), data / "old" / "notes.txt"]
    plan = destroy(targets, now=NOW)
    begin = running.Journal.begin
    notes = (data / "old" / "notes.txt").read_text(encoding="utf-8").replace("138", "139")

    def write(*given):
        (data / "old" / "notes.txt").write_text(notes, encoding="utf-8")
        (data / "customers.csv").write_text(ROWS.replace("李四", "钱七"), encoding="utf-8")
        return begin(*given)

    monkeypatch.setattr(running.Journal, "begin", write)
    done = destroy(targets, confirm=plan.hash, out=tmp_path / "out", keys=ring, order=ORDER, now=NOW)
    assert not done.complete and len(done.problems) == 2
    assert (data / "old" / "notes.txt").read_text(encoding="utf-8") == notes
    assert (data / "customers.csv").read_text(encoding="utf-8") == ROWS.replace("李四", "钱七")


def test_a_password_shows_in_no_repr() -> None:
    assert "secret" not in repr(
        Rows(source="postgresql://me:secret@db.example.com/shop", table="people", where={"tel": ["14200000001"]})
    )


def test_rows_of_a_database(tmp_path: Path, ring: KeyRing) -> None:
    path = tmp_path / "shop.db"
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, tel TEXT)")
        db.executemany("INSERT INTO people VALUES (?, ?, ?)", [(i, f"name {i}", f"1420000{i:04}") for i in range(1000)])
    db.close()
    target = Rows(source=f"sqlite:///{path}", table="people", where={"tel": ["14200000007", "14200000042"]})
    done = confirmed(target, tmp_path, ring)
    assert done.complete and done.certificate.content["object"]["items"][0]["how"] == "deleted-freed"
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT count(*) FROM people").fetchone() == (998,)
    db.close()
    assert b"14200000042" not in b"".join(p.read_bytes() for p in tmp_path.glob("shop.db*"))


def test_a_database_that_refuses_loses_nothing(tmp_path: Path, ring: KeyRing) -> None:
    path = tmp_path / "shop.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE people (id INTEGER PRIMARY KEY, tel TEXT)")
        db.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, who INTEGER REFERENCES people (id))")
        db.executemany("INSERT INTO people VALUES (?, ?)", [(1, "14200000001"), (2, "14200000002")])
        db.execute("INSERT INTO orders VALUES (1, 2)")
    done = confirmed(Rows(source=f"sqlite:///{path}", table="people", where={"id": ["1", "2"]}), tmp_path, ring)
    assert not done.complete and "IntegrityError" in done.problems[0]
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT count(*) FROM people").fetchone() == (2,)


def test_shredding_leaves_neither_key_nor_value(tmp_path: Path, ring: KeyRing) -> None:
    vault = Vault(tmp_path / "vault.db", ring)
    scope, other = vault.scope("customers"), vault.scope("other")
    tokens = scope.put_many("CN_MOBILE", [f"1420000{i:04}" for i in range(200)])
    kept = other.put("PERSON", "李四")
    with vault.reading() as connection:
        wrapped = connection.execute("SELECT wrapped FROM data_keys WHERE scope = ?", (scope.id,)).fetchone()[0]
        sealed = [row[0] for row in connection.execute("SELECT sealed FROM tokens WHERE scope = ?", (scope.id,))]
    assert confirmed(VaultKeys(vault=vault, scope="customers"), tmp_path, ring).complete
    lies = b"".join(p.read_bytes() for p in tmp_path.glob("vault.db*"))
    assert wrapped not in lies and not [one for one in sealed if one in lies] and b"14200000042" not in lies
    with pytest.raises(KeysError, match="shredded"):
        scope.get(tokens[0])
    with pytest.raises(KeysError, match="shredded"):
        vault.scope("customers")
    assert other.get(kept) == "李四"
    with pytest.raises(KeysError, match="before"):
        destroy(VaultKeys(vault=vault, scope="customers"))


def test_one_subject_of_a_scope(tmp_path: Path, ring: KeyRing) -> None:
    vault = Vault(tmp_path / "vault.db", ring)
    scope = vault.scope("customers")
    one, two = scope.put("PERSON", "张三", subject="13800138000"), scope.put("PERSON", "李四", subject="14200000001")
    done = confirmed(VaultKeys(vault=vault, scope="customers", subject="13800138000"), tmp_path, ring)
    assert done.complete and scope.get(two) == "李四" and scope.get(one) is None
    assert "13800138000" not in (tmp_path / "out" / "certificate.json").read_text(encoding="utf-8")


def test_an_epoch(tmp_path: Path, ring: KeyRing) -> None:
    old = KeyRing.new(tmp_path / "old keys")
    old.rotated().save()
    old = KeyRing.load(tmp_path / "old keys")
    assert confirmed(KeyEpoch(ring=old, epoch=1), tmp_path, ring).complete
    assert KeyRing.load(tmp_path / "old keys").epochs == (2,)
    with pytest.raises(InputError):
        KeyEpoch(ring=old, epoch=0)


@pytest.mark.parametrize(
    ("target", "error"),
    [
        (lambda p: p / "nothing", SourceError), (lambda p: [], InputError), (lambda p: 3, InputError),
        (lambda p: "sqlite:///x.db", InputError), (lambda p: Rows(source=p / "t.csv", where={"no": ["x"]}), PlanError),
        (lambda p: [p / "t.csv", p / "t.csv"], DestructionError),
    ],
)  # fmt: skip
def test_what_is_no_target_is_refused(tmp_path: Path, target, error: type[Exception]) -> None:
    (tmp_path / "t.csv").write_text(ROWS, encoding="utf-8")
    with pytest.raises(error):
        destroy(target(tmp_path), now=NOW)


def test_a_certificate_that_was_changed_or_signed_by_another_is_told(data: Path, tmp_path: Path, ring: KeyRing) -> None:
    confirmed(data, tmp_path, ring)
    out = tmp_path / "out"
    assert certificate.read(out, signer=ring.public_key).complete
    with pytest.raises(SourceError, match="another key"):
        certificate.read(out, signer=bytes(32))
    text = (out / "certificate.json").read_text(encoding="utf-8")
    (out / "certificate.json").write_text(text.replace("Operator B", "Operator X"), encoding="utf-8")
    with pytest.raises(SourceError, match="as it was signed"):
        certificate.read(out)
