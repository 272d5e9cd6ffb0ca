"""Parsers: both ends of blocks, ages by the words around them, and that none of them is slow on hostile text."""

from __future__ import annotations

import importlib
from collections import deque

import pytest

from piiscrub.recognize.parsers import (
    age,
    age_in_words,
    birth_row,
    command_password,
    ethnicity_row,
    jwt,
    labelled_password,
    login_name,
    marriage_row,
    medical_told_en,
    platform_handle,
    political_row,
    private_key,
    read_out_id,
    read_out_mobile,
    read_out_phone,
    schooling_row,
    spelled_email,
)
from tests.growth import LINEAR, growth
from tests.sweep import sweep

BEGIN, END = "-----BEGIN {}-----", "-----END {}-----"


def block(kind: str, body: str = "SYNTHETIC" * 8) -> str:
    return f"{BEGIN.format(kind)}\n{body}\n{END.format(kind)}"


def found(parser: object, text: str) -> list[str]:
    return [text[start:end] for start, end, *_ in parser.find(text)]  # type: ignore[attr-defined]  # a module


KINDS = (
    "PRIVATE KEY",
    "RSA PRIVATE KEY",
    "EC PRIVATE KEY",
    "ENCRYPTED PRIVATE KEY",
    "OPENSSH PRIVATE KEY",
    "PGP PRIVATE KEY BLOCK",
)


@pytest.mark.parametrize("kind", KINDS)
def test_a_block_is_found_whole(kind: str) -> None:
    assert found(private_key, f"私钥：{block(kind)}，请保管") == [block(kind)]


def test_two_blocks_are_two_findings() -> None:
    text = block(KINDS[0]) + "\n" + block(KINDS[1])
    assert found(private_key, text) == [block(KINDS[0]), block(KINDS[1])]


def test_a_begin_without_end_does_not_swallow_the_next_block() -> None:
    text = BEGIN.format(KINDS[0]) + "\nSYNTHETIC\n" + block(KINDS[1])
    assert found(private_key, text) == [block(KINDS[1])]


def test_ends_must_match_and_public_parts_stay() -> None:
    assert not found(private_key, block("PUBLIC KEY") + block("CERTIFICATE"))
    assert not found(private_key, f"{BEGIN.format(KINDS[0])}{'A' * 40}{END.format(KINDS[1])}")
    assert not found(private_key, BEGIN.format(KINDS[0]))
    assert not found(private_key, block(KINDS[0], "A" * (private_key.LONGEST + 1)))


def test_tokens_longer_than_a_pattern_may_span() -> None:
    token = "eyJhbGciOiJub25lIn0." + "e30" * 5000 + ".c3lu"
    assert found(jwt, f"Bearer {token} end") == [token]
    assert not found(jwt, "xeyJhbGciOiJub25lIn0.e30.")
    assert not found(jwt, "eyJhbGciOiJub25lIn0.e30")


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("she is thirty-five years old", ["thirty-five years old"]), ("Aged forty, two children", ["forty"]),
        ("age: thirty five", ["thirty five"]), ("at the age of sixty-one.", ["sixty-one"]), ("he turned fifty", ["fifty"]),
        ("aged twelve years in oak", []), ("aged ten to twelve", []), ("turned forty pages", []),
        ("turned forty degrees", []), ("he turned sixty-one.", ["sixty-one"]), ("packaged forty", []),
    ],
)  # fmt: skip
def test_ages_in_words(text: str, ages: list[str]) -> None:
    assert found(age_in_words, text) == ages


