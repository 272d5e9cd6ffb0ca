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
