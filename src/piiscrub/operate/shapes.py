"""The shapes of masks: each says what stays readable of a value, or None if the value does not fit it.

None, and never a part-masked guess: the caller then masks the value whole. A shape works on the original text of the span,
which may be full-width, spaced or dashed; zero-width characters and the spaces of spread words are gone, so the folded form has
the same length.
``*`` is changed to the caller's character afterwards; shapes write no other star.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from piiscrub.operate.places import known_prefix
from piiscrub.reference import surnames
from piiscrub.text.folding import fold

STAR = "*"
FIXED = "***"
WHOLE = "******"

_SEPARATORS = frozenset(" \t\r\n-–—−‐‑‒()（）[]［］/.．·•‧・:：\u3000\u00a0\u200b\u200c\u200d\ufeff")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇]")
_DOT = re.compile(r"[·•‧・･．.]")


_pattern = lru_cache(maxsize=64)(re.compile)  # re's own cache takes longer than most matches


class Shape(Protocol):
    """A mask of one shape."""

    def __call__(self, value: str, /) -> str | None: ...


def units(value: str) -> list[int]:
    """Positions of the characters that say something; the rest are separators and may stay.

    >>> units("138-0013 8000")[:4]
    [0, 1, 2, 4]
    """
    return [i for i, character in enumerate(value) if character not in _SEPARATORS]


def stars(value: str, keep: frozenset[int] = frozenset()) -> str:
    """A star for each character that says something, except the positions to keep; separators stay."""
    return "".join(c if i in keep or c in _SEPARATORS else STAR for i, c in enumerate(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    r"""The first and last characters stay.

    >>> Edges(first=3, last=4, least=4, skip=r"(?:\+|00)?86")("+86 13800138000")
    '+86 138****8000'
    """

    first: int = 0
    last: int = 0
    least: int = 2
    skip: str = ""
    fill: str = "each"

    def __call__(self, value: str, /) -> str | None:
        plain = value.isascii() and value.isalnum()  # most numbers: nothing to fold, no separator
        prefix = _pattern(self.skip).match(value if plain else fold(value).folded) if self.skip else None
        hidden = len(value) - self.first - self.last
        if plain and not prefix and hidden >= self.least and self.fill == "each":
            return value[: self.first] + STAR * hidden + value[len(value) - self.last :]
        begin = prefix.end() if prefix else 0
        head, body = value[:begin], value[begin:]
        spots = units(body)
        if len(spots) < self.first + self.last + self.least:
            if not prefix:
                return None
            head, body, spots = "", value, units(value)  # 86… may be the number itself
            if len(spots) < self.first + self.last + self.least:
                return None
        kept = frozenset(spots[: self.first] + (spots[-self.last :] if self.last else []))
        if self.fill == "each":
            return head + stars(body, kept)
        front = body[: spots[self.first - 1] + 1] if self.first else ""
        return head + front + FIXED + (body[spots[-self.last] :] if self.last else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """张三丰 → 张**, 欧阳娜娜 → 欧阳**, 买买提·艾力 → 买**, John Smith → J**. The number of stars says nothing of the length.

    >>> Name()("欧阳娜娜"), Name(given="某")("张三")
    ('欧阳**', '张某')
    """

    given: str = "**"

    def __call__(self, value: str, /) -> str | None:
        letters = "".join(c for c in value if c.isalnum())
        if len(letters) < 2:
            return None
        if not _HAN.match(letters):
            return letters[0] + "**"  # 某 stands for a Chinese given name only
        if not _DOT.search(value):  # parts joined by a dot: no surname to keep, the first character only
            for size in (4, 3, 2):
                if len(letters) > size and letters[:size] in surnames.compound():
                    return letters[:size] + self.given
        return letters[0] + self.given


@dataclass(frozen=True, slots=True, kw_only=True)
class Email:
    """z***@example.com.

    >>> Email()("zhang.san@example.com"), Email()("z@example.com")
    ('z***@example.com', '***@example.com')
    """

    def __call__(self, value: str, /) -> str | None:
        at = max(value.rfind("@"), value.rfind("＠"))
        if at < 1 or at == len(value) - 1:
            return None
        return (value[0] if at > 1 else "") + FIXED + value[at:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Landline:
    """0755-********: the area code, and ``last`` characters at the end.

    >>> Landline(last=2)("0755-26712345"), Landline(last=0)("(010)62345678")
    ('0755-******45', '(010)********')
    """

    last: int = 0

    def __call__(self, value: str, /) -> str | None:
        area = _AREA.match(fold(value).folded)
        begin = area.end() if area else 0
        spots = units(value[begin:])
        if len(spots) < self.last + 5:
            return None
        return value[:begin] + stars(value[begin:], frozenset(spots[len(spots) - self.last :]))


_AREA = re.compile(r"(?:(?:\+|00)86[- ]?)?[(（]?0?(?:10|2\d|[3-9]\d{2})[)）\s-]|0(?:10|2\d|[3-9]\d{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """192.0.2.17 → 192.0.2.0: the host part zeroed. A value that is a network already stays as it is.

    >>> Network(v4=24, v6=48)("192.0.2.17"), Network(v4=24, v6=48)("2001:db8:1:2::3")
    ('192.0.2.0', '2001:db8:1::')
    """

    v4: int
    v6: int

    def __call__(self, value: str, /) -> str | None:
        try:
            address = ipaddress.ip_address(fold(value).folded.strip().partition("%")[0])
        except ValueError:
            return None
        mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
        if mapped:
            return f"::ffff:{ipaddress.ip_network((mapped, self.v4), strict=False).network_address}"
        bits = self.v4 if address.version == 4 else self.v6
        return str(ipaddress.ip_network((address, bits), strict=False).network_address)


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """广东省深圳市南山区…路1号 → 广东省深圳市南山区***: names of GB/T 2260 only, so a housing estate (小区) is no district.

    >>> Division()("广东省深圳市南山区科技园路1号"), Division(level="province")("广东省深圳市南山区科技园路1号")
    ('广东省深圳市南山区***', '广东省***')
    >>> Division()("12 Example St, Springfield, IL 62704")
    '***, Springfield, IL'
    """

    level: str = "county"

    def __call__(self, value: str, /) -> str | None:
        end = known_prefix(value, province_only=self.level == "province")
        if end:
            return value[:end] + FIXED
        place = _CITY_STATE.search(value)
        if place is None or _UNIT.match(place["city"]):
            return FIXED
        return f"{FIXED}, {place['state']}" if self.level == "province" else f"{FIXED}, {place['city']}, {place['state']}"


_CITY_STATE = re.compile(r",\s*(?P<city>[A-Z][A-Za-z.' -]{1,30}),\s*(?P<state>[A-Z]{2})(?:\s+\d{5}(?:-\d{4})?)?\s*\Z")
_UNIT = re.compile(r"(?i)(?:apt|apartment|unit|suite|ste|floor|fl|room|rm|bldg|building|block|flat|lot|no)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decimals:
    """22.543096,114.057865 → 22.54,114.05: cut, not rounded. Coordinates no finer than that stay as they are.

    >>> Decimals(places=2)("22.543096,114.057865")
    '22.54,114.05'
    """

    places: int

    def __call__(self, value: str, /) -> str | None:
        folded = fold(value).folded
        if not re.search(r"\d+\.\d", folded):
            return None
        return re.sub(rf"(\d+\.\d{{{self.places}}})\d+", r"\1", folded)


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """1990年5月4日 → 1990年, 1990-05-04 → 1990. Without a year of four digits nothing stays.

    >>> Year()("1990年5月4日"), Year()("04/05/1990"), Year()("一九九〇年五月四日")
    ('1990年', '1990', '一九九〇年')
    """

    def __call__(self, value: str, /) -> str | None:
        found = _YEAR_HAN.search(value) or _YEAR.search(fold(value).folded)
        return found.group() if found else None


_YEAR_HAN = re.compile(r"[一二][〇零○一二三四五六七八九]{3}年")
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d{2}(?:年|(?!\d)|(?=(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """37 → 35-39, 93岁 → 90+岁. Months and days of age are hidden altogether.

    >>> Band(width=5, top=90)("37岁"), Band(width=10, top=90)("37"), Band(width=5, top=90)("93 years old")
    ('35-39岁', '30-39', '90+ years old')
    """

    width: int
    top: int

    def __call__(self, value: str, /) -> str | None:
        folded = fold(value).folded
        numbers = re.findall(r"\d+", folded)
        if len(numbers) != 1 or len(numbers[0]) > 3 or _SHORT_AGE.search(folded):
            return None
        age = int(numbers[0])
        low = age - age % self.width
        return re.sub(r"\d+", f"{self.top}+" if age >= self.top else f"{low}-{low + self.width - 1}", folded)


_SHORT_AGE = re.compile(r"(?i)月|天|周(?!岁)|日|半|month|week|day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Stays as it is, unless its compact form begins like ``unless``: then the next shape is tried."""

    unless: str

    def __call__(self, value: str, /) -> str | None:
        compact = "".join(c for c in fold(value).folded if c not in _SEPARATORS)
        return None if re.match(self.unless, compact) else value


@dataclass(frozen=True, slots=True, kw_only=True)
class Full:
    """Nothing stays, not even the length."""

    def __call__(self, value: str, /) -> str | None:
        return None


SHAPES: dict[str, Callable[..., Shape]] = {
    "edges": Edges,
    "name": Name,
    "email": Email,
    "landline": Landline,
    "network": Network,
    "division": Division,
    "decimals": Decimals,
    "year": Year,
    "band": Band,
    "keep": Kept,
    "full": Full,
}