AGES = (
    ("a 33 year old nurse", "33"), ("The 72-year-old man", "72"), ("I'll turn 81.", "81"), ("She just turned 60", "60"),
    ("retired at the age of 61", "61"),
    ("aged 42, married", "42"), ("I'm 54 y/o.", "54"), ("Written when he was 64.", "64"), ("Age: 7", "7"),
    ("<age>33</age>", "33"), ("age,33,x", "33"), ("AGE=45;",
    "45"), ("(aged 9)", "9"),
    ("When she was only 12, they moved", "12"), ("He turned 70 last week", "70"), ("54yo male", "54"),
    ("a 6 months old baby", "6"),
    ("年龄：89 years old", "89 years old"),
    ("年龄89 years old已登记", "89 years old"),
    ("Age: 89 years old", "89 years old"), ('{"age": 31}', "31"), ("他今年28 yrs old了",
    "28"),
    ("老伴今年七十三了，腿脚不便", "七十三"), ("她今年才十九。", "十九"), ("今年都七十多了", "七十多"),
    ("父亲七十三了，腿疼", "七十三"), ("他都六十八了", "六十八"), ("姓名 性别 年龄\n测试甲 男 72\n合计一人", "72"),
    ("孩子今年十一了", "十一"), ("他今年六十有二，退休", "六十有二"), ("虚岁四十五，属龙", "四十五"),
)  # fmt: skip
NO_AGES = (
    "a 350 year old tree", "turn 90 degrees", "He turned 20 pages.", "5 years of experience", "page 64", "in 1977 years",
    "-1 years old", "1.5 years old",
    "when it was 64", "message 12", "stage: 3", "average 40", "He was 5 minutes late", "version 3.33 year old",
    "age 12:30", "aged 3,000",
    "他十一了没回来", "十五了还没到账", "姓名 性别 年龄\n测试甲 男 不详", "年龄 35 岁 左右\n测试甲 男 72 人",
    "今年十一，我们去海边", "今年三十，全家团圆", "今年三十家门店", "今年十二月", "今年十五个",
)  # fmt: skip


@pytest.mark.parametrize("number", range(len(AGES)))
def test_the_number_is_the_age(number: int) -> None:
    text, value = AGES[number]
    assert found(age, text) == [value]


@pytest.mark.parametrize("number", range(len(NO_AGES)))
def test_what_is_no_age(number: int) -> None:
    assert not found(age, NO_AGES[number])


def test_the_program_says_which_flag_takes_a_password() -> None:
    assert found(command_password, "mysql -u app -p" + "made0upPw shop") == ["made0upPw"]
    assert found(command_password, "redis-cli -p 6379 -a " + "made0upPw\nssh -p 2222 -a x") == ["made0upPw"]
    assert not found(command_password, "mysql -u app\nls -pmade0upPw")  # the line has ended


def test_an_estimate_is_an_age_and_a_range_for_anybody_is_none() -> None:
    assert found(age, "走失老人，约75-80岁，短发") == ["75-80岁"]
    assert found(age, "享年九十有二，终年八十七岁") == ["九十有二"]
    assert not found(age, "约10-12岁儿童适用，年龄约25-45岁人员优先，目测40-50岁之间的人都来，享受九十折")


def test_a_list_with_one_more_date_still_holds_birth_dates() -> None:
    assert found(birth_row, "甲 男 蒙古 1975.06 入会时间1998.7；乙 女 汉 1983.11 2006.3") == ["1975.06", "1983.11"]
    assert not found(birth_row, "姓名 性别 入职日期\n甲 男 1998.07.01")


def test_an_ethnic_group_is_a_clause_among_particulars() -> None:
    assert found(ethnicity_row, "李某，女，1990年1月2日出生，公民身份号码110101190001010014，彝族，务农") == ["彝族"]
    assert found(ethnicity_row, "达瓦，藏族，1969年5月生；巴图 男 蒙古 1975.06 电焊工") == ["藏族", "蒙古"]
    assert not found(ethnicity_row, "苗族，侗族，彝族都过节")
    assert not found(ethnicity_row, "傣族，2010年人口普查；男 蒙古 袍子 2023新款")


def test_a_clause_among_the_particulars_ends_with_their_sentence() -> None:
    assert found(marriage_row, "李某，女，43岁，回族，离异，无业。配偶，再婚") == ["离异"]
    assert found(schooling_row, "李某，女，43岁，回族，小学文化，无业\n高中，大学") == ["小学"]
    far = "李某，女，" + "住址略，" * 19 + "大学"
    assert found(schooling_row, far + "生") == []  # where the look ahead is cut, a word goes on
    assert not found(marriage_row, "少女，离异")
    assert found(political_row, "序号1 巴图 男 蒙古 1975.06 预备党员 电焊工。党员、群众") == ["预备党员"]
    assert not found(political_row, "男女党员，群众，25岁以下团员")
    assert not found(schooling_row, "子女 12岁。本科")


