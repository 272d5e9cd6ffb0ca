"""Where a text names people who are known by name: written out, in letters, by surname and title, by given name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Protocol

from piiscrub.parse import names_en, names_zh
from piiscrub.parse.aliases import Roster, forms_of, letters, surname_keys
from piiscrub.reference.surnames import common, compound
from piiscrub.reference.words import is_common, name_words

Mention = tuple[int, int, str]

_LONGEST_TITLE = 4
LETTER = re.compile(r"[A-Za-zÀ-žǍ-ǜ]")
WORD = re.compile(r"[A-Za-zÀ-žǍ-ǜ'’]+(?:-[A-Za-zÀ-žǍ-ǜ'’]+)*\.?")
_JOINS = re.compile(r",? {1,2}")
_MOST_WORDS = 4
# Between these a given name alone, or 老张, is somebody: a verb, a particle or a mark before it, a particle or a mark behind.
_BEFORE = "联系给让与和跟找叫问请对由向为被是替帮把同及或、，。；：！？（(“\"' \t\n"
_AFTER = "的说来去已未要在和与跟也都又再会可请表回打收反称到于是有想将被把、，。；：！？）)”\"' \t\n"
_PLACES = "路街道巷村镇乡县市区桥湖山江公大中小医集广店厂酒花堂寺庙"  # how the rest of a place or a firm begins


@cache
def _latin_titles() -> frozenset[str]:
    return frozenset(title.casefold() for title in names_en.titles())


class Named(Protocol):
    """Whoever has a name."""

    @property
    def name(self) -> str: ...


def mentions(text: str, people: Sequence[Named], roster: Roster) -> Iterator[Mention]:
    """(start, end, entity) of every mention, in no order; those of one place do not overlap.

    >>> from piiscrub.scrubber.linking import Person
    >>> sorted(mentions("张先生 (Wei ZHANG) 问，联系张伟", [Person("张伟")], Roster(["张伟"])))
    [(0, 3, 'PERSON_REFERENCE'), (5, 14, 'PERSON'), (20, 22, 'PERSON')]
    """
    taken: list[tuple[int, int]] = []
    for mention in (*_written_out(text, people), *_in_letters(text, people, roster), *_partly(text, people)):
        if not any(start < mention[1] and mention[0] < end for start, end in taken):
            taken.append(mention[:2])
            yield mention


def _written_out(text: str, people: Sequence[Named]) -> Iterator[Mention]:
    for one in sorted(people, key=lambda person: -len(person.name)):
        if not one.name.isascii():
            for at in _places(text, one.name):
                yield at, at + len(one.name), "PERSON"


def _partly(text: str, people: Sequence[Named]) -> Iterator[Mention]:
    """张先生, 老张, 建国. A surname and a title that begin a longer surname (欧 in 欧阳先生) are none."""
    titles = name_words("title")
    for one in people:
        parts = names_zh.split_known("".join(one.name.split()))
        if parts is None or parts.kind == "dotted":
            continue
        for at in _places(text, parts.surname):
            end = at + len(parts.surname)
            title = next((n for n in range(_LONGEST_TITLE, 1, -1) if text[end : end + n] in titles), 0)
            if (
                title
                and text[at - 1 : at + 1] not in compound()
                and (len(parts.surname) > 1 or text[at : at + 2] not in compound())
            ):
                yield at, end + title, "PERSON_REFERENCE"
            elif len(parts.surname) == 1 and at and text[at - 1] in "老小" and _stands(text, at - 1, end):
                yield at - 1, end, "PERSON_REFERENCE"
        if ("given", parts.given) in forms_of(one.name):
            for at in _places(text, parts.given):
                if _stands(text, at, at + len(parts.given)) and (text[at - 1 : at] not in common() or not at):
                    yield at, at + len(parts.given), "PERSON"


def _in_letters(text: str, people: Sequence[Named], roster: Roster) -> Iterator[Mention]:
    words = [(m.start(), m.end(), letters(m.group())) for m in WORD.finditer(text)] if people else []
    if not words:
        return
    surnames = frozenset(key for one in people for key in surname_keys(one.name))
    given = frozenset(key for one in people for strength, key in forms_of(one.name) if strength == "given" and key.isascii())
    done = 0
    for i, (start, end, key) in enumerate(words):
        if i < done:
            continue
        if any(one in key for one in surnames) if len(key) > 5 else key in surnames:
            reached = _window(text, words, i, done, roster)
            if reached is not None:
                first, last = reached
                done = last + 1
                kind = "PERSON_REFERENCE" if words[first][2] in _latin_titles() else "PERSON"
                yield words[first][0], _end(text, words[last]), kind
                continue
        if key in given and text[start].isupper() and _alone_in_letters(text, words, i):
            yield start, end - (text[end - 1] == "."), "PERSON"


def _window(text: str, words: list[tuple[int, int, str]], at: int, done: int, roster: Roster) -> tuple[int, int] | None:
    """The longest run of words around the surname at ``at`` that names one of the people, or several of them."""
    runs = sorted(
        ((a, b) for a in range(max(done, at - _MOST_WORDS + 1), at + 1) for b in range(at, min(a + _MOST_WORDS, len(words)))),
        key=lambda run: (run[0] - run[1], run[0]),
    )
    for a, b in runs:
        if all(_JOINS.fullmatch(text, words[n][1], words[n + 1][0]) for n in range(a, b)):
            found = roster.find(text[words[a][0] : _end(text, words[b])])
            if found.strength in ("full", "letters") or (found.strength == "title" and a < b):
                return a, b
    return None


def _alone_in_letters(text: str, words: list[tuple[int, int, str]], at: int) -> bool:
    """No capitalised neighbour: in Grace Lee a Grace Smith is not meant, and Will at the start of a sentence may be a verb."""
    if at and _JOINS.fullmatch(text, words[at - 1][1], words[at][0]) and text[words[at - 1][0]].isupper():
        return False
    if at + 1 < len(words) and text[words[at + 1][0]].isupper() and text[words[at][1] : words[at + 1][0]].isspace():
        return False
    before = text[: words[at][0]].rstrip()
    return bool(before) and before[-1] not in ".!?。！？"


def _end(text: str, word: tuple[int, int, str]) -> int:
    """The end of a word without a full stop, unless it is that of an initial."""
    return word[1] - (text[word[1] - 1] == "." and len(word[2]) > 1)


def _alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return (not before or before in _BEFORE) and (not after or after in _AFTER)


def _stands(text: str, start: int, end: int) -> bool:
    """Whether it is no part of a longer word, road or firm: in 从小李 and 玉兰花 nobody is sure to be meant."""
    if _alone(text, start, end):
        return True
    return not (
        is_common(text[start:end])
        or is_common(text[max(start - 1, 0) : start + 1])
        or is_common(text[end - 1 : end + 1])
        or text[end : end + 1] in _PLACES
    )


def _places(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + len(part))
