"""Where somebody is to be found, as people say it: 体育中心对面那栋楼12楼, 某某北门门卫室, 望京SOHO T2 B座1508, 143团12连.

No street is named. What makes it an address is a floor, a house or a room beside a landmark, or a spot of a known place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from piiscrub.model.finding import Finding
from piiscrub.parse.address_zh import HAN, STOPS, components, levels, stops_before
from piiscrub.recognize import named_scores as worth
from piiscrub.reference.tables import alternatives
from piiscrub.text.late import late

_ID = "addresses_zh"
_COUNT = "[A-Z]?[0-9一二三四五六七八九十]{1,4}"
_BESIDE = late(
    r"[对隔旁边后楼背](?:(?<=对)面|(?<=隔)壁|(?<=旁)边|(?<=边)上|(?<=后)[面边院]|(?<=楼)[上下]|(?<=背)后)的?"
    r"(?:那一?[个栋幢座家片排](?:[老小大高红白旧新]?(?:楼房?|大楼|小楼|房子|小区|院子|平房|居民楼|公寓))?)?\s?"
    rf"(?:{_COUNT}(?:号楼|单元|[楼层栋幢室])(?![道梯上下])(?:[0-9]{{3,4}}室?)?(?![0-9A-Za-z])"
    r"|[0-9](?<=楼[上下][0-9])[0-9]{2,3}[室房号]?(?![0-9A-Za-z年月日元块个人件万点:：.%平米]))"
)
_REACH = 14
_SHORTEST = 3


class _Cues(NamedTuple):
    """The patterns made of the words of the table."""

    landmark: re.Pattern[str]
    bring: re.Pattern[str]
    locker: re.Pattern[str]
    spot: re.Pattern[str]
    at_end: re.Pattern[str]
    label: re.Pattern[str]


@cache
def _cues() -> _Cues:
    landmark, bring, locker, spot, label = (
        alternatives("place_cues_zh", kind) for kind in ("landmark", "bring", "locker", "spot", "label")
    )
    spot = f"(?:[东西南北]?[0-9一二三四]{{0,2}}号?门)?(?:{spot})"
    return _Cues(
        landmark=re.compile(f"(?:{landmark})斜?$"),
        bring=re.compile(f"(?:{bring})"),
        locker=re.compile(locker),
        spot=re.compile(spot),
        at_end=re.compile(f"{spot}$|[0-9]{{1,4}}(?:号楼|[栋幢座室组弄]|单元)$"),
        label=re.compile(label),
    )


def landmarks(text: str) -> Iterator[Finding]:
    """A landmark, what is beside it, and a floor or a house there.

    >>> text = "送到测试体育中心对面那栋楼12楼，水果店楼上2楼"
    >>> [text[f.start : f.end] for f in landmarks(text)]
    ['测试体育中心对面那栋楼12楼']
    """
    for m in _BESIDE.finditer(text):
        low = stops_before(text, m.start(), _REACH)
        for word in _cues().bring.finditer(text, low, m.start()):
            low = word.end()
        if m.start() - low >= _SHORTEST and _cues().landmark.search(text, low, m.start()):
            yield Finding("CN_ADDRESS", low, m.end(), worth.ADDRESS_LOOSE + 0.1, _ID, "landmark", context=("landmark",))


_CORPS = late(
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


_HOUSES = late(
    "(?:小区|花园|家园|公寓|广场|大厦|写字楼|[苑府庭湾邸墅]|(?<![0-9A-Za-z])[0-9]{1,2}(?:号楼|[栋幢期]|单元))(?:[东西南北][0-9]?门|[0-9]号门)?的?$"
)


def spots(text: str) -> Iterator[Finding]:
    """A parcel locker, a gatehouse or a garage of an estate or a house: 测试小区南门丰巢柜.

    >>> [(f.start, f.end) for f in spots("快递放测试小区南门丰巢柜旁边，我家丰巢柜")]
    [(3, 12)]
    """
    cues = _cues()
    for m in cues.locker.finditer(text):
        low = stops_before(text, m.start(), _REACH)
        for word in cues.label.finditer(text, low, m.start()):
            low = word.end()
        if m.start() - low >= _SHORTEST and _HOUSES.search(text, low, m.start()):
            yield Finding("CN_ADDRESS", low, m.end(), worth.ADDRESS_LOOSE, _ID, "spot", context=("spot",))


_ESTATE_LEFT = late(
    rf"(?:[{HAN}](?<![{STOPS}])){{1,7}}(?:[区园苑府城湾庭居里院港寓厦场村庄邸墅坊轩阁郡岛谷镇都汇]"
    r"|[ ]?[A-Z][A-Za-z]{1,9}(?:[ ]?[A-Z]?[0-9]{1,2})?[ ])$"
)


def grown(text: str, f: Finding, low: int) -> Finding:
    """A room with its estate, a house with the spot in it; a place that ends with a spot or a house is an address.

    ``low``: where the finding before it ends.

    >>> text = "取件地址望京SOHO T2 B座1508"
    >>> g = grown(text, Finding("CN_ADDRESS", 14, 20, 0.6, "addresses_zh", "room"), 0)
    >>> text[g.start : g.end]
    '望京SOHO T2 B座1508'
    """
    cues = _cues()
    if f.entity == "LOCATION":
        m = cues.at_end.search(text, f.start, f.end)
        end = f.end
        if m is None and (m := cues.spot.match(text, f.end)):
            end = m.end()
        far = m is not None and m.start() - f.start > 1
        return f._replace(entity="CN_ADDRESS", end=end, score=max(f.score, worth.ADDRESS_LOOSE)) if far else f
    if f.pattern == "room":
        f = f._replace(start=_estate(text, f.start, low))
    m = cues.spot.match(text, f.end)
    return f._replace(end=m.end()) if m else f


def _estate(text: str, start: int, low: int) -> int:
    low = max(low, start - 22, text.rfind("\n", 0, start) + 1)
    for m in _cues().label.finditer(text, low, start):
        low = m.end()
    left = _ESTATE_LEFT.search(text, low, start)
    return left.start() if left else start


_LINE = late(r"[ \t]{0,2}\n[ \t]{0,2}")
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
_SPACED = late(rf"[{HAN}](?<![^\s：:][{HAN}])(?:[ ][{HAN}0-9A-Z]{{1,4}}(?![{HAN}])){{6,60}}")


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
