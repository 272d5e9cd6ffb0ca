"""Columns that a blind trial on invented tables of forty trades got wrong: each kind stands here once."""

import random

import pytest

from piiscrub.table.frame import Table
from piiscrub.table.profile.headers import read
from piiscrub.table.profile.profile import profile
from tests.table import made

ROWS = 120


@pytest.mark.parametrize("name", ["周小川", "John Smith"], ids=["han", "latin"])
def test_a_name_that_stands_in_every_row_is_not_called_none(name):
    column = profile(Table.of({"a": [name] * 4})).columns[0]
    assert column.abstained and column.role == "unknown"


@pytest.mark.parametrize("value", ["有效", "白色", "Active", "In Stock"])
def test_one_word_throughout_is_no_person(value):
    assert profile(Table.of({"a": [value] * 4})).columns[0].role == "none"


def test_a_column_shows_itself_in_short():
    column = profile(Table.of({"会员号": [f"M{10_000 + i}" for i in range(40)]})).columns[0]
    assert repr(column) == "<ColumnProfile 0 '会员号': MEMBER_NUMBER, direct, confidence 0.85>"


def draw(make, rows=ROWS):
    r = random.Random("columns")
    return [make(r) for _ in range(rows)]


def pick(words):
    return lambda r: r.choice(words.split("|"))


def gs1(r):
    body = "690" + made.digits(r, 9)
    return body + str(-sum(int(ch) * (1 + 2 * (i % 2)) for i, ch in enumerate(body)) % 10)


SIZES = {"4": 14, "2131": 10, "36": 11, "3528": 11, "34": 12}  # digits of a card behind its beginning
ACCOUNTS = [random.Random(i).randint(10**16, 10**17 - 1) for i in range(40)]
KINDS = {
    "seconds": lambda r: str(r.randint(1_690_000_000, 1_735_000_000)),
    "milliseconds": lambda r: str(r.randint(1_690_000_000_000, 1_735_000_000_000)),
    "web_time": lambda r: f"{r.randint(1, 28):02d}/Mar/2024:10:{r.randint(10, 59)}:00 +0800",
    "version": lambda r: f"{r.randint(1, 9)}.{r.randint(1, 12)}.{r.randint(1, 30)}",
    "article": gs1,
    "float_text": lambda r: made.mobile(r) + ".0",
    "account_numbers": lambda r: r.choice("123456789") + made.digits(r, r.randint(6, 9)),
    "accounts_of_transactions": lambda r: str(ACCOUNTS[r.randrange(len(ACCOUNTS))]),
    "tagged": lambda r: "cus_" + "".join(r.choice("abcdefGHIJKL0123456789") for _ in range(14)),
    "town": pick("Springfield|Austin|Madison|Denver|Tampa|Raleigh|Tucson|Omaha|Boston|Newark|Fresno|Buffalo"),
    "street_office": pick("大屯街道|望京街道|石桥镇|柳林镇|新华街道|东风乡|红星镇"),
    "province_city": pick("广东广州|浙江杭州|北京朝阳区|四川成都|湖北武汉|山东青岛|江苏苏州"),
    "people": pick("汉|回|满|壮|苗"),
    "unit": pick("件|箱|台|套"),
    "race": pick("White|Black or African American|Asian|Hispanic|Two or more"),
    "medicine": pick("阿莫西林胶囊|布洛芬缓释片|二甲双胍片|奥美拉唑肠溶胶囊|板蓝根颗粒"),
    "icd": pick("E11.9|I10|J45.909|F32.9|E03.9|G43.909"),
    "blood": pick("A|B|O|AB"),
    "handle": lambda r: f"@{r.choice(made.FIRST).lower()}_{made.digits(r, 2)}",
    "zip": lambda r: made.digits(r, 5) + (f"-{made.digits(r, 4)}" if r.random() < 0.3 else ""),
    "nanp": lambda r: r.choice(("212", "415", "312")) + f"5550{r.randint(100, 199)}",
    "path": lambda r: f"/api/{r.choice(('users', 'orders'))}/{r.randint(1, 999)}",
    "calendar_month": lambda r: f"{r.randint(2021, 2025)}-{r.randint(1, 12):02d}",
    "thousands": lambda r: str(r.randint(100, 999) * 1000),
    "two_phones": lambda r: f"{made.mobile(r)}/010-8{made.digits(r, 7)}",
    "capitals": lambda r: f"{r.choice(made.LAST)} {r.choice(made.FIRST)}".upper(),
    "with_initial": lambda r: f"{r.choice(made.LAST)}, {r.choice(made.FIRST)} {r.choice('ABCDE')}.",
    "machines": lambda r: f"web-{made.digits(r, 2)}.internal",
    "age_bands": pick("18-24|25-34|35-44|45-54|55-64|65+"),
    "partners": lambda r: f"{r.choice(made.LAST)}, {r.choice(made.LAST)} and {r.choice(made.LAST)}",
    "titled": lambda r: "Dr. " + r.choice(made.LAST),
    "plate_uk": lambda r: f"{r.choice('ABCDEFG')}{r.choice('ABCDE')}{r.randint(10, 74)} {r.choice('ABC')}{r.choice('DEF')}Z",
    "plate_de": lambda r: f"{r.choice(('B', 'HH', 'M'))}-{r.choice('ABCDE')}{r.choice('ABCDE')} {r.randint(1, 9999)}",
    "nino": lambda r: f"ZZ{made.digits(r, 6)}{r.choice('ABCD')}",
    "bic": lambda r: "".join(r.choice("ABCDEFGH") for _ in range(4)) + r.choice(("DE", "GB", "FR")) + r.choice(("2L", "P1")),
    "colours": pick("DarkBlue|LightGreen|Red|Navy|PaleGold|Ivory"),
    "colours_zh": pick("黑色|玫瑰红色|深蓝色|米白色|灰色"),
    "cards_of_all_sorts": lambda r: made.luhn((body := r.choice(list(SIZES))) + made.digits(r, SIZES[body])),
    "score_of_hundred": lambda r: r.randint(35, 100),
}  # fmt: skip


