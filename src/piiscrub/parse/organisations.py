"""Names of organisations taken apart: where they begin, and the form or kind they end with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from piiscrub.parse.address_zh import HAN
from piiscrub.parse.names_en import titles
from piiscrub.reference.places import places
from piiscrub.reference.tables import alternatives, listed
from piiscrub.reference.words import is_common, is_listed
from piiscrub.text.late import late


@cache
def han_words() -> re.Pattern[str]:
    """The word that the name of an organisation ends with.

    The first element of the search is a set of characters: then it runs at memory speed.
    """
    tails: dict[str, list[str]] = {}
    for form in alternatives("firm_words", "form").split("|"):
        tails.setdefault(form[0], []).append(form[1:])
    each = "|".join(f"(?<={first})(?:{'|'.join(sorted(rest, key=len, reverse=True))})" for first, rest in sorted(tails.items()))
    second = "".join(sorted({rest[0] for tail in tails.values() for rest in tail}))
    return re.compile(f"[{''.join(sorted(tails))}](?=[{second}])(?:{each})(?<!银行(?=[卡账帐预存转贷储流]))")


SURE = late("有限公司$|有限责任公司$|股份公司$|派出所$|事务所$|人民法院$|人民检察院$|[支分]行$")
COMPANY = late("公司$|事务所$|[支分]行$|银行$|法院$|派出所$|检察院$|合作社$")
_PART_EN = r"(?:[A-Z][A-Za-z0-9À-ž'’.&-]{0,24}|&|and|of|the|for)"


@cache
def latin() -> re.Pattern[str]:
    """The name of a firm in Latin letters, whose form stands last."""
    firsts = "".join(sorted({form[0] for kind in ("dotted", "form_en") for form in listed("firm_words", kind)}))
    return re.compile(
        rf"[A-Z](?<![A-Za-z0-9À-ž@/][A-Z])[A-Za-z0-9À-ž'’&-]{{0,24}}(?:,?[ ]{_PART_EN}){{0,5}}?,?[ ](?=[{firsts}])"
        rf"(?:(?:{_escaped('dotted')})\."
        rf"|(?:{_escaped('form_en')})(?![A-Za-z0-9]|-[a-z]))(?:[ ](?:Ltd|Inc|LLC|Limited)\.?(?![A-Za-z]))?"
    )


@cache
def _forms_only() -> re.Pattern[str]:
    form = _escaped("form_en")
    return re.compile(rf"(?:{form}|and|&)(?:[ .](?:{form}))*\.?$")


def _escaped(kind: str) -> str:
    return alternatives("firm_words", kind).replace(".", r"\.")


_PARTNERS = late(r"(?:^|[ ])(?:&|and)[ ]")


def latin_start(text: str, start: int, end: int, persons: Sequence[tuple[int, int]] = ()) -> int:
    """Where the name of a firm begins of which the words before its form were read: behind the last comma that parts it from
    a person or a department. Commas between partners and before the form stay.

    >>> text = "Jane Doe, Testco Widgets Inc."
    >>> latin_start(text, 0, len(text))
    10
    >>> latin_start("Doe, Roe & Poe LLP", 0, 18), latin_start("Testco, Inc.", 0, 12)
    (0, 0)
    """
    for low, high in persons:
        if start <= low and high < end and " " in text[low:high] and (behind := _BEHIND_PERSON.match(text, high, end)):
            start = behind.end()
    at = text.rfind(", ", start, end)
    while at >= 0 and _forms_only().match(text[at + 2 : end]):
        at = text.rfind(", ", start, at)
    if at >= 0 and not _PARTNERS.search(text, at + 2, end):
        start = at + 2
    lead = _LEAD_EN.match(text, start)
    return lead.end() if lead else start


_BEHIND_PERSON = late(",? (?:of|from|at|and|with|for|by) |, ")
_LEAD_EN = late("(?:(?:of|the|for|and|by|with|from|at|to|is|was)[ ])+")


_STEM = late(rf"[{HAN}A-Za-z0-9·&（）()]*\Z")


class _Words(NamedTuple):
    """``before`` a name and no part of it, ``within`` one that holds such words; what says only the ``kind``; ``thing`` at the
    end of a Chinese label; ``class_name`` of a program."""

    before: re.Pattern[str]
    within: re.Pattern[str]
    kind: re.Pattern[str]
    thing: re.Pattern[str]
    class_name: re.Pattern[str]


@cache
def _words() -> _Words:
    before, within, kind, thing, last = (
        alternatives("firm_words", which) for which in ("before", "within", "kind", "thing", "class")
    )
    return _Words(
        before=re.compile(before),
        within=re.compile(within),
        kind=re.compile(f"^(?:{kind})*"),
        thing=re.compile(f"(?:{thing})$"),
        class_name=re.compile(f"[A-Za-z0-9]*[a-z0-9](?:{last})"),
    )


def han_start(text: str, end: int, low: int = 0) -> int:
    """Where the name begins that ends with the word at ``end``.

    Behind the nearest mark or word of a sentence, 20 characters back at most.

    >>> han_start("他在测试科技有限公司", 6)
    2
    """
    stem = _STEM.search(text, max(low, end - 20), end)
    at = stem.start() if stem else end
    if text[at : at + 1] in "）)":
        at += 1
    begin = at
    words = _words()
    for m in words.before.finditer(text, at, end):
        if m.start() < begin:
            continue
        if not words.within.match(text, m.start()) and not (m.start() and words.within.match(text, m.start() - 1)):
            begin = m.end()
    inside = text[begin:end]
    if inside.count("(") + inside.count("（") != inside.count(")") + inside.count("）"):
        begin = max(text.rfind(mark, begin, end) for mark in "()（）") + 1
    return begin


_OF_A_PLACE = frozenset(
    "局院所站厅委会队处校园馆厂场社心"  # 看守所, 人社局, 中学, 服务中心: what a town has one of
)
_BEGIN = frozenset("于至往由被将自为系向入在到去来任给送找以经报")  # what stands before a place, of which it is no part
_TRADES = frozenset("商贸 工贸 经贸 物流 置业".split())
_NO_PART = frozenset(
    "上读念考进入到去回在开办建找换一某各全多几每该本这那两三个所的了是和与及或等请叫被把从对为有没不也都决来说将已就才又再"
)
_OTHERS = late("政府|[局院]|公司|集团|大学")
_OWN_LEVEL = frozenset("省市县区")
_OF_STATE = frozenset("局委会心院队")
_LEAST_OF_STATE = 3
_LEVELS = frozenset("省市区县州旗镇")
_MOST_BETWEEN = 12
_SHORT_FIRM = 4


def office_of_a_place(text: str, low: int, high: int, form: str) -> int | None:
    """Where the name of an office, a school, a hospital begins that stands in a place: 羁押于镇平县看守所; None if none does.

    ``low`` to ``high`` is what stands before the form word. Between both no word of a sentence may stand (在杭州上小学).

    >>> text = "现羁押于镇平县看守所，在杭州上小学"
    >>> office_of_a_place(text, 1, 7, "看守所"), office_of_a_place(text, 12, 15, "小学")
    (4, None)
    """
    trade = form in _TRADES
    if form[-1] not in _OF_A_PLACE and not trade:
        return None
    known = places()
    for at in range(low, high - 1):
        if at > low and text[at - 1] not in _BEGIN:
            continue
        if text[at] in _OWN_LEVEL and form[-1] in _OF_STATE and _LEAST_OF_STATE <= high - at <= _MOST_BETWEEN:
            return at if _NO_PART.isdisjoint(text[at:high]) else None  # 以省公共资源交易中心为准
        for size in (5, 4, 3, 2):
            end = at + size
            if end > high or text[at:end] not in known:
                continue
            between = text[end:high]
            short = size == _SHORT and text[end - 1] not in _LEVELS
            fits = (
                len(between) <= _MOST_BETWEEN
                and _NO_PART.isdisjoint(between)
                and not (_words().before.search(between) or _OTHERS.search(between))
            )
            bare = (
                not between
                and (short or len(form) < _OWN)
                and form in ("大学", "中学", "小学", "学校", "学院", "超市", "幼儿园", "工厂")
            )
            kind = _words().kind.match(between) if between else None
            general = kind is not None and kind.end() == len(between)
            if trade and not (
                _SHORT <= len(between) <= _SHORT_FIRM and not text[high + len(form) : high + len(form) + 1].isalnum()
            ):
                return None
            return at if fits and not bare and not general else None
    return None


_SHORT, _OWN = 2, 4
_GOES_ON = late(
    "(?:[（(](?:有限合伙|普通合伙|特殊普通合伙|集团|个体工商户|个人独资)[)）]|(?<!总)总(?:行|店|公司|队)(?!长)"
    "|(?:物流|快递|速运|招标|咨询|实业|商贸|工贸|贸易|置业|地产|物业|传媒|证券|高科|保险|便利店|营业[厅部]|养殖基地)(?![员费单款业司公行集有股分中服平项工经代专客部单信网采文])"
    "|(?:支队|大队|中队)(?!长))"
)


def goes_on(text: str, end: int) -> int:
    """Where the name of an organisation ends that a tagger cut before its form or trade: 测试企业（有限合伙）, 测宏物流.

    >>> goes_on("测试企业（有限合伙），", 4), goes_on("测宏物流承运", 2), goes_on("测宏物流员", 2)
    (10, 4, 2)
    """
    m = _GOES_ON.match(text, end)
    return m.end() if m else end


def opened_there(text: str, start: int, end: int) -> bool:
    """Whether a tagger took a place and what somebody opened there for one name: 温州开美容院.

    >>> opened_there("在温州开美容院", 1, 7), opened_there("在开封开元大酒店", 1, 8)
    (True, False)
    """
    place = text[start : start + _SHORT]
    at = start + _SHORT + (text[start + _SHORT : start + _SHORT + 1] in _LEVELS)
    return (
        at < end - 1
        and text[at] in "开办"
        and place in places()
        and not is_common(text[at : at + _SHORT])
        and text[at + 1] not in "元发源平封明"
    )


def too_general(name: str, form: str) -> bool:
    """Whether the words say only the kind: 一家科技公司, 名牌大学.

    >>> too_general("一家互联网公司", "公司"), too_general("测试科技有限公司", "有限公司")
    (True, False)
    """
    stem = name[: len(name) - len(form)]
    if name in listed("firm_words", "general"):
        return True
    m = _words().kind.match(stem)
    rest = stem[m.end() :] if m else stem
    return len(rest.strip("家所个间座")) < 2


@cache
def _no_firms() -> frozenset[str]:
    return listed("firm_words", "chat") | listed("firm_words", "party") | listed("firm_words", "general")


def no_organisation(name: str) -> bool:
    """What taggers take for organisations now and then: e-mail addresses, plates, accounts, words of chat, labels.

    >>> no_organisation("FYI"), no_organisation("快递单号"), no_organisation("Acme")
    (True, True, False)
    """
    if name in _no_firms() or name.rstrip(".") in titles():
        return True
    if name.isascii():
        plate = name.isupper() and any(c.isdigit() for c in name) and any(c.isalpha() for c in name)
        return (
            plate
            or "@" in name
            or "_" in name
            or (name.islower() and "." in name)
            or (" " not in name and _words().class_name.fullmatch(name) is not None)
        )
    return _words().thing.search(name) is not None


_CODE = late(r"\.[A-Za-z_]\w*\(|\.(?:java|kt|scala|cs|py|go|rb|js|ts|rs|cpp|sh|toml|ya?ml|ini|cfg|lock|dll|jar|gradle)\b|\(\)|::")
_STOCK = late("(?<=[0-9]{3}[.])[A-Z]{1,3}$")  # 00700.HK
_ATTRIBUTE = late("(?<=[A-Za-z0-9_)][.])[a-z]|(?<=`)(?:[a-z_]|[A-Z][a-z]+[A-Z])")
_MODULE = late(r"[a-z]+\.[A-Za-z_]")  # np.pi, but john.smith is a login


def _within_code(text: str, start: int, end: int) -> bool:
    return (
        _STOCK.match(text, start, end) is not None
        or _ATTRIBUTE.match(text, start, end) is not None
        or (text[end : end + 1] == "." and _MODULE.match(text, start) is not None and not is_listed(text[start:end], "given"))
    )


_PLATES = frozenset("京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新")


def part_of_token(text: str, start: int, end: int) -> bool:
    """Whether Latin letters are the front of an account or an e-mail address, a name in code, or end a plate or stock code.

    >>> part_of_token("acme675@example.com", 0, 4), part_of_token("车牌京ABCDEF，", 3, 9), part_of_token("at Acme now", 3, 7)
    (True, True, False)
    >>> part_of_token("at TestService.run(Test.java:7)", 3, 14), part_of_token("00700.HK", 6, 8)
    (True, True)
    """
    if not text[start:end].isascii():
        return False
    after = text[end : end + 1]
    if after and (after in "@_" or (after.isascii() and after.isalnum())):
        return True
    if (after and after in ".(:" and _CODE.match(text, end)) or _within_code(text, start, end):
        return True
    return start > 0 and text[start - 1] in _PLATES and end - start in (6, 7) and text[start:end].isalnum()
