"""The ethnic group within the particulars of a person: 张某，男，汉族，1980年1月2日出生 (courts, police, contracts).

Without its label 民族 the name of a group is a word of any text. It counts where it is a clause of its own and the clauses
beside it name sex, age, birth, home or identity number, or say who it is; in a list without 族 between the sex and a date.
Names: GB/T 3304-1991.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from piiscrub.model.finding import Check
from piiscrub.parse.names_zh import ordinary, possible, typical
from piiscrub.reference.words import name_words
from piiscrub.text.late import late

NEEDS = ("族", "男", "女")
_ROW = 60
"""Characters of particulars looked back over; an identity number and its label fit in."""

_PARTICULARS = late(
    r"[，,、；; ][男女]性?[，,、；; ]|[0-9日月年]出?生[，,、；; ]|(?:身份证|身份号码|证件号码?)[:：号]?[0-9]{6}"
    r"|[0-9一二三四五六七八九十]岁[，,、；; ]|[0-9]{17}[0-9Xx][)），,]|[我名]叫[^。！？\n]{2,40}[，,]"
)
_MORE = late(
    r"[，,、；; ](?:[男女]性?[，,、；; ]|(?:现|家|暂)?住|[户戶]籍|籍贯|身份证|公民身份|[学工]号|[初高]中|[本专]科|[大小]学"
    r"|[0-9]{4}(?:年|[.-][0-9]{1,2}).{0,8}生(?:[，,、；;。 ]|\Z)"
    r"|[0-9一二三四五六七八九十]{1,3}(?:周)?岁)"
)
"""Particulars that stand right behind."""


@cache
def _listed() -> re.Pattern[str]:
    groups = "|".join(sorted(name_words("people")))
    return re.compile(rf"[男女](?<![^\s|,，、][男女])[ \t|,，]{{1,3}}(?P<group>{groups})(?=[ \t|,，]{{1,3}}(?:19|20)[0-9]{{2}})")


@cache
def _clause() -> re.Pattern[str]:
    groups = "|".join(sorted(name_words("people")))
    return re.compile(rf"(?<=[，,、；; ])(?:{groups})族(?=[，,、；;。\s)）]|\Z)")


@cache
def _said() -> re.Pattern[str]:
    """我是土家族，: somebody says so of oneself; 王小明（瑶族）: in brackets behind what may be a name."""
    groups = "|".join(sorted(name_words("people")))
    return re.compile(rf"[我人(（](?:(?<=我)是?|(?<=本人)是?|(?<=[(（]))(?P<group>(?:{groups})族)(?=[)），,。；;！!\n]|\Z)")


def _of_somebody(text: str, m: re.Match[str]) -> bool:
    """Whether 王小明 before a bracket is somebody's name; 我 is always somebody."""
    at = m.start()
    if text[at] not in "(（":
        return True
    closed = text[m.end() : m.end() + 1] in (")", "）")
    names = (text[max(0, at - size) : at] for size in (3, 2))
    return closed and any(possible(name) and typical(name) == 1 and not ordinary(name) for name in names)


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every group named so.

    >>> text = "王某，女，1990年1月2日出生，土家族，住址略。"
    >>> [text[a:b] for a, b, *_ in find(text)]
    ['土家族']
    """
    for m in _clause().finditer(text) if "族" in text else ():
        if _PARTICULARS.search(text, max(0, m.start() - _ROW), m.start()) or _MORE.match(text, m.end()):
            yield m.start(), m.end(), "clause", "none"
    for m in _said().finditer(text) if "族" in text else ():
        if _of_somebody(text, m):
            yield *m.span("group"), "clause", "none"
    for m in _listed().finditer(text):
        yield *m.span("group"), "clause", "passed"
