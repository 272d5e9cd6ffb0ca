"""What is listed in one script is found in the other: in packs, built in or not, and among names."""

from pathlib import Path

import pytest

import piiscrub as ps
from piiscrub.reference.scripts import simplified

TEXTS = [
    "工號：10000123，職位：會計師",
    "醫師診斷為冠心病",
    "時薪190元，月薪36,000元",
    "學號B10900001",
    "茲收到馬文龍君繳納管理費",
    "國籍：菲律賓，婚姻狀況：離婚",
    "她對花生過敏，今年三十五歲",
]

PACK = """schema = 1
id = "locker"
entity = "MEMBER_NUMBER"
mode = "context"
[title]
en = "Number of a locker"
[[patterns]]
name = "digits"
regex = '儲物\\d{4}'
score = 0.5
boundary = "alnum"
max = 8
[context]
zh = ["櫃號"]
columns = ["櫃號"]
"""


def spans(text: str, scrubber: ps.Scrubber | None = None) -> list[tuple[str, int, int]]:
    found = scrubber.scan(text) if scrubber else ps.scan(text)
    return [(f.entity, f.start, f.end) for f in found.findings]


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_both_scripts_tell_the_same(number: int) -> None:
    text = TEXTS[number]
    assert simplified(text) != text
    assert spans(text) == spans(simplified(text)) != []


def test_a_pack_of_ones_own_may_be_written_in_either(tmp_path: Path) -> None:
    file = tmp_path / "locker.toml"
    file.write_text(PACK, "utf8")
    scrubber = ps.Scrubber(policy="review", recognizers=[str(file)], ner=None)
    assert spans("櫃號：儲物0001", scrubber) == spans("柜号：储物0001", scrubber) == [("MEMBER_NUMBER", 3, 9)]
    assert [f.entity for f in scrubber.scan("儲物0001", label="櫃號").findings] == ["MEMBER_NUMBER"]


def test_the_text_comes_back_as_it_was_written() -> None:
    assert ps.scrub("經手人：陳大文，電話：0912-000-678，時間另訂").text == "經手人：<PERSON_1>，電話：<PHONE_NUMBER_1>，時間另訂"


def test_explanations_read_it_so_too() -> None:
    text = "批次0912-000-678"
    assert "tw_phone" in str(ps.explain("訂單編號0912-000-678", 4, 16)) and ps.explain(text, 2, 14)
