"""Texts with digits in odd company are told alike, one by one and many at a time."""

import numpy as np
import pytest

from piiscrub.recognize.odd_digits import SETS, texts_with
from piiscrub.recognize.reading import Reading
from piiscrub.recognize.together import WALL, Together
from piiscrub.registry.recognizers import engine_for
from piiscrub.text.classes import Classes

ODD = [
    "138-OO13",
    "l988年",
    "4lll-llll",
    "(2l2) 555",
    "1З80",
    "11O1O519",
    "1三8零零1三",
    "一三八，嗯",
    "4111 1111\n1111",
    "4111 1111\r\n1111",
    "138|0013|8000",
    "138，0013",
    "138…0013",
    "1-3-8-0",
    "1*3*8",
    "138*0013*8000",
    "138_0013_8000",
]
PLAIN = [
    "13800138000",
    "138 0013 8000",
    "2026-11-23",
    "html5, col1umn",
    "1. 一般",
    "1，2，3",
    "等级3。下",
    "",
    "cool oil",
    "12\n\n34",
]
_CONTEXT = engine_for()._context


def told(texts: list[str], *, classes: bool) -> list[int]:
    marks = Classes("", "", "", "", *SETS)._table.take(np.array(WALL.join(texts)).reshape(1).view(np.uint32)) if classes else None
    return sorted(texts_with(Together([Reading(text, [], _CONTEXT) for text in texts], marks)))


@pytest.mark.parametrize("classes", [False, True])
def test_each_odd_text_and_no_plain_one(classes: bool) -> None:
    texts = [text for pair in zip(PLAIN + PLAIN, ODD, strict=False) for text in pair]
    assert [texts[at] for at in told(texts, classes=classes)] == ODD


def test_long_text_in_ascii() -> None:
    texts = ["Nothing to see here, 12 of 40. " * 100] * 20 + ["call 138-OO13-8OOO"] + ["end 5\n6"] * 3
    assert told(texts, classes=False) == [20]
    assert told([*texts, "中"], classes=False) == [20]


def test_one_text_alone() -> None:
    assert [told([text], classes=True) for text in ("138-OO13", "138-0013")] == [[0], []]
