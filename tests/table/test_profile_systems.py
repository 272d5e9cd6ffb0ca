"""Tables as systems export them: field names that a standard fixes, yes and no about a person, fees, files, lines below."""

import random

import pytest

from piiscrub.table.frame import Table
from piiscrub.table.profile.headers import read
from piiscrub.table.profile.profile import profile
from tests.table import made

ROWS = 60
LINES = ("制表：13800138000", "经办人：王小明", "Prepared by jane.roe@example.com")


def draw(make):
    r = random.Random("systems")
    return [make(r) for _ in range(ROWS)]


def only(**columns):
    return profile(Table.of(columns)).columns[0]


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("AAC002", "CN_ID_CARD"), ("aac003", "PERSON"), ("AKC190", "HEALTH_NUMBER"), ("KONFE", "RELIGION"),
        ("BRTHDTC", "DATE_OF_BIRTH"), ("AETERM", "MEDICAL_CONDITION"), ("mzm", "CN_ETHNICITY"), ("xbm", "GENDER"),
        ("民族代码", "CN_ETHNICITY"), ("sex_code", "GENDER"), ("是否残疾", "MEDICAL_CONDITION"),
        ("has_disability", "MEDICAL_CONDITION"), ("是否工会会员", "TRADE_UNION_MEMBERSHIP"),
        ("病种", "MEDICAL_CONDITION"), ("罪名", "CRIMINAL_RECORD"), ("津贴", "INCOME"), ("客户全名", "PERSON"),
        ("operator", "PERSON"), ("caller_number", "PHONE_NUMBER"), ("主叫", "PHONE_NUMBER"),
        ("电邮", "EMAIL_ADDRESS"), ("证照号码", "IDENTITY_DOCUMENT"), ("设备指纹", "DEVICE_ID"),
        ("card_last4", "BANK_CARD_MASKED"), ("手机后四位", "PHONE_NUMBER_MASKED"), ("买家会员名", "ACCOUNT"),
        ("楼栋-单元-房号", "ADDRESS"), ("How old are you?", "AGE"), ("ANN_INC_AMT", "INCOME"), ("录音地址", "URL"),
    ],
)  # fmt: skip
def test_field_names_of_systems_are_read(header, kind):
    assert read(header)[0].kind == kind


@pytest.mark.parametrize(
    "header",
    [
        "VISITNUM",
        "内存地址",
        "memory_address",
        "weather_condition",
        "sku_id",
        "trace_id",
        "是否有身份证",
        "is_treatment",
        "残疾人数",
        "条件代码",
    ],
)
def test_what_only_looks_like_them_is_nothing_personal(header):
    assert not (hits := read(header)) or not hits[0].personal


@pytest.mark.parametrize("header", ["前科", "HIV", "union_member", "是否怀孕"])
@pytest.mark.parametrize("choice", ["是否", "10", "YN"])
def test_yes_and_no_about_a_sensitive_attribute_are_it(header, choice):
    assert only(**{header: draw(lambda r: r.choice(choice))}).role == "sensitive"


@pytest.mark.parametrize("header", ["treatment", "是否残次", "email_verified", "has_phone"])
def test_other_flags_are_none(header):
    assert only(**{header: draw(lambda r: r.choice("01"))}).role == "none"


@pytest.mark.parametrize("header", ["电话费", "银行卡手续费", "邮箱服务费"])
def test_a_fee_is_no_number_of_what_it_is_for(header):
    column = only(**{header: draw(lambda r: f"{r.uniform(1, 900):.2f}")})
    assert column.role == "none" and not column.abstained


def test_a_number_under_such_a_header_still_is_one():
    phones = draw(lambda r: f"138{r.randrange(10**8):08d}")
    assert only(电话费=phones).entity == "CN_MOBILE"


