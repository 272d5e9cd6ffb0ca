"""Mixed Chinese sentences, chats, logs and records: nothing that touches a Han character is lost, nothing else is found.

All values are published specimens, reserved ones or have birth years 1900 to 1905 (rule book G12, G15). Failures print
case names, offsets and entities, never a value.
"""

from __future__ import annotations

import re

import pytest

import piiscrub

PATTERNS = piiscrub.Scrubber(policy="review", ner=None)


# name, text with the values between << and >>, their entities in order
SENTENCES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "registration form",
        "申请人：李某某，公民身份号码<<11010519491231002X>>，手机<<13800138000>>，收件邮箱<<li@example.com>>。",
        ("CN_ID_CARD", "CN_MOBILE", "EMAIL_ADDRESS"),
    ),
    (
        "no punctuation at all",
        "身份证<<110101190001010014>>电话<<13800138000>>银行卡<<6222020000000000000>>都在这了",
        ("CN_ID_CARD", "CN_MOBILE", "CN_BANK_CARD"),
    ),
    (
        "chat, spaced",
        "姐，我的号是 <<138 0013 8000>>，微信号 <<zhang_test01>>，身份证 <<110105 19491231 002X>> 麻烦登记",
        ("CN_MOBILE", "WECHAT_ID", "CN_ID_CARD"),
    ),
    (
        "order number beside a mobile",
        "订单号2024030510223100123已发货，收货电话<<13800138000>>，如有问题致电<<400-000-0001>>。",
        ("CN_MOBILE", "CN_SERVICE_PHONE"),
    ),
    (
        "card in groups",
        "请把押金转到 <<6222 0200 0000 0000 000>>（工行），转完发短信到<<+86 138-0013-8000>>",
        ("CN_BANK_CARD", "CN_MOBILE"),
    ),
    (
        "typing errors beside their labels",
        "身份证号<<110105194912310021>>核验失败，预留手机<<14200000001>>也打不通",
        ("CN_ID_CARD", "CN_MOBILE"),
    ),
    (
        "car park",
        "<<京A·00001>>和<<粤BD00001>>挡住出口了，车主电话<<010-62000001转801>>",
        ("CN_VEHICLE_PLATE", "CN_VEHICLE_PLATE", "CN_LANDLINE"),
    ),
    (
        "border",
        "旅客持护照<<E00000001>>、港澳通行证<<C00000001>>；同行人回乡证<<H00000001>>，台胞证<<00000001>>。",
        ("CN_PASSPORT", "CN_HK_MACAO_EXIT_PERMIT", "CN_HK_MACAO_TRAVEL_PERMIT", "CN_TAIWAN_TRAVEL_PERMIT"),
    ),
    (
        "residence permits",
        "港澳居民居住证<<810000190107110017>>，外国人永久居留身份证<<932682198501010017>>",
        ("CN_HMT_RESIDENCE_PERMIT", "CN_FOREIGN_PR_ID"),
    ),
    (
        "company",
        "甲方统一社会信用代码<<91110101MA0000007T>>，电话（<<0571-87000004>>），传真<<0571-87000005>>",
        ("CN_USCC", "CN_LANDLINE", "CN_LANDLINE"),
    ),
    (
        "judgment",
        "被告人<<张某>>，<<男>>，<<1990年1月2日>>出生，<<汉族>>，系<<李某甲>>之子。",
        ("PERSON_MASKED", "GENDER", "DATE_OF_BIRTH", "CN_ETHNICITY", "PERSON_MASKED"),
    ),
    (
        "clinic",
        "患者<<35岁>>，出生日期<<1990-01-02>>，家属电话<<13800138000>>",
        ("AGE", "DATE_OF_BIRTH", "CN_MOBILE"),
    ),
    (
        "already masked",
        "尊敬的客户<<张**>>，您尾号的卡<<6222********1496>>绑定手机<<138****8000>>，证件<<110105********002X>>",
        ("PERSON_MASKED", "BANK_CARD_MASKED", "PHONE_NUMBER_MASKED", "NATIONAL_ID_MASKED"),
    ),
    (
        "traditional characters",
        "身分證字號：<<A123456789>>；手機號碼<<13800138000>>；香港身份證<<A123456(3)>>",
        ("TW_NATIONAL_ID", "CN_MOBILE", "HK_ID_CARD"),
    ),
    (
        "full-width",
        "证件号码：<<１１０１０５１９４９１２３１００２Ｘ>>，手机：<<１３８００１３８０００>>",
        ("CN_ID_CARD", "CN_MOBILE"),
    ),
    (
        "Chinese numerals",
        "手机是<<一三八〇〇一三八〇〇〇>>，生于<<一九九〇年一月二日>>",
        ("CN_MOBILE", "DATE_OF_BIRTH"),
    ),
    (
        "log line",
        '2024-03-05 10:22:31 INFO 用户登录 {"sfzh":"<<31011519010203001X>>","sjh":"<<13800138000>>","seq":110105194912310021}',
        ("CN_ID_CARD", "CN_MOBILE"),
    ),
    (
        "English mixed in",
        "pls call 王经理 at <<13800138000>> or mail to <<wang@example.com>>谢谢",
        ("CN_MOBILE", "EMAIL_ADDRESS"),
    ),
    (
        "accounts",
        "QQ：<<10000>>，微信<<wxid_0000000000test>>，官网见<<https://example.com/a>>。",
        ("QQ_NUMBER", "WECHAT_ID", "URL"),
    ),
    (
        "list of telephones",
        "值班电话：<<62000001>>、<<62000002-6808>>；外地请拨<<01062000001>>",
        ("CN_LANDLINE", "CN_LANDLINE", "CN_LANDLINE"),
    ),
)

