"""Searches that are left out because a word is missing: whatever the tables of cues say, none is left out that could find."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from piiscrub.recognize import tagged_en, tagged_en_kinds
from piiscrub.recognize.named import find_named
from piiscrub.recognize.vocabulary import heads, words_of
from piiscrub.reference.words import name_cues

_parse: Any = re._parser.parse  # type: ignore[attr-defined]  # the one way to read a pattern that the language has


def spelled_out(pattern: str) -> list[str]:
    """Every text that a pattern of letters, choices and what may be missing matches; ``[a-z]+`` stands for one word."""
    return list(_texts(_parse(pattern)))


def _texts(parsed: Any) -> Iterator[str]:
    yield from map("".join, product(*(list(_of(kind, value)) for kind, value in parsed)))


def _of(kind: Any, value: Any) -> Iterator[str]:
    name = str(kind)
    if name == "LITERAL":
        yield chr(value)
    elif name == "IN":
        yield from (chr(one) if str(what) == "LITERAL" else "w" for what, one in value)
    elif name == "BRANCH":
        for one in value[1]:
            yield from _texts(one)
    elif name == "SUBPATTERN":
        yield from _texts(value[-1])
    elif name == "MAX_REPEAT":
        low, _, one = value
        yield from [""] if low == 0 else []
        yield from _texts(one)
    else:
        raise AssertionError(f"{name} is not read")


def test_patterns_are_spelled_out() -> None:
    spelled = spelled_out("fl(?:ew|y)|[Mm]oved? to")
    assert set(spelled) == {"flew", "fly", "Move to", "Moved to", "move to", "moved to"}


def test_every_word_of_origin_ends_as_what_stands_before_places() -> None:
    missing = [words for words in spelled_out(name_cues("origin")) if not f"{words} ".endswith(tagged_en._BEFORE_PLACES)]
    assert missing == []


def test_every_word_for_a_firm_is_reached() -> None:
    """Those of two words, and those that a time stands in."""
    for words in spelled_out(f"(?:{name_cues('firm')})"):
        before = f"she has long been {words} "
        assert tagged_en_kinds._for_a_firm(before, before.lower().split()[-3:]), words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nothing new.\nHometown: Testham", "LOCATION"),
        ("PLACE OF BIRTH Testham", "LOCATION"),
        ("she is from the capital city of Testham", "LOCATION"),
        ("they moved here from Testham", "LOCATION"),
        ("We dined at the corner of Test Street and Mill Lane.", "ADDRESS"),
        ("i live at twenty one test street", "ADDRESS"),
        ("Please send it to: 12 Test", ""),
        ("Thank you\n\nJane Roe", "PERSON"),
        ("See you, best,\n- Jane Roe", "PERSON"),
        ("They made a glove\n\n\n\nJane Roe", ""),
        ("his au pair Birgit called", "PERSON"),
        ("Raised by j.smith", "PERSON"),
    ],
    ids=range(12),
)
def test_the_words_are_there(text: str, found: str) -> None:
    assert {f.entity for f in find_named(text, None)} == ({found} if found else set())


def test_words_and_heads() -> None:
    assert words_of("Señora Roe, née X; 王Dr") == {"se", "ora", "roe", "n", "e", "x", "dr"}
    assert heads(("Señora", "C/o", "[x]")) == {"se", "c", "x"}
    assert heads(("12", "")) == frozenset()