def test_names_of_files_and_classes_are_no_addresses_of_the_internet():
    assert only(file=draw(lambda r: f"report{r.randrange(9)}.{r.choice(('pdf', 'xlsx', 'docx'))}")).entity == ""
    assert only(logger=draw(lambda r: f"shop.{r.choice(('OrderService', 'UserDao'))}")).entity == ""
    assert only(c0=draw(lambda r: f"shop{r.randrange(99)}.example.com")).entity == "URL"
    assert only(c0=draw(lambda r: f"https://shop.example.com/{r.randrange(99)}.pdf")).entity == "URL"


@pytest.mark.parametrize("header", ["address", "家庭地址"])
def test_a_column_of_web_addresses_is_none_of_streets_whatever_its_header(header):
    pages = draw(lambda r: f"https://www.example.com/p/{r.randrange(10**6)}")
    assert only(**{header: pages}).entity == "URL"
    assert only(**{header: draw(made.address_zh)}).entity == "CN_ADDRESS"


def test_addresses_of_memory_are_no_addresses():
    assert only(设备地址=draw(lambda r: f"0x{r.randrange(256):02X}")).entity == ""


def test_dates_of_birth_as_written_in_taiwan():
    born = draw(lambda r: f"{r.randrange(40, 92)}/{r.randrange(1, 13):02d}/{r.randrange(1, 29):02d}")
    assert only(出生年月日=born).entity == "DATE_OF_BIRTH"


@pytest.mark.parametrize("case", range(len(LINES)))
def test_a_line_below_a_column_of_numbers_is_read(case):
    column = only(序号=[*(str(n) for n in range(1, 300)), LINES[case]])
    assert column.role == "text" and column.found


@pytest.mark.parametrize("cells", [["合计"], ["12 kg"], ["无"], ["N/A", "no data"], [f"{n} 件" for n in range(90)]])
def test_other_words_among_numbers_leave_it_nothing_personal(cells):
    assert only(数量=[*(str(n) for n in range(1, 200)), *cells]).role == "none"


def test_a_number_that_stands_in_one_of_many_cells_is_seen():
    column = only(仓位=[*(f"A区{n % 700}排" for n in range(1500)), "A区7排 联系13800138000"])
    assert column.role == "text" and "CN_MOBILE" in dict(column.found)


def test_persons_among_firms_are_persons():
    firms = draw(lambda r: f"{r.choice('远恒金华瑞天')}{r.choice('航通桥盛丰诚')}{r.choice(made.FIRMS)}")
    names = draw(made.name_zh)
    assert only(票据抬头=firms).entity != "PERSON"
    assert only(票据抬头=[*firms, *names]).entity == "PERSON"
    shops = [f"{n}号{kind}" for n in range(40) for kind in ("加油站", "仓")]
    assert only(网点=[*firms, *shops]).entity != "PERSON"


@pytest.mark.parametrize("header", ["ref1_name", "reference2_name", "联系单"])
def test_names_below_a_word_for_orders_are_persons(header):
    assert only(**{header: draw(made.name_zh)}).entity == "PERSON"


@pytest.mark.parametrize(
    ("header", "kind"), [("车牌/车型", "LICENSE_PLATE"), ("联系人电话/渠道", "PHONE_NUMBER"), ("姓名/部门", "PERSON")]
)
def test_what_two_words_of_a_header_name_is_the_one_that_tells(header, kind):
    assert read(header)[0].kind == kind


@pytest.mark.parametrize("header", ["收/支", "产品/类别", "用户昵称/等级", "product/category"])
def test_other_headers_of_two_words_name_nobody(header):
    assert not (hits := read(header)) or not hits[0].personal


def test_names_of_accounts_with_a_dot_are_no_addresses_of_the_internet():
    logins = draw(lambda r: f"{r.choice(made.FIRST)}.{r.choice([one for one in made.LAST if len(one) > 4])}".lower())
    assert only(username=logins).entity == "ACCOUNT"
    assert only(event=draw(lambda r: r.choice(("user.login", "cart.checkout")))).entity == ""
