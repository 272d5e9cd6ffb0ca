"""Several texts as one: what is known of all of them at once is what is known of each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from piiscrub.recognize.context import ContextIndex
from piiscrub.recognize.reading import Reading
from piiscrub.recognize.together import Together

INDEX = ContextIndex({0: ["phone"]})
texts = st.lists(
    st.lists(st.sampled_from(["@", "wxid_", "a", " ", "at]", "口", "Pass", "BEGIN", "-", "dot", "é"])).map("".join), max_size=5
)


def together(texts: list[str]) -> Together:
    return Together([Reading(text, [], INDEX) for text in texts])


@given(texts)
def test_the_words_are_those_of_all_texts(texts: list[str]) -> None:
    words = {word.lower() for text in texts for word in Reading(text, [], INDEX).letters.split()}
    assert set(together(texts).words) == words
