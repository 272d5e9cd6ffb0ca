"""Numbers of cases and papers are no addresses; a street behind a year is one."""

from __future__ import annotations

import pytest

from piiscrub.parse.official_numbers import official_numbers
from piiscrub.recognize.named import find_named

NUMBERS = {
    "case": "案号(2024)沪0105民初12345号。",
    "case, full width": "案号：（2024）京02民终678号",
    "highest court": "（2020）最高法民再123号",
    "enforcement": "(2023)浙0106执保456号之一",
    "paper": "根据粤府办〔2021〕3号",
    "paper in square brackets": "京政办发[2023]15号",
    "site": "苏ICP备12345678号-1",
    "police": "京公网安备 11010502030123号",
    "permit": "鲁药监械经营许20230012号",
    "two cases": "另见(2019)京73民初567号、(2021)沪0115执保8910号。",
    "standard": "引用GA 36-2018和GB/T 2260-2007",
    "standard of two bodies": "see ISO/IEC 27001:2022",
}
ADDRESSES = {
    "street behind a year": "本院（2024）大连市中山区测试路5号",
    "street that begins with a province": "赣州市章贡区测试大道12号",
    "room": "住沪太测试路1234号",
    "road behind a standard": "按GB 2260写：大连市中山区测试路5号",
}


@pytest.mark.parametrize("name", NUMBERS)
def test_number_is_no_address(name: str) -> None:
    text = NUMBERS[name]
    assert official_numbers(text)
    assert not find_named(text, None)


@pytest.mark.parametrize("name", ADDRESSES)
def test_address_stays(name: str) -> None:
    text = ADDRESSES[name]
    assert not official_numbers(text)
    assert [f.entity for f in find_named(text, None)] == ["CN_ADDRESS"]


def test_a_postcode_behind_its_state_is_no_standard() -> None:
    assert not official_numbers("Testham, GA 30301-2015")
