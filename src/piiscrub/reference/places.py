"""Names of places in China and their level, full and short, in both scripts; short names that are also words are marked.

The divisions come from the table of the identity numbers, so abolished ones are known too. A short name leaves the
suffix and the names of peoples out: 恩施土家族苗族自治州 is 恩施.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from piiscrub.reference.divisions import divisions
from piiscrub.reference.scripts import simplified
from piiscrub.reference.tables import rows
from piiscrub.reference.words import is_common

Level = Literal["province", "city", "district"]

_SUFFIX = re.compile("(?:特别行政区|自治区|自治州|自治县|自治旗|地区|新区|林区|矿区|[省市区县盟旗州])$")
_PEOPLES = re.compile(
    "(?:维吾尔|各族|(?:满|回|土家|苗|藏|彝|壮|侗|瑶|蒙古|朝鲜|哈尼|傣|白|羌|布依|哈萨克|柯尔克孜|黎|畲|仡佬|土|撒拉"
    "|东乡|保安|裕固"
    "|锡伯|达斡尔|纳西|拉祜|佤|景颇|傈僳|独龙|怒|普米|毛南|仫佬|水|塔吉克|鄂温克|鄂伦春|布朗|德昂|阿昌|俄罗斯|塔塔"
    "尔)族|蒙古|哈萨克|柯尔克孜)+$"
)
_NO_NAMES = frozenset(
    "市辖区 县 省直辖县级行政区划 自治区直辖县级行政区划 省直辖县 城区 郊区 矿区 国家 市区 东区 西区 南区 北区 新区".split()
)
# Short names that read as something else at least as often; a suffix or a neighbour must speak for them.
_DOUBTFUL = frozenset(
    "城关 和平 长安 平安 东方 南方 新城 新华 桥东 桥西 河东 河西 城东 城西 城中 江北 东兴 新兴 市中 文化 武功 安全 "
    "平和 宁静 大同 永兴 建设"
    " 青年 向阳 前进 东风 红旗 南部 城北 城南 集美 大方 正定 太和 通道 德清 海港 大通 公安 普通 安定 文明 黄山 中山"
    " 泰山 华山 武夷山 长江"
    " 黄河 南海 东海 北海 白云 白银 友谊 天桥 中原 中牟 西安区 宝山 金山 南山 北山 东山 西山 江南 江东 江西路 山阳 "
    "汉阳 汉口 南岸 高明 高要"
    " 金平 金口 石门 东阳 永安 万年 长寿 日照 五河 和静 莲花 青龙 玉龙 铁山 铁东 铁西 龙华 龙湖 龙江 龙门 龙山 华龙"
    " 文山 桂林路 安康 安阳"
    " 朝阳 昌平 平原 河间 河口 大足 大安 大邑 新民 新和 西湖 东湖 南湖 会同 宁远 建安 富民 富裕 福山 福海 保安 边坝"
    " 子洲 元宝 凤凰 秀山".split()
)
_DOUBTFUL_CITIES = frozenset(
    "朝阳 大同 日照 安康 中山 北海 黄山 通化 白银 文山 来宾 渡口 三明 安阳 兴安 海东 海西 海北 清远 四平 怀化 合江".split()
)


class Place(NamedTuple):
    """``full``: written with its suffix. ``doubtful``: a short name that is an ordinary word or a name as well."""

    level: Level
    full: bool
    doubtful: bool


def _level(code: str) -> Level:
    return "province" if code.endswith("0000") else "city" if code.endswith("00") else "district"


def _short(name: str) -> str:
    base = _SUFFIX.sub("", name)
    base = _PEOPLES.sub("", base) or base
    return base if len(base) > 1 else ""


@cache
def places() -> dict[str, Place]:
    """Every name and short name with its highest level.

    >>> places()["海淀区"].level, places()["海淀"].full, places()["和平"].doubtful
    ('district', False, True)
    """
    found: dict[str, Place] = {}
    order = {"province": 0, "city": 1, "district": 2}
    entries = sorted(((_level(d.code), d.name) for d in divisions()), key=lambda entry: order[entry[0]])
    for level, name in entries:
        if name in _NO_NAMES or len(name) < 2 or not name.isalpha():
            continue
        found.setdefault(name, Place(level, True, False))
        short = _short(name)
        if short and short not in _NO_NAMES:
            doubtful = (
                short in _DOUBTFUL_CITIES if level == "city" else level == "district" and (short in _DOUBTFUL or is_common(short))
            )
            found.setdefault(short, Place(level, False, doubtful))
    municipalities = ("北京", "上海", "天津", "重庆")
    for name in municipalities:
        found[name] = Place("province", False, False)
        found[name + "市"] = Place("province", True, False)
    for name, place_level, form in rows("places_hmt"):
        place = Place(place_level, form == "full", False)  # type: ignore[arg-type]  # the table knows three levels
        found.setdefault(name, place)
        if (other := simplified(name)) not in _NO_NAMES:
            found.setdefault(other, place)
    return found


@cache
def countries() -> frozenset[str]:
    """English names of countries.

    >>> "Hungary" in countries(), "Georgia" in countries()
    (True, False)
    """
    return frozenset(row[0] for row in rows("countries"))


@cache
def lengths() -> dict[str, tuple[int, ...]]:
    """How long the names are that begin with two characters, the longest first.

    >>> lengths()["海淀"], "北海淀" in lengths()
    ((3, 2), False)
    """
    found: dict[str, set[int]] = {}
    for name in places():
        found.setdefault(name[:2], set()).add(len(name))
    return {start: tuple(sorted(sizes, reverse=True)) for start, sizes in found.items()}
