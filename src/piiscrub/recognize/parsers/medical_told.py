"""What somebody has, behind an age or before a request for leave: ``36岁，反复头晕一周``, ``明明发烧请假一天``.

In code, because what tells stands outside the finding, and 岁 and 请假 are the things to look for.
An allergy to something is somebody's, too, and what a sentence says that somebody has (parse/conditions_zh.py). Confidence L.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from piiscrub.model.finding import Check
from piiscrub.parse import conditions_zh
from piiscrub.parse.plain_columns import below
from piiscrub.reference.tables import alternatives
from piiscrub.text.late import late

NEEDS = ("岁", "假", "过敏", "诊断", *conditions_zh.SIGNS)


class _Patterns(NamedTuple):
    behind_an_age: re.Pattern[str]
    before_leave: re.Pattern[str]
    allergic: re.Pattern[str]


_COLUMNS = ("诊断", "入院诊断", "出院诊断", "初步诊断", "临床诊断", "诊断结果", "病情诊断")
_CELL = late("[0-9a-zA-Z]{0,4}[\u4e00-\u9fff][\u4e00-\u9fff0-9()（）、级型]{1,17}")
_NOTHING = late("(?:无|未见|正常|暂无|健康|待查|待定|详见|见附)")


@cache
def _patterns() -> _Patterns:
    """The patterns made of the words of the table."""
    lead, named, ended, leave, allergen = (
        alternatives("conditions_zh", kind) for kind in ("lead", "named", "ended", "before_leave", "allergen")
    )
    found = rf"(?P<found>(?:{lead})?(?:{named}|(?![为是有无的了未否疑患及和与住])[一-龥]{{1,6}}?(?:{ended})))"
    return _Patterns(
        behind_an_age=re.compile(
            rf"岁(?:男性?|女性?)?[，, ]{{1,2}}(?:[男女]性?[，, ])?(?:患有?|因|确诊|诊断为?)?{found}"
            "(?!人群|患者|患病|病人|高发|筛查|防治|疫苗|风险|[一-龥]?医院|门诊)"
        ),
        before_leave=re.compile(
            rf"(?P<found>{leave})(?:了|住院)?[，, ]?(?:今天|明天|今明两天)?[想要需再]?要?请(?:一天|半天|[一两三]天|几天|个)?病?假"
        ),
        allergic=re.compile(
            rf"(?:{allergen})过敏(?![原源]|[者的史]{{0,2}}(?:人群|患者)?(?:[禁慎忌勿]|请勿|不宜|不得|避免|人群))"
        ),
    )


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every condition right behind an age or right before a request for leave.

    >>> text = "患者女，36岁，反复头晕一周。60岁以上高血压人群。明明发烧了，请假一天"
    >>> [text[a:b] for a, b, *_ in find(text)]
    ['反复头晕', '发烧']
    """
    patterns = _patterns()
    for m in patterns.behind_an_age.finditer(text) if "岁" in text else ():
        if m.start() and (text[m.start() - 1].isdigit() or text[m.start() - 1] in "一二三四五六七八九十"):
            yield *m.span("found"), "behind an age", "none"
    if "诊断" in text:
        for start, end in below(text, *_COLUMNS):
            if _CELL.fullmatch(text, start, end) and not _NOTHING.match(text, start, end):
                yield start, end, "column", "none"
    if "假" in text:
        for m in patterns.before_leave.finditer(text):
            yield *m.span("found"), "before leave", "none"
    if "过敏" in text:
        for m in patterns.allergic.finditer(text):
            yield *m.span(), "allergic", "none"
    if any(sign in text for sign in conditions_zh.SIGNS):
        for start, end in conditions_zh.told(text):
            yield start, end, "told", "none"
