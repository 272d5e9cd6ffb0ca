"""Houses and rooms that are written without a street, as neighbours do: 6栋1803, 房号：3-1-1802, 我住21栋."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Finding
from piiscrub.parse.address_zh import HAN, STOPS
from piiscrub.recognize import named_scores as worth
from piiscrub.text.late import late

_HOUSE = "(?:号楼|號樓|栋|棟|幢|座)"
_FLAT = (
    "(?:[0-9]{3,4}(?![0-9年月日元块个人件万点:：.%])|[一二三四五六七八九][零〇一二三四五六七八九]{2,3}(?![百千万元]))"
    "(?:[室房户號号](?!楼))?"
)
_PATTERN = late(
    rf"[0-9A-Z](?<![0-9A-Za-z.#-][0-9A-Z])[0-9]{{0,2}}{_HOUSE}\s?"
    rf"(?:(?:[0-9]{{1,2}}|[一二三四五六七八九十]{{1,2}})(?:单元|單元|门|-)\s?(?:(?<!-)(?:{_FLAT})?|{_FLAT})|{_FLAT})"
)
_LABELLED = late(
    r"[房门室楼宿住](?:(?<=房)[间屋]?(?:编号|号码?|號)|(?<=门)牌号?|(?<=室)号|(?<=楼)栋号?|(?<=宿)舍|(?<=住))(?:[：:=]|是|为|在)?\s?"
    rf"(?P<room>[0-9A-Z]{{1,3}}(?:(?:{_HOUSE}|单元|-|—)[0-9A-Z]{{1,4}}){{1,4}}[室房号户]?(?![0-9年月日])|[0-9A-Z]{{1,3}}{_HOUSE}(?![0-9]))"
)
_OWNERS = ("业主", "業主", "住户", "住戶", "租客", "租户", "房东")
_SOMEBODYS = late(
    r"[0-9A-Z](?<![0-9A-Za-z.#-][0-9A-Z])[0-9A-Z]{0,2}(?:-[0-9A-Z]{1,3})?-[0-9]{3,4}[室房户戶号號]?"
    rf"(?=那?[个位]?的?(?:{'|'.join(_OWNERS)}))"
)
_CHAINS = late(
    r"[0-9](?<![0-9A-Za-z.#年月日-][0-9])[0-9]?-[0-9A-Z]{1,2}-[0-9]{3,4}[室房户戶]?(?![0-9A-Za-z.%:：年月日元块个件台米-])"
)
_WHOSE = late(rf"[ ，,：:、|\t]{{0,2}}(?:{'|'.join(_OWNERS)})(?:姓名|名字)?[ ：:，,]{{0,2}}[{HAN}]")
"""What stands behind the room of somebody in a list: 3-2-1501 业主王小明."""

_IN_A_UNIT = late(
    r"[0-9一二三四五六七八九](?<![0-9A-Za-z第.一二三四五六七八九十-][0-9一二三四五六七八九])[0-9]?单元\s?[0-9]{3,4}(?![0-9A-Za-z年月日元块个页题课])(?:[室户](?!楼))?"
)
_BOX = late(r"[0-9](?<![0-9A-Za-z][0-9])[0-9]{1,5}(?:号|號)?(?:信箱|邮箱)(?:[0-9]{1,4}(?:分箱|信箱|号|號))?(?![：:])")


def rooms(text: str) -> Iterator[Finding]:
    """Buildings with a unit or a room, and what stands behind the label of a room; for a folded text.

    >>> text = "房号：3-1-1802，楼上是6栋1903，2-2-1501的业主"
    >>> [text[f.start : f.end] for f in rooms(text)]
    ['3-1-1802', '2-2-1501', '6栋1903']
    """
    for m in _LABELLED.finditer(text):
        yield Finding("CN_ADDRESS", *m.span("room"), worth.ADDRESS_ROAD, "addresses_zh", "room", context=("room",))
    if any(word in text for word in _OWNERS):
        for m in (*_SOMEBODYS.finditer(text), *_listed(text)):
            yield Finding("CN_ADDRESS", m.start(), m.end(), worth.ADDRESS_LOOSE + 0.1, "addresses_zh", "room", context=("owner",))
    for m in _BOX.finditer(text) if "箱" in text else ():
        yield Finding("CN_ADDRESS", m.start(), m.end(), worth.ADDRESS_ROAD, "addresses_zh", "box")
    for m in _PATTERN.finditer(text):
        yield Finding("CN_ADDRESS", m.start(), m.end(), worth.ADDRESS_LOOSE + 0.1, "addresses_zh", "room")
    for m in _IN_A_UNIT.finditer(text) if "单元" in text else ():
        yield Finding("CN_ADDRESS", m.start(), m.end(), worth.ADDRESS_LOOSE, "addresses_zh", "room")


def _listed(text: str) -> Sequence[re.Match[str]]:
    """Rooms of a list: one with its owner says what the others of this form are."""
    chains = list(_CHAINS.finditer(text))
    return chains if any(_WHOSE.match(text, m.end()) for m in chains) else ()


_END = "(?:[室房戶户号號](?!楼))?(?![0-9A-Za-z年月日元块个:：.%-])"
_CHAIN = rf"[0-9A-Z]{{1,3}}-[0-9A-Z]{{1,3}}-[0-9]{{3,4}}{_END}"
_IN_THE_HOUSE = rf"(?:\s?[0-9A-Z]{{1,4}}(?:{_HOUSE}|[期区楼层門门]|单元|單元))+(?:\s?[A-Z]?[0-9]{{3,4}}[A-Z]?{_END})?"
_REST_OF_CHAIN = late(rf"(?:-[0-9A-Z]{{1,4}}){{1,3}}{_END}")
_FIELD = "电话|手机|姓名|联系|邮编|日期|时间|订单|单号|编号|房价|价格"
_PAIR = rf"[0-9A-Z]{{1,3}}-[1-9][0-9]{{2,3}}(?<!-20[0-9]{{2}}){_END}"
_ESTATE = late(rf"[ ]?(?:(?!{_FIELD})[{HAN}](?<![{STOPS}])){{2,8}}?(?:[ ]?{_CHAIN}|{_PAIR}|{_IN_THE_HOUSE})")
_DIRECTLY = late(_CHAIN)
_AT_ROOM = late(rf"[ ]{_CHAIN}")
# What people say of the door: 后门左拐第三间, 88号门面.
_DOOR = late(
    "(?:[前后侧正东南西北]门)?(?:[往向]?[左右][拐转手]|[往向]里走?)?(?:[左右]手边?)?第[一二三四五六七八九十0-9]{1,2}(?:间|家|户|栋|幢|排|个门)(?![公单])"
)
_FRONT = late("面(?<=号门面)(?:房|店)?|铺面?(?<=号铺)|底商|门市部?")


def onwards(text: str, f: Finding) -> Finding:
    """The address with the house nobody listed and its rooms: 测试路9号某某香槟3-2-1502, 某某名都11-2-1502.

    >>> text = "测试路9号某某香槟3-2-1502，谢谢"
    >>> onwards(text, Finding("CN_ADDRESS", 0, 5, 0.8, "addresses_zh")).end
    17
    """
    if f.entity == "LOCATION":
        m = _DIRECTLY.match(text, f.end)
        return f if m is None else f._replace(entity="CN_ADDRESS", end=m.end(), score=max(f.score, worth.ADDRESS_LOOSE))
    last = text[f.end - 1]
    if last == "对" and text[f.end : f.end + 1] in ("吧", "吗", "不"):
        return f._replace(end=f.end - 1)  # 9栋1702对吧
    if last in _CORNERS and _a_corner(text, f.end):
        return f._replace(end=f.end + 1)
    own = _REST_OF_CHAIN if last.isascii() and last.isalnum() else _ESTATE if last in "号號院弄路街道角侧口" else None
    for pattern in (own, _AT_ROOM, _FRONT, _DOOR):
        if pattern and (m := pattern.match(text, f.end)):
            return f._replace(end=m.end())
    return f


_CORNERS = "街巷"


def _a_corner(text: str, at: int) -> bool:
    """Whether the mouth of a street stands there, 测试街口, and no other word."""
    return text[at : at + 1] == "口" and text[at + 1 : at + 2] not in ("碑", "味", "号", "岸", "头", "罩", "腔")
