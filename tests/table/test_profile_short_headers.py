"""Headers as people write them: short forms, words joined, field names of SAP, exports of address books."""

import random

import pytest

from piiscrub.table.frame import Table
from piiscrub.table.profile.headers import read
from piiscrub.table.profile.profile import profile
from tests.table import made

ROWS = 120


def draw(make):
    r = random.Random("short headers")
    return [make(r) for _ in range(ROWS)]


def only(**columns):
    return profile(Table.of(columns)).columns[0]


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("cust_nm", "PERSON"), ("empname", "PERSON"), ("AcctHolder", "PERSON"), ("mob_no", "PHONE_NUMBER"),
        ("HomePh", "PHONE_NUMBER"),
        ("phone_num", "PHONE_NUMBER"), ("card_num", "CREDIT_CARD"), ("passport_num", "PASSPORT"), ("Mbr#", "MEMBER_NUMBER"),
        ("mrn_no", "HEALTH_NUMBER"), ("email_id", "EMAIL_ADDRESS"), ("guestemail", "EMAIL_ADDRESS"), ("annual_inc", "INCOME"),
        ("salary_amt", "INCOME"), ("diag_code", "MEDICAL_CONDITION"), ("护照编号", "PASSPORT"), ("快递编号", "TRACKING_NUMBER"),
        ("证件号码/ID", "IDENTITY_DOCUMENT"), ("疾病诊断名称", "MEDICAL_CONDITION"), ("个人编号", "MEMBER_NUMBER"),
        ("短号", "PHONE_NUMBER"), ("付款人名称", "PERSON"), ("客户识别号", "MEMBER_NUMBER"),
        ("Phone 1 - Value", "PHONE_NUMBER"), ("KUNNR", "MEMBER_NUMBER"), ("STRAS", "ADDRESS"), ("PSTLZ", "POSTAL_CODE"),
        ("GBDAT", "DATE_OF_BIRTH"), ("社保基数", "INCOME"), ("postal_cd", "POSTAL_CODE"),
    ],
)  # fmt: skip
def test_short_forms_and_words_that_stand_together_are_read(header, kind):
    assert read(header)[0].kind == kind


@pytest.mark.parametrize(
    "header",
    ["cust_type", "emp_status", "account value", "num_patients", "card_id", "phonetype", "emailstatus", "teamname",
     "acct_balance", "gamename", "个人缴费", "cert_type", "diag_dt", "orderitem", "Sales/Marketing", "addr_type",
     "cell value", "过敏原数", "prompt_tokens"],
)  # fmt: skip
def test_they_are_not_read_where_something_else_is_meant(header):
    assert not any(hit.personal and hit.strength > 0.6 and hit.kind != "DATE_TIME" for hit in read(header))


def test_a_short_form_decides_only_where_the_values_fit():
    acidity = only(ph=draw(lambda r: f"{r.uniform(4, 9):.1f}"))
    assert (acidity.entity, acidity.role) == ("", "none")
    assert only(ph=draw(made.mobile)).entity == "CN_MOBILE"


def test_a_header_for_amounts_says_nothing_of_values_that_are_none():
    phones = draw(lambda r: f"({r.choice(('212', '415'))}) 555-01{r.randint(0, 99):02d}")
    assert only(value=phones).entity == "PHONE_NUMBER"
    assert only(value=draw(lambda r: str(r.randint(1, 900)))).role == "none"


def test_ten_digits_are_seconds_only_where_their_years_are_likely():
    assert only(c0=draw(lambda r: str(r.randint(1_690_000_000, 1_735_000_000)))).entity == "DATE_TIME"
    assert only(c0=draw(lambda r: "10" + made.digits(r, 8))).abstained


def test_running_numbers_beside_names_are_left_open_unless_they_count_the_rows():
    def first(start):
        names = made.column("name_zh", ROWS)
        return profile(Table.of({"c0": [str(start + 2 * i) for i in range(ROWS)], "c1": names})).columns[0]

    assert first(10_001).abstained
    assert first(1).role == "none"


def test_birthdays_without_a_year_and_towns_with_their_postcode():
    assert only(生日=draw(lambda r: f"{r.randint(1, 12):02d}-{r.randint(1, 28):02d}")).entity == "DATE_OF_BIRTH"
    towns = draw(lambda r: f"{r.choice(('Boston, MA', 'Austin, TX', 'Denver, CO'))} {r.randint(10_000, 99_999)}")
    assert only(c0=towns).entity == "LOCATION"
    assert only(c0=draw(lambda r: r.choice(("城镇", "农村")))).entity == ""


def test_names_as_airlines_write_them():
    names = draw(
        lambda r: r.choice(("SMITH", "GARCIA", "MILLER", "LOPEZ")) + "/" + r.choice(("JOHN", "MARY", "LINDA", "DAVID")) + " MR"
    )
    assert only(c0=names).entity == "PERSON"
