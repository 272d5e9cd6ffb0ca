"""How far an address names divisions of GB/T 2260 and nothing finer.

Only names of the table count: a regular expression on 区 and 县 would take 阳光小区 or 科技园区 for a district.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from piiscrub.reference.divisions import divisions

_COUNTRY = re.compile(r"(?:中国|中國|中华人民共和国)?[\s,，]*")
_SUFFIX = re.compile(r"(?:省|市|(?:维吾尔|壮族|回族)?自治区|特别行政区|地区)$")
_SPACE = re.compile(r"[\s,，]*")
PROVINCE, CITY, COUNTY = 1, 2, 3


@lru_cache(maxsize=1)
def _levels() -> tuple[Mapping[str, frozenset[int]], Mapping[str, frozenset[int]]]:
    """Names in full, and short names of provinces and cities (广东, 深圳), each with the levels they stand for."""
    full: dict[str, set[int]] = {}
    short: dict[str, set[int]] = {}
    for one in divisions():
        if one.status == "reserved" or len(one.name) < 2:
            continue
        level = PROVINCE if one.code.endswith("0000") else CITY if one.code.endswith("00") else COUNTY
        full.setdefault(one.name, set()).add(level)
        name = _SUFFIX.sub("", one.name)
        if level < COUNTY and len(name) >= 2 and name != one.name:
            short.setdefault(name, set()).add(level)
    return {k: frozenset(v) for k, v in full.items()}, {k: frozenset(v) for k, v in short.items()}


def known_prefix(address: str, *, province_only: bool = False) -> int:
    """Where the divisions at the beginning of an address end; 0 if it begins with none. ``province_only``: the first, no county.

    A short name counts only if a division in full follows: 南京 in 南京路100号 is a street.

    >>> a = "北京朝阳区建国路88号"
    >>> a[:known_prefix(a)], known_prefix("南京路100号"), known_prefix("阳光小区3号楼")
    ('北京朝阳区', 0, 0)
    """
    spots = _walk(address, province_only=province_only)
    return max((end for _, _, end, in_full in spots if in_full), default=0)


def divisions_of(address: str) -> list[tuple[str, int]]:
    """The divisions an address begins with, as written, each with its level, to the last that stands in full.

    >>> divisions_of("北京朝阳区建国路88号"), divisions_of("南京路100号")
    ([('北京', 1), ('朝阳区', 3)], [])
    """
    spots = _walk(address)
    last = max((at for at, spot in enumerate(spots) if spot[3]), default=-1)
    return [(name, level) for name, level, _, _ in spots[: last + 1]]


def _walk(address: str, *, province_only: bool = False) -> list[tuple[str, int, int, bool]]:
    """The division names an address begins with: name, level, end, whether in full."""
    begin = _COUNTRY.match(address)
    spot = begin.end() if begin else 0
    level = 0
    found: list[tuple[str, int, int, bool]] = []
    while level < (PROVINCE if province_only else COUNTY):
        name, next_level, in_full = _division_at(address, spot, level)
        if not name or (province_only and next_level == COUNTY):
            break
        spot, level = spot + len(name), next_level
        found.append((name, level, spot, in_full))
        gap = _SPACE.match(address, spot)
        spot = gap.end() if gap else spot
    return found


def _division_at(address: str, spot: int, above: int) -> tuple[str, int, bool]:
    """The longest division name at a place that lies below a level: name, its level, whether in full."""
    for name, in_full, levels in _beginning().get(address[spot : spot + 2], ()):
        if address.startswith(name, spot) and levels[-1] > above:
            return name, next(level for level in levels if level > above), in_full
    return "", 0, False


@lru_cache(maxsize=1)
def _beginning() -> Mapping[str, tuple[tuple[str, bool, tuple[int, ...]], ...]]:
    """Names by their first two characters, those in full first, then the longest: name, whether in full, levels in order."""
    filed: dict[str, list[tuple[str, bool, tuple[int, ...]]]] = {}
    for names, in_full in zip(_levels(), (True, False), strict=True):
        for name in sorted(names, key=len, reverse=True):
            filed.setdefault(name[:2], []).append((name, in_full, tuple(sorted(names[name]))))
    return {pair: tuple(found) for pair, found in filed.items()}