NOTHING: tuple[tuple[str, str], ...] = (
    ("order", "订单号13800138000已取消"),
    ("snowflake", "主键1101051949123100219写入成功"),
    ("bold type", "我们提高**效率**，保证**安全**。"),
    ("product", "面积=长*宽，周期3*5"),
    ("amount", "本次共处理62000001条记录，合计1234567.89元"),
    ("model", "型号京AABC12与E0000001停产"),
    ("version", "升级到3.13800138000.1版本"),
    ("use", "序号123456使用一次后失效"),
    ("duration", "保修期35年，满3个月可退"),
    ("some", "某些用户任某一项未填，于某日提交"),
)

QUASI = {"DATE_TIME", "PERSON_MASKED"}
"""What may be found besides: dates, and names that were made unreadable already."""

# A value of each kind and a label that asks for it; the twenty neighbours of Han characters and signs follow.
VALUES: tuple[tuple[str, str, str], ...] = (
    ("CN_ID_CARD", "身份证", "11010519491231002X"),
    ("CN_ID_CARD_15", "身份证", "110101000101001"),
    ("CN_HMT_RESIDENCE_PERMIT", "居住证", "830000190409060063"),
    ("CN_FOREIGN_PR_ID", "永居证", "911840190001010017"),
    ("CN_FOREIGN_PR_ID_OLD", "永居证", "USA110000010112"),
    ("CN_PASSPORT", "护照", "E00000001"),
    ("CN_HK_MACAO_TRAVEL_PERMIT", "回乡证", "H00000001"),
    ("CN_TAIWAN_TRAVEL_PERMIT", "台胞证", "00000001"),
    ("CN_HK_MACAO_EXIT_PERMIT", "往来港澳通行证", "C00000001"),
    ("CN_TAIWAN_EXIT_PERMIT", "往来台湾通行证", "L00000001"),
    ("CN_MOBILE", "手机", "13800138000"),
    ("CN_IOT_NUMBER", "物联网卡", "1440000000001"),
    ("CN_LANDLINE", "座机", "010-62000001"),
    ("CN_SERVICE_PHONE", "热线", "400-000-0001"),
    ("CN_BANK_CARD", "银行卡", "6222020000000000000"),
    ("CN_USCC", "信用代码", "91110101MA0000007T"),
    ("CN_VEHICLE_PLATE", "车牌", "京A00001"),
    ("WECHAT_ID", "微信号", "zhang_test01"),
    ("QQ_NUMBER", "QQ号", "1000000001"),
    ("HK_ID_CARD", "香港身份证", "A123456(3)"),
    ("TW_NATIONAL_ID", "身分證", "A123456789"),
    ("DATE_OF_BIRTH", "出生日期", "1990年1月2日"),
    ("AGE", "年龄", "35岁"),
    ("NATIONAL_ID_MASKED", "身份证", "110105********002X"),
    ("PHONE_NUMBER_MASKED", "手机", "138****8000"),
)
AROUND = (
    "{label}{value}已登记",
    "{label}：{value}。",
    "{label}:{value},",
    "{label}是{value}吗",
    "{label}为{value}的客户",
    "（{label}{value}）",
    "【{label}】{value}】",
    "“{label}{value}”",
    "{label} {value} 谢谢",
    "{label}号：{value}；",
    "{label}\t{value}\t备注",
    "{label}\n{value}\n",
    "查{label}{value}、其余略",
    '{{"{label}":"{value}"}}',
    "{label}={value}&类型=1",
    "《{label}{value}》",
    "{label}→{value}←",
    "😀{label}{value}😀",
    "{label}/{value}/完",
    "|{label}|{value}|",
)


