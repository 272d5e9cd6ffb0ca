"""What a column holds is told by header, values and neighbours, in Chinese and English; what cannot be told is said."""

import random

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from piiscrub.model import entities
from piiscrub.table.frame import Table
from piiscrub.table.profile.headers import read
from piiscrub.table.profile.profile import profile
from tests.table import made

UNKNOWABLE = {"customer_id", "月薪"}  # numbers that only their header tells


def right(column, want):
    if want == "TEXT":
        return column.role == "text" and not column.abstained
    if want == "NONE" or not column.entity:
        return want == "NONE" and not column.entity and not column.abstained
    return entities.is_a(column.entity, want) or entities.is_a(want, column.entity)


def one(values, header="c0", **options):
    return profile(Table((header,), (values if isinstance(values, pa.Array) else pa.array(values),)), **options).columns[0]


@pytest.mark.parametrize("rows", [12, 150])
@pytest.mark.parametrize("name", made.TABLES)
def test_with_headers(name, rows):
    found = profile(Table.of(made.table(name, rows)))
    got = {
        c.name: (c.entity, c.role, c.abstained)
        for c, (_, _, want) in zip(found.columns, made.TABLES[name], strict=True)
        if not right(c, want)
    }
    assert got == {}


@pytest.mark.parametrize("name", made.TABLES)
def test_without_headers_nothing_is_wrong_and_little_is_left_open(name):
    values = list(made.table(name, 150).values())
    found = profile(Table.of({f"c{i}": column for i, column in enumerate(values)}))
    wrong = [
        (header, c.entity, c.role)
        for c, (header, _, want) in zip(found.columns, made.TABLES[name], strict=True)
        if not c.abstained and not right(c, want) and header not in UNKNOWABLE
    ]
    assert wrong == []
    assert len(found.undecided()) <= max(1, len(values) // 3)


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("客户姓名", "PERSON"), ("customerEmail", "EMAIL_ADDRESS"), ("khsjh", "PHONE_NUMBER"), ("SFZH", "CN_ID_CARD"),
        ("Phone_Number_2", "PHONE_NUMBER"), ("手机号归属地", "LOCATION"), ("身份证类型", "code"), ("is_verified", "code"),
        ("product_id", "code"), ("金额(元)", "amount"), ("出生日期", "DATE_OF_BIRTH"), ("e-mail", "EMAIL_ADDRESS"),
        ("ＭＯＢＩＬＥ", "PHONE_NUMBER"), ("联系人电话", "PHONE_NUMBER"), ("CCNumber", "CREDIT_CARD"),
    ],
)  # fmt: skip
def test_the_last_word_of_a_header_decides(header, kind):
    assert read(header)[0].kind == kind


@pytest.mark.parametrize(
    "header", ["duplicate", "lic", "stage", "percentage", "package", "management", "c0", "", "上市公司数据甲"]
)
def test_a_word_is_matched_whole(header):
    assert not any(hit.personal and hit.strength > 0.5 for hit in read(header))


@given(st.text(max_size=30))
def test_any_header_can_be_read(header):
    assert all(0 < hit.strength <= 1 for hit in read(header))


@pytest.mark.parametrize("kind", ["mobile_int", "mobile_float", "cn_id_damaged", "cn_id_rounded", "card_int", "card_damaged"])
def test_identifiers_stored_as_numbers(kind):
    column = one(made.column(kind))
    assert entities.get(column.entity).identifier == "direct"


def test_a_damaged_identity_number_is_said_to_be_damaged():
    assert any(key == "profile.damaged" for key, _ in one(made.column("cn_id_damaged")).clues)


@settings(max_examples=30)
@given(st.lists(st.one_of(st.none(), st.text(max_size=12), st.integers(0, 10**18).map(str)), min_size=1, max_size=30))
@example(["0\r"])
@example(["NO", "1 "])
@pytest.mark.parametrize("header", ["身份证号", "银行卡号", "id_card", "cardNumber", "yhkh", "护照号", "ssn"])
def test_a_column_of_identity_or_card_numbers_is_never_called_none(header, values):
    column = one(pa.array(values, pa.string()), header)
    flags = {value for value in values if value and value.strip()} <= set("是否有无真假ynYNtfTF01") | {"yes", "no", "on", "off"}
    assert column.entity or column.abstained or flags


def test_words_with_an_e_beside_numbers_of_a_spreadsheet_are_read():
    rounded = ["1.10105E+17", "3.10105E+17", "4.40105E+17", "TRUE", "Ellen E"]
    assert one(rounded, "c0").entity == "CN_ID_CARD"


def test_a_name_beside_product_words_is_no_person_unless_its_values_are():
    goods = profile(Table.of({"product_id": list(range(60)), "name": made.column("product_en", 60)}))
    assert goods.columns[1].entity == ""
    people = profile(Table.of({"phone": made.column("mobile", 60), "name": [f"{a}{b}" for a in "甲乙丙丁" for b in range(15)]}))
    assert people.columns[1].entity == "PERSON"
    sellers = profile(Table.of({"product_id": list(range(60)), "name": made.column("name_zh", 60)}))
    assert sellers.columns[1].entity == "PERSON"


def test_old_dates_are_birth_dates_only_beside_persons():
    births = made.column("birth", 80)
    alone = profile(Table.of({"c0": births, "c1": made.column("amount", 80)}))
    beside = profile(Table.of({"c0": births, "c1": made.column("name_zh", 80)}))
    assert [t.columns[0].entity for t in (alone, beside)] == ["DATE_TIME", "DATE_OF_BIRTH"]
    assert one(births, "入职日期").entity == "DATE_TIME"


