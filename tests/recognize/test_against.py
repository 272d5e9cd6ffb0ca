"""A word that speaks against counts in full where it stands right before its number, by half where the sentence has gone on."""

import pytest

from piiscrub import Scrubber

SCRUBBER = Scrubber(policy="review", ner=None)


def entities(text: str) -> set[str]:
    return {f.entity for f in SCRUBBER.scan(text).findings}


FAR = (
    ("发票寄到公司，找小李13800138000", "CN_MOBILE"),
    ("取件码发我这个号13800138000，谢谢", "CN_MOBILE"),
    ("验证码已发送至13800138000，请注意查收", "CN_MOBILE"),
    ("订单有问题打0571-85550123", "CN_LANDLINE"),
    ("order paid with 4111 1111 1111 1111 yesterday", "CREDIT_CARD"),
    ("GET /users/13800138000/orders HTTP/1.1", "CN_MOBILE"),  # the next part of a path
)
BESIDE = (
    "订单号13800138000",
    "流水号：13800138000",
    "订单编号（13800138000）已关闭",
    "order number is 4111111111111111",
    "发票寄到公司，找小李14200000001",  # no segment of a mobile number: no check speaks for it
)


@pytest.mark.parametrize("case", range(len(FAR)))
def test_words_between_halve_it(case: int) -> None:
    text, entity = FAR[case]
    assert entity in entities(text)


@pytest.mark.parametrize("case", range(len(BESIDE)))
def test_right_before_its_number_it_counts_in_full(case: int) -> None:
    assert not entities(BESIDE[case]) & {"CN_MOBILE", "CREDIT_CARD"}


TEXTS = ("回访未接通，备用13800138000，晚上再打", "please try 13800138000 in the evening")
NUMBERS = ("13800138000", "NO 13800138000", "13800138000;13800138001")


@pytest.mark.parametrize("label", ["订单备注", "工单内容", "order_note", "发票"])
@pytest.mark.parametrize("case", range(len(TEXTS)))
def test_the_label_of_a_text_is_that_of_the_whole(label: str, case: int) -> None:
    assert "CN_MOBILE" in {f.entity for f in SCRUBBER.scan(TEXTS[case], label=label).findings}


@pytest.mark.parametrize("label", ["订单号", "order_no", "发票"])
@pytest.mark.parametrize("case", range(len(NUMBERS)))
def test_the_label_of_a_number_speaks_against_it(label: str, case: int) -> None:
    assert "CN_MOBILE" not in {f.entity for f in SCRUBBER.scan(NUMBERS[case], label=label).findings}
