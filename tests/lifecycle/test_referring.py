"""An overdue row stays as long as rows refer to it that are not due: an order that still runs keeps its customer."""

from __future__ import annotations

import datetime
import sqlite3
from pathlib import Path

import pandas as pd
import pytest

import piiscrub as ps
from piiscrub.errors import DefinitionError
from piiscrub.lifecycle.referring import Outline, in_order, links
from piiscrub.lifecycle.rules import RetentionRules, read

DAY = datetime.date(2026, 11, 22)
CUSTOMERS = """\
客户编号,姓名,closed
KH000001,张三,2020-01-31
KH000002,李四,2020-02-29
KH000003,王五,2026-01-31
KH000004,赵六,2019-05-31
"""
ORDERS = """\
order no,客户编号,ordered
DD0000001,KH000001,2026-02-01
DD0000002,KH000001,2019-02-01
DD0000003,KH000003,2018-01-01
DD0000004,KH000004,2019-01-01
"""
LEFT = ["KH000001", "KH000003"]
VALUES = ("张三", "李四", "KH00000", "DD00000")


def rules(*more: str, customers: str = "") -> RetentionRules:
    made = [f'id = "c"\ntable = "customers*"\nbasis = "closed"\nperiod = "3 years"\n{customers}']
    made += [
        f'id = "{table[0]}"\ntable = "{table}*"\nbasis = "{basis}"\nperiod = "3 years"\n'
        for table, basis in (one.split() for one in more)
    ]
    return read("schema = 1\n" + "".join(f"[[rules]]\n{one}" for one in made))


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "customers.csv").write_text(CUSTOMERS, encoding="utf-8")
    (folder / "orders.csv").write_text(ORDERS, encoding="utf-8")
    return folder


def first_column(path: Path) -> list[str]:
    return [line.split(",")[0] for line in path.read_text(encoding="utf-8").splitlines()[1:]]


def test_a_customer_whose_order_runs_stays_and_both_steps_say_so(shop: Path) -> None:
    asked = rules("orders ordered")
    looked = ps.retention(shop, asked, now=DAY)
    customers, orders = looked.tables
    assert customers.counts == {"overdue": 2, "referred": 1, "running": 1} and orders.counts == {"overdue": 3, "running": 1}
    (by,) = customers.referred
    assert (by.table, by.rows, by.of, by.kept) == ("orders.csv", 1, 1, True) and not orders.referred
    done = ps.retention(shop, asked, apply=True, now=DAY)
    assert done.tables[0].referred == customers.referred and done.treated == 5
    assert first_column(shop / "customers.csv") == LEFT and first_column(shop / "orders.csv") == ["DD0000001"]
    shown = looked.to_html("zh") + looked._repr_html_() + str(looked.to_dict()) + looked.to_frame().to_string() + repr(done)
    assert "orders.csv 中有 1 行未到期" in shown and not [value for value in VALUES if value in shown]
    later = ps.retention(shop, asked, apply=True, now=datetime.date(2030, 1, 1))  # the order is due now, and so is its customer
    assert later.treated == 3 and not first_column(shop / "customers.csv")


def test_an_order_goes_although_its_customer_runs(shop: Path) -> None:
    """The other way round nothing is held back: a customer does not name her orders."""
    (shop / "orders.csv").write_text(ORDERS.replace("DD0000002,KH000001,2019-02-01\n", ""), encoding="utf-8")  # each has one now
    ps.retention(shop, rules("orders ordered"), apply=True, now=DAY)
    assert first_column(shop / "orders.csv") == ["DD0000001"]


def test_rows_that_no_rule_covers_are_not_due(shop: Path) -> None:
    report = ps.retention(shop, rules(), apply=True, now=DAY)
    assert report.uncovered == ("orders.csv",) and report.treated == 1
    assert [(by.rows, by.of) for by in report.tables[0].referred] == [(3, 2)]
    assert first_column(shop / "customers.csv") == ["KH000001", "KH000003", "KH000004"]


def test_a_rule_may_say_that_they_are_not_asked(shop: Path) -> None:
    asked = rules("orders ordered", customers='referred = "ignore"\n')
    for apply in (False, True):
        report = ps.retention(shop, asked, apply=apply, now=DAY)
        assert report.overdue == 6 and [(by.rows, by.of, by.kept) for by in report.tables[0].referred] == [(1, 1, False)]
    assert first_column(shop / "customers.csv") == ["KH000003"]
    with pytest.raises(DefinitionError, match=r"rules\[0\].referred: takes keep or ignore"):
        rules(customers='referred = "delete"\n')


