"""Chinese addresses taken apart: province, city, district, street, village, road, number, building, unit, room.

``components`` reads as far as a place name, a road, a number, a building … goes on; it decides nothing about where an
address begins. The grammar follows rule book A5; names of divisions come from the reference table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from piiscrub.reference.places import Place, lengths, places
from piiscrub.reference.tables import rows
from piiscrub.text.late import late

HAN = "\u3400-\u4dbf\u4e00-\u9fff〇"
# Characters that end the name of a place or stand before it, but are hardly ever part of it.
STOPS = (
    "的了在是与及到去从往给你您我他她它们這这那哪把被让讓请請问問吧呢吗啊呀哦嗯么没不说說寄送住位至距离離叫很就也都还還"
    "跟将將但而且因所以如果可能要想会能喺搵佢哋嘅咗畀侬俺咱嗰"
)
_STEM = rf"(?:[{HAN}](?<![{STOPS}和])|和(?=[平谐諧义義睦畅硕润兴裕里顺安悦美苑])|都(?=[镇乡村街路尔]))"
_DIGITS = "0-9一二三四五六七八九十百零〇两"
_N = (
    r"(?:[甲乙丙丁东西南北新]?[0-9]{1,5}[A-Za-z]?|[A-Za-z]{1,2}[0-9]{0,4}|[一二三四五六七八九十百零〇两]{1,5}|["
    r"甲乙丙丁戊])"
)
_NN = rf"{_N}(?:\s?[-—~～至、,/]\s?{_N}){{0,3}}"
_SIDE = "[东西南北中東][东西南北東]?"

# One component with a number. The order matters: 号楼 before 号, 单元 before a bare letter.
_NUMBERED = late(
    rf"(?P<building>第?{_NN}\s?(?:号楼(?![道下上梯])|號樓|栋|棟|幢|座|期|#楼?|号商服楼|号(?:仓?库|厂房|车间)|号[{HAN}]{{1,3}}楼(?![道下上梯]))|{_SIDE}(?:座|楼|塔|区)(?![{HAN}]))"
    rf"|(?P<unit>{_NN}\s?(?:单元|單元|号门|门洞|梯|门(?![{HAN}])|门(?=[一二三四五六七八九十])))"
    rf"|(?P<floor>(?:地下|负|B)?{_NN}\s?(?:层|層|楼(?![道下上梯])|樓|F(?![A-Za-z]))(?:[A-H](?![0-9A-Za-z室座單单栋棟]))?(?:之[一二三四五六七八九十0-9]{{1,2}})?)"
    rf"|(?P<room>{_NN}\s?(?:室|房间|房(?!间)|户|号铺|商铺|号房|号室|铺位|铺|档口|档)|{_SIDE}户(?![籍口型外内]))"
    rf"|(?P<number>(?:附|甲|乙|自编)?{_NN}\s?(?:号院|號院|支弄|弄|衖|巷|号|號)(?:之[一二三四五六七八九十0-9]{{1,2}}|附[0-9"
    rf"]{{1,3}}号?|[甲乙丙丁](?=[\s0-9]|$))?(?:院内|院外|院|内|地下(?![0-9一二三负车室通铁管停道层車])|地下?[舖鋪铺])?)"
    rf"|(?P<group>第?{_NN}\s?(?:村民小组|小组|村民组|组|队|社|生产队))"
    rf"|(?P<zone>{_NN}\s?(?:区|座|库|号库|厂房|号厂房|段|标段))"
    r"|(?P<bare>[A-Za-z]?[0-9]{1,4}(?:-[0-9A-Za-z]{1,4}){1,3}(?![0-9]))"
    r"|(?P<spoken>[一二三四五六七八九][零〇幺一二三四五六七八九]{2,3}(?![一二三四五六七八九十百千万元年月日个块]))"
    r"|(?P<last>[A-Za-z]?[0-9]{3,4}(?![0-9年月日元块千米点:：人个%万亿.公吨名位次场多余条件种]|[-—]\s?[0-9]{6}))"
)
_BARE_ROAD = late(
    "[东西南北中東前后]?[东西南北]?[一二三四五六七八九十]?(?:大道|大街|大马路|马路|公路|斜街|横街|胡同|条|路|街|巷|弄|道)"
)
_BARE_TOWN = late("街道(?:办事处|办)?(?![0-9])")  # behind the 城 of 测城街道
_ROAD_TAIL = late(
    rf"(?:[东西南北中東]?[一二三四五六七八九十]?(?:路|街|段|巷|条|里)(?![{HAN}]{{0,1}}[路街])|[东西南北中東](?:段|侧|"
    rf"口|里|延长线)?(?=[0-9\s甲乙]))"
)
_AFTER_SHORT = late(
    rf"(?:[东西南北中東前后]|[一二三四五六七八九十])?[东西南北東]?(?:路|街|道|大道|大街|巷|弄|胡同|公路|高速|桥|橋|里"
    rf"|门|站|庄|大厦|广场|花园|公寓|宾馆|酒店|饭店|中心|商场|购物中心)(?![{HAN}]{{0,3}}[省市区县])"
)
_NAMED_GROUP = late(
    rf"(?!工作|领导|调解|合作|党|[检督巡考]|专){_STEM}{{1,3}}?(?:村民小组|村民组|小组|组|屯)(?![织成长员合建件])"
)  # 岩脚组 of a village
_RELATIVE = late(
    rf"(?:(?:往|向|以|正)?{_SIDE}(?:方向|侧|面|边|角|门|头)?(?:约|方向)?[0-9]{{1,5}}\s?(?:米|公里|千米|m|km)(?:处|左"
        rf"右|路{_SIDE}|即到)?"
    rf"|{_SIDE}[0-9]{{0,2}}号?门|正门|大门|后门|侧门|入口|出口"
    rf"|(?:路|街|桥|河|马路)?(?:往|以|正)?{_SIDE}(?:方向|侧|面|边|角|口|门)(?:路{_SIDE})?"
    rf"|路(?:东|西|南|北)(?![{HAN}])"
    rf"|口(?=(?:往|向|以)?{_SIDE}(?:方向)?约?[0-9])"
    r"|与?[交][叉汇]?(?:路口|口|处)|(?:十字|丁字|三岔)?路口|街口|胡同口|巷口|村口|门口"
    r"|(?:正|斜)?对[面过](?:儿)?|附近|旁边|旁|隔壁|周边|底商|院内|院里|[内外里](?:面|侧|边)?(?![{HAN}])"
    r"|[0-9]{1,5}\s?(?:米|公里|千米)(?:处)?)"
)  # fmt: skip
_PARENS = late(r"\s?[(（][^()（）\n]{1,40}[)）]")
_PAREN_WORDS = late("[近靠旁侧口层楼号路街米站门院原店区村内外场厦城园苑府舍校司达]|对面|附近")
_GAP = late(r"[ \t]{1,2}|\s?[,，/]\s?")
_JOIN = late(rf"(?:那边|那边儿|附近|旁边|这边|一带|边上)的(?={_STEM}{{1,6}}?[路街巷弄村道园区])")
_NEAR = late(
    rf"(?:靠近|挨着|临近|紧邻|[靠近])(?={_STEM}{{1,8}}?(?:路|街|大街|大道|道|巷|弄|胡同|桥|公园)(?![{HAN}]{{0,3}}[省市区县]))"
)
_THAT_ONE = late(
    rf"(?:边上|旁边|附近|对面|后面|前面|隔壁)?的?那(?:一)?[个栋幢座家片排](?:[老小大高红白旧新]?(?:楼房?|大楼|小楼|房子|弄堂|小区|院子|平房|居民楼|巷子|胡同|家属院))?"
    rf"(?=[A-Z]?[0-9一二三四五六七八九十]{{1,4}}[{HAN}]|{_STEM}{{2,9}}?[A-Z]?[0-9]{{1,4}}(?:[栋幢座号弄]|单元))"
)
_LATIN_ESTATE = late(
    rf"[A-Z][A-Za-z]{{1,9}}(?:{_STEM}{{0,6}}?(?:科技园|产业园|工业园|大厦|大廈|广场|廣場|中心|公寓|小区|花园|花園|公馆|园区|大楼|国际|城)"
    r"|[ ]?(?=[A-Z]?[0-9]{0,2}[座栋幢]))"
)
_CROSSING = late(rf"[与和、](?={_STEM}{{1,8}}?(?:路|街|大街|大道|道|巷|胡同|里|弄)(?:的)?(?:交|路口|口|十字))")
_FINE = frozenset("village group road number estate building unit floor room zone bare last".split())
_DIGIT = frozenset(
    "0123456789一二三四五六七八九十百零〇两甲乙丙丁东西南北第附负地东西南北中ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)
_MOST = 24  # components of one address


@cache
def _named() -> re.Pattern[str]:
    """A name that ends with the word of a level. The first such word ends it; 中关村 and 大街 are joined again."""
    levels = "|".join(f"(?P<{level}>{words.replace(' ', '|')})" for level, words in rows("address_suffixes"))
    return re.compile(f"{_STEM}{{1,9}}?(?:{levels})")


class Component(NamedTuple):
    """One level of an address.

    ``level`` is province, city, district, town, village, group, road, number, estate, building, unit, floor, room or
    relative (对面, 东侧); ``short`` marks a division without its suffix.
    """

    level: str
    start: int
    end: int
    short: bool = False


def division_at(text: str, at: int) -> tuple[int, Place] | None:
    """The longest name of a division that begins at a place: its end, and what it is.

    >>> division_at("北京市海淀区", 0)[0]
    3
    """
    for size in lengths().get(text[at : at + 2], ()):
        name = text[at : at + size]
        place = places().get(name)
        if place is not None:
            end = at + len(name)
            if not place.full and _AFTER_SHORT.match(text, end):
                return None  # 陕西南路, 南京东路: the name of a road
            return end, place
    return None


def components(text: str, start: int, limit: int | None = None) -> list[Component]:
    """The levels of an address from ``start`` on, as far as they go; empty if none begins there.

    >>> text = "浙江省杭州市西湖区测试路100号5幢2单元301室，谢谢"
    >>> [(c.level, text[c.start : c.end]) for c in components(text, 0)][2:]
    [('district', '西湖区'), ('road', '测试路'), ('number', '100号'), ('building', '5幢'), ('unit', '2单元'), ('room', '301室')]
    """
    found: list[Component] = []
    stop = min(len(text), start + 160 if limit is None else limit)
    at = start
    while len(found) < _MOST and at < stop:
        step = _next(text, at, stop, found)
        if step is None:
            gap = _GAP.match(text, at, stop) if found else None
            if gap is None:
                break
            step = _next(text, gap.end(), stop, found)
            if step is None or not _may_follow_gap(text, gap.group(), step, found, stop):
                break
        _add(found, step)
        at = step.end
    return found


def _add(found: list[Component], step: Component) -> None:
    if step.level == "rest of town":
        step = (
            step._replace(level="town", start=found.pop().start) if found[-1].level == "estate" else step._replace(level="town")
        )
    elif step.level == "rest of road":
        whole = found[-1].level != "district" or found[-1].short
        step = step._replace(level="road", start=found.pop().start) if whole else step._replace(level="road")  # 中关村 + 大街
    found.append(step)


def _next(text: str, at: int, stop: int, found: list[Component]) -> Component | None:
    if at >= stop:
        return None
    ch = text[at]
    last = found[-1].level if found else ""
    if ch in _DIGIT and (found or ch.isdigit()):
        m = _NUMBERED.match(text, at, stop)
        if m is not None and (found or m.lastgroup in ("number", "building")):
            level = m.lastgroup or ""
            if level == "spoken" and last not in ("building", "unit"):
                return None  # 三二一 stands for a room behind a house alone
            if last == "road" and text[m.end() - 1] == "段":
                level = "rest of road"
            return Component(
                {"bare": "room", "last": "room", "spoken": "room", "zone": "building"}.get(level, level), at, m.end()
            )
    if ch in "(（ " and last:
        m = _PARENS.match(text, at, stop)
        if m is not None and _PAREN_WORDS.search(m.group()):
            return Component("relative", at, m.end())
        return None
    division = division_at(text, at)
    inside = bool(found) and found[-1].end == at and ((last == "district" and not found[-1].short) or last in ("town", "village"))
    if division is not None and not division[1].full and inside:
        division = None  # 巴彦温都尔苏木 in a banner, 太平村 of a town
    if division is not None and division[0] <= stop and (division[1].full or _RANK.get(last, 0) < _RANK["road"]):
        return Component(division[1].level, at, division[0], not division[1].full)
    if last and found[-1].end == at:
        if last in ("village", "estate", "town", "district"):
            m = _BARE_TOWN.match(text, at, stop)
            if m is not None:
                return Component("rest of town", at, m.end())
            m = _BARE_ROAD.match(text, at, stop)
            if m is not None:
                return Component("rest of road", at, m.end())
        if last == "village":
            m = _NAMED_GROUP.match(text, at, stop)
            if m is not None:
                return Component("group", at, m.end())
        m = _RELATIVE.match(text, at, stop)
        if m is not None and last in _FINE_OR_TOWN:
            return Component("relative", at, m.end())
        if last == "road":
            m = _ROAD_TAIL.match(text, at, stop)
            if m is not None:
                return Component("rest of road", at, m.end())
        m = _JOIN.match(text, at, stop) or (_CROSSING.match(text, at, stop) if last == "road" else None)
        if m is not None:
            return Component("relative", at, m.end())
        m = _NEAR.match(text, at, stop) if last == "road" else None
        if m is None and ch in "的那边旁附对后前隔" and last in _FINE_OR_TOWN:
            m = _THAT_ONE.match(text, at, stop)
        if m is not None:
            return Component("relative", at, m.end())
        if ch.isascii() and ch.isupper() and last in ("road", "number", "town", "estate"):
            m = _LATIN_ESTATE.match(text, at, stop)
            if m is not None:
                return Component("estate", at, m.end())
    m = _named().match(text, at, stop)
    if m is None or (last in ("floor", "room") and found[-1].end == at) or m.group() in _NO_NAME:
        return None  # 负一层星巴克门口, the roads of 三社道路硬化
    return Component(m.lastgroup or "", at, m.end())


_NO_NAME = frozenset(("道路", "公路", "铁路", "马路", "街道"))
_FINE_OR_TOWN = _FINE | {"town", "relative"}
_RANK = {
    name: i
    for i, name in enumerate("province city district town village group road number estate building unit floor room".split())
}


def _may_follow_gap(text: str, gap: str, step: Component, found: list[Component], stop: int) -> bool:
    """Whether a component behind a space or a comma still belongs to the address: it must go on downwards."""
    last = max((_RANK.get(c.level, -1) for c in found), default=-1)
    rank = _RANK.get(step.level, -1)
    if rank < 0:
        return False
    if rank <= last and not (step.level in ("estate", "road", "village") and last < _RANK["building"] and " " in gap):
        return False
    piece = text[step.start : step.end]
    if step.level in ("estate", "village") and gap.strip() and last == _RANK["number"]:
        following = _next(text, step.end, stop, [*found, step])
        return following is not None and following.level in ("building", "unit", "floor")
    if ("," in gap or "，" in gap) and rank < _RANK["building"] and last > _RANK["town"]:
        return False  # two places of a list
    if step.level in ("room", "floor") and piece.isascii() and piece.isdigit():
        return "," not in gap and "，" not in gap and found[-1].level in ("building", "unit", "number", "floor")
    if step.level in ("province", "city", "district", "town", "road", "number", "building", "unit", "floor", "room"):
        return True
    return (" " in gap or "\t" in gap) and not (
        step.level == "estate" and piece[-1] in "轩阁閣庭店站台楼门厂墅坊廊桥寺庙邸城湾岛"
    )


def fine(parts: list[Component]) -> bool:
    """Whether the address says more than the town."""
    return any(c.level in _FINE for c in parts)


def levels(parts: list[Component]) -> set[str]:
    """The levels that occur, without directions."""
    return {c.level for c in parts if c.level != "relative"}


def parse(text: str) -> dict[str, str]:
    """The levels of a whole address by name; a level that occurs twice is joined. Empty for what is no address.

    >>> parse("广东省深圳市南山区测试路2号测试大厦3栋4单元501室")["building"]
    '3栋'
    >>> parse("陕西南路100弄3号")
    {'road': '陕西南路', 'number': '100弄3号'}
    """
    found: dict[str, str] = {}
    for part in components(text, 0, len(text)):
        if part.level != "relative":
            found[part.level] = found.get(part.level, "") + text[part.start : part.end].strip()
    return found


def stops_before(text: str, end: int, reach: int = 9) -> int:
    """Where the name that ends at ``end`` begins: behind the nearest stop character or mark, at most ``reach`` back."""
    at = end
    low = max(0, end - reach)
    while at > low and _stem_at(text, at - 1):
        at -= 1
    return at


_STEM_CHAR = late(_STEM)


def _stem_at(text: str, at: int) -> bool:
    return _STEM_CHAR.match(text, at) is not None


def walk(text: str, parts: list[Component]) -> Iterator[tuple[str, str]]:
    """Level and text of every component."""
    for part in parts:
        yield part.level, text[part.start : part.end]
