"""What somebody has, told in a sentence: 我妈脑梗住院了, 他妻子有精神分裂症, 因急性阑尾炎住院, 女儿（先天性心脏病）.

The name of a disease is a subject of articles as well. It is somebody's where a word before it says who has it or that it was
found in a person, or where what became of the person stands behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from piiscrub.reference.tables import alternatives
from piiscrub.text.late import late

SIGNS = (
    "病",
    "症",
    "炎",
    "癌",
    "瘤",
    "梗",
    "骨",
    "痴",
    "郁",
    "痛",
    "尿",
    "瘫",
    "残",
    "帕",
    "烧",
    "烫",
    "伤",
    "肝",
    "肺",
    "疹",
    "溢",
    "栓",
    "妄",
    "幻",
    "衰",
    "肿",
    "喘",
    "亢",
    "腺",
    "矽",
    "孕",
    "盲",
    "瘾",
    "聪",
)
"""A text that tells of a condition holds one of these; each is a rare character, so that they are looked for at no price."""

_REACH = 60
"""Characters of a sentence looked back over for the person."""

_SENTENCE = late("[。！？!?；;\n]")


class _Patterns(NamedTuple):
    word: re.Pattern[str]
    led: re.Pattern[str]
    person: re.Pattern[str]
    outcome: re.Pattern[str]
    general: re.Pattern[str]
    bracketed: re.Pattern[str]
    caused: re.Pattern[str]
    clause: re.Pattern[str]
    disabled: re.Pattern[str]
    fever: re.Pattern[str]
    grade: re.Pattern[str]
    led_in: re.Pattern[str]
    history: re.Pattern[str]
    doctor: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    """The patterns made of the words of the table."""
    lead, named, ended, told, person, outcome, general = (
        alternatives("conditions_zh", kind) for kind in ("lead", "told", "ended", "has", "person", "outcome", "general")
    )
    stem = "(?:(?![为是有无的了未否疑患及和与住得查而不因])[一-龥]){1,6}?"
    found = rf"(?P<found>(?:{lead})?(?:{named}|{stem}(?:{ended})))"
    return _Patterns(
        word=re.compile(f"{named}|{ended}"),
        led=re.compile(rf"(?P<has>{told}){found}$"),
        person=re.compile(person),
        outcome=re.compile(f"(?:又|再次|已|刚)?(?:{outcome})"),
        general=re.compile(general),
        bracketed=re.compile(rf"(?:{person})[一-龥]{{0,4}}[(（](?:[^()（）\n]{{1,16}}[，,、])?{found}$"),
        caused=re.compile(rf"(?:因(?:患|突发)?|由于|因为|(?<![罹身])患){found}$"),
        clause=re.compile(rf"[，,](?P<found>(?:{lead})?(?:{named}))$"),
        disabled=re.compile(
            "(?:视力|听力|言语|肢体|智力|精神|多重)(?:残疾[，, ]?[一二三四1-4]级|[一二三四1-4]级残疾)"
            "(?!以|及|或|[、和]|的?人|者|补|标)"
        ),
        led_in=re.compile(f"(?:{lead})$"),
        history=re.compile(rf"(?:有|存在|既往|死于|身患|罹患|染上了?|患){found}$"),
        grade=re.compile(
            "(?:构成|评定?为|鉴定为|遗留|定为|系|属于?)(?P<found>[轻重]微?伤(?:[一二]级)?|[一二三四五六七八九十](?:至[一二三四五六七八九十])?级伤残"
            "|伤残[一二三四五六七八九十]级)(?!以|及|标|鉴)"
        ),
        fever=re.compile(
            "(?:发[烧热]|高烧|烧)(?:至|到|了|到了)?(?:3[7-9]|4[0-2])(?:[.][0-9]|度(?:半|[0-9])?|℃){1,2}(?!以|及|时)"
        ),
        doctor=re.compile("医院|医生|大夫|体检|检查|复查"),
    )


def told(text: str) -> Iterator[tuple[int, int]]:
    """Where a condition stands that is somebody's; they may overlap.

    >>> text = "我妈脑梗住院了，他妻子有精神分裂症。脑梗的预防，高血压患者慎用"
    >>> [text[a:b] for a, b in told(text)]
    ['脑梗', '精神分裂症']
    """
    p = _patterns()
    if "残疾" in text:
        yield from (m.span() for m in p.disabled.finditer(text))
    if "伤" in text:
        yield from (m.span("found") for m in p.grade.finditer(text))
    if "烧" in text:
        yield from (m.span() for m in p.fever.finditer(text))
    done = -1
    for hit in p.word.finditer(text):
        end = hit.end()
        if (
            done >= 0
            and hit.start() - done <= _BESIDE
            and (m := _WITH_IT.match(text, done))
            and not _CLAUSE.search(text, m.end(), hit.start())
        ):
            yield m.end(), end  # 确诊肺癌，伴脑转移
            done = end
            continue
        history = _HISTORY.match(text, end)
        if p.general.match(text, end) and not history:
            continue
        low = max(0, hit.start() - _REACH)
        for stop in _SENTENCE.finditer(text, low, hit.start()):
            low = stop.end()
        if _IF.search(text, low, end + _NEAR):
            continue  # an article
        m = p.led.search(text, low, end)
        done = end if m else done
        if history or _DIED_OF.search(text, max(low, hit.start() - _BESIDE), hit.start()):
            if own := p.history.search(text, low, end):
                done = end
                yield own.span("found")  # 有高血压病史十年, 死于肺癌
            continue
        if m and (p.doctor.match(m["has"]) or p.person.search(text, low, m.start("found"))):
            done = end
            yield m.span("found")
        elif p.outcome.match(text, end):
            if m := p.caused.search(text, low, end):
                done = end
                yield m.span("found")
            elif who := _last(p.person, text, low, hit.start()):
                near = hit.start() - who.end() <= _NEAR and not _CLAUSE.search(text, who.end(), hit.start())
                if near:
                    part = _BODY.search(text, who.end(), hit.start())  # 左手烫伤
                    done = end
                    yield part.start() if part else hit.start(), end
        elif text[end : end + 1] in ("）", ")", "，", ",") and (m := p.bracketed.search(text, low, end)):
            done = end
            yield m.span("found")
        elif (at := _behind_person(p, text, low, hit.start())) is not None and not _ADVICE.match(text, end):
            done = end
            yield at, end  # 产妇妊娠期高血压，
        elif text[end : end + 1] in ("，", ",", "。") and (m := p.clause.search(text, low, end)):
            listed = p.word.search(text, max(low, m.start() - _BESIDE), m.start()) or p.word.search(text, end, end + _BESIDE)
            if not listed and p.person.search(text, low, m.start()):
                done = end
                yield m.span("found")  # 他岳母也来，糖尿病，注意安排


_NEAR = 6
_IF = late("如果|假如|要是|万一|怎么办|如何")
_RIGHT_BEHIND = late("[一-龥]{2,3}$")
_HISTORY = late("病?史(?![书学料上诗者的人])")
_DIED_OF = late("死于|身患|罹患|染上")
_ADVICE = late("(?![，,。；;]|$)|[，,](?:怎么|如何|要|应|可以?|建议|一定|不宜|[忌慎禁])")
_WITH_IT = late("[^，。、；\\n]{0,5}?[，、,]?(?:伴有?|合并|并发|并伴有?|继发)")
_BODY = late(
    "(?:[左右双]侧?)?(?:手|脚|腿|臂|肘|腕|膝|肩|踝|头|面|胸|腰|背|拇指|食指|中指|手指|脚趾|胫骨|股骨|肋骨|锁骨|桡骨)(?:部|盖|骨)?$"
)
_BESIDE = 8
_CLAUSE = late("[，,：:]")


def _behind_person(p: _Patterns, text: str, low: int, high: int) -> int | None:
    """Where a condition begins that stands right behind whom it is of; None if nobody stands there: 儿子先天性心脏病."""
    lead = p.led_in.search(text, low, high)
    at = lead.start() if lead else high
    who = _RIGHT_BEHIND.search(text, low, at)
    return at if who and any(p.person.fullmatch(text, who.start() + cut, at) for cut in (0, 1)) else None


def _last(pattern: re.Pattern[str], text: str, low: int, high: int) -> re.Match[str] | None:
    found = None
    for m in pattern.finditer(text, low, high):
        found = m
    return found