def test_from_table_to_table(shop: Path) -> None:
    (shop / "items.csv").write_text("orderNo,item,sent\nDD0000004,cup,2026-01-01\nDD0000003,lamp,2018-01-01\n", encoding="utf-8")
    report = ps.retention(shop, rules("orders ordered", "items sent"), apply=True, now=DAY)
    assert {one.table: one.counts.get("referred", 0) for one in report.tables} == {
        "customers.csv": 2, "items.csv": 0, "orders.csv": 1,
    }  # fmt: skip  # the item keeps its order, the order its customer
    assert first_column(shop / "customers.csv") == ["KH000001", "KH000003", "KH000004"]


def test_what_could_not_go_keeps_what_it_refers_to(shop: Path) -> None:
    (shop / "orders.csv").write_text(ORDERS + "DD0000005,KH000003,2026-01-01,beyond\n", encoding="utf-8")
    report = ps.retention(shop, rules("orders ordered"), apply=True, now=DAY)
    customers, orders = report.tables
    assert orders.error and not orders.treated and first_column(shop / "orders.csv")[3] == "DD0000004"
    assert customers.treated == 1 and first_column(shop / "customers.csv") == ["KH000001", "KH000003", "KH000004"]


@pytest.mark.parametrize("declared", ["references customers(id) on delete cascade", "references customers(id)", ""])
def test_rows_of_a_database(tmp_path: Path, declared: str) -> None:
    with sqlite3.connect(tmp_path / "shop.db") as db:
        db.execute("create table customers (id integer primary key, name text, closed date)")
        column = "buyer" if declared else "customer_id"
        db.execute(f"create table orders (id integer primary key, {column} integer {declared}, ordered date)")
        db.executemany("insert into customers values (?, ?, ?)", [(n, "张三", "2020-01-31") for n in range(1, 7)])
        days = ("2026-02-01", "2019-02-01", "2019-02-01")
        db.executemany("insert into orders values (?, ?, ?)", [(n, n + 3, days[n - 1]) for n in (1, 2, 3)])
    db.close()
    report = ps.retention(f"sqlite:///{tmp_path / 'shop.db'}", rules("orders ordered"), apply=True, now=DAY)
    assert report.ok and report.treated == 7
    with sqlite3.connect(tmp_path / "shop.db") as db:
        assert db.execute("select id from customers").fetchall() == [(4,)]
        assert db.execute("select id from orders").fetchall() == [(1,)]
    db.close()


def test_frames_by_name() -> None:
    customers = pd.DataFrame({"customer_id": [1, 2, 3], "closed": ["2020-01-31"] * 3})
    orders = pd.DataFrame({"order_id": [7, 8], "Customer No": [2.0, None], "ordered": ["2026-01-31", "2026-01-31"]})
    done = ps.retention({"customers": customers, "orders": orders}, rules("orders ordered"), apply=True, now=DAY)
    assert list(done.frames["customers"]["customer_id"]) == [2] and len(done.frames["orders"]) == 2


def test_two_months_of_the_same_table_do_not_refer_to_each_other() -> None:
    march = Outline(table="march.csv", names=("客户编号", "closed"), unique={0: 4})
    april = Outline(table="april.csv", names=("客户编号", "closed"), unique={0: 4})
    assert links([march, april]) == ()


def test_tables_that_refer_to_each_other() -> None:
    one = Outline(table="members.csv", names=("member_id", "card_no"), unique={0: 4})
    other = Outline(table="cards.csv", names=("member_id", "valid"), unique={0: 4})
    found = links([one, other])
    assert {(link.child, link.parent) for link in found} == {(0, 1), (1, 0)} and in_order(2, found)[1]
    members = pd.DataFrame({"member_id": [1, 2, 3], "closed": ["2020-01-31"] * 3, "n": [1, 2, 3]})
    cards = pd.DataFrame({"member_id": [1, 2, 3], "valid": ["2026-01-31", "2020-01-31", "2020-01-31"]})
    made = read(
        'schema = 1\n[[rules]]\nid = "m"\ntable = "members"\nbasis = "closed"\nperiod = "3 years"\n'
        '[[rules]]\nid = "v"\ntable = "cards"\nbasis = "valid"\nperiod = "3 years"\n'
    )
    done = ps.retention({"members": members, "cards": cards}, made, apply=True, now=DAY)
    assert list(done.frames["members"]["member_id"]) == list(done.frames["cards"]["member_id"]) == [1]
