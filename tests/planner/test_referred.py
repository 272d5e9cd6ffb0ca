"""What other tables name the rows of a table by is treated there as it is here: a plan of several tables keeps them joined."""

import sqlite3

import pandas as pd
import pytest

import piiscrub as ps

MAILS = [f"user{n}@example.com" for n in range(60)]


def two(key="id", naming="customer_id", ids=range(1, 61)):
    ids = list(ids)
    return pd.DataFrame({key: ids, "e_mail": MAILS}), pd.DataFrame(
        {"order_id": range(90), naming: [ids[n % 40] for n in range(90)]}
    )


def planned(customers, orders, table="customers", **options):
    return ps.plan({table: customers, "orders": orders}, **({"policy": "pipl-share", "recipient": "Example Ltd"} | options))


@pytest.mark.parametrize(
    ("table", "key", "naming"),
    [
        ("customers", "id", "customer_id"), ("t_customer", "ID", "customerId"), ("customers.csv", "id", "customer no"),
        ("users", "id", "user_id"), ("客户信息表", "编号", "客户编号"), ("客户名单", "id", "客户ID"),
    ],
)  # fmt: skip
def test_a_bare_key_is_what_the_tables_that_refer_to_it_say(table, key, naming):
    customers, orders = two(key, naming)
    plan = planned(customers, orders, table)
    own, other = plan.tables[0].columns[0], plan.tables[1].columns[1]
    assert (own.action, own.operator, own.entity, own.group) == (other.action, other.operator, other.entity, other.group)
    assert own.operator.name == "hash"
    assert naming in own.reason


def test_both_tables_still_join_and_no_number_stays(tmp_path):
    customers, orders = two(ids=range(70001, 70061))
    ring = ps.KeyRing.ephemeral()
    plan = planned(customers, orders)
    done = [
        ps.apply(one, plan.replace(tables=(table,)), keys=ring).frame
        for one, table in zip((customers, orders), plan.tables, strict=True)
    ]
    joined = done[1].merge(done[0], left_on="customer_id", right_on="id")
    assert len(joined) == len(orders)
    assert not set(map(str, customers["id"])) & {str(cell) for cell in done[0]["id"]}


def test_a_database_is_handed_over_joined(tmp_path):
    customers, orders = two()
    with sqlite3.connect(tmp_path / "shop.db") as shop:
        customers.to_sql("customers", shop, index=False)
        orders.to_sql("orders", shop, index=False)
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    plan = ps.plan(
        url, purpose="analytics", policy="pipl-share", recipient="Example Ltd",
        basis=ps.Basis(kind="contract", reference="C-1", responsible="Data office"),
        terms=ps.Terms(until="2099-12-31", contact="privacy@example.com"),
    )  # fmt: skip
    ps.handover(url, plan, out=tmp_path / "out", keys=ps.KeyRing.new(tmp_path / "keys"))
    sent = [pd.read_parquet(tmp_path / "out" / "bundle" / "data" / f"{name}.parquet") for name in ("customers", "orders")]
    assert set(sent[1]["customer_id"]) < set(sent[0]["id"])
    assert not set(sent[0]["id"]) & set(map(str, customers["id"]))


def test_a_purpose_that_needs_no_number_of_a_person_drops_both():
    plan = planned(*two(), purpose="delivery")
    assert plan.tables[0].columns[0].action == plan.tables[1].columns[1].action == "drop"


@pytest.mark.parametrize("case", ["alone", "of another table", "number of its own", "order numbers", "values repeat"])
def test_other_keys_stay_row_numbers(case):
    customers, orders = two()
    if case == "alone":
        plan = ps.plan({"customers": customers}, policy="pipl-share")
    elif case == "of another table":
        plan = planned(customers, orders, "products")
    elif case == "number of its own":
        plan = planned(customers.assign(customer_no=[f"KH{n:06d}" for n in range(60)]), orders)
    elif case == "order numbers":
        plan = planned(customers, orders.rename(columns={"customer_id": "line"}))
    else:
        plan = planned(customers.assign(id=[n % 7 for n in range(60)]), orders)
    assert plan.tables[0].columns[0].entity == ""
