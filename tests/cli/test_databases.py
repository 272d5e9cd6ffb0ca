"""``piiscrub profile`` and ``plan`` on a database, by the URL under which ``handover`` takes it."""

from __future__ import annotations

import json
import sqlite3
import tomllib

import pytest

pytest.importorskip("sqlalchemy", reason="the extra sql is not installed")

MOBILE = "13800138000"
NAMES = ["陈晓明", "李建国", "王秀英", "张桂兰", "刘志强", "赵文静"]


@pytest.fixture
def shop(tmp_path):
    with sqlite3.connect(tmp_path / "shop.db") as there:
        there.execute("create table customers (id integer primary key, name text, phone text)")
        there.executemany(
            "insert into customers values (?, ?, ?)", [(n, NAMES[n % 6], f"1380013{8000 + n:04d}") for n in range(30)]
        )
        there.execute("create table orders (member integer, item text)")
        there.executemany("insert into orders values (?, ?)", [(n % 7, f"A{n}") for n in range(30)])
    return f"sqlite:///{tmp_path / 'shop.db'}"


def test_profile_says_what_each_column_of_each_table_is(run, shop):
    done = run("profile", shop, "--json")
    assert done.code == 0, done.err
    found = {one["table"]: one for one in map(json.loads, done.out.splitlines())}
    assert set(found) == {"customers.parquet", "orders.parquet"}
    assert [column["entity"] for column in found["customers.parquet"]["columns"]] == ["", "PERSON", "CN_MOBILE"]
    shown = run("profile", shop)
    assert shown.code == 0 and "CN_MOBILE" in shown.out and MOBILE not in shown.out + shown.err


def test_a_database_is_planned_as_it_is_handed_over(run, shop, tmp_path):
    plan = tmp_path / "plan.toml"
    terms = (
        "--purpose", "customer-service", "--recipient", "Example Ltd", "--policy", "pipl-share", "--basis", "contract",
        "--basis-reference", "C-2026-01", "--basis-responsible", "Data office", "--until", "2099-12-31",
        "--contact", "privacy@example.com",
    )  # fmt: skip
    done = run("plan", shop, "-o", plan, *terms)
    assert done.code == 0, done.err
    made = tomllib.loads(plan.read_text("utf-8"))
    assert [table["name"] for table in made["tables"]] == ["customers.parquet", "orders.parquet"]
    assert all("joining" in table for table in made["tables"])
    plan.write_text(plan.read_text("utf-8").replace('action = "decide"', 'action = "keep"'), "utf-8")
    assert run("keys", "new", tmp_path / "keys").code == 0
    done = run("handover", shop, "--plan", plan, "--keys", tmp_path / "keys", "-o", tmp_path / "out")
    assert done.code == 0, done.err
    assert (tmp_path / "out" / "bundle" / "data" / "customers.parquet").exists()


def test_views_are_left_out_and_named(run, shop, tmp_path):
    import piiscrub as ps

    with sqlite3.connect(tmp_path / "shop.db") as there:
        there.execute("create view members as select name from customers")
        there.execute('create view "13800138000" as select name from customers')
    done = run("plan", shop, "-o", tmp_path / "plan.toml", "--html", tmp_path / "plan.html", "--policy", "display")
    assert done.code == 0 and "left out (2): file_01, members" in done.out.replace("\n", " ")
    told = run("plan", shop, "-o", tmp_path / "zh.toml", "--policy", "display", "--lang", "zh").out
    assert "未纳入的数据库视图（2 个）：file_01, members" in told
    assert json.loads(run("plan", shop, "-o", tmp_path / "j.toml", "--json").out.splitlines()[-1])["views"] == [
        "file_01",
        "members",
    ]
    page, written = ((tmp_path / name).read_text("utf-8") for name in ("plan.html", "plan.toml"))
    assert "members" in page and 'views = ["file_01", "members"]' in written and MOBILE not in page + written + done.out
    made = ps.plan(shop, policy="display")
    assert made.views == ("file_01", "members") and "views left out: 2" in repr(made)
    assert ps.load_plan(tmp_path / "plan.toml").views == made.views and len(made.tables) == 2


def test_what_cannot_be_done_is_told_without_the_url(run, fails, shop, tmp_path):
    for command in (("profile",), ("plan", "-o", tmp_path / "plan.toml")):
        for url in (f"sqlite:///{tmp_path}/secret-name.db", "postgresql+psycopg://user:hunter2@127.0.0.1:1/x", "nonsense://x"):
            said = fails(*command, url)
            assert "hunter2" not in said and "secret-name" not in said
        fails(*command, shop, "--delimiter", ";")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["shop.db"]


def test_a_database_without_tables_and_the_file_it_lies_in(run, fails, shop, tmp_path):
    with sqlite3.connect(tmp_path / "empty.db") as there:
        there.execute("create table gone (a text)")
        there.execute("drop table gone")
    assert "empty.db" not in fails("profile", f"sqlite:///{tmp_path / 'empty.db'}")
    before = (tmp_path / "shop.db").read_bytes()
    fails("plan", shop, "-o", tmp_path / "shop.db", "--overwrite")
    assert (tmp_path / "shop.db").read_bytes() == before


@pytest.mark.parametrize("url", ["sqlite:///{}", "postgresql+psycopg://user:hunter2@127.0.0.1/x", "https://example.com/a.csv"])
@pytest.mark.parametrize(
    "command",
    [("scan",), ("scrub", "-o", "b.csv"), ("apply", "--plan", "plan.toml", "-o", "b.csv"), ("risk", "-q", "a"), ("triage",)],
    ids=lambda command: command[0],
)
def test_a_command_for_files_says_where_a_database_goes_and_repeats_no_address(
    run, fails, shop, tmp_path, monkeypatch, command, url
):
    monkeypatch.chdir(tmp_path)
    assert run("plan", shop, "-o", "plan.toml", "--policy", "display").code == 0
    said = fails(command[0], url.format(tmp_path / "shop.db"), *command[1:])
    assert "handover" in said
    assert "hunter2" not in said and "shop" not in said and "example.com" not in said
