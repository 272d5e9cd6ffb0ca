"""Names that their shape or their neighbours tell. All names are invented."""

from __future__ import annotations

import pytest

from piiscrub.model.finding import Finding
from piiscrub.recognize.names_shapes import beside, shaped
from piiscrub.recognize.ner.tagger import Span


def texts(text: str, found) -> list[str]:
    return sorted(text[f.start : f.end] for f in found)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("姓名：王 小 明，", ["王 小 明"]),
        ("签收人 李 明 ", ["李 明"]),
        ("姓 名 欧 阳 明\n性 别 男", ["欧 阳 明"]),  # the label is spaced like its value, and so is the next one
        ("姓 名 王 小 明 性 别 男", ["王 小 明"]),
        ("姓 名 欧 阳 明 性 别 男", ["欧 阳 明"]),
        ("姓 名 欧 阳 明 远 民 族 汉", ["欧 阳 明 远"]),
        ("姓 名 李 明 出 生 1 9 8 6 年", ["李 明"]),
        ("姓 名 和 地 址", []),
        ("姓 名 性 别 年 龄", []),
        ("由扎西次仁签收", []),  # between Han characters only with a tagger
        ("签收：扎西次仁。", ["扎西次仁"]),
        ("单 位 名 称", []),
        ("今 天 去 北 京", []),
        ("扎西德勒", []),
    ],
)
def test_shapes_without_a_tagger(text, names):
    assert texts(text, shaped(text, None)) == names


def test_a_tagger_speaks_for_a_spaced_name_within_a_line():
    text = "租客王 小 明把房子退了"
    assert texts(text, shaped(text, None)) == []
    assert texts(text, shaped(text, [Span(2, 3, "PERSON", 0.7)])) == ["王 小 明"]


LISTS = (
    ("到场的有王小明、钭国强以及廖文。", ["王小明"], ["廖文", "钭国强"]),
    ("王小明、高兴地说", ["王小明"], []),
    ("王小明，男，汉族", ["王小明"], []),
    ("王小明：在吗\n赵文娟：在\n时间：三点", ["王小明"], ["赵文娟"]),
    ("1.王小明 13800138000\n2.钭国强 13800138000", ["王小明"], ["钭国强"]),
    ("石榴、黄鹂、戴胜", [], []),
)


@pytest.mark.parametrize("case", range(len(LISTS)))
def test_items_beside_names(case):
    text, sure, names = LISTS[case]
    persons = [Finding("PERSON", text.index(n), text.index(n) + len(n), 0.9, "names", "tagger") for n in sure]
    assert texts(text, beside(text, persons)) == names


def test_time_grows_with_the_text_only():
    text = "王小明、" * 20_000
    found = list(beside(text, [Finding("PERSON", 0, 3, 0.9, "names", "tagger")]))
    assert len(found) < 400, "one list is followed so far and no farther"
