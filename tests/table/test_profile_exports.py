"""Tables as shops, insurers and offices export them: claims and members, halves of a position, the few who do the work."""

import random

import pytest

from piiscrub.frames.by_policy import plan_by
from piiscrub.registry.policies import load_policy
from piiscrub.registry.recognizers import builtin_packs
from piiscrub.table.frame import Table
from piiscrub.table.profile.headers import read
from piiscrub.table.profile.profile import profile

ROWS = 60


def draw(make):
    r = random.Random("exports")
    return [make(r) for _ in range(ROWS)]


def columns(**cells):
    return profile(Table.of(cells)).columns


def few(*values):
    return [values[i % len(values)] for i in range(ROWS)]


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("claim_no", "MEMBER_NUMBER"), ("Booking reference", "MEMBER_NUMBER"), ("PNR", "MEMBER_NUMBER"),
        ("理赔编号", "MEMBER_NUMBER"), ("订座编码", "MEMBER_NUMBER"), ("membership id", "MEMBER_NUMBER"),
        ("loyaltyNo", "MEMBER_NUMBER"),
        ("gndr_cd", "GENDER"), ("brth_dt", "DATE_OF_BIRTH"), ("emp_slry", "INCOME"), ("phn_nbr", "PHONE_NUMBER"),
        ("rcvr_adr", "ADDRESS"), ("clm_id", "MEMBER_NUMBER"), ("crd_no", "CREDIT_CARD"), ("psprt_nbr", "PASSPORT"),
        ("Province Code", "LOCATION"), ("country_code", "LOCATION"), ("did", "DEVICE_ID"), ("wxid", "ACCOUNT"),
        ("网格员ID", "MEMBER_NUMBER"), ("officer_id", "MEMBER_NUMBER"), ("发起人号码", "PHONE_NUMBER"),
        ("核酸结果", "MEDICAL_CONDITION"),
        ("House no./name", "ADDRESS"), ("Contact owner", "PERSON"), ("course teacher", "PERSON"), ("home_lat", "GEO_COORDINATE"),
    ],
)  # fmt: skip
def test_headers_of_exports_are_read(header, kind):
    assert read(header)[0].kind == kind


@pytest.mark.parametrize(
    "header",
    [
        "机器人编号", "法人代码", "检测结果", "cheque no",
        "ordr_id", "avg_lat_ms", "gl_account", "unit_cst", "pol_amt", "order no", "订单编号", "ticket no", "alarm_id",
        "部门编号", "store id", "strt", "html", "Pay Period", "pay_frequency", "How did you hear of us?", "门店经度",
        "store_lat", "warehouse.latitude", "基站纬度",
    ],
)  # fmt: skip
def test_what_only_looks_like_them_is_nothing_personal(header):
    assert not (hits := read(header)) or not hits[0].personal or hits[0].kind == "DATE_TIME"


def test_no_header_denies_what_a_recognizer_calls_it():
    """A word that a pack lists for its columns names something personal in the lists of headers too."""
    vague = {"serial_no"}  # of anything
    denied = {
        word
        for pack in builtin_packs()
        for word in pack.context.columns
        if not pack.entity.endswith("_MASKED") and read(word) and not read(word)[0].personal
    }
    assert denied <= vague


def test_claims_are_numbers_of_persons_as_in_texts():
    found = columns(
        claim_no=draw(lambda r: f"CLM-{r.randrange(10**6):06d}"), order_no=draw(lambda r: f"{r.randrange(10**9):09d}")
    )
    assert [column.entity for column in found] == ["MEMBER_NUMBER", ""]


def test_position_of_a_shop_is_nobodys():
    north, east = draw(lambda r: f"{r.uniform(22, 40):.6f}"), draw(lambda r: f"{r.uniform(104, 121):.6f}")
    assert [c.role for c in columns(门店纬度=north, 门店经度=east)] == ["none", "none"]
    assert [c.entity for c in columns(家_纬度=north, 家_经度=east)] == ["GEO_COORDINATE"] * 2


def test_two_columns_of_degrees_are_a_position_and_shares_are_not():
    north, east = draw(lambda r: f"{r.uniform(22, 40):.6f}"), draw(lambda r: f"{r.uniform(104, 121):.6f}")
    one, other = columns(c0=north, c1=east)
    assert one.entity == other.entity == "GEO_COORDINATE"
    assert min(one.confidence, other.confidence) > 0.8
    shares = draw(lambda r: f"{r.random():.6f}")
    assert {c.entity for c in columns(c0=shares, c1=shares[::-1])} == {""}


def test_house_numbers_under_their_header_are_addresses():
    numbers = draw(lambda r: str(r.randint(1, 300)))
    assert columns(house_no=numbers)[0].entity == "ADDRESS"
    assert columns(bus_no=numbers)[0].entity == ""


def test_two_names_under_an_unknown_header_are_left_open():
    assert columns(handled=few("Fiona Crane", "Owen Nash"))[0].abstained
    assert columns(承接=few("陈国栋", "石晓兰"))[0].abstained
    assert columns(handled=few("Phone Call", "Front Desk"))[0].role == "none"
    assert columns(承接=few("金卡", "银卡"))[0].role == "none"


def test_names_with_the_job_behind_are_names():
    names = draw(lambda r: r.choice("王李张刘陈") + r.choice(("建国", "晓兰", "志强", "丽华")))
    kinds = draw(lambda r: r.choice(("高级", "金牌", "专利", "实习", "合伙人")))
    assert columns(c0=[f"{name}律师" for name in names])[0].entity == "PERSON"
    assert columns(c0=[f"{kind}律师" for kind in kinds])[0].entity != "PERSON"


def test_numbers_of_lots_are_no_telephone_numbers():
    assert columns(c0=draw(lambda r: f"202503{r.randint(1, 28):02d}{r.randrange(100):02d}"))[0].entity != "PHONE_NUMBER"
    assert columns(c0=draw(lambda r: f"20231{r.randrange(10**5):05d}"))[0].entity != "PHONE_NUMBER"


def test_hidden_numbers_with_an_extension_are_telephone_numbers():
    assert columns(c0=draw(lambda r: f"138{r.randrange(10**8):08d}转{r.randrange(10**4):04d}"))[0].entity == "PHONE_NUMBER"


@pytest.mark.parametrize(
    ("header", "make"),
    [
        ("骑手ID", lambda r: r.randrange(10**7, 10**8)),
        ("donor_ref", lambda r: f"D{r.randrange(10**5):05d}"),
        ("stuNo", lambda r: r.randrange(10**7, 10**8)),
        ("承办法官姓名", lambda r: r.choice(("方正", "石晓兰", "温和"))),
    ],
    ids=range(4),
)
def test_scrubbing_trusts_a_header_that_the_values_fit(header, make):
    """No recognizer finds the number of a member again without its label: it would stay readable in every row."""
    planned = plan_by(Table.of({header: draw(make)}), load_policy("balanced")).columns[0]
    assert planned.action == "transform"


def test_scrubbing_looks_into_what_the_header_only_hints_at():
    planned = plan_by(Table.of({"c0": draw(lambda r: r.choice(("方正", "石晓兰", "温和")))}), load_policy("balanced")).columns[0]
    assert planned.action == "spans"