def _unmark(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without marks, and where the marked values stand."""
    text, spans = "", []
    for i, part in enumerate(re.split("<<|>>", marked)):
        if i % 2:
            spans.append((len(text), len(text) + len(part)))
        text += part
    return text, spans


@pytest.mark.parametrize("case", SENTENCES, ids=[name for name, _, _ in SENTENCES])
def test_every_value_of_a_sentence_is_found_and_nothing_else(case: tuple[str, str, tuple[str, ...]]) -> None:
    _, marked, wanted = case
    text, spans = _unmark(marked)
    findings = PATTERNS.scan(text).findings
    found = {(f.start, f.end, entity) for f in findings for entity in (f.entity, *(other.entity for other in f.alternatives))}
    wants = {(start, end, entity) for (start, end), entity in zip(spans, wanted, strict=True)}
    assert wants - found == set(), "lost"
    assert {(f.start, f.end, f.entity) for f in findings if (f.start, f.end) not in spans and f.entity not in QUASI} == set(), (
        "too much"
    )


@pytest.mark.parametrize("case", NOTHING, ids=[name for name, _ in NOTHING])
def test_look_alikes_are_left_alone(case: tuple[str, str]) -> None:
    assert [(f.start, f.end, f.entity) for f in PATTERNS.scan(case[1]).findings] == []


@pytest.mark.parametrize("entity", [entity for entity, _, _ in VALUES])
def test_no_neighbour_hides_a_value(entity: str) -> None:
    lost = []
    for name, label, value in VALUES:
        if name != entity:
            continue
        for i, around in enumerate(AROUND):
            text = around.format(label=label, value=value)
            start = text.index(value)
            spans = {(f.start, f.end): f for f in PATTERNS.scan(text).findings}
            finding = spans.get((start, start + len(value)))
            if finding is None or entity not in {finding.entity, *(other.entity for other in finding.alternatives)}:
                lost.append(i)
    assert lost == [], "positions in AROUND where the exact span is missing"


def test_typing_errors_are_said_to_be_ones() -> None:
    text = "身份证号：110105194912310021"
    [finding] = PATTERNS.scan(text).findings
    assert (finding.entity, finding.check) == ("CN_ID_CARD", "failed")
    assert finding.context
