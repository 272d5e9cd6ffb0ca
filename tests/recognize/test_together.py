"""Several texts as one: what is known of all of them at once is what is known of each."""

from __future__ import annotations

import sys

import numpy  # noqa: F401  # what is loaded is used for long texts
from hypothesis import given
from hypothesis import strategies as st

from piiscrub.recognize.context import ContextIndex
from piiscrub.recognize.reading import Reading
from piiscrub.recognize.together import Together
from piiscrub.recognize.words import vocabulary
from piiscrub.text.classes import LONG

INDEX = ContextIndex({0: ["phone"]})
texts = st.lists(
    st.lists(st.sampled_from(["@", "wxid_", "a", " ", "at]", "口", "Pass", "BEGIN", "-", "dot", "é"])).map("".join), max_size=5
)


flat = st.lists(st.sampled_from([b" ", b"a", b"B", b"at", b"eightlet", b"ninelette", b"x" * 20])).map(b"".join)


def together(texts: list[str]) -> Together:
    return Together([Reading(text, [], INDEX) for text in texts])


@given(texts)
def test_the_words_are_those_of_all_texts(texts: list[str]) -> None:
    words = {word.lower() for text in texts for word in Reading(text, [], INDEX).letters.split()}
    assert set(together(texts).words) == words


@given(flat, flat)
def test_the_words_of_a_long_text_are_those_of_its_parts(one: bytes, other: bytes) -> None:
    words = {*one.split(), *other.split()}
    assert "numpy" in sys.modules and vocabulary(one + b" " * LONG + other) == words
    assert vocabulary(one + b" " + other) == words
