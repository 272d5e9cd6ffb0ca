"""Codes that look like an address or a firm, and addresses and firms that stay. All values are invented."""

from __future__ import annotations

import pytest

from piiscrub.parse.codes import of_a_thing, short_form


def _marked(text: str) -> tuple[str, int, int]:
    start, end = text.index("["), text.index("]") - 1
    return text.replace("[", "").replace("]", ""), start, end


CODES = (
    "[Fonia 3310 (TA-1030]), blue",
    "[1380 Prepaids 4,155.00]",
    "[W0315 13:58:02.000001 41555] reflector",
    "DPT=443 WINDOW=[64240 SYN URGP]=0",
    "[LCCN 2003556443]; Dewey",
    "新款测牌[A6L 45 TFSI]到店",
    "the suite [Grace 3.0], today",
)
ADDRESSES = (
    "at [12 Test House] today",
    "寄到[12 Test House]",
    "[Flat 3, 12 Test Crescent (rear]) today",
    "[64240 TESTPARREN], France",
    "[Testgasse 3310]",
)
ABBREVIATIONS = (
    "系统盘480GB [SSD]，",
    "[ISBN]-13 978",
    "Caused by: [ORA]-00942",
    'File "/[srv]/app/x"',
    "[sku],desc,qty",
    "短信发送[CXYE]到10086",
)
FIRMS = ("at [BBC] now", "在[中通]寄", "the [AB/CD] group", "joined [Acme] in 2020", "[IBM]/Acme")


@pytest.mark.parametrize("case", range(len(CODES)))
def test_a_code_is_no_address(case: int) -> None:
    assert of_a_thing(*_marked(CODES[case]))


@pytest.mark.parametrize("case", range(len(ADDRESSES)))
def test_an_address_is_no_code(case: int) -> None:
    assert not of_a_thing(*_marked(ADDRESSES[case]))


@pytest.mark.parametrize("case", range(len(ABBREVIATIONS)))
def test_an_abbreviation_is_no_firm(case: int) -> None:
    assert short_form(*_marked(ABBREVIATIONS[case]))


@pytest.mark.parametrize("case", range(len(FIRMS)))
def test_a_firm_is_no_abbreviation(case: int) -> None:
    assert not short_form(*_marked(FIRMS[case]))
