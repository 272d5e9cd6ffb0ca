"""The name that a text stands under is its label."""

from __future__ import annotations

import pytest

import piiscrub as ps
from piiscrub.scrubber.cells import decide_cells


@pytest.mark.parametrize(
    ("label", "text", "entity"),
    [
        ("QQ号", "10000", "QQ_NUMBER"),
        ("qq", "10000", "QQ_NUMBER"),
        ("微信号", "zhangtest", "WECHAT_ID"),
        ("出生日期", "1990-01-02", "DATE_OF_BIRTH"),
        ("date_of_birth", "1990-01-02", "DATE_OF_BIRTH"),
        ("身份证号", "110105194912310021", "CN_ID_CARD"),
        ("idCard", "110105194912310021", "CN_ID_CARD"),
    ],
    ids=lambda value: value if value.isupper() else "",
)
def test_it_is_context(label: str, text: str, entity: str) -> None:
    assert entity not in {f.entity for f in ps.scan(text).findings}
    [finding] = ps.scan(text, label=label).findings
    assert (finding.entity, finding.start, finding.end) == (entity, 0, len(text))
    assert ps.scrub(text, label=label).text == f"<{entity}_1>"
    assert ps.explain(text, 0, len(text), label=label).found


@pytest.mark.parametrize("label", ["", "备注", "column_07", "x" * 10_000, "\ud800\x00"])
def test_one_that_says_nothing_changes_nothing(label: str) -> None:
    for text in ("10000", "手机13800138000", "天气很好"):
        assert ps.scan(text, label=label).findings == ps.scan(text).findings


def test_it_shows_only_as_the_word_that_was_met() -> None:
    secret = "李某某的手机"
    found = ps.scan("10000", label=f"{secret} QQ号").findings
    assert [f.entity for f in found] == ["QQ_NUMBER"]
    assert "李某某" not in repr(found)


@pytest.mark.parametrize(
    ("label", "text", "spans"),
    [
        ("cust", '{"no": 100200, "x": "ok"}', [(7, 13)]),
        ("customers", '[{"no": 100200}, {"No" : "100201"}]', [(8, 14), (26, 32)]),
        ("客户", '{"编号":"100200"}', [(7, 13)]),
        ("客户", '{"ID": 100200.0}', [(7, 13)]),
        ("payload", '{"customer": {"id": 100200}}', [(20, 26)]),
        ("customer", '{"order": {"no": 100200}}', []),
        ("customer", '{"no": 100200', []),
        ("customer", '{"quantity": 100200}', []),
        ("amount", '{"no": 100200}', []),
    ],
    ids=range(9),
)
def test_a_key_of_json_that_says_number_is_read_with_what_is_above_it(
    label: str, text: str, spans: list[tuple[int, int]]
) -> None:
    scrubber = ps.Scrubber(policy="review")
    found = [(f.start, f.end) for f in scrubber.scan(text, label=label).findings if f.entity == "ACCOUNT"]
    assert found == spans
    [cell] = decide_cells(scrubber, [text], label=label)
    assert [(d.finding.start, d.finding.end) for d in cell if d.kept and d.finding.entity == "ACCOUNT"] == spans
