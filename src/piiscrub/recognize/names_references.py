"""Forms of address: 张经理, 王总, 老李, and a surname alone where somebody says it is one: 我姓鲍, 张姓租客."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from piiscrub.model.finding import Finding
from piiscrub.parse.names_zh import HAN, ordinary, split, typical
from piiscrub.recognize import named_scores as worth
from piiscrub.recognize.names_edges import begins_here
from piiscrub.reference.surnames import common, compound, single
from piiscrub.reference.words import given_characters, is_common, name_words

_ID = "names"
_SAYS_NAME = re.compile("[找叫让跟给派问请喊]$")
_HAN_ONLY = re.compile(f"[{HAN}]+")


def hailed(text: str, start: int, end: int) -> bool:
    """Whether a tagger took a form of address and the next character for a name: 张总好, 让小郑顶一下.

    >>> hailed("张总好", 0, 3), hailed("让小郑顶一下", 2, 4), hailed("王总一", 0, 3)
    (True, True, False)
    """
    if end - start == 3:
        if text[start + 1] in "老小" and text[end - 1] in common() and _POST.search(text, max(0, start - 1), start + 1):
            return True  # 门卫老唐
        return text[end - 1] in "好您你" and text[start + 1] in "总哥姐叔姨工董"
    if end - start != 2 or text[start - 1 : start] not in ("小", "老") or text[start] not in common():
        return False
    return typical(text[start:end]) < 1 and _CALLED.search(text, max(0, start - 3), start - 1) is not None


@cache
def _addressed() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """张经理 and 王总; 老李. Both begin with a set of characters, so the search runs at memory speed."""
    surnames = "".join(sorted(single() | {name[-1] for name in compound()}))
    titles = "|".join(sorted(name_words("title"), key=lambda w: (-len(w), w)))
    short = "".join(sorted(name_words("short")))
    given = "".join(sorted(given_characters()))
    behind = "".join(sorted({title[0] for title in name_words("title")} | name_words("short")))
    return re.compile(f"[{surnames}](?=[ {behind}])(?:[ ]?(?P<title>{titles})|(?P<short>[{short}]))"), re.compile(
        f"[老小阿大](?:(?P<old>[{''.join(sorted(common()))}])|(?<=阿)(?P<pet>[{given}]))"
    )


_SPEAKS = re.compile(
    r"$|[，。！？、：；,!?:;\s）)（(~…@\"”]|说|在|去|来|和|跟|的|您|你|你好|吗|呢|吧|今天|明天|昨天|已|也|都|打|发|给|把"
    r"|让|叫|要|有|没|不|会|能|电话|手机|那边|这边|他|她|拿|取|收|签|领|帮|上门|上午|中午|下午|晚上|今晚|明早|后天|刚[才刚]|周[一二三四五六日末]|下周|上周"
    r"|星期|马上|请|到|过来|那里|这里|家|做|看|问|送|接|写|买|带|留|负责|安排|处理|确认|同意|推荐|建议|觉得|约"
)
_POST = re.compile(
    "司机|门卫|物业|保洁|前台|店家|师傅|护士|民警|客服|老板|房东|邻居|同事|同学|保安|护工|骑手|员工|[部处科组店的者员]$"
)
_CLEARLY = frozenset(
    "李王张刘陈赵吴徐孙胡郭罗梁宋郑谢韩唐冯董曹袁邓许傅沈彭吕苏卢蒋蔡贾丁魏薛潘杜戴汪姜范姚谭廖邹郝崔邱秦侯邵孟尹黎乔贺赖龚马"
)
"""Surnames that are hardly ever a word of their own behind 老 and 小."""
_CALLED = re.compile(
    '(?:^|[，。！？、：；,!?:;\\s）)（(~…@"“]|派|放|喊|转|嗯|喂|哎|啊|哦|一下|您好|你好|找|叫|让|给|和|跟|问|联系|请|由|是|向|对|被|把|告诉|通知|到|为|同)$'
)


def references(text: str, persons: Sequence[Finding]) -> Iterator[Finding]:
    """张经理, 王总, 老李, 我姓鲍. Surnames of persons named in the text make it sure.

    >>> text = "我姓鲍，是张姓租客的邻居，百姓王府井"
    >>> [text[f.start : f.end] for f in references(text, [])]
    ['鲍', '张姓']
    """
    if "姓" in text:
        yield from _surnames(text, persons)
    titled, old = _addressed()
    called_so = [*titled.finditer(text), *old.finditer(text)]
    if not called_so:
        return
    known: set[str] = set()
    covered: set[int] = set()
    for f in persons:
        parts = split(text[f.start : f.end])
        if parts:
            known.add(parts.surname)
        covered.update(range(f.start, f.end))
    for m in called_so:
        start, end = m.span()
        kind = m.lastgroup
        called = kind in ("old", "pet")
        if not called and start and text[start - 1 : start + 1] in compound():
            start -= 1
        if start in covered or (not called and text[start] not in single() and text[start : start + 2] not in compound()):
            continue
        clearly = kind == "old" and text[end - 1] in _CLEARLY and _SAYS_NAME.search(text, max(0, start - 1), start) is not None
        if ordinary(text[start:end]) and not (clearly and text[start] == "老"):
            continue  # 康师傅
        if kind == "title":
            if (start and is_common(text[start - 1 : start + 1])) or (
                is_common(text[start : start + 2]) and text[start] not in common()
            ):
                continue
            if (
                start
                and _HAN_ONLY.match(text[start - 1])
                and not _CALLED.search(text[max(0, start - 2) : start])
                and not _POST.search(text[max(0, start - 2) : start])
                and not begins_here(text, start)
                and text[start] not in common()
            ):
                continue
            surname = text[start : start + 2] if text[start : start + 2] in compound() else text[start]
            score = worth.REFERENCE_KNOWN if surname in known else worth.REFERENCE
        else:
            word = not clearly and is_common(m.group())
            if (kind == "short" and text[start] not in common()) or word or is_common(text[end - 1 : end + 1]):
                continue
            before = _CALLED.search(text[max(0, start - 2) : start]) or (called and _POST.search(text[max(0, start - 2) : start]))
            if not (before and (clearly or _SPEAKS.match(text, end))):
                continue
            surname = text[start] if kind == "short" else text[start + 1]
            score = worth.REFERENCE_KNOWN - 0.1 if surname in known else worth.REFERENCE_OLD
        yield Finding("PERSON_REFERENCE", start, end, score, _ID, kind or "", context=("title",))


_SURNAME = re.compile(
    rf"姓(?<![百同异改随小大老复單单种尊更]姓)(?<!(?<!免)贵姓)(?![名氏甚什啥])(?:[是为][“\"「]?)?(?=(?P<surname>[{HAN}]{{1,2}}))"
)
_SAYS_MORE = re.compile(
    rf"$|[^{HAN}]|[您你我他她它叫名的是住在了吧啊呀呢吗对那这家有也就不没可和跟说想要来]|不是|电话|手机|先生|女士|小姐"
)
_OF_NAME = re.compile(
    r"姓(?=男|女|租[客户]|业主|患者|病人|客[户人]|司机|老[人板师]|同[学事]|员工|学生|村民|市民|居民|嫌[疑犯]|青年|少年|乘客|旅客|夫妇|夫妻|兄弟|姐妹"
    r"|负责人|工作人员|经理|主任|房东|顾客|店主|车主|户主|网友|家长|工人|小伙|姑娘|大爷|大妈|阿姨|师傅|医生|护士|律师|老太|一家)"
)


def _surnames(text: str, persons: Sequence[Finding]) -> Iterator[Finding]:
    """A surname of which the text says that it is one: 房东姓沈, 免贵姓柯, 张姓男子."""
    starts = {f.start for f in persons}
    for m in _SURNAME.finditer(text):
        start = m.end()
        size = 2 if m["surname"] in compound() else 1
        end = start + size
        if start in starts or (size == 1 and (text[start] not in single() or is_common(text[start : start + 2]))):
            continue
        if _SAYS_MORE.match(text, end):
            yield Finding("PERSON_REFERENCE", start, end, worth.REFERENCE_KNOWN, _ID, "surname", context=("姓",))
    for m in _OF_NAME.finditer(text):
        start = max(0, m.start() - 2)
        if text[start : m.start()] not in compound():
            start = m.start() - 1
        if start >= 0 and (text[start] in single() or m.start() - start > 1):
            yield Finding("PERSON_REFERENCE", start, m.end(), worth.REFERENCE_KNOWN, _ID, "surname", context=("姓",))
