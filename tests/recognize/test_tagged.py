"""What stands around a tagger's span decides whether it is a person. All names are invented or famous things."""

from __future__ import annotations

import pytest

from piiscrub.recognize import tagged_en, tagged_zh
from piiscrub.recognize.ner.tagger import Span

# Text with a «stretch» that a tagger calls a person; what is left of it ("" nothing, None untouched), and its text.
ENGLISH = (
    ("She flew to «Quimper» on Monday", "LOCATION", "Quimper"),
    ("I'm originally from «Quimper»", "LOCATION", "Quimper"),
    ("He works for «Veltrona»", "ORGANIZATION", "Veltrona"),
    ("«Veltrona» is a design agency in the north", "ORGANIZATION", "Veltrona"),
    ("«Veltrona» is a Norwegian film", "", ""),
    ("the «Harley-Davidson» in the yard", "", ""),
    ("the Johnson & «Johnson» vaccine", "", ""),
    ("«Yesss» we did it", "", ""),
    ("meet at «Varga» Street", "LOCATION", "Varga Street"),
    ("both of «Chapel Lane», Great Testing", "LOCATION", "Chapel Lane"),
    ("both of «Chapel Parkway», Great Testing", "LOCATION", "Chapel Parkway"),
    ("a letter from «Diane Lane», Testing", None, "Diane Lane"),
    ("the «ticker ABCD» fell", "", ""),
    ("the «Varga» Foundation paid", "ORGANIZATION", "Varga Foundation"),
    ("send it to USNS «Varga»\nFPO AA 65728", "", ""),
    ("> «Quimper»\n> France 35910\n", "LOCATION", "Quimper"),
    ("He works for «Jane Smith»", None, "Jane Smith"),
    ("«Jane Smith» is a very kind person", None, "Jane Smith"),
    ("yesterday «Varga» said so", None, "Varga"),
)
CHINESE = (
    ("«史旺森»山脉很高", "LOCATION", "史旺森山脉"),
    ("台风“«卡莱尔»”登陆", "", ""),
    ("«王胖子»驴肉火烧（鼓楼店）", "ORGANIZATION", "王胖子驴肉"),
    ("«成飞»集成涨停", "ORGANIZATION", "成飞集成"),
    ("«李明»hhh", None, "李明"),
    ("«仇民國»79年1月2日", "", ""),
    ("«张爱民»民國79年生", None, "张爱民"),
    ("«張愛國民國»79年生", "PERSON", "張愛國"),
    ("«浙IJKRHA»在门口", "", ""),
    ("请核对«刘霞»银行卡", None, "刘霞"),
    ("«李明»说他会来", None, "李明"),
)


def marked(text: str) -> tuple[str, Span]:
    start, end = text.index("«"), text.index("»") - 1
    return text.replace("«", "").replace("»", ""), Span(start, end, "PERSON", 0.8)


def check(corrected, case) -> None:
    text, label, words = case
    plain, span = marked(text)
    left = [(found.label, plain[found.start : found.end]) for found in corrected(plain, [span])]
    assert left == ([] if label == "" else [(label or "PERSON", words)])


@pytest.mark.parametrize("case", range(len(ENGLISH)))
def test_english(case):
    check(tagged_en.corrected, ENGLISH[case])


@pytest.mark.parametrize("case", range(len(CHINESE)))
def test_chinese(case):
    check(tagged_zh.corrected, CHINESE[case])


def test_a_firm_of_surnames_is_one_organisation_and_people_are_not():
    firm, people = "We sued Hawkins, Richardson and Whitaker.", "Our founders: Hawkins, Richardson and Whitaker met."
    for text, labels in ((firm, ["ORGANIZATION"]), (people, ["PERSON"] * 3)):
        spans = [Span(text.index(n), text.index(n) + len(n), "PERSON", 0.9) for n in ("Hawkins", "Richardson", "Whitaker")]
        assert [s.label for s in tagged_en.corrected(text, spans)] == labels


def test_a_surname_in_capitals_is_somebody_unless_the_tagger_is_sure_of_a_firm():
    for word, score, label in (("MULLER", 0.7, "PERSON"), ("MULLER", 0.9, "ORGANIZATION"), ("VELTRONA", 0.7, "ORGANIZATION")):
        (span,) = tagged_en.corrected(f"{word} signed the form", [Span(0, len(word), "ORGANIZATION", score)])
        assert span.label == label


def test_the_number_of_a_badge_is_no_house():
    for text, label in (("Badge 4471 Jane Smith said", "PERSON"), ("house 4471 Jane Smith", "ADDRESS")):
        start, end = text.index("4471"), text.index("Smith") + 5
        (span,) = tagged_en.corrected(text, [Span(start, end, "ADDRESS", 0.8)])
        assert (span.label, text[span.start : span.end]) == (label, "Jane Smith" if label == "PERSON" else "4471 Jane Smith")


def test_a_given_name_and_a_surname_of_the_lists_count_as_sure():
    text = "ask Jane Smith"
    (span,) = tagged_en.corrected(text, [Span(4, 14, "PERSON", 0.6)])
    assert span.score == pytest.approx(0.9)


def test_a_place_is_made_whole():
    text = "在河北正定县的巴尔干地区"
    spans = [Span(4, 6, "LOCATION", 0.8), Span(7, 10, "LOCATION", 0.8)]
    assert [text[s.start : s.end] for s in tagged_zh.corrected(text, spans)] == ["正定县", "巴尔干地区"]


@pytest.mark.parametrize("text", ["闽南语的歌", "南京官话", "上海菜"])
def test_a_language_or_a_cuisine_is_no_place(text):
    assert not [s for s in tagged_zh.corrected(text, [Span(0, 2, "LOCATION", 0.8)]) if s.end - s.start == 2]


def test_a_span_of_white_space_is_nothing():
    assert list(tagged_en.corrected("a \n b", [Span(1, 4, "PERSON", 0.9)])) == []
