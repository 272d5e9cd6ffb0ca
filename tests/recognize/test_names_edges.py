"""Where a name begins and ends that a tagger marked in part. All names and places are invented."""

from __future__ import annotations

import pytest

from piiscrub.recognize.named import named_from
from piiscrub.recognize.names_edges import begins_here, ends_here, fitted
from piiscrub.recognize.ner.tagger import ADDRESS, MAYBE, PERSON, Span

# Text with what the tagger marked as [ ] and the name as « ».
CASES = (
    ("由«单[于明远]»接手", "the compound surname was cut in two"),
    ("联系«欧阳[小红]»确认", "the compound surname was left out"),
    ("当事人«赫连[明]远»于一九七〇年", "both ends were left out"),
    ("入住人：«[王明]远»；离店", "the last character stands alone before a mark"),
    ("«[王明]远»女士的快递", "a title follows"),
    ("请«[王明]远»接手", "an ordinary word follows"),
    ("“«王[李小明]»”", "the first of two surnames"),
    ("[爱人«王小明»]", "a word of relation was taken along"),
    ("请[祝«王小明»]早日康复", "祝 is a surname, but does something here"),
    ("三号楼，[«王小明»收]", "收 at the end of an address"),
    ("[«王明»于]昨天", "a word of grammar was taken along"),
    ("被告[«王明远»伙]同他人", "the front of the next word was taken along"),
    ("[«魏明»家]在测试路", "somebody's home"),
    ("[«王明»曰]：不可", "曰 says what follows"),
    ("由«扎西[次仁]»签收", "one of two Tibetan words"),
    ("转告«[佐藤健]一»明天", "the last character of a Japanese name"),
    ("我是二班«[周小明]»的妈妈", "班 is a surname, but the class here"),
    ("高一(3)[班«李小明»]获奖", "the class was taken along"),
    ("致«[努尔·测]试»：", "a part behind a dot has two characters at least"),
)
KEPT = (
    ("作者«[班小明]»", "a surname, no class"),
    ("«[王明]»说", "what somebody does"),
    ("«[王明]»收", "what somebody does, at the end"),
    ("«[王芳]»工程师", "a title begins"),
    ("«[王芳]»明天去", "an ordinary word begins"),
    ("采访时«[王芳]»表示", "时 is a surname, but none here"),
    ("和«[王小明]»在一起", "和 is a surname, but none here"),
    ("向«[王小明]»提问", "向 is a surname, but none here"),
    ("«[王小工]»来了", "a whole name that ends like a title"),
)


@pytest.mark.parametrize(("marked", "why"), [*CASES, *KEPT], ids=[str(n) for n in range(len(CASES) + len(KEPT))])
def test_the_edges_of_a_name(marked: str, why: str) -> None:
    text = marked.translate(dict.fromkeys(map(ord, "[]«»")))

    def span(opening: str, closing: str) -> tuple[int, int]:
        others = {"[": "«»", "«": "[]"}[opening]
        bare = marked.translate(dict.fromkeys(map(ord, others)))
        return bare.index(opening), bare.index(closing) - 1

    assert fitted(text, *span("[", "]")) == span("«", "»"), why


def test_words_begin_and_end_where_marks_or_other_words_stand() -> None:
    text = "转告王明远，让他来"
    assert begins_here(text, 0)
    assert begins_here(text, 2)
    assert not begins_here(text, 3)
    assert ends_here(text, 5)
    assert not ends_here(text, 4)


def test_a_hint_becomes_a_name_only_between_marks_or_words() -> None:
    def found(text: str, start: int, end: int) -> list[str]:
        return [text[f.start : f.end] for f in named_from(text, [Span(start, end, MAYBE, 0.3)]) if f.entity == "PERSON"]

    assert found("我们让鲍明远带上电脑", 3, 6) == ["鲍明远"]
    assert found("我们让鲍明", 3, 5) == ["鲍明"]
    assert found("《鲍明》一书", 1, 3) == []
    assert found("花鲍明远近闻名", 1, 3) == []
    assert found("会议将于明晨举行", 3, 6) == []


def test_an_address_of_the_tagger_goes_on_behind_a_gap() -> None:
    text = "测试省，测试市，测试路12号，测试新村3#2703房 我是"
    whole = [Span(0, text.index(" "), ADDRESS, 0.9)]
    found = [f for f in named_from(text, whole) if f.entity == "CN_ADDRESS"]
    assert [text[f.start : f.end] for f in found] == [text[: text.index(" ")]]


def test_an_announced_address_ends_before_who_is_asked_for_there() -> None:
    text = "上门地址 测试市测试县测试村五社 找王小明"
    found = named_from(text, [Span(text.index("王"), len(text), PERSON, 0.99)])
    assert ("CN_ADDRESS", "测试市测试县测试村五社") in [(f.entity, text[f.start : f.end]) for f in found]
    assert ("PERSON", "王小明") in [(f.entity, text[f.start : f.end]) for f in found]
