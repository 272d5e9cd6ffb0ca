"""A value that its label gave away is found wherever it stands again, in whatever groups."""

from __future__ import annotations

import pytest

import piiscrub as ps
from piiscrub.model.finding import Decision, Finding
from piiscrub.recognize.repetition import repeated
from tests.growth import LINEAR, growth

WEAK = {("card", "beside a word")}


def places(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the value of ``text[start:end]``, found beside its label, is found again."""
    finding = Finding("CREDIT_CARD", start, end, 0.9, "card", "beside a word", context=("卡号",))
    return [(f.start, f.end) for f in repeated(text, [Decision(finding, True, "", "context")], WEAK)]


CARD = "4111111111111111"
GROUPS = {"none": CARD, "spaces": "4111 1111 1111 1111", "hyphens": "4111-1111-1111-1111", "uneven": "411111 1111111111"}
OTHERS = {
    "one group more": "4111-1111-1111-1111-2",
    "one group before": "2-4111-1111-1111-1111",
    "one digit more": f"{CARD}2",
    "half of it": "4111.1111",
    "its beginning": "411",
}


@pytest.mark.parametrize("again", GROUPS)
@pytest.mark.parametrize("first", ["none", "spaces"])
def test_groups_do_not_matter(first: str, again: str) -> None:
    text = f"卡号{GROUPS[first]}，还是那张{GROUPS[again]}已挂失"
    start = text.index("那张") + 2
    assert places(text, 2, 2 + len(GROUPS[first])) == [(start, start + len(GROUPS[again]))]


@pytest.mark.parametrize("again", OTHERS)
def test_a_longer_or_other_number_is_not_the_value(again: str) -> None:
    assert places(f"卡号{CARD}，不是{OTHERS[again]}。", 2, 18) == []


def test_both_places_of_a_card_are_found() -> None:
    found = ps.scan(f"卡号4111 1111 1111 1111，还是那张{CARD}").findings
    assert [(f.start, f.end, f.context) for f in found] == [(2, 21, ("卡号",)), (26, 42, ("repetition",))]


def test_the_label_may_stand_behind_the_first_place() -> None:
    found = ps.scan("请加10000，QQ号：10000", entities=["QQ_NUMBER"]).findings
    assert [(f.start, f.end) for f in found] == [(2, 7), (12, 17)]


def test_short_numbers_and_names_are_compared_as_written() -> None:
    assert places("QQ号10000，1000 0和10000-1", 3, 8) == []
    assert places("微信号zhang-san，zhangsan，zhang-san", 3, 12) == [(22, 31)]


def test_patterns_that_need_no_context_find_their_values_themselves() -> None:
    text = "卡号10000 10000"
    finding = Finding("X", 2, 7, 0.9, "other", "alone", context=("卡号",))
    assert repeated(text, [Decision(finding, True, "", "context")], WEAK) == []
    finding = finding._replace(recognizer="card", pattern="beside a word")
    assert repeated(text, [Decision(finding, False, "", "threshold")], WEAK) == []


def test_time_grows_with_the_text_only() -> None:
    head = "卡号1000 1000 1000 2，"
    assert growth(lambda size: places(head + "1000 " * size, 2, 18), 200_000) < LINEAR
