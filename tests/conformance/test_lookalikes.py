"""Numbers that look alike (rule book A11): the label decides, and without one the order of the rule book or silence.

The table is made from the packs themselves: every example value that is digits (or one letter and digits), and beside it
every pack that would take that value too. So a new pack is compared with all others without a line here.
No value is in a name: a case is named by length, pack of the value and pack of the label.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module

import pytest

import piiscrub as ps
from piiscrub.model import entities
from piiscrub.packs.load import load_examples, load_folder, packs_folder
from piiscrub.packs.schema import Pack
from tests.sweep import sweep

PATTERNS = ps.Scrubber(policy="review", ner=None)


_DIGITS = re.compile(r"\d{3,20}[\dXx]?\Z", re.ASCII)


@cache
def packs() -> dict[str, Pack]:
    return {pack.id: pack for pack in load_folder(packs_folder())}


@cache
def values() -> dict[str, tuple[str, ...]]:
    """The digit-shaped example values of every pack whose check did not fail."""
    found: dict[str, tuple[str, ...]] = {}
    for pack in packs().values():
        own = {
            example.text[start:end]
            for example in load_examples(pack.path)
            if example.kind == "match" and example.check != "failed"
            for start, end in example.spans
        }
        if shaped := tuple(sorted(value for value in own if value.isascii() and _DIGITS.match(value))):
            found[pack.id] = shaped
    return found


def takes(pack: Pack, value: str) -> bool:
    """Whether a pattern of the pack matches the whole value and its check, if there is one, passes."""
    return any(
        len(value) <= pattern.max
        and re.fullmatch(pattern.regex, value, re.ASCII)
        and (not pattern.validator or import_module(f"piiscrub.validators.{pattern.validator}").is_valid(value))
        for pattern in pack.patterns
    )


def label(pack: Pack) -> str:
    return f"{pack.context.zh[0]}：" if pack.context.zh else f"{pack.context.en[0]}: "


def related(one: str, other: str) -> bool:
    """Equal, or one above the other in the tree."""
    return one == other or one in entities.ancestors(other) or other in entities.ancestors(one)


def verdict(pack: Pack, text: str, start: int, end: int) -> str:
    """Empty if the value counts as the pack's entity, else what it was taken for.

    Rule book G5 and G7: a check that passed outranks a label, so a valid identity number behind 医保编号 may win over the
    reading that has no check; and two packs that share a label may share the value. Then ours must be the other reading.
    """
    for f in PATTERNS.scan(text).findings:
        if (f.start, f.end) == (start, end):
            if related(f.entity, pack.entity):
                return ""
            other = next((a for a in f.alternatives if related(a.entity, pack.entity)), None)
            outranked = other is not None and ((f.check == "passed" and other.check == "none") or bool(f.context))
            return "" if outranked else f.entity
    return "nothing"


@pytest.mark.parametrize("owner", values())
def test_the_label_decides(owner: str) -> None:
    """For every pack with a label that takes values of this one, or of its own."""
    labelled = [pack for pack in packs().values() if pack.patterns and (pack.context.zh or pack.context.en)]
    with sweep() as case:
        for pack in labelled:
            taken = [(i, value) for i, value in enumerate(values()[owner]) if takes(pack, value)]
            if taken:
                with case("_".join(map(str, sorted({len(value) for _, value in taken}))) + f" labelled as {pack.id}"):
                    before = label(pack)
                    read = [(i, verdict(pack, f"{before}{value}。", len(before), len(before) + len(value))) for i, value in taken]
                    assert [(i, entity) for i, entity in read if entity] == []


# Rule book A11: what is left when no label stands near. "" is silence.
WITHOUT_LABEL = [
    (6, "482910", ""),  # a verification code, a postcode, a stock
    (6, "518000", ""),
    (8, "30923435", ""),  # a business number of Taiwan, a permit, a telephone
    (8, "50000021", ""),
    (9, "300000001", ""),
    (10, "1700000000", ""),  # seconds
    (10, "2026010001", ""),
    (11, "13800138000", "CN_MOBILE"),
    (12, "110100000001", ""),  # a driver's file, a waybill
    (12, "202403051022", ""),  # date and time
    (13, "1700000000000", ""),  # milliseconds
    (13, "6900000000007", ""),  # an article
    (14, "20240305102231", ""),
    (15, "378282246310005", "CREDIT_CARD"),  # published test number
    (15, "110101000000010", ""),  # a business licence by its check digit
    (15, "860000000000017", ""),  # a device by its check digit
    (15, "460000000000001", ""),  # a subscriber
    (15, "110105000101001", ""),  # an identity number of the first generation
    (16, "4111111111111111", ""),  # a foreign card: one number in ten passes Luhn, so it asks for a word
    (16, "2088000000000001", "ALIPAY_USER_ID"),
    (16, "8600000000000171", ""),  # a device with its software version
    (17, "LSVAA49J302000001", "VIN"),
    (17, "11111111111111111", ""),  # passes the check of a VIN, but holds no letter
    (18, "11010519491231002X", "CN_ID_CARD"),  # specimen of the standard
    (18, "810000190001010018", "CN_HMT_RESIDENCE_PERMIT"),
    (18, "123456789012345678", ""),  # a snowflake
    (19, "6222020000000000000", "CN_BANK_CARD"),
    (19, "1234567890123456788", ""),
    (20, "89860000000000000019", "ICCID"),
    (20, "11010119000101001411", "CN_DISABILITY_CERT"),
    (20, "11010119000101001401", ""),  # an identity number and 01: a taxpayer's number only beside its label
    (20, "12345678901234567890", ""),
]


@pytest.mark.parametrize(
    ("length", "value", "entity"), WITHOUT_LABEL, ids=[f"{n}-{i}" for i, (n, _, _) in enumerate(WITHOUT_LABEL)]
)
def test_without_a_label_the_order_of_the_rule_book_or_silence(length: int, value: str, entity: str) -> None:
    assert len(value) == length
    found = [f.entity for f in PATTERNS.scan(f"结果是{value}吗？").findings]
    assert found == ([entity] if entity else [])


# Real ties (rule book G7): one number, two labels. (label, entity)
TIES = [
    ("110105000101001", (("身份证号", "CN_ID_CARD_15"), ("账号", "BANK_ACCOUNT"))),
    ("110101000000010", (("营业执照注册号", "CN_BUSINESS_LICENSE_NO"), ("银行账号", "BANK_ACCOUNT"))),
    ("860000000000017", (("IMEI", "IMEI"), ("手机串号", "IMEI"))),
    ("460000000000001", (("IMSI", "IMSI"), ("准考证号", "CN_STUDENT_ID"))),
    ("04595257", (("統編", "TW_UBN"), ("台胞证", "CN_TAIWAN_TRAVEL_PERMIT"), ("住院号", "CN_MEDICAL_RECORD_NO"))),
    (
        "110100000001",
        (("档案编号", "CN_DRIVER_LICENSE_FILE_NO"), ("医保编号", "CN_MEDICAL_INSURANCE_NO")),
    ),
    ("H00000001", (("护照号", "HK_PASSPORT"), ("回乡证", "CN_HK_MACAO_TRAVEL_PERMIT"))),
    ("518000", (("邮编", "CN_POSTCODE"), ("验证码", "VERIFICATION_CODE"), ("工号", "CN_EMPLOYEE_ID"))),
    ("110101190001010014", (("身份证号", "CN_ID_CARD"), ("驾驶证号", "CN_DRIVER_LICENSE"))),
    ("A12345678", (("社保卡号", "CN_SOCIAL_SECURITY_CARD"), ("学号", "CN_STUDENT_ID"), ("发动机号", "CN_ENGINE_NO"))),
    ("300000001", (("台湾护照", "PASSPORT"), ("社保卡号", "CN_SOCIAL_SECURITY_CARD"), ("工号", "CN_EMPLOYEE_ID"))),
]
CASES = [(value, word, entity) for value, ways in TIES for word, entity in ways]


@pytest.mark.parametrize(("value", "word", "entity"), CASES, ids=[f"{len(v)}-{e}-{i}" for i, (v, _, e) in enumerate(CASES)])
def test_one_number_two_labels(value: str, word: str, entity: str) -> None:
    for text in (f"{word}：{value}。", f"客户的{word}{value}已登记", f"| {word} | {value} |", f'{{"{word}": "{value}"}}'):
        start = text.index(value)
        assert [f.entity for f in PATTERNS.scan(text).findings if f.start == start] == [entity]
