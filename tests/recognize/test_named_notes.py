"""Names as short notes write them, and brands that are called like people, with the tagger of the package.

Text with «marked» findings: P person, R form of address, A address; all of them invented.
"""

from __future__ import annotations

import pytest

from piiscrub.recognize.named import find_named
from piiscrub.recognize.names_told import told_names
from piiscrub.recognize.ner.tagger import default_tagger
from tests.recognize.test_named import marked

FOUND = (
    "«Pamelia» called in sick, «PRaj» covers till 2",
    "«Pjoanna» is the decision maker, «Ppete» just blocks everything",
    "i spoke to «Prosa», she will ring back",
    "called «Plorenzo», no answer",
    "lunch with «Pnadine» tues re pricing",
    "She'll loop in «PKev». Follow up Thurs.",
    "Carpool: «PAiden», «PZoe», «PMateo». Leaving at 8",
    "plumber «PBob» comes at 9",
    "New lease: «PJonah Roe» & «PDalia Roe», from June",
    "请 «PKelvin» 确认一下",
    "打«P潘婷»电话，没接",
    "拜访«R郝总»，前台说他出差了",
    "约«P滕菲»周三到店",
    "由市场部«R蒋总»主持",
    "昨天«R陈总»跟我提过，请«R张总»审批",
    "业主«P桑梅»请尽快缴费",
    "地址«A测试路56弄3号802室»，工程师«R马师傅»下午上门",
    "我在«A三单元601»，门没锁",
    "sat at ours, «A226 Sample Dr», text when there",
)
NOTHING = (
    "市场部周总结已发，今天总台开会",
    "请带好港澳通行证",  # a document, no place
    "WARN [exec-7] c.a.UserService - login failed",
    "Cookie: JSESSIONID=x; agent Mozilla/5.0",
    "We accept Zelle, Venmo and Cash App at the counter",
    "Brent crude slipped below $80",
    "paid with a Chase card at Wendy's near Macy's",
    "jade green and rose gold are the new colours",
    "Uncle Ben's rice, Newman's Own dressing, Dr Pepper",
    "the probe reads 300 Kelvin",
    "海飞丝、潘婷洗发水买一送一",
    "曹操出行和高德打车今天都有券",
    "PO 44718 is paid",
    "the api said no, peer said the line is out",
)


@pytest.mark.parametrize("case", range(len(FOUND)))
def test_a_name_in_a_note(case: int) -> None:
    text, spans = marked(FOUND[case])
    entities = {"CN_ADDRESS": "ADDRESS"}
    found = [(entities.get(f.entity, f.entity), f.start, f.end) for f in find_named(text, default_tagger())]
    assert [f for f in found if f[0] not in ("LOCATION", "ORGANIZATION")] == spans


@pytest.mark.parametrize("case", range(len(NOTHING)))
def test_brands_and_things_in_notes_name_nobody(case: int) -> None:
    found = find_named(NOTHING[case], default_tagger())
    assert [f.entity for f in found if f.entity not in ("LOCATION", "ORGANIZATION")] == []


def test_small_letters_are_told_without_a_tagger() -> None:
    text = "val cried a lot, then i texted lou about it. max asked nobody"
    assert [text[f.start : f.end] for f in told_names(text)] == ["val", "max", "lou"]


def test_a_firm_of_two_names_is_no_couple() -> None:
    assert [
        f for f in find_named("Bought it at Smith & Wesson and Johnson & Johnson.", default_tagger()) if f.entity == "PERSON"
    ] == []
