"""What the values of a column look like, without knowing what they mean: numbers, dates, codes, words, sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from piiscrub.text.folding import fold

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
_TIME = r"(?:[T ]\s?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?[AaPp][Mm])?(?:Z|\s?[+-]\d{2}:?\d{2})?)"
_Y, _D = r"(?P<y>1[89]\d{2}|20\d{2})", r"(?:0?[1-9]|[12]\d|3[01])"
_DATES = tuple(
    re.compile(source, re.IGNORECASE)
    for source in (
        rf"{_Y}[-/.年]\s?(?:0?[1-9]|1[0-2])[-/.月]\s?{_D}日?(?P<t>{_TIME})?",
        rf"{_D}[-/.]{_D}[-/.]{_Y}(?P<t>{_TIME})?",
        rf"{_D}[-/.]{_D}[-/.](?P<yy>\d{{2}})(?P<t>{_TIME})?",
        rf"{_Y}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?P<t>\d{{6}})?",
        rf"{_D}(?:st|nd|rd|th)?[ -]{_MONTH},?[ -]{_Y}(?P<t>{_TIME})?",
        rf"{_MONTH} {_D}(?:st|nd|rd|th)?,? {_Y}(?P<t>{_TIME})?",
        rf"\[?{_D}/{_MONTH}/{_Y}:(?P<t>\d{{2}}:\d{{2}}:\d{{2}})(?:\s?[+-]\d{{4}})?\]?",  # web servers
    )
)
_CLASSES = {
    "whole": re.compile(r"[+-]?\d+"),
    "number": re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?"),
    "money": re.compile(
        r"(?:[¥￥$€£]|RMB|USD|CNY|EUR|GBP|HK\$)\s?[+-]?[\d,]+(?:\.\d+)?"
        r"|[+-]?[\d,]+(?:\.\d+)?\s?(?:元|万元|美元|USD|CNY|RMB|EUR|€|%|％)"
    ),
    "scientific": re.compile(r"[1-9](?:\.\d+)?[Ee]\+?\d{1,2}"),
    "month": re.compile(
        rf"{_MONTH}[- ']?\d{{2,4}}|(?:19|20)\d{{2}}[-/.年](?:0?[1-9]|1[0-2])月?|(?:0[1-9]|1[0-2])/\d{{2}}(?:\d{{2}})?",
        re.IGNORECASE,
    ),
    "calendar": re.compile(r"(?:19|20)\d{2}[-/.年](?:0?[1-9]|1[0-2])月?"),  # with the year first: no expiry of a card
    "pair": re.compile(r"\d{1,3}(?:\.\d+)?\s?[/-]\s?\d{1,3}(?:\.\d+)?"),
    "path": re.compile(r"/[\w.%~-]*(?:/[\w.%~-]*)*"),
    "year": re.compile(r"(?:19|20)\d{2}年?"),
    "time": re.compile(
        r"(?:[周至一二三四五六日天\s,，、:：-]|全天|工作日|周末|mon|tue|wed|thu|fri|sat|sun|daily|[;；~])*"
        r"(?:\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\s?[ap]m)?\s?(?:[-~至–—to,，;；]{1,2}\s?)?){1,6}",
        re.IGNORECASE,
    ),
    "measure": re.compile(
        r"(?:约|[<>≤≥]\s?)?\d+(?:\.\d+)?\s?(?:[-~至–]\s?\d+(?:\.\d+)?\s?)?UNIT(?:\s?[-~至–]\s?\d+(?:\.\d+)?\s?UNIT)?".replace(
            "UNIT",
            "(?:小时|分钟|秒钟?|毫秒|天|日|周|个月|年|次|件|个|人|公里|千米|米|平米|平方米|公斤|千克|克|斤|升|毫升|h|hrs?|hours?|min|mins|minutes|days?"
            "|weeks?|months?|kg|g|mg|lbs?|km|m|cm|mm|l|ml|gb|mb|sqm|pcs|℃|°C)",
        ),
        re.IGNORECASE,
    ),
    "bool": re.compile(r"是|否|有|无|真|假|y|n|yes|no|true|false|t|f|0|1|on|off", re.IGNORECASE),
    "token": re.compile(r"\S+"),
    "code": re.compile(r"(?=[^\d]*\d)[A-Za-z0-9][A-Za-z0-9_.#/-]*"),
    "letters": re.compile(r"[A-Za-z]+"),
}  # fmt: skip
_AGENT = re.compile(
    r"Mozilla/\d\.\d \(|(?:okhttp|curl|python-requests|Wget|Go-http-client|Dalvik|PostmanRuntime|Apache-HttpClient|axios)/\d"
)
_FLOAT = re.compile(r"[0-9]+\.0")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏͰ-ϿЀ-ӿ]")
_RUNS = (re.compile(r"[0-9]+"), re.compile(r"[A-Z]+"), re.compile(r"[a-z]+"), re.compile(r"[\u3400-\u9fff]+"))
_STOPS = re.compile(r"[，。；！？、]|[,.;!?](?:\s|$)")


@dataclass(frozen=True)
class Shapes:
    """Shares, 0 to 1, over the distinct values handed in; all values are folded and without outer spaces.

    Args:
        values: distinct, not empty; the sample.
        rows: rows that hold a value.
        distinct: distinct values of the whole column.
    """

    values: tuple[str, ...]
    rows: int
    distinct: int

    @classmethod
    def of(cls, texts: Sequence[str], *, rows: int, distinct: int) -> Shapes:
        folded = [text for raw in texts if (text := fold(raw).folded.strip())]
        if folded and all(_FLOAT.fullmatch(text) for text in folded):
            folded = [text.partition(".")[0] for text in folded]  # whole numbers that went through a float: 13800138000.0
        return cls(tuple(dict.fromkeys(folded)), rows, distinct)

    @cached_property
    def _classes(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for value in self.values:
            found["agent"] += _AGENT.match(value) is not None
            if len(value) < 40:
                found.update(name for name, pattern in _CLASSES.items() if pattern.fullmatch(value))
        return found

    def share(self, name: str) -> float:
        """The share of a class: whole, number, money, scientific, month, year, time, measure, bool, token, code, agent …"""
        return self._classes[name] / max(1, len(self.values))

    @property
    def unique(self) -> float:
        """Distinct values by rows."""
        return self.distinct / max(1, self.rows)

    @cached_property
    def length(self) -> float:
        """Mean number of characters."""
        return sum(map(len, self.values)) / max(1, len(self.values))

    @cached_property
    def words(self) -> float:
        """Mean number of words between spaces."""
        return sum(len(value.split()) for value in self.values) / max(1, len(self.values))

    @cached_property
    def han(self) -> float:
        """The share of values that hold a Han character."""
        return sum(_HAN.search(value) is not None for value in self.values) / max(1, len(self.values))

    @cached_property
    def latin(self) -> float:
        """The share of values that hold a letter of another script, and no Han character."""
        return sum(_LATIN.search(v) is not None and not _HAN.search(v) for v in self.values) / max(1, len(self.values))

    @cached_property
    def sentences(self) -> float:
        """The share of values that read like text: several stops or words."""
        return sum(_reads(value) for value in self.values) / max(1, len(self.values))

    @cached_property
    def forms(self) -> Counter[str]:
        """How often each form occurs: AB-12345 is A-9."""
        return Counter(form(value) for value in self.values)

    @cached_property
    def digits(self) -> Counter[int]:
        """How many digits the values that are whole numbers have."""
        return Counter(len(value) for value in self.values if value.isascii() and value.isdigit())

    @cached_property
    def whole(self) -> tuple[int, ...]:
        """The whole numbers of up to 18 digits."""
        return tuple(int(v) for v in self.values if len(v) < 19 and _CLASSES["whole"].fullmatch(v))

    @cached_property
    def dates(self) -> tuple[tuple[int, bool], ...]:
        """Year and whether there is a time, of each value that is a date with a day."""
        return tuple(found for value in self.values if (found := date(value)) is not None)


def date(value: str) -> tuple[int, bool] | None:
    """Year and whether a time follows, if the whole value is a date with a day.

    >>> date("1990年3月5日"), date("2021-03-05 10:20"), date("3/29/1982"), date("13800138000")
    ((1990, False), (2021, True), (1982, False), None)
    """
    if not 6 <= len(value) <= 40:
        return None
    for pattern in _DATES:
        if m := pattern.fullmatch(value):
            parts = m.groupdict()
            year = parts.get("y")
            return (int(year) if year else 2000 + int(parts["yy"]) if int(parts["yy"]) < 40 else 1900 + int(parts["yy"])), (
                (parts["t"] or "").strip("T ") not in ("", "00:00", "00:00:00", "000000", "00:00:00.000", "00:00:00Z")
            )
    return None


def form(value: str) -> str:
    """A value with each run of one kind of character as one sign.

    >>> form("AB-12345"), form("张小明")
    ('A-9', '中')
    """
    for pattern, sign in zip(_RUNS, "9Aa中", strict=True):
        value = pattern.sub(sign, value)
    return value


def _reads(value: str) -> bool:
    stops = len(_STOPS.findall(value))
    if _HAN.search(value):
        return len(value) >= 12 and (stops > 0 or len(value) >= 40)
    words = value.split()
    return len(words) >= 6 or (len(words) >= 4 and stops > 0 and any(word.islower() for word in words[1:]))


def grows(numbers: Sequence[int]) -> bool:
    """Whether whole numbers fill their range, as row numbers do."""
    return len(numbers) > 2 and max(numbers) - min(numbers) < 3 * len(numbers) and len(set(numbers)) == len(numbers)


def scientific(value: str) -> bool:
    """Whether a value is a number in scientific notation, as a spreadsheet writes long ones.

    >>> scientific("1.10105E+17"), scientific("TRUE")
    (True, False)
    """
    return _CLASSES["scientific"].fullmatch(value) is not None


def expand(value: str) -> str:
    """The digits of a number in scientific notation: 1.10105E+17 → 110105000000000000.

    >>> expand("1.10105E+17"), expand("6.22848e18")
    ('110105000000000000', '6228480000000000000')
    """
    mantissa, _, exponent = value.upper().partition("E")
    head, _, tail = mantissa.partition(".")
    size = int(exponent.lstrip("+"))
    return (head + tail).ljust(size + 1, "0")[: size + 1]