def values(kind):
    return draw(KINDS[kind]) if kind in KINDS else made.column(kind, ROWS)


def columns(**kinds):
    found = profile(Table.of({header: values(kind) for header, kind in kinds.items()}))
    return [("?" if c.abstained else c.entity) for c in found.columns]


@pytest.mark.parametrize(
    ("kind", "entity"),
    [
        ("seconds", "DATE_TIME"), ("milliseconds", "DATE_TIME"), ("web_time", "DATE_TIME"), ("version", ""), ("article", ""),
        ("float_text", "CN_MOBILE"), ("account_numbers", "?"), ("tagged", "?"), ("town", "LOCATION"),
        ("accounts_of_transactions", "?"),
        ("street_office", "LOCATION"), ("province_city", "LOCATION"), ("people", "CN_ETHNICITY"), ("race", "CN_ETHNICITY"),
        ("medicine", "MEDICAL_CONDITION"), ("icd", "MEDICAL_CONDITION"), ("blood", "MEDICAL_CONDITION"), ("handle", "ACCOUNT"),
        ("zip", "US_ZIP"), ("nanp", "PHONE_NUMBER"), ("path", ""), ("calendar_month", "DATE_TIME"), ("thousands", ""),
        ("two_phones", "PHONE_NUMBER"), ("capitals", "PERSON"), ("with_initial", "PERSON"), ("age_bands", "AGE"),
        ("partners", "ORGANIZATION"), ("titled", "PERSON"), ("plate_uk", "LICENSE_PLATE"), ("plate_de", "LICENSE_PLATE"),
        ("nino", "UK_NINO"), ("bic", "SWIFT_BIC"), ("colours", ""), ("colours_zh", ""), ("cards_of_all_sorts", "CREDIT_CARD"),
        ("age", ""), ("given_en", "PERSON"), ("score_of_hundred", ""),
    ],
)  # fmt: skip
def test_told_by_the_values_alone(kind, entity):
    assert columns(c0=kind) == [entity]


@pytest.mark.parametrize(
    ("header", "kind", "entity"),
    [
        ("账号", "account", "ACCOUNT"), ("客户", "tagged", "MEMBER_NUMBER"), ("customer", "name_en", "PERSON"),
        ("单位", "unit", ""), ("员工代码", "staff", "MEMBER_NUMBER"), ("patient_code", "staff", "HEALTH_NUMBER"),
        ("课程名", "product_zh", ""), ("app_version", "version", ""), ("有效期止", "calendar_month", "DATE_TIME"),
        ("exp_date", "calendar_month", "DATE_TIME"), ("说明2", "address_zh", "CN_ADDRESS"), ("midterm", "age", ""),
        ("经手人", "name_zh", "PERSON"), ("reviewed_at", "recent_time", "DATE_TIME"), ("Lineitem name", "product_en", ""),
        ("uuid", "tagged", ""), ("user_uuid", "tagged", "MEMBER_NUMBER"), ("nationality", "race", "NATIONALITY"),
    ],
)  # fmt: skip
def test_header_and_values_weighed(header, kind, entity):
    assert columns(**{header: kind, "姓名": "name_zh", "手机": "mobile"})[0] == entity


def test_old_dates_beside_goods_make_no_name_a_person():
    found = columns(product_id="staff", name="product_en", price="amount", added="birth")
    assert found == ["", "", "", "DATE_TIME"]


def test_versions_of_browsers_are_no_network_addresses():
    agents = draw(lambda r: f"Mozilla/5.0 (X11; Linux x86_64; rv:1.9.7.{r.randint(1, 99)}) Chrome/{r.randint(80, 120)}.0.0.0")
    column = profile(Table.of({"user_agent": agents})).columns[0]
    assert (column.entity, column.role, column.found) == ("", "none", ())


def test_names_of_machines_are_no_addresses_of_the_internet():
    assert columns(host="machines") == [""]


