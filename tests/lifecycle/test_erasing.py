"""A person is erased: her rows go, passages that speak of her are redacted, everything else stays byte for byte."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import piiscrub as ps
from piiscrub.errors import DestructionError, InputError, KeysError, SourceError
from piiscrub.lifecycle import certificate, places
from piiscrub.lifecycle.coarser import coarser, made_coarser
from piiscrub.lifecycle.judging import Judge, Keeper, Status
from piiscrub.lifecycle.periods import Period
from piiscrub.lifecycle.rules import Minimum, RetentionRules, Rule, read
from tests.lifecycle.people import world

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
KNOWN = {"name": "张伟", "phone": "138-0013-8000"}
ORDER = {
    "organisation": "Example Ltd", "basis": "PIPL art. 47", "reason": "request of the person", "approver": "A",
    "operator": "B", "witness": "C", "grade": 2,
}  # fmt: skip
CUSTOMERS = (
    "客户编号,姓名,手机号,紧急联系人,紧急联系电话\r\nKH000001,张伟,13800138000,李娜,14200000001\r\n"
    'KH000002,李娜,14200000001,"张伟",138 0013 8000\r\nKH000003,张伟,14200000002,王芳,14200000003\r\n'
)
ORDERS = (
    "订单号,客户编号,备注\nDD0000000001,KH000001,张先生要求开发票\n"
    'DD0000000002,KH000002,"朋友张伟，电话+86 138-0013-8000，请致电, 谢谢"\n'
    "DD0000000003,KH000002,张伟也来过\n"
)
LETTER = "尊敬的张伟：\r\n您的手机13800138000已登记。抄送李娜（14200000001）。\r\n"
OTHER = "会议记录\n张伟发言。\n李娜记录。\n"


@pytest.fixture
def ring(tmp_path: Path) -> ps.KeyRing:
    return ps.KeyRing.new(tmp_path / "keys")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "customers.csv").write_bytes(CUSTOMERS.encode("utf-8-sig"))
    (folder / "orders.csv").write_bytes(ORDERS.encode("gb18030"))
    (folder / "letter.txt").write_bytes(LETTER.encode("gb18030"))
    (folder / "minutes.txt").write_text(OTHER, encoding="utf-8")
    return folder


def erased(found: ps.Subject, tmp_path: Path, ring: ps.KeyRing, name: str = "out", **more):
    plan = found.erase(now=NOW, **{key: value for key, value in more.items() if key == "rules"})
    return plan, found.erase(confirm=plan.hash, out=tmp_path / name, keys=ring, order=ORDER, now=NOW, **more)


def test_rows_go_and_passages_are_redacted_and_nothing_else_changes(data: Path, tmp_path: Path, ring: ps.KeyRing) -> None:
    found = ps.subject(data, KNOWN)
    plan, done = erased(found, tmp_path, ring, ledger=tmp_path / "ledger")
    assert done.complete, done.problems
    assert plan.counts == {"rows": 2, "mentions": 5}
    assert (data / "customers.csv").read_bytes() == (
        "客户编号,姓名,手机号,紧急联系人,紧急联系电话\r\n"
        "KH000002,李娜,14200000001,[REDACTED],[REDACTED]\r\nKH000003,张伟,14200000002,王芳,14200000003\r\n"
    ).encode("utf-8-sig")
    assert (data / "orders.csv").read_bytes().decode("gb18030") == ORDERS.replace(
        "DD0000000001,KH000001,张先生要求开发票\n", ""
    ).replace("朋友张伟，电话+86 138-0013-8000", "朋友[REDACTED]，电话[REDACTED]")
    assert (data / "letter.txt").read_bytes().decode("gb18030") == LETTER.replace("张伟", "[REDACTED]").replace(
        "13800138000", "[REDACTED]"
    )
    assert (data / "minutes.txt").read_text(encoding="utf-8") == OTHER
    assert [one.action for one in ps.Ledger(tmp_path / "ledger").entries()] == ["destroy-begin", "destroy"]
    papers = [*(tmp_path / "out").iterdir(), tmp_path / "ledger"]
    said = "".join(path.read_text(encoding="utf-8") for path in papers) + done.certificate.to_html() + repr(plan) + repr(found)
    assert not [one for one in ("张伟", "13800138000", "李娜", "14200000001", "KH000001") if one in said]
    assert not (tmp_path / "out" / "journal.jsonl").exists()


def test_the_page_of_the_certificate_is_the_one_that_is_checked(data: Path, tmp_path: Path, ring: ps.KeyRing) -> None:
    """Of one file rows and passages go: their order on the page is that of what is signed."""
    _, done = erased(ps.subject(data, KNOWN), tmp_path, ring)
    assert any(len(one["counts"]) > 1 for one in done.certificate.content["object"]["items"])
    page = (tmp_path / "out" / certificate.PAGE).read_text(encoding="utf-8")
    assert page == certificate.read(tmp_path / "out").to_html() == done.certificate.to_html()


def test_what_is_in_doubt_is_listed_and_goes_only_when_somebody_says_so(data: Path, tmp_path: Path, ring: ps.KeyRing) -> None:
    (data / "guests.csv").write_text("姓名,城市\n张伟,北京\n李娜,上海\n", encoding="utf-8")
    found = ps.subject(data, KNOWN)
    listed = {one.position: one.why for one in found.doubtful}
    assert listed == {"orders.csv#3.3": "namesake", "minutes.txt#2": "namesake", "guests.csv#1": "namesake"}
    assert not [
        one for one in ("张伟", "13800138000") if one in found._repr_html_() + json.dumps(found.to_dict(), ensure_ascii=False)
    ]
    chosen = found.including(["minutes.txt#2", "guests.csv#1"])
    assert [one.position for one in chosen.doubtful] == ["orders.csv#3.3"]
    assert found.erase(now=NOW).hash != chosen.erase(now=NOW).hash
    with pytest.raises(DestructionError, match="not the hash"):
        chosen.erase(confirm=found.erase(now=NOW).hash, out=tmp_path / "no", keys=ring, order=ORDER, now=NOW)
    assert erased(chosen, tmp_path, ring)[1].complete
    assert (data / "minutes.txt").read_text(encoding="utf-8") == OTHER.replace("张伟", "[REDACTED]")
    assert (data / "guests.csv").read_text(encoding="utf-8") == "姓名,城市\n李娜,上海\n"
    assert "张伟也来过" in (data / "orders.csv").read_bytes().decode("gb18030")
    with pytest.raises(InputError, match="nothing in doubt"):
        found.including(["customers.csv#1"])


def test_every_kind_of_table_and_text(tmp_path: Path, ring: ps.KeyRing) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    columns = {
        "客户编号": ["KH000001", "KH000002", "KH000003"], "姓名": ["张伟", "李娜", "王芳"],
        "手机号": ["13800138000", "14200000001", "14200000002"], "备注": ["无", "介绍人电话13800138000。", "普通"],
    }  # fmt: skip
    table = pa.table(columns)
    pq.write_table(table, folder / "a.parquet")
    table.to_pandas().to_excel(folder / "b.xlsx", index=False)
    lines = [json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False) for row in zip(*columns.values(), strict=True)]
    (folder / "c.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "d.json").write_text(
        '{"n": 7,  "text": "\\u624b\\u673a 13800138000", "tel": 13800138000, "o": [1.50]}', encoding="utf-8"
    )
    nested = [
        {"id": 1, "o": {"tel": "13800138000", "n": 13800138000, "l": [1.5, "张伟\"来电"]}}, {"id": 2, "o": {"tel": "14200000001"}}
    ]  # fmt: skip  # one line a row
    (folder / "e.jsonl").write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in nested), encoding="utf-8")
    found = ps.subject(folder, KNOWN)
    assert erased(found, tmp_path, ring)[1].complete
    assert [json.loads(line) for line in (folder / "e.jsonl").read_text(encoding="utf-8").splitlines()] == [
        {"id": 1, "o": {"tel": "[REDACTED]", "n": "[REDACTED]", "l": [1.5, "[REDACTED]\"来电"]}}, nested[1]
    ]  # fmt: skip  # one line a row
    changed = {name: [cells[1], cells[2]] for name, cells in columns.items()} | {"备注": ["介绍人电话[REDACTED]。", "普通"]}
    assert pq.read_table(folder / "a.parquet").to_pydict() == changed
    import pandas as pd

    assert pd.read_excel(folder / "b.xlsx", dtype=str, engine="openpyxl").to_dict("list") == changed
    assert (folder / "c.jsonl").read_text(encoding="utf-8").splitlines()[1] == lines[2]
    told = (folder / "d.json").read_text(encoding="utf-8")
    assert (
        told.startswith('{"n": 7,  "text": "') and told.endswith('"o": [1.50]}') and json.loads(told)["text"] == "手机 [REDACTED]"
    )
    assert json.loads(told)["tel"] == "[REDACTED]"
    for path in folder.iterdir():
        assert b"13800138000" not in path.read_bytes()


def test_nobody_else_loses_anything(tmp_path: Path, ring: ps.KeyRing) -> None:
    """Generated people: after the erasure every row of others is as it was, but for passages the truth knows of."""
    whole = world(60, seed=5)
    folder = whole.write(tmp_path / "data")
    known_at = {number for (_, _), number in whole.mentions.items()}
    one = next(p for p in whole.people if p.number in known_at and not p.shares)
    before = {name: (folder / f"{name}.csv").read_text(encoding="utf-8").splitlines() for name in whole.tables}
    assert erased(ps.subject(folder, {"name": one.name, "phone": one.phone}), tmp_path, ring)[1].complete
    for name, owners in whole.owners.items():
        after = iter((folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()[1:])
        for row, (line, owner) in enumerate(zip(before[name][1:], owners, strict=True)):
            if owner == one.number:
                continue
            now = next(after)
            if now != line:
                spoken = whole.mentions.get((name, row)) == one.number
                contact = name == "customers" and whole.people[owner % 60].number == one.number
                assert spoken or contact, (name, row)
                assert one.phone.replace("-", "") not in now.replace("-", "").replace(" ", "")
        assert next(after, None) is None
    for name, (text, owner) in whole.letters.items():
        now = (folder / f"{name}.txt").read_text(encoding="utf-8")
        assert (now == text) or owner == one.number or one.name in text


@pytest.mark.parametrize("stop", [1, 2, 3])
def test_an_erasure_that_was_cut_off_is_taken_up_although_she_is_found_no_more(
    data: Path, tmp_path: Path, ring: ps.KeyRing, stop: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = ps.Vault(tmp_path / "vault", ring)
    scope = vault.scope("crm")
    token = scope.put("CN_MOBILE", "13800138000")
    found = ps.subject(data, KNOWN, scopes=[scope])
    plan = found.erase(now=NOW)
    asked = {"confirm": plan.hash, "out": tmp_path / "out", "keys": ring, "order": ORDER, "now": NOW}
    real, count = places.overwrite, [0]

    def failing(stream):
        count[0] += 1
        if count[0] > stop:
            raise KeyboardInterrupt
        real(stream)

    monkeypatch.setattr(places, "overwrite", failing)
    with pytest.raises(KeyboardInterrupt):
        found.erase(**asked)
    monkeypatch.undo()
    assert (tmp_path / "out" / "certificate.json").exists() == (stop == 3)  # then only the journal was left to be wiped
    journal = (tmp_path / "out" / "journal.jsonl").read_text(encoding="utf-8")
    assert not [one for one in ("张伟", "13800138000", "KH000001") if one in journal]
    again = ps.subject(data, KNOWN, scopes=[scope]).erase(**asked)
    assert again.complete, again.problems
    left = b"".join(path.read_bytes() for path in data.iterdir())
    assert b"13800138000" not in left and scope.get(token) is None
    with pytest.raises(SourceError, match="certificate already"):
        ps.subject(data, KNOWN, scopes=[scope]).erase(**asked)


def test_what_changes_after_the_look_is_left(data: Path, tmp_path: Path, ring: ps.KeyRing) -> None:
    found = ps.subject(data, KNOWN)
    plan = found.erase(now=NOW)
    (data / "letter.txt").write_text("neu", encoding="utf-8")
    with pytest.raises((DestructionError, SourceError)):
        found.erase(confirm=plan.hash, out=tmp_path / "out", keys=ring, order=ORDER, now=NOW)
    assert (data / "customers.csv").read_bytes() == CUSTOMERS.encode("utf-8-sig")


RULES = read(
    'schema = 1\n[[rules]]\nid = "orders"\ntable = "orders*"\nbasis = "ordered"\nperiod = "10 years"\n'
    'minimum = [{ period = "3 years", source = "E-commerce Law art. 31" }]\n'
    '[[holds]]\nid = "case 7"\ntable = "customers*"\ncolumn = "客户编号"\nvalues = ["KH000002"]\nuntil = 2027-12-31\n'
    '[[holds]]\nid = "letters"\ntable = "letter*"\n'
)


def test_what_law_or_a_hold_keeps_stays_and_is_listed_and_falls_due_in_time(data: Path, tmp_path: Path, ring: ps.KeyRing) -> None:
    orders = (
        "订单号,客户编号,ordered\nDD0000000001,KH000001,2025-01-31\nDD0000000002,KH000001,2020-01-31\n"
        "DD0000000003,KH000002,2025-01-31\n"
    )
    (data / "orders.csv").write_text(orders, encoding="utf-8")
    found = ps.subject(data, KNOWN)
    plan, done = erased(found, tmp_path, ring, rules=RULES)
    assert [one.to_dict() for one in plan.kept] == [
        {"position": "customers.csv#2", "rule": "case 7", "source": "", "until": "2027-12-31"},
        {"position": "orders.csv#1", "rule": "orders", "source": "E-commerce Law art. 31", "until": "2028-01-31"},
        {"position": "letter.txt#1", "rule": "letters", "source": "", "until": ""},
    ]
    assert done.complete and (data / "letter.txt").read_bytes() == LETTER.encode("gb18030")
    kept = (data / "orders.csv").read_text(encoding="utf-8")
    assert kept == orders.replace("DD0000000002,KH000001,2020-01-31\n", "")
    assert "138 0013 8000" in (data / "customers.csv").read_bytes().decode("utf-8-sig")
    told = done.certificate.content
    assert {(one["rule"], one["rows"]) for one in told["object"]["kept"]} == {("case 7", 1), ("orders", 1), ("letters", 1)}
    assert "hand-kept" in {one["id"] for one in told["by_hand"]} and "E-commerce" in done.certificate.to_html()

    # Her order falls due when the minimum ends, the other person's by the owner's own period.
    def check(day: date, **more) -> ps.RetentionReport:
        return ps.retention(data / "orders.csv", RULES, now=day, **more)

    due = {"keys": ring, "due": [tmp_path / "out"]}
    assert check(date(2028, 1, 31), **due).overdue == 0 and check(date(2028, 2, 1)).overdue == 0
    assert check(date(2028, 2, 1), **due, apply=True).treated == 1
    assert (data / "orders.csv").read_text(encoding="utf-8") == kept.replace("DD0000000001,KH000001,2025-01-31\n", "")
    with pytest.raises(KeysError, match="another key ring"):
        check(date(2028, 2, 1), keys=ps.KeyRing.ephemeral(), due=[tmp_path / "out"])
    with pytest.raises(InputError, match="keys"):
        check(date(2028, 2, 1), due=[tmp_path / "out"])


def test_a_hold_on_rows_of_a_table_without_a_rule_ends_too(tmp_path: Path, ring: ps.KeyRing) -> None:
    path = tmp_path / "customers.csv"
    path.write_text("客户编号,姓名,手机号\nKH000001,张伟,13800138000\nKH000002,李娜,14200000001\n", encoding="utf-8")
    held = read('schema = 1\n[[holds]]\nid = "h"\ntable = "*"\nuntil = 2026-12-31\n')
    with pytest.raises(InputError):
        ps.subject(path, {"name": "王芳", "phone": "14200000009"}).erase(rules=held, now=NOW)
    plan, done = erased(ps.subject(path, KNOWN), tmp_path, ring, rules=held)
    assert done.complete and len(plan.kept) == 1 and "13800138000" in path.read_text(encoding="utf-8")
    due = {"keys": ring, "due": [tmp_path / "out" / "kept.json"]}
    assert ps.retention(path, held, now=date(2026, 12, 31), apply=True, **due).treated == 0
    assert ps.retention(path, held, now=date(2027, 1, 1), apply=True, **due).treated == 1
    assert path.read_text(encoding="utf-8") == "客户编号,姓名,手机号\nKH000002,李娜,14200000001\n"


def test_her_keys_and_tokens_in_a_vault_go_and_nothing_of_them_is_left(tmp_path: Path, ring: ps.KeyRing) -> None:
    path = tmp_path / "customers.csv"
    path.write_text("客户编号,姓名,手机号\nKH000001,张伟,13800138000\nKH000002,李娜,14200000001\n", encoding="utf-8")
    vault = ps.Vault(tmp_path / "vault.db", ring)
    scope = vault.scope("crm")
    own = scope.put("PERSON", "张伟", subject="KH000001")
    hers, others = scope.put("CN_MOBILE", "13800138000"), scope.put("CN_MOBILE", "14200000001")
    with vault.reading() as connection:
        wrapped = connection.execute("SELECT wrapped FROM data_keys WHERE subject <> ''").fetchone()[0]
        sealed = [row[0] for row in connection.execute("SELECT sealed FROM tokens WHERE token <> ?", (others[1:-1],))]
    _, done = erased(ps.subject(path, KNOWN, scopes=[scope]), tmp_path, ring)
    assert done.complete, done.problems
    assert {one["kind"] for one in done.certificate.content["object"]["items"]} == {"table", "vault keys", "vault tokens"}
    lies = b"".join(p.read_bytes() for p in tmp_path.glob("vault.db*"))
    assert len(sealed) == 2 and not [
        one for one in (wrapped, *sealed) if one[: len(one) // 2] in lies or one[len(one) // 2 :] in lies
    ]
    assert scope.get(hers) is None and scope.get(own) is None and scope.get(others) == "14200000001"
    with pytest.raises(KeysError, match="shredded"):
        scope.put("PERSON", "张伟", subject="KH000001")


def test_an_epoch_that_is_gone_says_so_when_its_tokens_are_to_be_restored(tmp_path: Path) -> None:
    old = ps.KeyRing.new(tmp_path / "old keys")
    with ps.Vault(tmp_path / "vault.db", old) as vault:
        vault.scope("crm").put("CN_MOBILE", "13800138000")
    salt = next(salt for number, salt in old.secrets()[1].items() if number == 1)
    old.rotated().save()
    signer = ps.KeyRing.new(tmp_path / "keys")
    target = ps.KeyEpoch(ring=ps.KeyRing.load(tmp_path / "old keys"), epoch=1)
    done = ps.destroy(target, confirm=ps.destroy(target, now=NOW).hash, out=tmp_path / "out", keys=signer, order=ORDER, now=NOW)
    assert done.complete
    with (
        pytest.raises(KeysError, match="epoch"),
        ps.Vault(tmp_path / "vault.db", ps.KeyRing.load(tmp_path / "old keys")) as vault,
    ):
        vault.scope("crm", create=False)
    assert salt is not None and salt.hex() not in (tmp_path / "old keys").read_text(encoding="utf-8")


def shop(path: Path) -> str:
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("CREATE TABLE customers (id INTEGER PRIMARY KEY, 姓名 TEXT, 手机号 TEXT, 备注 TEXT)")
        db.execute("CREATE TABLE calls (no TEXT PRIMARY KEY, 来电号码 TEXT, 内容 TEXT, 时长 REAL)")
        rows = [(i, f"李{'娜芳敏静'[i % 4]}", f"1420000{i:04}", "普通") for i in range(2, 50)]
        db.executemany("INSERT INTO customers VALUES (?, ?, ?, ?)", [(1, "张伟", "13800138000", ""), *rows])
        db.executemany(
            "INSERT INTO calls VALUES (?, ?, ?, ?)",
            [("a", "13800138000", "退款", 1.5), ("b", "13800138000", "发票", 0.1 + 0.2),
             ("c", "14200000007", "转张伟 138 0013 8000 处理", 2.25),
             ("d", "14200000009", "普通", 0.1)],
        )  # fmt: skip
    db.close()
    return f"sqlite:///{path}"


def test_a_database_in_one_transaction_for_each_table(tmp_path: Path, ring: ps.KeyRing) -> None:
    url = shop(tmp_path / "shop.db")
    _, done = erased(ps.subject(url, KNOWN), tmp_path, ring)
    assert done.complete, done.problems
    with sqlite3.connect(tmp_path / "shop.db") as db:
        assert db.execute("SELECT count(*) FROM customers").fetchone() == (48,)
        assert db.execute("SELECT * FROM calls ORDER BY no").fetchall() == [
            ("c", "14200000007", "转[REDACTED] [REDACTED] 处理", 2.25), ("d", "14200000009", "普通", 0.1)
        ]  # fmt: skip
    db.close()
    assert {one["how"] for one in done.certificate.content["object"]["items"]} == {"edited-freed"}
    assert b"13800138000" not in b"".join(p.read_bytes() for p in tmp_path.glob("shop.db*"))


def test_a_database_that_refuses_or_was_cut_off(tmp_path: Path, ring: ps.KeyRing, monkeypatch: pytest.MonkeyPatch) -> None:
    url = shop(tmp_path / "shop.db")
    with sqlite3.connect(tmp_path / "shop.db") as db:
        db.execute("CREATE TABLE bills (id INTEGER PRIMARY KEY, who INTEGER REFERENCES customers (id))")
        db.execute("INSERT INTO bills VALUES (1, 1)")
    db.close()
    found = ps.subject(url, KNOWN)
    plan = found.erase(now=NOW)
    asked = {"confirm": plan.hash, "out": tmp_path / "out", "keys": ring, "order": ORDER, "now": NOW}
    first = found.erase(**asked)
    assert not first.complete and "IntegrityError" in first.problems[0]
    with sqlite3.connect(tmp_path / "shop.db") as db:
        assert db.execute("SELECT count(*) FROM customers WHERE 手机号 = '13800138000'").fetchone() == (1,)
        db.execute("DELETE FROM bills")
    db.close()
    again = ps.subject(url, KNOWN).erase(**asked)
    assert again.complete, again.problems
    with sqlite3.connect(tmp_path / "shop.db") as db:
        assert db.execute("SELECT count(*) FROM customers").fetchone() == (48,)


days = st.dates(min_value=date(2000, 1, 1), max_value=date(2026, 12, 31))
periods = st.builds(Period, months=st.integers(0, 130), days=st.integers(0, 60))
minimum = st.builds(Minimum, id=st.just("m"), period=periods, source=st.just("law"))
rule = st.builds(
    Rule, id=st.just("r"), table=st.just("*"), basis=st.just("d"), period=periods,
    minimums=st.lists(minimum, max_size=2).map(tuple),
)  # fmt: skip


@pytest.mark.parametrize(
    "kind",
    [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string()), pa.date32(), pa.date64(), pa.timestamp("us"),
     pa.timestamp("ns", "Asia/Shanghai"), pa.int64()],
    ids=str,
)  # fmt: skip
def test_days_of_every_type_become_coarser(kind: pa.DataType) -> None:
    own = Rule(id="r", table="*", basis="d", period=Period(months=36))
    spelled = ["20200207" if kind == pa.int64() else "2020-02-07", None, "20200207" if kind == pa.int64() else "2020-02-07"]
    plain = pa.array(spelled, pa.string())
    zoned = pa.types.is_timestamp(kind) and kind.tz
    column = pa.compute.assume_timezone(plain.cast(pa.timestamp("ns")), kind.tz) if zoned else plain.cast(kind)
    made, changed = made_coarser(column, np.array([True, True, False]), [own], date(2026, 11, 22))
    assert made.type == kind and changed.tolist() == [True, False, False]
    told = [one and str(one).replace("-", "")[:8] for one in made.to_pylist()]
    assert told == ["20201231", None, "20200207"]


@settings(max_examples=1000, deadline=None)
@given(st.lists(rule, min_size=1, max_size=3), st.lists(rule, min_size=1, max_size=3), days, days, st.integers(0, 9000))
def test_an_anonymised_row_falls_due_when_the_minimum_ends(
    rules: list[Rule], later: list[Rule], day: date, today: date, passed: int
) -> None:
    """Anonymised today, asked later under other rules: never let go too soon, never kept for more than the rest of a year."""

    def status(own: list[Rule], on: date, cell: date) -> int:
        judge = Judge.of(RetentionRules(rules=tuple(own)), "t", ["d"], today=on)
        return int(judge(batch(cell))[0][0])

    def batch(cell: date) -> pa.RecordBatch:
        return pa.RecordBatch.from_pydict({"d": [cell.isoformat()]})

    def kept(on: date, cell: date) -> bool:
        return bool(Keeper.of(RetentionRules(rules=tuple(later)), "t", ["d"], today=on)(batch(cell))[0])

    if status(rules, today, day) != Status.OVERDUE:
        return
    coarse = coarser(day, rules, today)
    assert day <= coarse <= date(day.year, 12, 31) and status(rules, today, coarse) == Status.OVERDUE
    assert coarser(coarse, rules, today) == coarse
    then = date.fromordinal(today.toordinal() + passed)
    assert not kept(then, day) or kept(then, coarse)
    over = date.fromordinal(then.toordinal() + 366)
    assert kept(then, day) or not kept(over, coarse)
