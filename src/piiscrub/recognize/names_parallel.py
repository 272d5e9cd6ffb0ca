"""Chinese names in a list whose other items are names: ["王小明","时光","李红"], 王小明3箱、海洋2箱、李红1箱.

What stands in the same place of an item as the names of the others is a name too, whatever word it is: most of the items must
be names already, and the marks on both sides must be the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Finding
from piiscrub.parse.names_zh import HAN, by_sound, han_at
from piiscrub.recognize import named_scores as worth
from piiscrub.reference.places import places
from piiscrub.reference.words import name_words
from piiscrub.text.late import late

_ID = "names"
_MOSTLY = 0.6  # of the characters
_LEAST = 2  # names that make a list one of names
_ITEM = late(rf"(?<![{HAN}])[{HAN}]{{2,4}}(?![{HAN}])")
_NUMBERED = frozenset("0123456789+(（")
_MARKS = frozenset("、；;/|→")
_CLOSES = frozenset("。！？!?)）]】")
_WEAK = frozenset(("，", ",", " ", "　", ""))
_GRAMMAR = frozenset("的了吗呢吧么嘛啊呀哦您我你他她它们这那哪谁什很太都还又再被让跟与或且但而所若把给没不无")
_ITEM_OPENS = late(r"[\[,] ?[\"']$")
_ENDS = late("[。！？!?]|\n\n")


def parallel(text: str, persons: Sequence[Finding]) -> Iterator[Finding]:
    """Items that stand as the names beside them do.

    >>> text = "到场：王小明、时光、李红、家属、赵丽。水果：苹果、香蕉"
    >>> found = [Finding("PERSON", at, end, 0.9, "n") for at, end in ((3, 6), (10, 12), (16, 18))]
    >>> [text[f.start : f.end] for f in parallel(text, found)]
    ['时光']
    """
    sure = {(f.start, f.end) for f in persons if f.score >= worth.LIST_FROM and han_at(text, f.start)}
    if len(sure) < _LEAST:
        return
    known = {(f.start, f.end) for f in persons}
    lists: dict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    ends = [m.start() for m in _ENDS.finditer(text)]
    at = 0
    for m in _ITEM.finditer(text):
        while at < len(ends) and ends[at] < m.start():
            at += 1
        if shape := _shape(text, *m.span()):
            lists[at, shape].append(m.span())
    nobody = name_words("value") | name_words("role") | name_words("title") | name_words("label")
    for (_, shape), items in lists.items():
        others = [span for span in items if span not in known]
        names = len(items) - len(others)
        least = len(others) * _LEAST if shape.startswith("numbered") else len(others) + (shape == "divided")
        if len(sure.intersection(items)) < _LEAST or names < max(_LEAST, least):
            continue
        for start, end in others:
            name = text[start:end]
            county = name not in places() or places()[name].level == "district"  # 洪雅 is somebody, too; 北京 is hardly
            if county and name not in nobody and _GRAMMAR.isdisjoint(name):
                sure_of = (
                    worth.HIGHEST if len(name) > _LEAST and by_sound(name) > _MOSTLY else worth.KIN_SEEN
                )  # 库尔班江, no place
                yield Finding("PERSON", start, end, sure_of, _ID, "parallel", context=("list",))


def _shape(text: str, start: int, end: int) -> str:
    """What the marks on both sides of an item make it: quoted, numbered behind or before, divided; "" if no list looks so."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before and before in "\"'" and before == after:
        return "quoted" if text[end + 1 : end + 2] in (",", "]") and _ITEM_OPENS.search(text, max(0, start - 3), start) else ""
    begins, ends = before in _WEAK or before in _MARKS or before in "：:", after in _CLOSES or after in _WEAK or after in _MARKS
    if begins and after and after in _NUMBERED:
        return "numbered behind"
    if before.isdigit() and ends:
        return "numbered before"
    return "divided" if begins and ends and (before in _MARKS or after in _MARKS) and before + after else ""