def test_one_column_of_plausible_ages_beside_names_is_ages_and_two_are_left_open():
    assert columns(c0="name_zh", c1="age", c2="mobile")[1] == "AGE"
    assert columns(c0="name_zh", c1="age", c2="age")[1:] == ["?", "?"]
    assert columns(c0="name_zh", c1="score_of_hundred", c2="mobile")[1] == ""
    assert columns(姓名="name_zh", 新指标="age")[1] == "?"


def test_initials_and_years_of_birth_and_postcodes_are_told_by_their_neighbours():
    people = {"c0": made.column("given_en", ROWS), "c1": draw(lambda r: r.choice("ABCDEFGHJK")), "c2": made.column("surname_en")}
    assert profile(Table.of(people)).columns[1].entity == "PERSON"
    years = draw(lambda r: str(r.randint(1950, 2004)))
    beside = profile(Table.of({"c0": made.column("name_en", ROWS), "c1": years}))
    alone = profile(Table.of({"c0": made.column("amount", ROWS), "c1": years}))
    assert [t.columns[1].entity for t in (beside, alone)] == ["DATE_OF_BIRTH", ""]
    codes = draw(lambda r: r.choice("100080 200120 518001 310012 610041 210009 430070 266071 361001".split()))
    assert profile(Table.of({"c0": made.column("name_zh", ROWS), "c1": codes})).columns[1].entity == "POSTAL_CODE"


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("患者编码", "HEALTH_NUMBER"), ("member_no", "MEMBER_NUMBER"), ("courseName", "code"), ("献血量ml", "number"),
        ("email_hash", "EMAIL_ADDRESS"), ("保险起期", "DATE_TIME"), ("店铺名", "ORGANIZATION"), ("phone1", "PHONE_NUMBER"),
        ("sha256", "code"), ("签约人", "PERSON"), ("用电量", "number"), ("Code postal", "POSTAL_CODE"), ("Prénom", "PERSON"),
        ("Straße", "ADDRESS"), ("fecha_nacimiento", "DATE_OF_BIRTH"), ("PLZ", "POSTAL_CODE"), ("联行号", "BANK_CODE"),
        ("Pet Name", "code"), ("商户号", "code"), ("患者数", "number"), ("user_role", "code"), ("sex_at_birth", "GENDER"),
        ("customer_since", "DATE_TIME"), ("account_id", "MEMBER_NUMBER"), ("腰围cm", "number"),
    ],
)  # fmt: skip
def test_unknown_headers_are_read_by_their_parts(header, kind):
    assert read(header)[0].kind == kind


def test_a_cell_of_json_is_read_by_its_keys():
    cells = [f'{{"fullName": "Linda Fischer{"son" * (n % 2)}", "code": {n}, "tags": ["vip", true]}}' for n in range(40)]
    column = profile(Table.of({"customer": cells})).columns[0]
    assert column.role == "text" and "PERSON" in dict(column.found)
    plain = profile(Table.of({"order": [f'{{"product_name": "Lamp {n}", "code": {n}}}' for n in range(40)]})).columns[0]
    assert "PERSON" not in dict(plain.found)


THINGS = {
    "书名": ["红楼夜话", "Good Will", "围城记", "江南春"],
    "队名": ["蓝鲸", "金狮", "白鹰", "雷霆"],
    "桥名": ["石拱桥", "双龙桥", "玉带桥", "安平桥"],
    "证券简称": ["金石股份", "白云科技", "安康医药", "高远电气"],
    "零件号": ["8J0-907-357", "06E-115-561", "1K0-615-301", "4F0-839-461"],
    "part_no": ["FX-2300-B", "BK-0415-A", "RS-8001-C", "WL-1500-D"],
    "品种": ["黄华占", "南粳9108", "龙粳31", "郑单958"],
}


@pytest.mark.parametrize("header", sorted(THINGS))
def test_a_column_of_things_is_called_none(header):
    column = profile(Table.of({header: THINGS[header], "数量": [12, 40, 8, 15]})).columns[0]
    assert (column.entity, column.role) == ("", "none")


def test_a_column_of_customers_in_short_is_one_of_persons():
    column = profile(Table.of({"客户简称": ["张伟", "王小明", "李丽华", "陈敏"], "金额": [1, 2, 3, 4]})).columns[0]
    assert column.entity == "PERSON"


@pytest.mark.parametrize("header", ["Vorname", "Geburtsdatum", "Personalausweis", "Bemerkung", "montant", "achternaam"])
def test_a_known_header_is_shown_though_somebody_may_be_called_so(header):
    assert profile(Table.of({header: ["a", "b"]})).columns[0].name == header


def test_a_name_beside_a_known_header_is_not_shown():
    assert profile(Table.of({"Amount Zhang Wei": ["1", "2"]})).columns[0].renamed


@pytest.mark.parametrize(
    ("header", "entity"),
    [("num_client", "MEMBER_NUMBER"), ("KdNr", "MEMBER_NUMBER"), ("Konfession", "RELIGION"), ("permis", "DRIVER_LICENSE")],
)
def test_headers_of_german_and_french_tables(header, entity):
    assert profile(Table.of({header: ["A001", "B002", "A003"], "nom": ["Martin", "Dupont", "Petit"]})).columns[0].entity == entity