def test_a_condition_is_told_of_somebody() -> None:
    assert found(medical_told_en, "I've had migraines; He still has ADHD, and Jane had a stroke in May") == [
        "migraines",
        "ADHD",
        "stroke",
    ]
    assert not found(medical_told_en, "Everyone has anxiety. Who has asthma? She has cancer-free years; it had depression")


BIRTHS = (
    ("被告李某，男，1983年11月30日生，汉族", ["1983年11月30日"]),
    ("李某（1994年8月生），讲师", ["1994年8月"]),
    ("七十八，四七年三月生的", ["四七年三月"]),
    ("李某 女 19910217 13800138000", ["19910217"]),
    ("李某，女，土家族，1991-02-17，本科", ["1991-02-17"]),
    ("出 生 1 9 8 6 年 4 月 1 2 日", ["1 9 8 6 年 4 月 1 2 日"]),
    ("2024年3月生产，2024年5月1日生效", []),
    ("李某，女，2025-03-02入院", []),
    ("李某，女，2025-03-02，因腹痛就诊", []),
    ("姓名,性别,入职日期\n李某,女,2020-03-01", []),
    ("出 生 1 9 9 0 年 2 月 3 0 日", []),
)


@pytest.mark.parametrize("case", range(len(BIRTHS)))
def test_birth_dates_without_a_label(case: int) -> None:
    text, expected = BIRTHS[case]
    assert found(birth_row, text) == expected


READ_OUT = (
    (read_out_mobile, "号码幺三八，零零一三，八零零零。", ["幺三八，零零一三，八零零零"]),
    (read_out_mobile, "一三八零 零一三 八零零零", ["一三八零 零一三 八零零零"]),
    (read_out_mobile, "幺三八，洞洞幺三，八洞洞洞", ["幺三八，洞洞幺三，八洞洞洞"]),
    (read_out_mobile, "幺二八，零零一三，八零零零", []),
    (read_out_mobile, "一、三、八、零、零、一、三、八、零、零、零", []),
    (read_out_id, "幺幺零幺零五，幺九四九，幺二三幺，零零二X", ["幺幺零幺零五，幺九四九，幺二三幺，零零二X"]),
    (
        read_out_phone,
        "It's three oh three, five five five, oh one nine one.",
        ["three oh three, five five five, oh one nine one"],
    ),
    (
        read_out_phone,
        "oh double seven double oh, nine double oh four six one",
        ["oh double seven double oh, nine double oh four six one"],
    ),
    (read_out_phone, "one two three four five six seven eight nine ten", []),
    (read_out_phone, "oh oh oh oh oh oh oh oh oh oh", []),
    (read_out_id, "幺幺零幺零五，19491231，零零二X", ["幺幺零幺零五，19491231，零零二X"]),
    (read_out_id, "幺幺零幺零五，幺九四九，幺二三幺，零零二一", []),
)


@pytest.mark.parametrize("case", range(len(READ_OUT)))
def test_numbers_read_out_with_pauses(case: int) -> None:
    parser, text, expected = READ_OUT[case]
    assert found(parser, text) == expected


HOSTILE = (
    BEGIN.format("PRIVATE KEY") + "\n", END.format("PRIVATE KEY"),
    BEGIN.format("PRIVATE KEY") + "A" * 20 + END.format("EC PRIVATE KEY"), "-----",
    "eyJ", "eyJaaaa-", "eyJaaaa.", "eyJaaaa.bb.cc ", "e", "7", "7 ", "33 year", "aged ", "age: 1 ", "turned 20 ", "1,",
    " ", "<", "\n", "今年29，", "今年十二，", "男，汉族，", "，汉族", "mysql ", "mysql -p ", "curl -u ", "redis-cli -a a ",
    "pass: ", "password is a", "pass_", "pass:aaaa", "user=a ", "a=b user=a ", "user: a", "user:aa pass",
    "insta @", "discord ", "a_", "微博@啊",
    "女，1991-02-17 ", "男，", "，男，土家族，", "1991年2月生", "出 生 1 9 9 ", "幺三，", "一三八，零零零零 ", "零零 ",
    "幺幺零幺零五幺，", "kim艾特", "a点a点", "圈a ", "double oh ", "one, ", "five-",
    "a dot ", "a dot b at ", "a.a.a(at)", "for a ", "岁，反复", "3岁，上呼吸道感", "感冒了请", "花生过", "微 信", "微 信 a",
    "电话1O", "电话：", "card one ", "SSN 5,", "加我1l", "DOB 1/", "民国七年", "农历",
    "IBAN GB82", "six years old", "aged six ", "IBAN GB82 A\nB",
    "mail a.b", "mail a at b dot ", "a@ b.", "a@b .", "a b c ", "<at>", "a小老鼠a点",
)  # fmt: skip


