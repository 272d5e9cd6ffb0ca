"""A person is found wherever she is, nobody else is, and what is written for her holds nobody else's data."""

from __future__ import annotations

import json
import random
from collections import Counter

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import piiscrub as ps
from piiscrub.errors import InputError, SourceError
from piiscrub.lifecycle.known import Known, form
from piiscrub.lifecycle.searched import searched
from piiscrub.lifecycle.subjects import find, search
from tests.lifecycle.people import Person, world

ASKED = 24


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    whole = world(120, seed=11)
    folder = whole.write(tmp_path_factory.mktemp("world") / "data")
    places, missed = searched(folder)
    assert missed == []
    chance = random.Random(2)
    found = [
        (one, search(places, (), Known.of(chance.choice(ways(one))))) for one in chance.sample(whole.people, ASKED)
    ]  # each asked for in one of the ways a person may be known
    return whole, folder, places, found


def ways(one: Person) -> list[dict[str, str]]:
    found = [
        {"name": one.name, "email": one.mail},
        {"id": one.id},
        {"customer_id": one.customer, "name": one.name},
        {"name": one.name, "birth_date": one.birth},
    ]
    return found if one.shares else [*found, {"name": one.name, "phone": one.phone}]


def places_of(found):
    return Counter((one.place.table.split(".")[0], one.row) for one in found.rows)


def test_rows_are_found_and_nobody_elses(made):
    whole, _, _, asked = made
    wanted, missed, foreign = 0, 0, 0
    for one, found in asked:
        got = set(places_of(found))
        truth = {(table, i) for table, owners in whole.owners.items() for i, owner in enumerate(owners) if owner == one.number}
        wanted, missed, foreign = wanted + len(truth), missed + len(truth - got), foreign + len(got - truth)
    assert foreign == 0
    assert wanted > 60 and missed <= 0.02 * wanted


def test_mentions_are_found_and_nobody_elses(made):
    whole, _, _, asked = made
    wanted, missed, foreign = 0, 0, 0
    for one, found in asked:
        letters = {name for name, (_, owner) in whole.letters.items() if owner == one.number}
        cells = {place for place, owner in whole.mentions.items() if owner == one.number}
        got_letters = {m.place.table.split(".")[0] for m in found.mentions if not m.column}
        got_cells = {(m.place.table.split(".")[0], m.row) for m in found.mentions if m.column == "内容"}
        wanted += len(letters) + len(cells)
        missed += len(letters - got_letters) + len(cells - got_cells)
        foreign += len(got_letters - letters) + len(got_cells - cells)
    assert foreign == 0
    assert wanted > 5 and missed <= 0.02 * wanted


def test_an_export_holds_nobody_elses_data(made, tmp_path):
    whole, _, _, asked = made
    for n, (one, found) in enumerate(asked):
        found.export(tmp_path / f"{n}")
        told = (tmp_path / f"{n}" / "subject.json").read_text(encoding="utf-8")
        page = (tmp_path / f"{n}" / "subject.html").read_text(encoding="utf-8")
        for other in whole.people:
            if other.number == one.number:
                continue
            shared = {one.phone} | ({whole.people[one.number % 120].phone} if one.shares else set())
            values = {other.mail, other.id, other.customer, other.phone} - shared
            assert not [kind for kind, v in enumerate(sorted(values)) if v in told or v in page]
        assert one.id in told
        assert (tmp_path / f"{n}").stat().st_mode & 0o077 == 0


def test_nothing_it_says_is_a_value(made):
    whole, folder, places, _ = made
    one = whole.people[4]
    found = search(places, (), Known.of({"name": one.name, "email": one.mail}))
    said = " ".join([repr(found), repr(found.known), json.dumps(found.to_dict(), ensure_ascii=False), repr(found.rows[0])])
    assert found.rows and not [v for v in (one.name, one.mail, one.id, one.phone, one.customer, str(folder)) if v in said]


