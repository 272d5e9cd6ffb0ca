"""Names are looked for unless somebody says otherwise, many texts at a time, and only where they are wanted."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence

import pytest

import piiscrub as ps
from piiscrub.model.finding import UNEXAMINED
from piiscrub.recognize.ner.tagger import Span
from piiscrub.scrubber.ahead import batches
from piiscrub.scrubber.cells import decide_cells

TEXTS = [
    "收件人：王小明，电话13800138000",
    "Dear Ms Jane Example, please call us.",
    "order 12 of 13",
    "",
    "住址：海淀区测试路12号3栋502室",
    "没有什么",
] * 30


def test_names_are_found_by_default_and_can_be_switched_off() -> None:
    assert [f.entity for f in ps.scan(TEXTS[0]).findings] == ["PERSON", "CN_MOBILE"]
    assert [f.entity for f in ps.scan(TEXTS[1]).findings] == ["PERSON"]
    assert ps.scrub(TEXTS[0]).text == "收件人：<PERSON_1>，电话<CN_MOBILE_1>"
    assert ps.Scrubber(ner=None).scrub(TEXTS[0]).text == "收件人：王小明，电话<CN_MOBILE_1>"


@pytest.mark.parametrize("entities", [None, ["PERSON"], ["CONTACT"]])
def test_many_texts_get_what_each_gets_alone(entities: list[str] | None) -> None:
    scrubber = ps.Scrubber(policy="review")
    alone = [scrubber.scan(text, entities=entities).decisions for text in TEXTS]
    assert [r.decisions for r in scrubber.scan_many(TEXTS, entities=entities)] == alone
    assert [tuple(d) for d in decide_cells(scrubber, TEXTS, entities=entities)] == alone


class Tagger:
    """Takes no text that is no text of its, and counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def needs(self, text: str, /) -> bool:
        return "名" in text

    def tag(self, texts: Sequence[str], /) -> list[list[Span]]:
        self.asked.append(len(texts))
        if any("坏" in text for text in texts):
            raise ValueError("13800138000")
        return [[] for _ in texts]


def test_a_tagger_that_fails_leaves_the_other_texts_examined() -> None:
    texts = [*["有名"] * 20, "坏名", *["有名"] * 20]
    found = [[f.entity for f in r.findings] for r in ps.Scrubber(ner=Tagger()).scan_many(texts)]
    assert found == [*[[]] * 20, [UNEXAMINED], *[[]] * 20]


def test_the_tagger_reads_texts_together_and_only_those_that_need_it() -> None:
    tagger = Tagger()
    list(ps.Scrubber(ner=tagger).scan_many(["有名", "12", "有名", "有名", "有名", "有名", "有名", "有名"]))
    assert tagger.asked == [1, 3, 3]
    list(ps.Scrubber(ner=tagger).scan_many(["有名"] * 3, entities=["CN_MOBILE"]))
    assert len(tagger.asked) == 3


def test_what_raises_is_raised_after_all_before_it() -> None:
    def source() -> Iterator[str]:
        yield from "abcde"
        raise OSError

    given: list[str] = []
    with pytest.raises(OSError):
        for batch in batches(source(), len):
            given += batch
    assert given == list("abcde")


@pytest.mark.parametrize(
    "call",
    ['ps.scan("order 12 of 13, 13800138000")', 'ps.scan("收件人：王小明", entities=["CN_MOBILE"])', "ps.Scrubber()"],
    ids=["no name in it", "no name wanted", "no text"],
)
def test_no_weights_are_loaded_where_no_name_can_be(call: str) -> None:
    code = f"import sys, piiscrub as ps; {call}; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
