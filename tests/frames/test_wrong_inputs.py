"""What a newcomer hands in by mistake is told in one sentence, and what belongs together works together."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import polars as pl
import pytest

import piiscrub as ps
from piiscrub.errors import HandoverError, InputError, KeysError, PiiscrubError, SourceError
from piiscrub.model.policy import OperatorSpec

MOBILES = [f"142{i:08d}" for i in range(40)]
CUSTOMERS = pl.DataFrame({"会员号": [f"M{10000 + i}" for i in range(40)], "手机": MOBILES})
ORDERS = pl.DataFrame({"会员号": [f"M{10000 + i % 40}" for i in range(60)], "商品": ["灯", "杯", "书"] * 20})
TERMS = ps.Terms(until="2099-12-31", contact="privacy@example.com")
BASIS = ps.Basis(kind="contract", reference="C-1", responsible="Data office")


def shared(source: object, operator: str = "") -> ps.SharePlan:
    plan = ps.plan(source, purpose="analytics", recipient="Example Ltd", policy="pipl-share", basis=BASIS, terms=TERMS)
    if not operator:
        return plan
    from dataclasses import replace

    table = plan.tables[0]
    phone = replace(table.column("手机"), action="transform", operator=OperatorSpec.of(operator))
    return plan.replace(tables=(replace(table, columns=(table.columns[0], phone)),))


@pytest.fixture
def ring(tmp_path: Path) -> ps.KeyRing:
    return ps.KeyRing.new(tmp_path / "keys")


WRONG: dict[str, Callable[[], object]] = {
    "apply a path": lambda: ps.apply(CUSTOMERS, "plan.toml"),
    "restore by a path": lambda: ps.restore(CUSTOMERS, keys=ps.KeyRing.ephemeral(), plan="plan.toml"),
    "restore by one table": lambda: ps.restore(CUSTOMERS, keys=ps.KeyRing.ephemeral(), plan=shared(CUSTOMERS).tables[0]),
    "hand over by a path": lambda: ps.handover(CUSTOMERS, "plan.toml", out="out", keys=ps.KeyRing.ephemeral()),
    "hand over without keys": lambda: ps.handover(CUSTOMERS, shared(CUSTOMERS), out="out", keys=None),
    "a policy of None": lambda: CUSTOMERS.pii.scrub(None),
    "entities as one text": lambda: CUSTOMERS.pii.scan(entities="CN_MOBILE"),
    "triage of a frame": lambda: ps.triage(CUSTOMERS),
    "triage since a text": lambda: ps.triage("leak.csv", known="2026-11-22"),
    "profile of a list": lambda: ps.profile([1]),
    "plan of a number by name": lambda: ps.plan({"customers": 42}),
    "apply to a database": lambda: ps.apply("sqlite:///x.db", shared(CUSTOMERS), out="x.csv"),
    "rows of a frame": lambda: ps.destroy(ps.Rows(source=CUSTOMERS, where={"手机": ["x"]})),
    "retention today, as a text": lambda: ps.retention(CUSTOMERS, "rules.toml", now="2026-11-22"),
    "retention by a dictionary": lambda: ps.retention(CUSTOMERS, {"rules": []}),
    "a person by a text": lambda: ps.subject(CUSTOMERS, "14200000001"),
    "a person of whom nothing is known": lambda: ps.subject(CUSTOMERS, {"phone": None, "name": ""}),
    "a person by a kind written wrong": lambda: ps.subject(CUSTOMERS, {"phnoe": "14200000001"}),
}


@pytest.mark.parametrize("call", WRONG.values(), ids=WRONG.keys())
def test_what_is_none_of_it_is_told(call: Callable[[], object]) -> None:
    with pytest.raises(InputError) as told:
        call()
    assert "14200000001" not in str(told.value)


def test_a_kind_written_wrong_is_told_the_right_one() -> None:
    with pytest.raises(InputError, match="Did you mean 'phone'"):
        ps.subject(CUSTOMERS, {"phnoe": "14200000001"})


@pytest.mark.parametrize("known", [14200000001, [14200000001], "142 0000 0001"], ids=["number", "numbers", "spaced"])
def test_a_number_is_known_as_it_is_written(known: object) -> None:
    assert len(ps.subject(CUSTOMERS, {"phone": known}).rows) == 1


def test_one_damaged_file_does_not_hide_the_others(tmp_path: Path) -> None:
    CUSTOMERS.write_csv(tmp_path / "a.csv")
    (tmp_path / "b.parquet").write_bytes(b"PAR1" + bytes(20) + b"PAR1")
    found = ps.subject(tmp_path, {"phone": "14200000001"})
    assert len(found.rows) == 1 and found.unexamined == (("b.parquet", "unreadable"),)
    with pytest.raises(SourceError):
        ps.subject(tmp_path / "b.parquet", {"phone": "14200000001"})


def test_a_damaged_file_is_named_among_those_a_retention_check_left(tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text(
        'schema = 1\n[[rules]]\nid = "r"\ntable = "*"\nbasis = "closed"\nperiod = "3 years"\nreason = "x"\n', encoding="utf-8"
    )
    folder = tmp_path / "in"
    folder.mkdir()
    CUSTOMERS.with_columns(closed=pl.lit("2020-01-31")).write_csv(folder / "a.csv")
    (folder / "b.parquet").write_bytes(b"PAR1" + bytes(20) + b"PAR1")
    report = ps.retention(folder, tmp_path / "rules.toml")
    assert report.left == (("b.parquet", "unreadable"),) and report.tables[0].overdue == 40


def test_a_destruction_takes_a_ring_not_its_path(tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_text("a\n1\n", encoding="utf-8")
    order = {"organisation": "E", "basis": "b", "reason": "r", "approver": "A", "operator": "B", "grade": 2}
    plan = ps.destroy(tmp_path / "old.csv")
    with pytest.raises(InputError, match="KeyRing"):
        ps.destroy(tmp_path / "old.csv", confirm=plan.hash, out=tmp_path / "out", keys="keys", order=order)
    assert (tmp_path / "old.csv").exists() and not (tmp_path / "out").exists()


def test_who_signed_is_told_in_either_spelling_of_the_key(tmp_path: Path, ring: ps.KeyRing) -> None:
    from piiscrub.lifecycle.certificate import read

    (tmp_path / "old.csv").write_text("a\n1\n", encoding="utf-8")
    order = {"organisation": "E", "basis": "b", "reason": "r", "approver": "A", "operator": "B", "grade": 2}
    plan, ledger = ps.destroy(tmp_path / "old.csv"), tmp_path / "ledger.jsonl"
    ps.destroy(tmp_path / "old.csv", confirm=plan.hash, out=tmp_path / "out", keys=ring, order=order, ledger=ledger)
    for key in (ring.public_key, ring.public_key.hex()):
        assert read(tmp_path / "out", signer=key).complete and ps.Ledger(ledger).verify(signer=key).origin == "confirmed"
    for call in (lambda: read(tmp_path / "out", signer="=="), lambda: ps.Ledger(ledger).verify(signer="junk")):
        with pytest.raises(KeysError, match="public key"):
            call()
    with pytest.raises(SourceError, match="another key"):
        read(tmp_path / "out", signer="00" * 32)


def test_an_identity_given_instead_of_its_file_is_not_repeated(tmp_path: Path, ring: ps.KeyRing) -> None:
    pyrage = pytest.importorskip("pyrage")
    identity = pyrage.x25519.Identity.generate()
    ps.handover(CUSTOMERS, shared(CUSTOMERS), out=tmp_path / "out", keys=ring, seal=str(identity.to_public()))
    with pytest.raises(KeysError) as told:
        ps.verify(tmp_path / "out" / "bundle.age", identity=str(identity))
    assert str(identity)[20:40] not in str(told.value) and "path of a file" in str(told.value)


def test_frames_by_name_are_planned_and_handed_over_by_name(tmp_path: Path, ring: ps.KeyRing) -> None:
    sources = {"customers": CUSTOMERS, "orders": ORDERS.to_pandas()}
    plan = shared(sources)
    assert [table.name for table in plan.tables] == ["customers", "orders"]
    assert all(table.joining is not None for table in plan.tables)
    ps.handover(sources, plan, out=tmp_path / "out", keys=ring)
    assert ps.verify(tmp_path / "out" / "bundle", sender=ring.public_key)
    given = [pl.read_parquet(tmp_path / "out" / "bundle" / "data" / f"{name}.parquet") for name in sources]
    assert set(given[0]["会员号"]) == set(given[1]["会员号"]) and not set(given[0]["会员号"]) & set(CUSTOMERS["会员号"])


def test_names_that_not_every_system_takes_are_made_so_that_the_recipient_can_verify(tmp_path: Path, ring: ps.KeyRing) -> None:
    sources = {"orders/2024": ORDERS, 'a:b "c"?\0': CUSTOMERS, "": CUSTOMERS, "con": ORDERS}
    plan = shared(sources)
    ps.handover(sources, plan, out=tmp_path / "out", keys=ring)
    assert ps.verify(tmp_path / "out" / "bundle", sender=ring.public_key)
    names = sorted(path.name for path in (tmp_path / "out" / "bundle" / "data").iterdir())
    assert names == ["a_b _c___.parquet", "con_.parquet", "orders_2024.parquet", "table.parquet"]


def test_a_name_that_is_too_long_is_told_before_anything_is_written(tmp_path: Path, ring: ps.KeyRing) -> None:
    with pytest.raises(SourceError, match="is too long; rename"):
        ps.handover({"x" * 300: ORDERS}, shared({"x" * 300: ORDERS}), out=tmp_path / "out", keys=ring)
    assert not (tmp_path / "out").exists()


def test_a_name_that_is_personal_is_none_in_the_plan(tmp_path: Path, ring: ps.KeyRing) -> None:
    sources = {"13800138000": CUSTOMERS, "orders": ORDERS}
    plan = shared(sources)
    assert [table.name for table in plan.tables] == ["file_01", "orders"]
    ps.handover(sources, plan, out=tmp_path / "out", keys=ring)
    assert not any("13800138000" in path.name for path in (tmp_path / "out").rglob("*"))


def test_a_database_is_planned_as_it_is_handed_over(tmp_path: Path, ring: ps.KeyRing) -> None:
    pytest.importorskip("sqlalchemy")
    with sqlite3.connect(tmp_path / "shop.db") as there:
        there.execute("create table customers (member text, phone text)")
        there.executemany("insert into customers values (?, ?)", CUSTOMERS.rows())
        there.execute("create table orders (member text, item text)")
        there.executemany("insert into orders values (?, ?)", ORDERS.rows())
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    plan = shared(url)
    assert len(plan.tables) == 2 and all(table.joining is not None for table in plan.tables)
    ps.handover(url, plan, out=tmp_path / "out", keys=ring)
    assert ps.verify(tmp_path / "out" / "bundle", sender=ring.public_key)
    with pytest.raises(InputError, match="takes one table; this has 2"):
        ps.profile(url)


@pytest.mark.parametrize("as_path", [True, False])
def test_a_hand_over_takes_the_vault_as_apply_does(tmp_path: Path, ring: ps.KeyRing, as_path: bool) -> None:
    plan = shared(CUSTOMERS, "token")
    with ps.Vault(tmp_path / "values.vault", ring) as vault:
        where = tmp_path / "values.vault" if as_path else vault
        ps.handover({"customers": CUSTOMERS}, plan, out=tmp_path / "out", keys=ring, vault=where, scope="example")
        given = pl.read_parquet(tmp_path / "out" / "bundle" / "data" / "customers.parquet")
        back = ps.restore(given, keys=ring, vault=vault, scope="example")
    assert back.frame["手机"].to_list() == MOBILES


def test_tokens_without_a_vault_stop_the_hand_over(tmp_path: Path, ring: ps.KeyRing) -> None:
    with pytest.raises(HandoverError, match="token puts the values into a vault"):
        ps.handover(CUSTOMERS, shared(CUSTOMERS, "token"), out=tmp_path / "out", keys=ring)
    assert not (tmp_path / "out").exists()


def test_a_subject_that_no_table_has_is_told_wherever_the_recipient_is(tmp_path: Path, ring: ps.KeyRing) -> None:
    plan = shared(CUSTOMERS).replace(terms=ps.Terms(until="2099-12-31", contact="p@example.com", subject="会员号码"))
    with pytest.raises(PiiscrubError, match="no table has a column '会员号码'"):
        ps.handover(CUSTOMERS, plan, out=tmp_path / "out", keys=ring)
    fits = plan.replace(terms=ps.Terms(until="2099-12-31", contact="p@example.com", subject="会员号"))
    assert ps.handover(CUSTOMERS, fits, out=tmp_path / "out", keys=ring).path is not None


def test_cells_of_encrypted_columns_are_counted(ring: ps.KeyRing) -> None:
    plan = shared(CUSTOMERS, "encrypt")
    back = ps.restore(ps.apply(CUSTOMERS, plan, keys=ring).frame, keys=ring, plan=plan)
    assert back.frame["手机"].to_list() == MOBILES
    assert back.cells == 40 and "40 cells" in repr(back) and back.event.counts["restored"] == 40


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx", "out.jsonl.gz", "out.csv.zst"])
def test_nothing_is_written_under_the_ending_of_another_kind(tmp_path: Path, name: str) -> None:
    CUSTOMERS.write_parquet(tmp_path / "in.parquet")
    plan = ps.plan(tmp_path / "in.parquet", policy="display")
    with pytest.raises(SourceError, match="another kind of file"):
        ps.apply(tmp_path / "in.parquet", plan, out=tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == ["in.parquet"]
    done = ps.apply(tmp_path / "in.parquet", plan, out=tmp_path / "out.pq")
    assert repr(done) == "<FileScrub: 1 table, 40 rows; 80 cells changed>"


def test_an_empty_file_is_said_to_be_empty(tmp_path: Path) -> None:
    (tmp_path / "a.csv").touch()
    with pytest.raises(PiiscrubError, match="it is empty"):
        ps.profile(tmp_path / "a.csv")


def test_pandas_frames_too() -> None:
    with pytest.raises(InputError):
        ps.apply(pd.DataFrame({"手机": MOBILES}), {"columns": []})
