"""Where somebody is to be found, as people say it: 体育中心对面那栋楼12楼, 某某北门门卫室, 望京SOHO T2 B座1508, 143团12连.

No street is named. What makes it an address is a floor, a house or a room beside a landmark, or a spot of a known place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from piiscrub.model.finding import Finding
from piiscrub.parse.address_zh import HAN, STOPS, components, levels, stops_before
from piiscrub.recognize import named_scores as worth

_ID = "addresses_zh"
_COUNT = "[A-Z]?[0-9一二三四五六七八九十]{1,4}"
_BESIDE = re.compile(
    r"[对隔旁边后楼背](?:(?<=对)面|(?<=隔)壁|(?<=旁)边|(?<=边)上|(?<=后)[面边院]|(?<=楼)[上下]|(?<=背)后)的?"
    r"(?:那一?[个栋幢座家片排](?:[老小大高红白旧新]?(?:楼房?|大楼|小楼|房子|小区|院子|平房|居民楼|公寓))?)?\s?"
    rf"{_COUNT}(?:号楼|单元|[楼层栋幢室])(?![道梯上下])(?:[0-9]{{3,4}}室?)?(?![0-9A-Za-z])"
)
_LANDMARK = re.compile(
    "(?:医院|[中小大]学|学校|学院|幼儿园|银行|超市|派出所|邮局|政府|公园|广场|市场|酒店|宾馆|车站|地铁站|加油站|大厦|中心|花园|小区|路口|商场|村委会"
    "|[城寺庙厂桥])斜?$"
)
_NOT_YET = re.compile("(?:住在|家在|就在|停在|放在|搬到|送到|寄到|麻烦|快递|我家|他家|她家|公司|客户|师傅|到|是)")
_REACH = 14
_SHORTEST = 3


def landmarks(text: str) -> Iterator[Finding]:
    """A landmark, what is beside it, and a floor or a house there.

    >>> text = "送到测试体育中心对面那栋楼12楼，水果店楼上2楼"
    >>> [text[f.start : f.end] for f in landmarks(text)]
    ['测试体育中心对面那栋楼12楼']
    """
    for m in _BESIDE.finditer(text):
        low = stops_before(text, m.start(), _REACH)
        for word in _NOT_YET.finditer(text, low, m.start()):
            low = word.end()
        if m.start() - low >= _SHORTEST and _LANDMARK.search(text, low, m.start()):
            yield Finding("CN_ADDRESS", low, m.end(), worth.ADDRESS_LOOSE + 0.1, _ID, "landmark", context=("landmark",))


_CORPS = re.compile(
    r"(?:新疆)?(?:生产建设)?(?:兵团)?(?:第?[0-9一二三四五六七八九十]{1,3}师)?(?P<unit>[0-9一二三四五六七八九十]{1,3}团(?:[0-9一二三四五六七八九十]{1,3}连|连队"
    r"|团部))(?:[0-9]{1,3}号|[0-9]{1,2}栋[0-9]{0,4})?"
)


def corps(text: str) -> Iterator[Finding]:
    """Villages of the production corps, which are called after its units: 第八师143团12连.

    >>> [f.end for f in corps("住第八师143团12连")]
    [11]
    """
    if "团" not in text:
        return
    for m in _CORPS.finditer(text):
        front = text[max(0, m.start() - 4) : m.start()]
        if m.start() < m.start("unit") or re.search("[住家市]$", front):
            yield Finding("CN_ADDRESS", m.start(), m.end(), worth.ADDRESS_ROAD, _ID, "corps")


_SPOT = (
    r"(?:[东西南北]?[0-9一二三四]{0,2}号?门)?(?:门卫室?|门岗|保安[亭室]|岗亭|传达室|收发室|丰巢快?递?柜?|快递柜|自提柜|菜鸟驿站|驿站|地下车库|地下室"
    r"|负[一二三1-3]层)"
)
_LOCKER = re.compile("丰巢快?递?柜?|快递柜|自提柜|菜鸟驿站|门卫室|保安亭|传达室|地下车库")
_HOUSES = re.compile(
    "(?:小区|花园|家园|公寓|广场|大厦|写字楼|[苑府庭湾邸墅]|(?<![0-9A-Za-z])[0-9]{1,2}(?:号楼|[栋幢期]|单元))(?:[东西南北][0-9]?门|[0-9]号门)?的?$"
)


def spots(text: str) -> Iterator[Finding]:
    """A parcel locker, a gatehouse or a garage of an estate or a house: 测试小区南门丰巢柜.

    >>> [(f.start, f.end) for f in spots("快递放测试小区南门丰巢柜旁边，我家丰巢柜")]
    [(3, 12)]
    """
    for m in _LOCKER.finditer(text):
        low = stops_before(text, m.start(), _REACH)
        for word in _LABELS.finditer(text, low, m.start()):
            low = word.end()
        if m.start() - low >= _SHORTEST and _HOUSES.search(text, low, m.start()):
            yield Finding("CN_ADDRESS", low, m.end(), worth.ADDRESS_LOOSE, _ID, "spot", context=("spot",))


_AT_END = re.compile(f"{_SPOT}$|[0-9]{{1,4}}(?:号楼|[栋幢座室组弄]|单元)$")
_BEHIND = re.compile(_SPOT)
_ESTATE_LEFT = re.compile(
    rf"(?:[{HAN}](?<![{STOPS}])){{1,7}}(?:[区园苑府城湾庭居里院港寓厦场村庄邸墅坊轩阁郡岛谷镇都汇]"
    r"|[ ]?[A-Z][A-Za-z]{1,9}(?:[ ]?[A-Z]?[0-9]{1,2})?[ ])$"
)
_LABELS = re.compile(
    "地址|住址|宿舍|房号|房间|门牌|位置|地点|楼号|快递|外卖|[住放停送寄搬]在?到?|[我他她你]们?家?|业主|住户|租客|客户|师傅"
)


def grown(text: str, f: Finding, low: int) -> Finding:
    """A room with its estate, a house with the spot in it; a place that ends with a spot or a house is an address.

    ``low``: where the finding before it ends.

    >>> text = "取件地址望京SOHO T2 B座1508"
    >>> g = grown(text, Finding("CN_ADDRESS", 14, 20, 0.6, "addresses_zh", "room"), 0)
    >>> text[g.start : g.end]
    '望京SOHO T2 B座1508'
    """
    if f.entity == "LOCATION":
        m = _AT_END.search(text, f.start, f.end)
        end = f.end
        if m is None and (m := _BEHIND.match(text, f.end)):
            end = m.end()
        far = m is not None and m.start() - f.start > 1
        return f._replace(entity="CN_ADDRESS", end=end, score=max(f.score, worth.ADDRESS_LOOSE)) if far else f
    if f.pattern == "room":
        f = f._replace(start=_estate(text, f.start, low))
    m = _BEHIND.match(text, f.end)
    return f._replace(end=m.end()) if m else f


def _estate(text: str, start: int, low: int) -> int:
    low = max(low, start - 22, text.rfind("\n", 0, start) + 1)
    for m in _LABELS.finditer(text, low, start):
        low = m.end()
    left = _ESTATE_LEFT.search(text, low, start)
    return left.start() if left else start


_LINE = re.compile(r"[ \t]{0,2}\n[ \t]{0,2}")
_ORDER = {
    name: i
    for i, name in enumerate("province city district town village group road number estate building unit floor room".split())
}


def joined_lines(text: str, found: list[Finding]) -> list[Finding]:
    """Addresses that are broken over lines, each line saying more than the one before: scans and narrow columns."""
    out: list[Finding] = []
    for f in found:
        last = out[-1] if out else None
        if last and last.end < f.start and _LINE.fullmatch(text, last.end, f.start) and f.entity == "CN_ADDRESS":
            above, below = (
                [_ORDER[level] for level in levels(components(text, g.start, g.end)) if level in _ORDER] for g in (last, f)
            )
            if above and below and max(above) < min(below):
                out[-1] = f._replace(start=last.start, score=max(f.score, last.score))
                continue
        out.append(f)
    return out


_FEWEST_SPACES = 6
_SPACED = re.compile(rf"[{HAN}](?<![^\s：:][{HAN}])(?:[ ][{HAN}0-9A-Z]{{1,4}}(?![{HAN}])){{6,60}}")


def spaced(text: str) -> Iterator[Finding]:
    """Addresses of scans, in which a space stands behind every character.

    >>> text = "地 址 ： 海 淀 区 测 试 东 路 8 号"
    >>> [text[f.start : f.end] for f in spaced(text)]
    ['海 淀 区 测 试 东 路 8 号']
    """
    if text.count(" ") < _FEWEST_SPACES:
        return
    for m in _SPACED.finditer(text):
        places = [at for at in range(m.start(), m.end()) if text[at] != " "]
        letters = "".join(text[at] for at in places)
        parts = components(letters, 0)
        if len(levels(parts)) >= _SHORTEST and parts[-1].level in ("number", "building", "unit", "room", "group"):
            end = places[parts[-1].end - 1] + 1
            yield Finding("CN_ADDRESS", m.start(), end, worth.ADDRESS_ROAD, _ID, "spaced")
