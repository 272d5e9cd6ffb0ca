"""Chinese names behind keys of data: what such a key announces is a name though a county be called so too."""

import pytest

from piiscrub import Scrubber

SCRUBBER = Scrubber(policy="review", ner="rules")


def names(text: str) -> list[str]:
    return [text[f.start : f.end] for f in SCRUBBER.scan(text).findings if f.entity == "PERSON"]


KEYS = (
    '{"custName": "梁平", "qty": 2}', "<CustName>梁平</CustName>", "customer_name='梁平', id=3", "xm=梁平&bh=7",
    "['patientName' => '梁平']", "realName:梁平",
)  # fmt: skip
OTHERS = ("product_name='梁平柚'", '{"cityName": "梁平"}', "<DistrictName>梁平</DistrictName>", "id=梁平", '{"custName": "无"}')


@pytest.mark.parametrize("case", range(len(KEYS)))
def test_a_key_that_names_a_person(case: int) -> None:
    assert names(KEYS[case]) == ["梁平"]


@pytest.mark.parametrize("case", range(len(OTHERS)))
def test_a_key_of_something_else(case: int) -> None:
    assert names(OTHERS[case]) == []
