"""What somebody has, behind an age or before a request for leave: ``36岁，反复头晕一周``, ``明明发烧请假一天``.

In code, because what tells stands outside the finding, and 岁 and 请假 are the things to look for.
An allergy to something is somebody's, too. Confidence L.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Check

NEEDS = ("岁", "假", "过敏")

_LEADS = "(?:反复|持续|间断|突发|急性|慢性|左侧?|右侧?|双侧?|[12一二ⅠⅡ]型)?"
_NAMED = (
    "高血压|糖尿病|高血脂|冠心病|心绞痛|房颤|中风|癫痫|帕金森病?|抑郁症?|焦虑症?|失眠症?|多动症|自闭症|哮喘|流感|感冒|水痘|痛风|贫血|甲亢|甲减"
    "|扭伤|脑震荡|烫伤|流产|发烧|发热|咳嗽|头晕|头痛|胸闷|胸痛|腹痛|腹泻|呕吐|心悸|乏力"
)
_ENDED = (
    "(?![为是有无的了未否疑患及和与住])[一-龥]{1,6}?"
    "(?:癌|炎|瘤|骨折|梗[死塞]|结节|结石|出血|哮喘|感染|综合征|糖尿病|突出|溃疡|息肉|囊肿)"
)
_BEHIND = re.compile(
    rf"岁(?:男性?|女性?)?[，, ]{{1,2}}(?:[男女]性?[，, ])?(?:患有?|因|确诊|诊断为?)?(?P<found>{_LEADS}(?:{_NAMED}|{_ENDED}))"
    r"(?!人群|患者|患病|病人|高发|筛查|防治|疫苗|风险|[一-龥]?医院|门诊)"
)

_BEFORE_LEAVE = re.compile(
    r"(?P<found>发烧|发热|[高低]烧|感冒|咳嗽|流感|水痘|手足口病?|肠胃炎|腹泻|拉肚子|呕吐|肺炎|骨折|扭伤)"
    r"(?:了|住院)?[，, ]?(?:今天|明天|今明两天)?[想要需再]?要?请(?:一天|半天|[一两三]天|几天|个)?病?假"
)
_ALLERGIC = re.compile("(?:花生|坚果|海鲜|虾|芒果|花粉|尘螨|牛奶|鸡蛋|乳胶|酒精|青霉素|头孢|磺胺|阿司匹林)过敏(?![原源])")


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every condition right behind an age or right before a request for leave.

    >>> text = "患者女，36岁，反复头晕一周。60岁以上高血压人群。明明发烧了，请假一天"
    >>> [text[a:b] for a, b, *_ in find(text)]
    ['反复头晕', '发烧']
    """
    for m in _BEHIND.finditer(text):
        if m.start() and (text[m.start() - 1].isdigit() or text[m.start() - 1] in "一二三四五六七八九十"):
            yield *m.span("found"), "behind an age", "none"
    if "假" in text:
        for m in _BEFORE_LEAVE.finditer(text):
            yield *m.span("found"), "before leave", "none"
    if "过敏" in text:
        for m in _ALLERGIC.finditer(text):
            yield *m.span(), "allergic", "none"
