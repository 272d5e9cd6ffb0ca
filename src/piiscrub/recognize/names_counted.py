"""Names that what stands around them counts, pledges for or calls a child's: 时光、王小明两名同志, 本人高洁承诺, 安宁妈妈：.

Ordinary words are names there, too: the count agrees with the number of items, and nothing but a name stands in the other two.
"""

from __future__ import annotations

from collections.abc import Iterator

from piiscrub.model.finding import Finding
from piiscrub.parse.names_zh import HAN, grammar, han_at, ordinary, possible, typical
from piiscrub.recognize import named_scores as worth
from piiscrub.recognize.names_edges import begins_here
from piiscrub.reference.places import places
from piiscrub.reference.surnames import common
from piiscrub.reference.words import is_common, name_words
from piiscrub.text.late import late

_ID = "names"
_NUMBERS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8}
_COUNT = late("[两二三四五六七八](?=[名位人个])(?:名|位|人|个人)(?!次|份|以|左|大|民|工|行|均|口)")
_REACH = 36
_JOINTS = frozenset("、和与及")
_MOST = 8  # characters before the first joint that may hold a name
_LONGEST = 4
_PLEDGED = late(
    rf"本人(?:[，：: ])?(?P<name>[{HAN}]{{2,3}}?)"
    r"(?=承诺|自愿|郑重|声明|保证|同意|确认|申请|系|因|已|于|[，,（(](?:身份证|男|女|系))"
)
_CHILD = late(rf"(?:^|[\n。！!；;])(?P<name>[{HAN}]{{2,3}}?)(?:妈妈|爸爸|妈|爸|奶奶|爷爷|外婆|外公|家长)(?=[：:])")
_NO_CHILD = frozenset(
    "孩子 宝宝 同学 学生 新生 各位 全体 全班 亲爱 一个 有个 单亲 年轻 所有 我的 他的 她的 高三 高二 高一".split()
)
_TWO = 2


def counted_names(text: str) -> Iterator[Finding]:
    """Names in these places.

    >>> text = "表扬时光、王小明两名同志，苹果、香蕉两种。本人高洁承诺属实"
    >>> [text[f.start : f.end] for f in counted_names(text)]
    ['时光', '王小明', '高洁']
    """
    if "、" in text:
        for m in _COUNT.finditer(text):
            yield from _listed(text, m.start(), _NUMBERS[m.group()[0]])
    if "本人" in text:
        for m in _PLEDGED.finditer(text):
            if _somebody(m["name"]):
                yield Finding("PERSON", *m.span("name"), worth.GREETING, _ID, "pledge", context=("本人",))
    if "妈" in text or "爸" in text or "奶奶" in text or "家长" in text or "外" in text:
        for m in _CHILD.finditer(text):
            if m["name"] not in _NO_CHILD and _somebody(m["name"]):
                yield Finding("PERSON", *m.span("name"), worth.SURE, _ID, "child", context=("parent",))


def _somebody(name: str) -> bool:
    """Whether a word can be somebody's name where one is expected: usual as one, and no word of forms."""
    if not possible(name) or name in name_words("value") or name in name_words("role"):
        return False
    return typical(name) == 1 or (name[0] in common() and not ordinary(name))


def _listed(text: str, end: int, count: int) -> Iterator[Finding]:
    """The items of a list if they are as many as its count says and can all be names; words may stand before the first."""
    items: list[tuple[int, int]] = []
    at = end - (text[end - 1 : end] == "等")
    for joints in (_JOINTS, *("、" for _ in range(count - 2))):  # 甲、乙和丙三人: only the last joint may be a word
        low = at
        while low and at - low <= _LONGEST and text[low - 1] not in joints and han_at(text, low - 1):
            low -= 1
        if not _TWO <= at - low <= _LONGEST or not low or text[low - 1] not in joints:
            return
        items.insert(0, (low, at))
        at = low - 1
    low = at
    while low and at - low < _MOST and text[low - 1] not in _JOINTS and han_at(text, low - 1):
        low -= 1
    if at - low < _TWO or (low and text[low - 1] in _JOINTS):
        return
    items.insert(0, (low, at))
    low, high = items[0]
    sizes = [
        size
        for size in (3, _TWO)
        if high - low >= size and _begins(text, high - size, low) and possible(text[high - size : high])
    ]
    if not sizes:
        return
    items[0] = high - sizes[0], high
    names = [text[a:b] for a, b in items]
    fit = all(
        possible(name) and (name not in places() or places()[name].level == "district") and not any(map(grammar, name[1:]))
        for name in names
    )
    nobody = name_words("role") | name_words("title") | name_words("value")
    told = any(not ordinary(name) and typical(name) == 1 for name in names)
    if fit and told and nobody.isdisjoint(names):
        for a, b in items:
            yield Finding("PERSON", a, b, worth.LISTED + 0.1, _ID, "counted", context=("list",))


def _begins(text: str, at: int, low: int) -> bool:
    return at == low or begins_here(text, at) or (not han_at(text, at - 1)) or is_common(text[at - _TWO : at])
