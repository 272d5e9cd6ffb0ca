"""Lists of things name nobody; lists of persons, and persons beside such lists, stay. All values are invented."""

from __future__ import annotations

import pytest

from piiscrub.parse.listings import in_listing


def _marked(text: str) -> tuple[str, int, int]:
    start, end = text.index("["), text.index("]") - 1
    return text.replace("[", "").replace("]", ""), start, end


THINGS = (
    "菜单：清炒时蔬18元、[王婆]豆腐22元、酸菜鱼58元、米饭2元",
    "苗木清单：桂花12株、[金叶女贞]30株、红枫5株、石楠8株",
    "歌单更新：《晴朗》《给[李明]的歌》《远山》《小雨》",
    "推荐：《[董小姐]》《远山》",
    "水稻“[黄华占]”“测粳31”，小麦“测麦22”",
    "楚、燕、赵、[韩三国]会盟",
    "1. 黄晕(yùn) 2. [贾谊](yì)",
    "Menu: Garden soup 6, [Peach Jane] 8, Apple pie 7, Tea 3",
    "Seed list: Dwarf bean, [Creeping Jenny], Iris, Sweet pea",
    "Side A: Blue Road; [Hey Jane]; Slow River; Rain",
    "Tickers in focus: ABCD, [ROSE], MARK, GRACE and QQQQ",
    "Listed: ABCD, XYZW, QRST, [ROSE]",
)
PERSONS = (
    "名单：张伟、[王小明]、李丽、陈敏",
    "菜单已改，联系人[王小明]、李丽、陈敏、赵强",
    "机型：甲、乙、丙、丁，[王小明]13800138000",
    "品牌：测牌、试牌、验牌；[王小明]先生已确认",
    "车型：测试一号，车主：甲、乙、丙、[王小明]",
    "《关于[王小明]同志任职的通知》《会议纪要》",
    "《[王小明]劳动合同》《保密协议》",
    "主持人[张翀](chōng)到场",
    "姓氏有赵、钱、孙，[李丽]说",
    "Team: Jane Roe, [Ali Doe], Kim Poe, Jo Moe",
    "Songs: Slow River, Rain, Blue Road, sung by [Jane Roe]",
    "Tools: saw, plane, drill, chisel. [Jane Roe] has them",
    "Products: saw, plane, drill, [Jane Roe] (415) 555-0132",
    "Present: JANE, ALI, [KIM], JO",
)


@pytest.mark.parametrize("case", range(len(THINGS)))
def test_in_a_list_of_things(case: int) -> None:
    assert in_listing(*_marked(THINGS[case]))


@pytest.mark.parametrize("case", range(len(PERSONS)))
def test_somebody(case: int) -> None:
    assert not in_listing(*_marked(PERSONS[case]))
