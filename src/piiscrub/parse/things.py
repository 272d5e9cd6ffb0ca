"""Names that are those of things: diseases, laws and storms called after somebody, medicines that sound like a person."""

from __future__ import annotations

import re
from functools import cache

from piiscrub.reference.tables import rows
from piiscrub.reference.words import is_listed
from piiscrub.text.late import late

_TITLED = late(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|[Pp]atient|[Pp]t)\.? $")
_LAW = late(r"['’]s Law(?![A-Za-z]| [A-Z])")  # called after whoever it is about
_PARTS_OF_GOODS = late(
    " ?(?:均衡|定理|定律|模型|分布|检验|变换|方程|系数|滤波|效应|电机|螺栓|阀门|水泵|轴承|轮胎|香水|内衣|威士忌|系列|品牌)"
)
_GRADED = late("(?P<name>[A-Z][a-z]+) (?:I{1,3}|IV|V)")  # Mallampati II
_JOINTS = late(r"[-–\s]+|['’]s$")
_BACK = 6  # characters before a stretch at which a word that holds it may begin
_NEAR = 24  # characters to both sides in which another word of medicine may stand
_OF_PERSONS = 3  # characters of a Chinese name, most of the time


@cache
def _eponyms() -> dict[str, re.Pattern[str]]:
    words = {row[0]: row[1] for row in rows("eponyms") if row[0] != "name"}
    return {
        "sure": re.compile(rf"(?P<own>['’]s)?[ -](?:{words['sure']})(?![A-Za-z])"),
        "doubtful": re.compile(rf"(?P<own>['’]s)?[ -](?:{words['doubtful']})(?![A-Za-z])"),
        "ends": re.compile(rf" (?:{words['ends']}|(?![A-Z])(?:{words['sure']}))$"),
        "begins as a car": re.compile(rf"(?:{words['maker']}) (?=[A-Z0-9])"),
    }


@cache
def _storms() -> tuple[str, ...]:
    return tuple(f"{word} " for row in rows("eponyms") if row[0] == "storm" for word in row[1].split("|"))


@cache
def _names() -> frozenset[str]:
    return frozenset(name for row in rows("eponyms") if row[0] == "name" for name in row[1].split(" "))


def called_after(text: str, start: int, end: int) -> bool:
    """Whether a stretch of Latin letters is the name of a thing called after somebody, or of a storm.

    >>> text = "Kaposi sarcoma, Turner score; Turner's score, Hurricane Jane"
    >>> [called_after(text, a, b) for a, b in ((0, 6), (16, 22), (30, 36), (46, 60))]
    [True, True, False, True]
    >>> called_after("Jane's Law passed", 0, 4), called_after("Jane's Law Firm", 0, 4), called_after("Roe 电机 M6", 0, 3)
    (True, False, True)
    """
    found = _eponyms()
    if text.endswith(_storms(), 0, start) or text.startswith(_storms(), start, end):
        return True
    if text.startswith("Storm ", start, end) and is_listed(text[start + 6 : end], "given"):
        return True
    if found["ends"].search(text, start, end):
        return True
    if " " not in text[start:end] and (_LAW.match(text, end) or _PARTS_OF_GOODS.match(text, end)):
        return True
    graded = _GRADED.fullmatch(text, start, end) if text[end - 1] in "IV" else None
    if graded and graded["name"].lower() in _names() and not is_listed(graded["name"], "given"):
        return True
    sure = found["sure"].match(text, end)
    thing = sure or found["doubtful"].match(text, end)
    if thing is None or _TITLED.search(text, max(0, start - 9), start):
        return False
    words = [word for word in _JOINTS.split(text[start:end].lower()) if word]
    if _names().issuperset(words):
        return sure is not None or not thing["own"] or not any(is_listed(word, "surname") for word in words)
    return sure is not None and not sure["own"] and " " not in text[start:end] and not is_listed(words[0], "given")


@cache
def _things() -> dict[str, tuple[tuple[str, str], ...]]:
    """The words of the table with their kinds, by their first character."""
    out: dict[str, list[tuple[str, str]]] = {}
    for kind, words in rows("things_zh"):
        if kind in _WORDS:
            for word in words.split(" "):
                out.setdefault(word[0], []).append((word, kind))
    return {first: tuple(words) for first, words in out.items()}


_WORDS = frozenset(("sure", "idiom", "brand", "maybe"))


@cache
def _pattern(*kinds: str, end: str = "") -> re.Pattern[str]:
    words = "|".join(row[1] for row in rows("things_zh") if row[0] in kinds)
    return re.compile(f"(?:{words}){end}")


def of_no_person(text: str, start: int, end: int, *, brands: bool = True) -> bool:
    """Whether a stretch of Han characters is, or lies in, the name of a medicine, a herb, a disease or a unit, or an idiom.

    ``brands``: or of a brand that sounds like a person (李锦记), which is a firm all the same.

    >>> of_no_person("口服雷尼替丁", 2, 4), of_no_person("白薇、当归各9克", 0, 2), of_no_person("白薇已到", 0, 2)
    (True, True, False)
    """
    kinds = _around(text, start, end)
    if "sure" in kinds or "idiom" in kinds or (brands and "brand" in kinds) or _pattern("stem", "form").match(text, end):
        return True
    if end - start > _OF_PERSONS and _pattern("stem", end="$").search(text, start, end):
        return True
    if "maybe" not in kinds:
        return False
    cue = _pattern("cue")
    return cue.search(text, max(0, start - _NEAR), start) is not None or cue.search(text, end, end + _NEAR) is not None


def car(text: str, start: int, end: int) -> bool:
    """Whether a stretch of Latin letters is the name of a car with that of its maker.

    >>> car("a Renault Clio", 2, 14), car("a Renault", 2, 9)
    (True, False)
    """
    return _eponyms()["begins as a car"].match(text, start, end) is not None


def _around(text: str, start: int, end: int) -> list[str]:
    """The kinds of the words of the table that a stretch is, or lies in."""
    known, first = _things(), max(0, start - _BACK)
    found = []
    for at, character in enumerate(text[first : start + 1], first):
        if character in known:
            found += [kind for word, kind in known[character] if at + len(word) >= end and text.startswith(word, at)]
    return found
