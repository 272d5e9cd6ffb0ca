"""Names, addresses and organisations together, with and without a tagger. All names and places are invented."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from piiscrub.recognize.named import ENTITIES, find_named
from piiscrub.recognize.ner.tagger import Span
from tests.growth import LINEAR, growth

# Text with «marked» findings: P person, R reference, A address, L place, O organisation.
FOUND = (
    "姓名：«P张三»",
    "姓名：«P欧阳小红»，电话13800138000",
    "收件人：«P王小明»，地址：«A北京市海淀区测试路12号3栋502室»，电话：13800138000",
    "联系人«P李建国»（13800138000）和«P王芳»（13800138000）",
    "参会人员：«P张伟»、«P王芳»、«P李娜»",
    "患者«P孙秀珍»，女，56岁",
    "用户«P王桂英»完成实名认证",
    "«P李建国»先生说他会来",
    "请联系«R张经理»或者«R李老师»",
    "对接人«P努尔买买提·吐尔逊»确认出席",
    "help me reach «P王小明» at noon",
    "«P陈静»13800138000",
    "法定代表人：«P赵建国»，«O北京测试科技有限公司»",
    "就职于«O测试科技有限公司»，住在«A上海市浦东新区测试路100弄3号»",
    "快递寄到«A海淀测试路24号» «P李明» 13800138000",
    "陕西南路很长",
    "«A陕西南路100弄3号»",
    "«L广东省深圳市»的天气",
    "Dear Mr. «PJohn O'Neil-Doe», thank you",
    "Name: «PZHANG Xiaoming»",
    "please ask «PWang Xiaoming» about it",
    "Best regards,\n«PJane Doe»\nSales",
    "Ship to «A12 Example Street, Apt. 4, Springfield, IL 62704».",
    "Send it to «APO Box 1234», please",
    "«OAcme Widgets Inc.» said so",
    "姓名,部门\n«P张三»,研发部\n«P李小明»,市场部\n合计,二",
    "Patient: «PJane Doe». Later «PJane Doe» came back to «LSpain»",
)
NOTHING = (
    "姓名：张",
    "姓名：北京",
    "姓名：张三李四王五赵六",
    "高兴、方便、金额、安全、时间",
    "安全提示：请您马上更新时间设置，方便使用",
    "一家互联网公司",
    "Dear Sir or Madam",
    "Hi Team, see you in May",
    "12 March 2020",
    "He can go. Long live the king",
    "明天去出差",
    "中关村大街",
)
LETTERS = {"P": "PERSON", "R": "PERSON_REFERENCE", "A": "ADDRESS", "L": "LOCATION", "O": "ORGANIZATION"}


def marked(text: str) -> tuple[str, list[tuple[str, int, int]]]:
    plain, spans = "", []
    for part in text.split("«"):
        if "»" in part:
            inside, _, rest = part.partition("»")
            spans.append((LETTERS[inside[0]], len(plain), len(plain) + len(inside) - 1))
            plain += inside[1:] + rest
        else:
            plain += part
    return plain, spans


def found(text: str, tagger: object = None) -> list[tuple[str, int, int]]:
    return [(f.entity.removeprefix("CN_"), f.start, f.end) for f in find_named(text, tagger)]  # type: ignore[arg-type]  # the fakes below


class Says:
    """A tagger that says what it was told to."""

    def __init__(self, *spans: Span) -> None:
        self.spans = list(spans)

    def needs(self, text: str, /) -> bool:
        return True

    def tag(self, texts: Sequence[str], /) -> list[list[Span]]:
        return [self.spans for _ in texts]


@pytest.mark.parametrize("case", range(len(FOUND)))
def test_what_is_found(case):
    text, spans = marked(FOUND[case])
    assert [f for f in found(text) if f in spans] == spans
    assert all(f in spans for f in found(text) if f[0] != "LOCATION")


@pytest.mark.parametrize("case", range(len(NOTHING)))
def test_what_is_not(case):
    assert [f for f in found(NOTHING[case]) if f[0] != "LOCATION"] == []


def test_a_sure_name_is_found_again():
    text = "收件人：王小明\n昨天遇见王小明的哥哥"
    again = [f for f in find_named(text, None) if f.entity == "PERSON"]
    assert [f.start for f in again] == [4, 12]


@pytest.mark.parametrize("text", ["付款人是刘先生。", "客户：黄小姐，请尽快回电。", "收款人：王女士"])
def test_a_surname_with_a_form_of_address_is_no_name_of_two_characters(text):
    assert [(f.entity, f.end - f.start) for f in find_named(text, None)] == [("PERSON_REFERENCE", 3)]


def test_a_form_of_address_gains_from_the_name():
    def score(text: str) -> float:
        return next(f.score for f in find_named(text, None) if f.entity == "PERSON_REFERENCE")

    assert score("姓名：王小明，今天王先生来了") > score("今天王先生来了")


def test_a_column_label_and_a_list_need_names():
    assert found("参会人员：张伟、高兴、方便")[0] == ("PERSON", 5, 7)


class TestWithTagger:
    def test_a_name_only_the_tagger_sees(self):
        assert found("昨天赵小梅去了那里", Says(Span(2, 5, "PERSON", 0.98))) == [("PERSON", 2, 5)]

    def test_a_title_is_no_part_of_the_name(self):
        assert ("PERSON", 0, 3) in found("王小明经理来了", Says(Span(0, 5, "PERSON", 0.98)))

    def test_an_ordinary_word_stays_one(self):
        assert found("大家很高兴，谢谢", Says(Span(3, 5, "PERSON", 0.9))) == []

    def test_a_place_grows_by_its_number(self):
        text = "在测试路12号3栋"
        assert found(text, Says(Span(1, 4, "LOCATION", 0.9))) == [("ADDRESS", 1, len(text))]

    def test_an_account_is_no_name(self):
        assert found("账号abc_12，谢谢", Says(Span(2, 8, "PERSON", 0.9))) == []

    def test_nothing_wanted_asks_nobody(self):
        class Refuses(Says):
            def tag(self, texts: Sequence[str], /) -> list[list[Span]]:
                raise AssertionError

        assert find_named("张三", Refuses(), frozenset({"EMAIL_ADDRESS"})) == []


def test_only_wanted_entities():
    text = "收件人：王小明，地址：北京市海淀区测试路12号"
    assert {f.entity for f in find_named(text, None, frozenset({"CN_ADDRESS"}))} == {"CN_ADDRESS"}
    assert {f.entity for f in find_named(text, None)} <= set(ENTITIES)


def test_no_finding_holds_the_value():
    text = "收件人：王小明，地址：北京市海淀区测试路12号"
    assert all("王小明" not in repr(f) and "测试路" not in repr(f) for f in find_named(text, None))


HOSTILE = (
    "号",
    "路1",
    "张",
    "1",
    "A ",
    "姓名：",
    "北京",
    "Aa ",
    "张、",
    "1 A",
    "·",
    "(",
    "北京市海淀区",
    "Zhang San ",
    "公司",
    "王先生",
    "姓名：张三、",
)


@pytest.mark.parametrize("case", range(len(HOSTILE)))
def test_time_grows_with_the_text_only(case):
    part = HOSTILE[case]
    assert growth(lambda size: find_named(part * (size // len(part)), None), 60_000) < LINEAR


def test_any_text_is_bearable():
    for text in (
        "",
        " ",
        "\n",
        "😀" * 50,
        "مرحبا بالعالم",
        "Привет мир",
        "\x00",
        "姓名",
        "姓名：",
        "地址：",
        "Dear ",
        "Name:",
        "Mr. ",
    ):
        find_named(text, None)
