"""Coarser forms of one value: a date as its year, an age as a band, an address as its city.

Pure; None for what cannot be read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from piiscrub.operate.places import CITY, COUNTY, PROVINCE, divisions_of
from piiscrub.parse import address_zh
from piiscrub.reference.postcodes import zip3_allowed
from piiscrub.text.folding import fold
from piiscrub.validators import calendar_date

DATE_LEVELS = ("week", "month", "quarter", "year", "decade")
ADDRESS_LEVELS = ("district", "city", "province")

_NUMBER = re.compile(
    r"[¥￥$€£]?\s*([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*(万|亿)?\s*(?:元|岁|周岁|years? old|人|%)?", re.IGNORECASE
)
# A date as spreadsheets count it, where the column has not the format of dates: days since the end of 1899, from 1927 to 2099.
_SERIAL = re.compile(r"([1-6]\d{4}|7[0-2]\d{3})(?:\.\d+)?")
_FIRST = date(1899, 12, 30)
_TIMES = {"": 1, "万": 10**4, "亿": 10**8}
_UK_OUTWARD = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s*\d[A-Z]{2}", re.IGNORECASE)
_CITY_STATE = re.compile(r"(?:^|,)\s*(?P<city>[A-Z][A-Za-z.' -]{1,30}),\s*(?P<state>[A-Z]{2})(?:\s+\d{5}(?:-\d{4})?)?\s*\Z")
_UNIT = re.compile(r"(?i)(?:apt|apartment|unit|suite|ste|floor|fl|room|rm|bldg|building|block|flat|lot|no)\b")


def of_date(value: str, level: str) -> str | None:
    """The week, month, quarter, year or decade a date lies in, in the forms of ISO 8601 (quarter and decade beside it).

    >>> [of_date("1990-05-04", level) for level in DATE_LEVELS]
    ['1990-W18', '1990-05', '1990-Q2', '1990', '1990s']
    >>> of_date("1990年5月", "quarter"), of_date("1990-05", "week"), of_date("yesterday", "year")
    ('1990-Q2', None, None)
    >>> of_date("32997", "month"), of_date("32997.5", "year"), of_date("123456", "year")
    ('1990-05', '1990', None)
    """
    folded = fold(value).folded
    serial = _SERIAL.fullmatch(folded.strip())
    if serial:
        value = folded = (_FIRST + timedelta(days=int(serial[1]))).isoformat()
    parts = calendar_date.read(folded)
    if parts is None:
        year = re.fullmatch(r"\s*((?:1[89]|20)\d\d)\s*年?\s*", value)
        return coarse_year(int(year[1]), level) if year and level in ("year", "decade") else None
    if level == "week":
        if not parts.day:
            return None
        iso = date(parts.year, parts.month, parts.day).isocalendar()
        return f"{iso.year:04}-W{iso.week:02}"
    if level == "month":
        return f"{parts.year:04}-{parts.month:02}"
    if level == "quarter":
        return f"{parts.year:04}-Q{(parts.month + 2) // 3}"
    return coarse_year(parts.year, level)


def coarse_year(year: int, level: str) -> str:
    """A year as itself or its decade."""
    return f"{year:04}" if level == "year" else f"{year // 10 * 10:04}s"


def number(value: str) -> Decimal | None:
    """The number a text says, with its sign, thousands and 万 or 亿; None if it says anything else.

    >>> number("￥12,345.60"), number("1.2万"), number("a lot")
    (Decimal('12345.60'), Decimal('12000.0'), None)
    """
    found = _NUMBER.fullmatch(fold(value).folded.strip())
    if found:
        return Decimal(found[1].replace(",", "")) * _TIMES[found[2] or ""]
    try:
        plain = Decimal(value.strip())
    except InvalidOperation:
        return None
    return plain if plain.is_finite() else None


def written(amount: Decimal) -> str:
    """A number in plain digits, without an exponent or idle zeros.

    >>> written(Decimal("1E+3")), written(Decimal("1.50"))
    ('1000', '1.5')
    """
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def of_age(value: str, width: int, top: int) -> str | None:
    """A band of years; from ``top`` on one band for all. Ages in months or days are below one year: the first band.

    >>> of_age("37岁", 5, 90), of_age("93", 5, 90), of_age("88", 5, 90), of_age("8个月", 5, 90)
    ('35-39', '90+', '85-89', '0-4')
    """
    if re.fullmatch(r"\s*\d{1,3}\s*(?:个?月|天|日|周(?!岁)|months?|weeks?|days?)(?:大|old)?\s*", value, re.IGNORECASE):
        years = Decimal(0)
    else:
        found = number(value)
        if found is None or found < 0:
            return None
        years = found
    if years >= top:
        return f"{top}+"
    low = int(years) // width * width
    high = min(low + width, top) - 1
    return f"{low}-{high}" if high > low else f"{low}"


def of_width(value: Decimal, width: Decimal) -> str:
    """The bucket of a fixed width, closed below and open above.

    >>> of_width(Decimal("1234.5"), Decimal(500)), of_width(Decimal("-1"), Decimal(10))
    ('[1000,1500)', '[-10,0)')
    """
    low = (value // width) * width
    if low > value:  # // of Decimal cuts towards zero
        low -= width
    return f"[{written(low)},{written(low + width)})"


def of_edges(value: Decimal, edges: Sequence[Decimal], labels: Sequence[str] = ()) -> str:
    """The bucket between two edges, or its label; there is one label more than edges.

    >>> [of_edges(Decimal(n), [Decimal(18), Decimal(65)]) for n in (17, 18, 65)]
    ['<18', '[18,65)', '>=65']
    """
    at = bisect_right(edges, value)
    if labels:
        return labels[at]
    if not at:
        return f"<{written(edges[0])}"
    if at == len(edges):
        return f">={written(edges[-1])}"
    return f"[{written(edges[at - 1])},{written(edges[at])})"


def of_address(value: str, level: str) -> str | None:
    """The divisions of an address down to a level: names of GB/T 2260 only, in English city and state.

    >>> [of_address("广东省深圳市南山区测试路1号", level) for level in ADDRESS_LEVELS]
    ['广东省深圳市南山区', '广东省深圳市', '广东省']
    >>> of_address("12 Example St, Springfield, IL 62704", "city"), of_address("Springfield, IL", "province")
    ('Springfield, IL', 'IL')
    """
    lowest = {"district": COUNTY, "city": CITY, "province": PROVINCE}[level]
    names = [name for name, at in divisions_of(value) if at <= lowest]
    if names:
        return "".join(names)
    parts = address_zh.parse(value)
    kept = [parts[name] for name in ("province", "city", "district")[:lowest] if name in parts]
    if kept:
        return "".join(kept)
    place = _CITY_STATE.search(value)
    if place is None:
        return None
    if level == "province":
        return place["state"]
    return None if _UNIT.match(place["city"]) else f"{place['city']}, {place['state']}"


def of_postcode(value: str, keep: int) -> str | None:
    """The first digits of a postcode; a ZIP3 only where it may stay under HIPAA safe harbor, else 000; a British outward code.

    >>> of_postcode("62704", 3), of_postcode("03601-1234", 3), of_postcode("SW1A 1AA", 3), of_postcode("518000", 2)
    ('627', '000', 'SW1A', '51')
    """
    text = fold(value).folded.strip().upper()
    if re.fullmatch(r"\d{5}(?:-?\d{4})?", text):
        return text[:keep] if zip3_allowed(text[:3]) else "000"[:keep]
    if re.fullmatch(r"\d{6}", text):
        return text[:keep]
    outward = _UK_OUTWARD.fullmatch(text)
    return outward[1] if outward else None