def test_erase_takes_her_rows_and_nobody_elses(made, tmp_path):
    whole, *_ = made
    folder = whole.write(tmp_path / "data")
    one = next(p for p in whole.people if not p.shares and whole.owners["orders"].count(p.number) >= 2)
    found = ps.subject(folder, {"name": one.name, "phone": one.phone})
    plan = ps.destroy(found.targets())
    assert plan.counts["rows"] == len(found.rows)
    before = {name: (folder / f"{name}.csv").read_text(encoding="utf-8").splitlines() for name in whole.tables}
    ring = ps.KeyRing.new(tmp_path / "keys")
    order = {
        "organisation": "Example Ltd", "basis": "PIPL art. 47", "reason": "request of the person", "requester": "Data office",
        "approver": "A", "approved": "2026-11-22", "operator": "B", "witness": "C", "place": "Office",
        "contact": "privacy@example.com", "grade": 2,
    }  # fmt: skip
    try:
        ps.destroy(found.targets(), confirm=plan.hash, out=tmp_path / "out", keys=ring, order=order)
    except ps.PiiscrubError as error:
        pytest.fail(str(error))
    for name, owners in whole.owners.items():
        after = (folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()
        kept = [line for line, owner in zip(before[name][1:], owners, strict=True) if owner != one.number]
        assert after[1:] == kept, name
    assert find(folder, {"name": one.name, "phone": one.phone}).rows == ()


def test_a_name_alone_is_not_enough():
    with pytest.raises(InputError, match="many people"):
        Known.of({"name": "张伟"})
    with pytest.raises(InputError, match="one kind is unknown"):
        Known.of({"shoe": "42", "phone": "13800138000"})


@pytest.mark.parametrize(
    ("kind", "slip"), [("phone", "l38OOl38OOO"), ("mobile", "1380"), ("email", "zhang.san.example.com")], ids=range(3)
)
def test_a_slip_is_not_answered_with_nothing_is_held(kind: str, slip: str) -> None:
    with pytest.raises(InputError, match=f"{kind}: what is given is no ") as caught:
        Known.of({"name": "张伟", kind: slip})
    assert slip not in str(caught.value)
    assert Known.of({"phone": "+86 138-0013-8000", "email": "Ann@example.com"}).exact


def test_what_several_people_share_asks_for_the_name():
    table = pa.table({"姓名": ["张伟", "李娜"], "手机号": ["14200000001", "14200000001"]})
    with pytest.raises(InputError, match="several people"):
        find({"t": table}, {"phone": "14200000001"})
    found = find({"t": table}, {"phone": "14200000001", "name": "李娜"})
    assert [one.row for one in found.rows] == [1] and [(one.position, one.why) for one in found.doubtful] == [("t#1", "other")]


def test_a_longer_name_is_somebody_else():
    table = pa.table({"姓名": ["张伟", "李娜"], "手机号": ["14200000001", "14200000002"], "备注": ["请转告张伟东回电", "无"]})
    found = find({"t": table}, {"phone": "14200000001"})
    assert "张伟东" not in (found.rows[0].cells[2] or "")


PHONE = "13800138000"
OTHERS = [f"1420000000{i}" for i in range(8)]
ROAD = "广东省深圳市南山区测试路"


@pytest.mark.parametrize(
    ("column", "values", "asked", "rows", "mentions", "doubtful"),
    [
        ("手机号", [*OTHERS, f"{OTHERS[1]}、{PHONE}"], "phone", 0, 0, 1),
        ("手机号", [*OTHERS, f"{PHONE}(家)"], "phone", 0, 0, 1),
        ("邮箱", [*(f"a{i}@example.com" for i in range(8)), "Wei <wei@example.com>"], "email", 0, 0, 1),
        ("身份证号", ["110105194912310021"] * 8 + ["见11010519491231002X"], "id", 0, 0, 1),
        ("地址", [*(f"{ROAD}{i}号" for i in range(8)), f"{ROAD}9号 {PHONE}"], "phone", 0, 1, 0),
        ("生日", [*(f"1990-01-0{i + 1}" for i in range(8)), f"问 {PHONE}"], "phone", 0, 1, 0),
        ("紧急联系人电话", [*OTHERS, f"{OTHERS[1]}/{PHONE}"], "phone", 0, 1, 0),
        ("数", [10**9 + i * 7 for i in range(8)] + [int(PHONE)], "phone", 0, 1, 0),
        ("数", [i + 0.5 for i in range(8)] + [float(PHONE)], "phone", 0, 1, 0),
    ],
    ids=range(9),
)
def test_an_identifier_is_found_wherever_it_stands_in_a_cell(column, values, asked, rows, mentions, doubtful):
    """Two phones in the cell of one, a phone behind an address, a number among amounts: nothing of these was found."""
    given = {"phone": PHONE, "email": "wei@example.com", "id": "11010519491231002X"}[asked]
    table = pa.table({"单号": [f"DD{i}" for i in range(9)], column: values})
    found = find(table, {"name": "张伟", asked: given})
    assert (len(found.rows), len(found.mentions), len(found.doubtful)) == (rows, mentions, doubtful)
    assert {one.position.partition(".")[0] for one in (*found.mentions, *found.doubtful)} == {"table#9"}


def test_two_phones_beside_her_name_are_hers():
    names = ["李娜", "王芳", "赵六", "孙七", "周八", "张伟", "张伟"]
    table = pa.table({"姓名": names, "手机号": [*OTHERS[:5], f"{OTHERS[5]}/{PHONE}", OTHERS[6]]})
    assert [one.position for one in find(table, {"name": "张伟", "phone": PHONE}).rows] == ["table#6"]


def test_what_could_not_be_searched_is_named(tmp_path):
    """JSON that is broken or nested too deep, a line without a border, cells beyond the last column: they hold what they hold."""
    (tmp_path / "broken.json").write_text(f'{{"phone": "{PHONE}"')
    (tmp_path / "deep.json").write_text("[" * 100 + f'"{PHONE}"' + "]" * 100)
    (tmp_path / "long.txt").write_text("a" * 5_000_000 + PHONE)
    (tmp_path / "ragged.csv").write_text(f"单号,物品\nDD1,杯,{PHONE}\nDD2,灯\n", encoding="utf-8")
    (tmp_path / "whole.csv").write_text("单号,物品\nDD1,杯\nDD2\n", encoding="utf-8")
    found = find(tmp_path, {"phone": PHONE, "name": "张伟"})
    named = [("broken.json", "json-invalid"), ("deep.json", "json-depth"), ("long.txt", "unbroken"), ("ragged.csv", "beyond")]
    assert sorted(found.unexamined) == named


def test_names_that_speak_of_her_are_named(tmp_path):
    """Passages are taken out of cells and texts; a header, or the name of a file, is left to a person, and said."""
    from openpyxl import Workbook
    from openpyxl.comments import Comment

    (tmp_path / PHONE).mkdir()
    (tmp_path / PHONE / "a.txt").write_text("nothing")
    (tmp_path / "张伟.txt").write_text("nothing")
    (tmp_path / "wide.csv").write_text(f"项目,{PHONE},李娜\n费用,1,2\n", encoding="utf-8")
    (tmp_path / "fine.csv").write_text("项目,数量\n费用,1\n", encoding="utf-8")
    book = Workbook()
    book.active.append(["item"])
    book.active.append(["cup"])
    book.active["A2"].comment = Comment(f"call {PHONE}", "somebody")
    book.create_sheet("more").append(["item"])
    book.save(tmp_path / "book.xlsx")
    found = find(tmp_path, {"phone": PHONE, "name": "张伟"})
    assert not found.rows + found.mentions + found.doubtful
    assert len(found.unexamined) == 4
    assert {cause for _, cause in found.unexamined} == {"named"}
    assert {"wide.csv", "book.xlsx/Sheet"} < {name for name, _ in found.unexamined}
    assert PHONE not in repr(found.to_dict()) and "张伟" not in repr(found.to_dict())


def test_her_keys_in_a_vault_are_found(tmp_path):
    ring = ps.KeyRing.new(tmp_path / "keys")
    vault = ps.Vault(tmp_path / "vault", ring)
    scope = vault.scope("crm")
    scope.put("CN_MOBILE", "14200000001", subject="KH000001")
    scope.put("CN_MOBILE", "14200000002", subject="KH000002")
    scope.put("CN_MOBILE", "14200000001")
    table = pa.table({"姓名": ["张伟"], "手机号": ["14200000001"], "客户编号": ["KH000001"]})
    found = find({"t": table}, {"phone": "14200000001", "name": "张伟"}, scopes=[scope])
    assert [one.subjects for one in found.vault] == [("KH000001",)] and found.vault[0].tokens == 1


def test_a_folder_that_is_there_is_not_written_to(tmp_path):
    found = find({"t": pa.table({"手机号": ["14200000001"], "城市": ["北京"]})}, {"phone": "14200000001"})
    with pytest.raises(SourceError, match="there already"):
        found.export(tmp_path)
    with pytest.raises(InputError, match="in memory"):
        found.targets()


@given(st.sampled_from(["138", "142"]), st.integers(0, 10**8 - 1), st.sampled_from(["", " ", "-", "."]), st.booleans())
@settings(max_examples=60)
def test_every_spelling_of_a_phone_is_one(head, tail, gap, abroad):
    plain = f"{head}{tail:08d}"
    spelled = f"{'+86 ' if abroad else ''}{plain[:3]}{gap}{plain[3:7]}{gap}{plain[7:]}"
    assert form("CN_MOBILE", spelled) == plain


@pytest.mark.parametrize("given_as", ["0000123456", "123456"], ids=["filled", "bare"])
def test_a_number_is_hers_with_its_leading_zeros_and_without(given_as):
    tables = {
        "core": pa.table({"客户号": ["0000123456", "0000777777"], "余额": ["1", "2"]}),
        "score": pa.table({"cust_no": [123456, 777777], "score": [700, 650]}),
        "calls": pa.table({"cust_no": ["123456.0", "777777.0"], "次数": ["1", "3"]}),
    }
    found = find(tables, {"客户号": given_as})
    assert places_of(found) == Counter({("core", 0): 1, ("score", 0): 1, ("calls", 0): 1})
    notes = {"notes": pa.table({"备注": ["客户号0000123456已核实", "客户号0000777777已核实"]})}
    assert [one.row for one in find(notes, {"客户号": given_as}).mentions] == [0]


def test_a_short_number_filled_up_with_zeros_is_found_in_texts_and_without_them_in_columns():
    notes = pa.table({"备注": ["客户号0000070240已核实", "客户号0000070777已核实"]})
    score = pa.table({"cust_no": [70240, 70777], "score": [700, 650]})
    found = find({"notes": notes, "score": score}, {"客户号": "0000070240"})
    assert [one.row for one in found.mentions] == [0] and places_of(found) == Counter({("score", 0): 1})


def test_whom_money_went_to_is_not_whose_row_it_is():
    rows = {"CUST_NO": ["123456", "777777"], "OPP_NAME": ["李娜", "张伟"], "OPP_ACCT": ["6000000000000001", "6000000000000002"]}
    found = find({"txn": pa.table(rows)}, {"name": "张伟", "account": "6000000000000002", "customer_id": "123456"})
    assert places_of(found) == Counter({("txn", 0): 1})
    assert {one.row for one in found.mentions} == {1}


@pytest.mark.parametrize("kind", ["dni", "bsn", "steuer-id", "tax id", "numéro de sécurité sociale"])
def test_an_identity_number_of_which_the_kind_is_not_told_is_one(kind):
    assert Known.of({kind: "00000001-X"}).exact


@pytest.mark.parametrize("kind", ["customer", "member", "name"])
def test_a_number_is_no_name(kind):
    with pytest.raises(InputError, match=f"{kind}: what is given is no name") as caught:
        Known.of({kind: "KH000001", "phone": "13800138000"})
    assert "KH000001" not in str(caught.value)
