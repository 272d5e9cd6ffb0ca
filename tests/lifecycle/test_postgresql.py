"""PostgreSQL, where Debian's package is installed: retention, destruction and the erasure of a person, table by table."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import piiscrub as ps
from piiscrub.lifecycle.rules import read
from piiscrub.lifecycle.targets import Rows
from tests.sources.test_postgresql import pytestmark as pytestmark
from tests.sources.test_postgresql import url as url  # a server of its own

sqlalchemy = pytest.importorskip("sqlalchemy", reason="the extra sql is not installed")
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
ORDER = {"organisation": "Example Ltd", "basis": "PIPL 47", "reason": "asked", "approver": "A", "operator": "B", "witness": "C"}
TABLES = (
    "drop table if exists bills, calls, customers",
    """create table customers (id uuid primary key default gen_random_uuid(), 姓名 text, 手机号 varchar(20), about jsonb,
    closed date, paid numeric(12, 4))""",
    "create table calls (no numeric primary key, 来电号码 text, 内容 text, at timestamptz default now())",
    "create table bills (id integer primary key, who uuid references customers (id))",
)


@pytest.fixture
def engine(url: str):
    made = sqlalchemy.create_engine(url)
    people = [
        ("张伟", "13800138000", "2015-01-31"),
        *((f"李{'娜芳敏'[i % 3]}", f"1420000{i:04}", "2025-01-31") for i in range(40)),
    ]
    with made.begin() as connection:
        for statement in TABLES:
            connection.execute(sqlalchemy.text(statement))
        connection.execute(
            sqlalchemy.text(
                "insert into customers (姓名, 手机号, about, closed, paid) "
                "values (:a, :b, '{\"a\": [1]}', cast(:c as date), 1.2345)"
            ),
            [dict(zip("abc", one, strict=True)) for one in people],
        )
        connection.execute(
            sqlalchemy.text("insert into calls (no, 来电号码, 内容) values (:no, :b, :c)"),
            [{"no": 1, "b": "13800138000", "c": "退款"}, {"no": 2, "b": "14200000007", "c": "转张伟 138-0013-8000 处理"},
             {"no": 3, "b": "14200000009", "c": "普通"}],
        )  # fmt: skip
    yield made
    made.dispose()


def rows(engine, query: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sqlalchemy.text(query))]


def erased(found: ps.Subject, tmp_path: Path, **more):
    keys = ps.KeyRing.new(tmp_path / "keys")
    plan = found.erase(now=NOW)
    return plan, {"confirm": plan.hash, "out": tmp_path / "out", "keys": keys, "order": ORDER, "now": NOW} | more


def test_a_person_is_erased_and_the_rest_stays(url: str, engine, tmp_path: Path) -> None:
    before = rows(engine, "select * from customers where 手机号 <> '13800138000' order by id")
    found = ps.subject(url, {"name": "张伟", "phone": "13800138000"})
    plan, asked = erased(found, tmp_path)
    assert plan.counts == {"rows": 2, "mentions": 1}
    done = found.erase(**asked)
    assert done.complete, done.problems
    assert rows(engine, "select * from customers order by id") == before
    assert rows(engine, "select no, 来电号码, 内容 from calls order by no") == [
        (2, "14200000007", "转[REDACTED] [REDACTED] 处理"), (3, "14200000009", "普通")
    ]  # fmt: skip
    assert "limit-database" in {one["id"] for one in done.certificate.content["limits"]}


def test_a_refusal_changes_nothing_and_the_same_call_takes_it_up(url: str, engine, tmp_path: Path) -> None:
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("insert into bills select 1, id from customers where 手机号 = '13800138000'"))
    found = ps.subject(url, {"name": "张伟", "phone": "13800138000"})
    _, asked = erased(found, tmp_path)
    first = found.erase(**asked)
    assert not first.complete and [one for one in first.problems if "IntegrityError" in one]
    assert len(rows(engine, "select 1 from customers where 手机号 = '13800138000'")) == 1
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("delete from bills"))
    again = ps.subject(url, {"name": "张伟", "phone": "13800138000"}).erase(**asked)
    assert again.complete, again.problems
    assert not rows(engine, "select 1 from customers where 手机号 = '13800138000'")


def test_rows_by_condition_go(url: str, engine, tmp_path: Path) -> None:
    target = Rows(source=url, table="calls", where={"来电号码": ["14200000007", "14200000009"]})
    keys = ps.KeyRing.new(tmp_path / "keys")
    code = ps.destroy(target, now=NOW).hash
    done = ps.destroy(target, confirm=code, out=tmp_path / "out", keys=keys, order=ORDER, now=NOW)
    assert done.complete, done.problems
    assert rows(engine, "select no from calls") == [(1,)]


@pytest.mark.parametrize("action", ["delete", "anonymise"])
def test_retention(url: str, engine, action: str) -> None:
    rules = read(
        f'schema = 1\n[[rules]]\nid = "r"\ntable = "customers"\nbasis = "closed"\nperiod = "3 years"\naction = "{action}"\n'
    )
    others = rows(engine, "select * from customers where closed > '2020-01-01' order by id")
    report = ps.retention(url, rules, apply=True, now=date(2026, 11, 22))
    assert report.ok, report.tables
    assert report.treated == 1
    assert rows(engine, "select * from customers where closed > '2020-01-01' order by id") == others
    gone = rows(engine, "select 姓名, 手机号, closed, paid from customers where closed < '2020-01-01'")
    assert len(gone) == (action == "anonymise")
    if gone:
        assert "13800138000" not in str(gone) and "张伟" not in str(gone) and gone[0][2] == date(2015, 12, 31)
    assert ps.retention(url, rules, apply=True, now=date(2026, 11, 22)).treated == 0
