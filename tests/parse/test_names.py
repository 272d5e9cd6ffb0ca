"""Names taken apart: Chinese, romanised, English."""

from __future__ import annotations

import pytest

from piiscrub.parse import names_en, names_zh, pinyin

CHINESE = (
    ("张三", "张", "三", "plain"),
    ("李小明", "李", "小明", "plain"),
    ("欧阳小红", "欧阳", "小红", "compound"),
    ("诸葛测试", "诸葛", "测试", "compound"),
    ("王李小明", "王李", "小明", "double"),
    ("買買提·測試", "測試", "買買提", "dotted"),
    ("爱新觉罗某", "爱新觉罗", "某", "compound"),
)
NO_NAMES = ("张", "张三3", "张三李四王五赵六", "北京", "", "·", "小·", "Zhang San")

ROMANISED = (
    ("Zhang San", "Zhang", "San", "surname first"),
    ("ZHANG San", "ZHANG", "San", "surname first"),
    ("San ZHANG", "ZHANG", "San", "given first"),
    ("Zhang, San", "Zhang", "San", "surname first"),
    ("ZHANG SAN", "ZHANG", "SAN", "surname first"),
    ("Xiaoming Wang", "Wang", "Xiaoming", "given first"),
    ("Wang Xiao-ming", "Wang", "Xiao-ming", "surname first"),
    ("Ouyang Nana", "Ouyang", "Nana", "surname first"),
    ("Lǚ Dòngbīn", "Lǚ", "Dòngbīn", "surname first"),
)

ENGLISH = (
    ("Mr. John Smith Jr.", ("Mr.", "John", "Smith", "Jr.")),
    ("Smith, John", ("", "John", "Smith", "")),
    ("Maria de la Cruz", ("", "Maria", "de la Cruz", "")),
    ("Ludwig van Beethoven", ("", "Ludwig", "van Beethoven", "")),
    ("J. R. Doe", ("", "J. R.", "Doe", "")),
    ("Dr Doe", ("Dr", "", "Doe", "")),
)


@pytest.mark.parametrize("case", range(len(CHINESE)))
def test_a_chinese_name(case):
    name, surname, given, kind = CHINESE[case]
    assert names_zh.split(name) == (surname, given, kind)


@pytest.mark.parametrize("case", range(len(NO_NAMES)))
def test_what_is_no_chinese_name(case):
    assert names_zh.split(NO_NAMES[case]) is None


def test_ordinary_words_and_places_are_told_from_names():
    assert all(map(names_zh.ordinary, "高兴 方便 金额 安全 时间 马上 白天 常用 阳光 海淀 华盛顿".split()))
    assert not any(map(names_zh.ordinary, "张三 王小明 李建国 欧阳小红".split()))


def test_a_name_by_sound_ends_before_grammar():
    assert names_zh.dotted_part("努尔·吐尔逊的电话") == "努尔·吐尔逊"
    assert names_zh.by_sound("努尔·吐尔逊") > 0.7 > names_zh.by_sound("麻辣·火锅")


@pytest.mark.parametrize("case", range(len(ROMANISED)))
def test_a_romanised_name_in_every_order_and_case(case):
    name, surname, given, order = ROMANISED[case]
    parts = pinyin.split(name)
    assert parts is not None
    assert (parts.surname, parts.given, parts.order) == (surname, given, order)


@pytest.mark.parametrize("name", ["John Smith", "Zhang", "Zhang San Feng Wu Ji Li", "New York", ""])
def test_what_is_no_romanised_name(name):
    assert pinyin.split(name) is None


def test_syllables():
    assert [pinyin.syllables(w) for w in ("xian", "xi'an", "zhuang", "lv", "lü", "brr", "")] == [1, 2, 1, 1, 1, 0, 0]
    assert len(pinyin.SYLLABLES) > 400


def test_english_words_cast_doubt():
    parts = pinyin.split("He Can")
    assert parts is None or parts.doubt


@pytest.mark.parametrize("case", range(len(ENGLISH)))
def test_an_english_name(case):
    name, parts = ENGLISH[case]
    assert tuple(names_en.split(name)) == parts


@pytest.mark.parametrize("name", [*(case[0] for case in CHINESE), *NO_NAMES, "王的", "高兴", "钭小明", "区建国", "王于小明"])
def test_likeness_is_what_three_questions_say(name):
    expected = (names_zh.typical(name), names_zh.frequent_surname(name)) if names_zh.possible(name) else None
    assert names_zh.likeness(name) == expected
