"""Ordinary Chinese words, to tell them from names, and the words that stand around names."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

from piiscrub.reference.surnames import compound
from piiscrub.reference.tables import alternatives, rows


@cache
def _common() -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    two: dict[str, frozenset[str]] = {}
    longer: set[str] = set()
    for first, second, more in rows("common_words"):
        if second != "-":
            two[first] = frozenset(second)
        if more != "-":
            longer.update(more.split(" "))
    for _, words in rows("not_names"):
        longer.update(words.split())
    longer.update(row[1] for row in rows("countries") if row[1] != "-")
    return two, frozenset(longer)


def is_common(word: str) -> bool:
    """True for an ordinary word of two characters, or of three or four that begins with a surname.

    >>> is_common("高兴"), is_common("高血压"), is_common("高晓明")
    (True, True, False)
    """
    two, longer = _common()
    return (len(word) == 2 and word[1] in two.get(word[0], ())) or word in longer


@cache
def name_cues(kind: str) -> str:
    """What stands beside a capitalised stretch of English and says what it is, as alternatives of a pattern divided by |.

    >>> name_cues("is_work").split("|")[:2]
    ['film', 'movie']
    """
    return alternatives("name_cues_en", kind)


@cache
def cue_words(kind: str) -> frozenset[str]:
    """Such cues where all of them are plain words: no_place, somebody, done_by, small_word.

    >>> "landlord" in cue_words("somebody")
    True
    """
    return frozenset(name_cues(kind).split("|"))


@cache
def latin_names(kind: str) -> frozenset[str]:
    """Frequent names in Latin letters, in small ones: ``given`` or ``surname``.

    >>> "jane" in latin_names("given"), "smith" in latin_names("surname")
    (True, True)
    """
    tables = (*rows("latin_names"), *rows("latin_names_more"))
    return frozenset(name for row in tables if row[0] in (kind, "both") for name in _whole(row[1]))


def _whole(names: str) -> Iterator[str]:
    """The names of a row; a digit in front of one stands for as many letters of the name before it: anna 3e is anna anne."""
    last = ""
    for name in names.split():
        last = last[: int(name[0])] + name[1:] if name[0].isdigit() else name
        yield last


def is_listed(word: str, kind: str) -> bool:
    """Whether a list of names in Latin letters holds a word, whatever its capitals and accents.

    >>> is_listed("José", "given"), is_listed("Smith.", "surname"), is_listed("Table", "given")
    (True, True, False)
    """
    letters = word.strip(".,'’").lower()
    if not letters.isascii():
        letters = "".join(c for c in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(c))
    return letters in latin_names(kind)


@cache
def name_words(role: str) -> frozenset[str]:
    """The words of one role: label, role, verb, title, short, data, says, value, clearly, trade.

    >>> "收件人" in name_words("label"), "先生" in name_words("title")
    (True, True)
    """
    return frozenset(word for row in rows("name_words_zh") if row[0] == role for word in row[1].split())


@cache
def given_characters() -> frozenset[str]:
    """Characters often met in given names.

    >>> "芳" in given_characters(), "的" in given_characters()
    (True, False)
    """
    return frozenset("".join(row[1] for row in rows("given_characters")))


@cache
def surname_readings() -> dict[str, bool]:
    """Surnames in pinyin without tones; True where one of them is frequent.

    >>> surname_readings()["zhang"], "ouyang" in surname_readings(), "xyz" in surname_readings()
    (True, True, False)
    """
    return {row[0]: row[2] == "common" for row in rows("surname_readings")}


@cache
def _surname_readings() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for reading, written, _ in rows("surname_readings"):
        for surname in [written] if written in compound() else written:
            found.setdefault(surname, []).append(reading)
    return {surname: tuple(readings) for surname, readings in found.items()}


def readings_of_surname(surname: str) -> tuple[str, ...]:
    """How a surname is read, in pinyin without tones; empty if the table does not have it.

    >>> readings_of_surname("单"), readings_of_surname("仇"), readings_of_surname("欧阳")
    (('shan',), ('qiu',), ('ouyang',))
    """
    return _surname_readings().get(surname, ())


@cache
def street_words(kind: str) -> frozenset[str]:
    """English and foreign street words of a kind: suffix, strong, no_dot, foreign, ending, prefix, unit, region, clear,
    sentence, no_place, date. Strong ones are suffixes too.

    >>> "ave" in street_words("suffix"), "NSW" in street_words("region")
    (True, True)
    """
    kinds = ("suffix", "strong") if kind == "suffix" else (kind,)
    return frozenset(word for row in rows("street_types") if row[0] in kinds for word in row[1].split())
