"""A header tells the same in either script."""

import pyarrow as pa
import pytest

import piiscrub as ps
from piiscrub.reference.scripts import simplified


@pytest.mark.parametrize("header", ["身分證字號", "職業", "職稱", "學歷", "銀行帳號", "婚姻狀況", "戶籍地址"])
def test_headers_in_both_scripts(header: str) -> None:
    def kind(name: str) -> str:
        return ps.profile(pa.table({name: ["甲", "乙", "丙"]})).columns[0].entity

    assert simplified(header) != header
    assert kind(header) == kind(simplified(header)) != ""
