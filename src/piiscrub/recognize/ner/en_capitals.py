"""Capitals for names in lines that were typed without any, so that the network sees in them what it sees in a name elsewhere.

Half of what a tagger knows about a name is its capital. Where a writer uses none, a listed name that is no ordinary word gets
it back for the network alone; what it says then counts at the places of the text as it was typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from piiscrub.recognize.ner.en_lists import is_firm, is_place, is_small_word
from piiscrub.reference.words import cue_words, is_listed

_FEWEST = 3  # words of a line that tell how its writer types
_OF_PROGRAMS = frozenset("=(){}[]<>_;\\#$")
_SHORTEST = 3  # letters of a name that stands alone


def with_capitals(words: Sequence[str]) -> list[str]:
    r"""The words; names get a capital in lines without one.

    >>> with_capitals(["tell", "priya", "to", "call", "\n", "Tell", "priya"])
    ['tell', 'Priya', 'to', 'call', '\n', 'Tell', 'priya']
    """
    out: list[str] = []
    line: list[str] = []
    for word in words:
        line.append(word)
        if "\n" in word:
            out += _line(line)
            line = []
    return out + _line(line)


def _line(words: list[str]) -> list[str]:
    letters = [word for word in words if word[:1].isalpha()]
    if len(letters) < _FEWEST or any(word != "I" and not word.islower() for word in letters):
        return words
    if not _OF_PROGRAMS.isdisjoint("".join(words)):
        return words  # if sort and len(orders) == 2
    return [word.title() if word.isalpha() and likely_name(word) else word for word in words]


@lru_cache(maxsize=4096)
def likely_name(word: str) -> bool:
    """Whether a word in small letters is a listed name and no ordinary word."""
    if len(word) < _SHORTEST or is_small_word(word) or word in cue_words("small_word"):
        return False
    return is_listed(word, "given") or is_listed(word, "surname") or is_place(word) or is_firm(word)