LABELLED = [
    ("口令：openup 请保管", ["openup"]),
    ("pwd=letmein&user=x", ["letmein"]),
    ("（密码是bluebird）", ["bluebird"]),
    ("wifi pass: 'two birds sing'", ["two birds sing"]),
    ("The password is bluebird and mine", []),
    ("password: Optional[str] = None", []),
    ("password: str | None", []),
    ("password: props.password", []),
    ("password: https://example.com/reset", []),
    ("密码：20240315", []),
    ("compass: north", []),
    ("password", []),
]


@pytest.mark.parametrize("number", range(len(LABELLED)))
def test_letters_behind_a_label_are_a_password_only_where_nothing_goes_on(number: int) -> None:
    text, wanted = LABELLED[number]
    assert found(labelled_password, text) == wanted


LOGINS = [
    ("user: tester\npassword: x", ["tester"]),
    ("用户名：tester，密码：见附件", ["tester"]),
    ("Accepted publickey for deploy from 192.0.2.1 port 1", ["deploy"]),
    ("session opened for user tester(uid=1000)", ["tester"]),
    ("action=view user=tester", ["tester"]),
    ("mysqldump --user=tester -p shop", ["tester"]),
    ("mysql -h db.example.com shop", []),
    ("ssh -i key.pem -p 2222 tester@192.0.2.7", ["tester"]),
    ("ssh git@example.com", []),
    ("f(user=name, password=word)", []),
    ("def login(username: str, password: str)", []),
    ("user experience and password rules", []),
    ("Failed password for invalid user", []),
]


@pytest.mark.parametrize("number", range(len(LOGINS)))
def test_a_log_in_name_needs_more_than_its_label(number: int) -> None:
    text, wanted = LOGINS[number]
    assert found(login_name, text) == wanted


HANDLES = [
    ("Handle @the_test_name posted", ["the_test_name"]),
    ("insta: @test.name.", ["test.name"]),
    ("ins是@lily_0001", ["lily_0001"]),
    ("plug-ins @Override", []),
    ("$handle, @params", []),
    ("telegram@example.com", []),
    ("github @types/node", []),
    ("discord #general 2024", []),
]


@pytest.mark.parametrize("number", range(len(HANDLES)))
def test_a_name_on_a_platform_needs_the_platform_and_a_sign(number: int) -> None:
    text, wanted = HANDLES[number]
    assert found(platform_handle, text) == wanted


def test_an_address_in_words_ends_as_a_domain_does() -> None:
    assert found(spelled_email, "ann dot lee at mail dot example dot com") == ["ann dot lee at mail dot example dot com"]
    assert found(spelled_email, "邮箱kim.lee艾特example点com点cn，对") == ["kim.lee艾特example点com点cn"]
    assert not found(spelled_email, "look at dot one at dot two")
    assert not found(spelled_email, "the shop (at) noon")


@pytest.mark.parametrize(
    "name",
    [
        "private_key",
        "jwt",
        "age",
        "command_password",
        "ethnicity_row",
        "labelled_password",
        "login_name",
        "platform_handle",
        "birth_row",
        "age_in_words",
        "damaged_email",
        "damaged_iban",
        "disguised_birth",
        "disguised_card",
        "disguised_id",
        "disguised_mobile",
        "disguised_phone",
        "disguised_ssn",
        "read_out_id",
        "read_out_mobile",
        "read_out_phone",
        "marriage_row",
        "political_row",
        "medical_told",
        "medical_told_en",
        "schooling_row",
        "spelled_email",
        "wechat_spread",
    ],
)
def test_time_grows_with_the_text_only(name: str) -> None:
    parser = importlib.import_module(f"piiscrub.recognize.parsers.{name}")
    with sweep() as case:
        for number, part in enumerate(HOSTILE):
            with case(str(number)):
                assert growth(lambda size, part=part: deque(parser.find(part * (size // len(part))), 0), 125_000) < LINEAR
