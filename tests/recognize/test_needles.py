"""Needles are found in every text that holds one, whatever the words beside them and however often they were met."""

from __future__ import annotations

from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscrub.recognize.context import ContextIndex
from piiscrub.recognize.needles import Needles
from piiscrub.recognize.reading import Reading
from piiscrub.recognize.together import Together

NUMBERS = {"@": 1, "wxid_": 2, "-----BEGIN ": 3, "at]": 4, " dot ": 5, "密": 6, "口令": 7, "T代码": 8, "PASS": 9, "teen": 10}
INDEX = ContextIndex({0: ["phone"]})
NEEDLES = Needles(NUMBERS)  # one for all examples: what it remembers of one must not hide anything in the next
WORDS = [*NUMBERS, "a", " ", "wxid", "口", "pass", "BEGIN", "-", "dot", "é", "x" * 70]
texts = st.lists(st.lists(st.sampled_from(WORDS)).map("".join), max_size=5)


def together(texts: list[str]) -> Together:
    return Together([Reading(text, [], INDEX) for text in texts])


@given(texts)
def test_each_needle_is_found_in_every_text_that_holds_it(texts: list[str]) -> None:
    found = sorted(NEEDLES.within(together(texts)))
    assert found == [(at, number) for at, text in enumerate(texts) for word, number in NUMBERS.items() if word in text]


@pytest.mark.parametrize("last", ["wxid_9", "eighteen", "a dot b", "@", "x" * 100_000 + "teen"], ids=range(5))
def test_a_text_of_many_words_hides_none(last: str) -> None:
    words = [a + b + c for a in ascii_lowercase for b in ascii_lowercase for c in "bcdfg"]  # 3,380: more than are asked
    text = " ".join([*words, last])
    found = list(NEEDLES.within(together([text])))
    assert found == [(0, number) for word, number in NUMBERS.items() if word in text] != []


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("piiscrub.recognize.needles._MEMO", 10)
    needles = Needles(NUMBERS)
    for word in (a + b for a in ascii_lowercase for b in ("q", "teen")):
        assert [number for _, number in needles.within(together([word]))] == ([10] if word.endswith("teen") else [])
    assert len(needles._dull) == len(needles._known) == 10
