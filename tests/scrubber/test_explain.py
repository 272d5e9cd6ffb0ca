"""Why a span was found or not: best fit first, in both languages, without the value."""

from __future__ import annotations

import re

import pytest

import piiscrub as ps
from piiscrub.recognize.trace import fit
from piiscrub.render.reasons import reason
from piiscrub.scrubber.explain import MOST
from tests.security.guard import examples

NUMBER = "订单号110105194912310021已发货"
HAN = re.compile(r"[\u4e00-\u9fff]")


def test_the_best_fit_stands_first_and_the_rest_is_counted() -> None:
    told = ps.explain(NUMBER, 3, 21)
    fits = [fit((t.start, t.end), (3, 21)) for t in told.traces]
    assert fits == sorted(fits, reverse=True)
    assert fits[0] == 1.0
    lines = str(told).splitlines()
    assert lines[0] == "Characters 3–21: not found."
    assert "check: cn_id_card failed and its label is not near ('订单号' stands nearer)" in lines[1]
    assert any("CN_ID_CARD by cn_id_card/18 at 3–21: not reported" in line for line in lines)
    assert len(lines) <= 1 + MOST + 1
    if len(told.traces) > MOST:
        assert lines[-1] == f"  … {len(told.traces) - MOST} more patterns, which fit less well; .traces has all"


def test_many_decisions_are_counted_too() -> None:
    text = "手机13800138000，" * 30
    told = ps.explain(text, 0, len(text))
    assert len(told.decisions) >= 30
    assert f"… {len(told.decisions) - MOST} more; .decisions has all" in str(told)
    assert len(str(told).splitlines()) <= 1 + MOST + 1 + MOST + 1


@pytest.mark.parametrize(
    ("text", "start", "end", "word"),
    [
        (NUMBER, 3, 21, "校验"),
        ("请加10000，谢谢", 2, 7, "上下文"),
        ("流水991101051949123100277", 4, 22, "边界"),
        ("手机13800138000", 2, 13, "保留"),
    ],
    ids=["check", "context", "boundary", "kept"],
)
def test_it_speaks_chinese(text: str, start: int, end: int, word: str) -> None:
    said = ps.explain(text, start, end).to_text(lang="zh")
    assert word in said
    assert all(HAN.search(line) for line in said.splitlines())
    assert not re.search(r"\b(not|reported|failed|kept|score|characters)\b", said, re.IGNORECASE)


def test_where_nothing_fits_it_says_so() -> None:
    told = ps.explain("天气很好", 0, 4)
    assert str(told).endswith("recognizers() lists what there is.")
    assert "识别器" in told.to_text(lang="zh")


def test_a_notebook_shows_a_table() -> None:
    html = ps.explain(NUMBER, 3, 21)._repr_html_()
    assert "Characters 3–21: not found." in html
    assert html.count("<tr>") > 2
    assert "110105" not in html
    assert "No recognizer has a pattern" in ps.explain("天气很好", 0, 4)._repr_html_()
    assert "check passed" in ps.explain("手机13800138000", 2, 13)._repr_html_()


def test_it_says_what_a_policy_made_of_it() -> None:
    policy = ps.load_policy("balanced").replace(allow=("13800138000",), deny=(("PERSON", "甲某某"),))
    assert "dropped (allow list)" in str(ps.explain("手机13800138000", 2, 13, policy=policy))
    assert "kept (deny list)" in str(ps.explain("联系甲某某", 2, 5, policy=policy))
    assert "dropped (placeholder)" in str(ps.explain("微信<WECHAT_ID_1>", 3, 14))


def test_offsets_are_those_of_the_text() -> None:
    told = ps.explain("手机１３８００\u200b１３８０００已绑定", 2, 14)
    assert told.found
    assert any((d.finding.start, d.finding.end) == (2, 14) for d in told.decisions)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 2), (0, 99)])
def test_a_span_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ps.PiiscrubError, match=r"explain takes 0 <= start < end <= 4"):
        ps.explain("天气很好", start, end)


def test_every_reason_has_a_chinese_sentence() -> None:
    reasons = {
        d.reason
        for _, _, text in examples()
        for policy in ("review", "balanced")
        for d in ps.scan(text.replace("<<", "").replace(">>", ""), policy=policy, entities=["NATIONAL_ID", "CONTACT"]).decisions
    }
    assert len(reasons) > 5
    assert [one for one in sorted(reasons) if not HAN.search(reason(one, "zh"))] == []
    assert all(reason(one, "en") == one for one in reasons)
