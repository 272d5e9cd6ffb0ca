"""Several texts as one: what is looked for in all of them at once is found where it would be found one by one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from piiscrub.recognize.context import ContextIndex
from piiscrub.recognize.needles import Needles
from piiscrub.recognize.reading import Reading
from piiscrub.recognize.together import Together

NUMBERS = {"@": 1, "wxid_": 2, "-----BEGIN ": 3, "at]": 4, " dot ": 5, "密": 6, "口令": 7, "T代码": 8, "PASS": 9}
INDEX = ContextIndex({0: ["phone"]})
texts = st.lists(
    st.lists(st.sampled_from([*NUMBERS, "a", " ", "wxid", "口", "pass", "BEGIN", "-", "dot", "é"])).map("".join), max_size=5
)


def together(texts: list[str]) -> Together:
    return Together([Reading(text, [], INDEX) for text in texts])


@given(texts)
def test_each_needle_is_found_in_every_text_that_holds_it(texts: list[str]) -> None:
    found = sorted(Needles(NUMBERS).within(together(texts)))
    assert found == [(at, number) for at, text in enumerate(texts) for word, number in NUMBERS.items() if word in text]


@given(texts)
def test_the_words_are_those_of_all_texts(texts: list[str]) -> None:
    words = {word.lower() for text in texts for word in Reading(text, [], INDEX).letters.split()}
    assert set(together(texts).words) == words