def test_dates_are_birth_dates_if_the_identity_numbers_hold_their_years():
    ids = made.column("cn_id", 80)
    days = [f"{str(number)[6:10]}-{str(number)[10:12]}-{str(number)[12:14]}" for number in ids]
    assert [c.entity for c in profile(Table.of({"c0": days, "c1": ids})).columns] == ["DATE_OF_BIRTH", "CN_ID_CARD"]


def test_ages_are_told_by_the_birth_dates_beside_them():
    births = made.column("birth", 80)
    ages = [2024 - int(str(day)[:4]) for day in births]
    found = profile(Table.of({"c0": ages, "c1": births, "c2": made.column("name_zh", 80)}))
    assert [c.entity for c in found.columns] == ["AGE", "DATE_OF_BIRTH", "PERSON"]


def test_free_text_says_what_stands_inside_and_how_often():
    column = one(made.column("note_phone", 400))
    kinds = dict(column.found)
    assert column.role == "text"
    assert 20 < kinds["CN_MOBILE"] < 120


def test_what_is_rare_beyond_the_sample_is_seen():
    notes = [f"第{n}次回访，客户没有提出新的要求，流程正常结束。" for n in range(5000)]
    notes[4321] += "请回电13800138000。"
    column = one(notes, "备注", sample=100)
    assert dict(column.found) == {"CN_MOBILE": 1}
    assert column.sampled == 100


def test_a_few_identifiers_in_a_plain_column_make_it_text():
    values = [*made.column("department", 60), "研发部（联系13800138000）"]
    column = one(values, "部门")
    assert (column.role, dict(column.found)) == ("text", {"CN_MOBILE": 1})


def test_a_header_that_is_personal_information_is_not_shown():
    found = profile(Table.of({"13800138000": ["a", "b"], "金额": [1.5, 2.5]}))
    assert (found.columns[0].name, found.columns[0].renamed) == ("column_00", True)
    assert "13800138000" not in repr(found) + found._repr_html_() + str(found.to_frame().to_dict())


@pytest.mark.parametrize("name", made.TABLES)
def test_no_value_stands_in_a_profile(name, tmp_path):
    table = made.table(name, 60)
    found = profile(Table.of(table), lang="zh")
    found.to_html(tmp_path / "p.html")
    shown = repr(found) + found.to_frame().to_string() + (tmp_path / "p.html").read_text(encoding="utf-8") + repr(found.columns)
    values = {str(v) for column in table.values() for v in column if len(str(v)) > 5}
    assert [value for value in values if value in shown] == []


@pytest.mark.parametrize("name", ["hr_zh", "crm_en", "mixed"])
def test_the_order_of_rows_does_not_matter(name):
    table = made.table(name, 100)
    order = list(range(100))
    random.Random(3).shuffle(order)
    shuffled = {header: [values[i] for i in order] for header, values in table.items()}
    kinds = [[(c.entity, c.role) for c in profile(Table.of(t)).columns] for t in (table, shuffled)]
    assert kinds[0] == kinds[1]


def test_the_same_seed_reads_the_same_values():
    table = Table.of({"c0": made.column("mobile", 3000), "c1": made.column("note_phone", 3000)})
    assert profile(table, sample=200, seed=4) == profile(table, sample=200, seed=4)


@settings(max_examples=40)
@given(
    st.dictionaries(
        st.text(max_size=8),
        st.lists(st.one_of(st.none(), st.text(max_size=20)), min_size=6, max_size=6),
        min_size=1,
        max_size=4,
    )
)
def test_any_text_can_be_profiled(columns):
    found = profile(Table(tuple(columns), tuple(pa.array(values, pa.string()) for values in columns.values())))
    assert len(found.columns) == len(columns)
    assert all(0 <= c.confidence < 1 and c.clues for c in found.columns)


@pytest.mark.parametrize(
    "values",
    [
        pa.array([], pa.string()), pa.array([None, None]), pa.array([True, False, None]), pa.array([b"a", b"b"]),
        pa.array([[1], [2]]), pa.array(["a", "b", "a"]).dictionary_encode(), pa.chunked_array([["a"], ["b"]]).combine_chunks(),
        pa.array([1.5, float("nan")]), pa.array([1, 2], pa.timestamp("s")), pa.array(["x"], pa.large_string()),
    ],
    ids=["empty", "null", "flags", "binary", "lists", "dictionary", "chunks", "nan", "times", "large"],
)  # fmt: skip
def test_every_type_of_cells(values):
    column = one(values)
    assert column.rows == len(values)
    assert column.abstained == (values.type in (pa.binary(), pa.list_(pa.int64())) or column.confidence == 0)


def test_evidence_in_both_languages():
    column = one(made.column("mobile"), "手机号")
    assert column.why("zh")[0] == "表头含“手机号”"
    assert column.evidence[0] == "the header says ‘手机号’"
    assert column.sensitivity["jrt0171"] == "C2"


def test_columns_that_together_single_somebody_out_are_pointed_at():
    kinds = {"出生日期": "birth", "性别": "gender_zh", "区县": "district", "金额": "amount"}
    table = Table.of({header: made.column(kind, 200) for header, kind in kinds.items()})
    worst = profile(table).combinations[0]
    assert set(worst.names) <= {"出生日期", "性别", "区县"}
    assert worst.alone > 100
