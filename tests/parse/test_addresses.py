"""Addresses taken apart: levels of Chinese ones, extent of English ones."""

from __future__ import annotations

from itertools import pairwise

import pytest

from piiscrub.parse import address_en, address_zh
from piiscrub.reference.places import places

LEVELS = (
    (
        "广东省深圳市南山区测试路2号测试大厦3栋4单元501室",
        {
            "province": "广东省", "city": "深圳市", "district": "南山区", "road": "测试路", "number": "2号",
            "estate": "测试大厦", "building": "3栋", "unit": "4单元", "room": "501室",
        },
    ),
    ("北京市海淀区中关村大街1号", {"province": "北京市", "district": "海淀区", "road": "中关村大街", "number": "1号"}),
    ("陕西南路100弄3号", {"road": "陕西南路", "number": "100弄3号"}),
    ("浙江省宁波市测试镇测试村三组", {
        "province": "浙江省", "city": "宁波市", "town": "测试镇", "village": "测试村", "group": "三组",
    }),
    ("香港九龍測試道688號測試中心3樓301室", {
        "province": "香港", "city": "九龍", "road": "測試道", "number": "688號", "estate": "測試中心",
        "floor": "3樓", "room": "301室",
    }),
    ("台北市測試路五段7號12樓之3", {"city": "台北市", "road": "測試路五段", "number": "7號", "floor": "12樓之3"}),
    ("重庆市渝北区测试街道测试大道5号3-2-501", {
        "province": "重庆市", "district": "渝北区", "town": "测试街道", "road": "测试大道", "number": "5号", "room": "3-2-501",
    }),
    ("测试路1266号测试广场 12楼 1203", {
        "road": "测试路", "number": "1266号", "estate": "测试广场", "floor": "12楼", "room": "1203",
    }),
)  # fmt: skip

ENGLISH = (
    "12 Example Street, Apt. 4, Springfield, IL 62704",
    "221B Example Road, London NW1 6XE",
    "1500 N Sample Blvd Suite 200\nSpringfield, CA 90001",
    "PO Box 1234",
    "100 Test Ave., Toronto, ON M5V 2T6",
    "5/12 Sample Parade, Sydney NSW 2000",
)


@pytest.mark.parametrize("case", range(len(LEVELS)))
def test_levels(case):
    text, levels = LEVELS[case]
    assert address_zh.parse(text) == levels


@pytest.mark.parametrize("text", ["", "你好", "12", "号", "明天去上海出差"])
def test_what_is_no_address(text):
    assert not address_zh.fine(address_zh.components(text, 0))


def test_a_division_is_the_longest_name_that_fits_before_the_end():
    known = places()
    for text in (
        "北京市海淀区测试路",
        "去海淀",
        "海",
        "",
        "恩施土家族苗族自治州",
        "恩施土家族",
        "陕西南路",
        "在广东省深圳市南山区南头街道",
    ):
        for at in range(len(text)):
            longest = next((end for end in range(len(text), at + 1, -1) if text[at:end] in known), None)
            found = address_zh.division_at(text, at)
            assert found is None or found == (longest, known[text[at:longest]])
            assert found is not None or longest is None or not known[text[at:longest]].full


def test_the_components_lie_side_by_side():
    text = "海淀区测试村那边的测试路63号 5号楼，一单元"
    parts = address_zh.components(text, 0)
    assert all(a.end <= b.start for a, b in pairwise(parts))
    assert text[parts[-1].start : parts[-1].end] == "一单元"


@pytest.mark.parametrize("case", range(len(ENGLISH)))
def test_how_far_an_english_address_goes(case):
    text = ENGLISH[case]
    reading = address_en.read(text + ". Then we left", 0)
    assert reading is not None
    assert reading.end == len(text)


def test_a_sentence_is_no_address():
    reading = address_en.read("12 March 2020 was a day", 0)
    assert reading is None or not (reading.suffix or reading.postcode)
