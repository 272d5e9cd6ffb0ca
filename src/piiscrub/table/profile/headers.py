"""What a column header says, read word by word.

A header is cut into units: each Han character, and each Latin word of snake_case, camelCase or plain writing. A word of the
lists matches whole units only, so ``lic`` is not found in ``duplicate``. The last word decides: 客户姓名 is a name,
姓名类型 a type.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from piiscrub.model import entities
from piiscrub.table.profile.header_lists import HAN, Lists, units_of, word_lists

_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_LONGEST = 12  # units of one word of the lists
# Words behind the head that leave its meaning as it is.
_NEUTRAL = frozenset(
    "信 息 全 称 拼 音 码 号 值 原 始 数 据 列 字 段 info data field col column value raw text str string full orig no 1".split()
)
_FLAGS = ("is", "has", "是否", "if", "flag")
_WHOLE, _ENDS, _FOLLOWED, _SHORT, _WEAK = 1.0, 0.9, 0.5, 0.6, 0.4
_GLUED = 6  # letters from which a unit may be two words
_SPELLED = 0.78  # what short forms stand for, and the id of an account: the values have to fit
_HINT = 0.5  # of an ending, or of a word for persons that stands alone
_UNITS = frozenset("kg g mg cm mm m km ml l s h min ms mb gb kb mmol bpm".split())
_NUMBER_SIGN = re.compile(r"[#№]\s*$")
_NAMED = ("code", "order", "PERSON", "ORGANIZATION", "LOCATION", "text")  # 课程名 is no name of a person
_BESIDE = ("CONTACT", "IDENTITY_DOCUMENT", "FINANCIAL_ACCOUNT", "VEHICLE", "PERSON", "ADDRESS", "DEVICE_ID")
_DIGESTS = ("hash", "md5", "sha1", "sha256", "sha512", "digest", "哈希值")


class Hit(NamedTuple):
    """``kind``: an entity, or a kind of no personal information in small letters. ``strength``: 0 to 1. ``word``: as listed."""

    kind: str
    strength: float
    word: str

    @property
    def personal(self) -> bool:
        return self.kind.isupper()


@lru_cache(maxsize=4096)
def read(header: str) -> tuple[Hit, ...]:
    """What a header names, best first; empty where it says nothing.

    >>> [hit.kind for hit in read("客户姓名")], [hit.kind for hit in read("customerEmail")]
    (['PERSON'], ['EMAIL_ADDRESS'])
    >>> [hit.kind for hit in read("khsjh")], read("duplicate")
    (['PHONE_NUMBER'], ())
    """
    header = _NUMBER_SIGN.sub(" no ", header[:200])
    units = units_of(_BRACKETS.sub("", header) or header)
    lists = word_lists()
    found = _read(units, lists)
    if (not found or found[0].strength < _HINT) and "/" in header:
        found = max((_read(units_of(part), lists) for part in header.split("/")), key=_weight, default=found)  # 证件号码/ID
    elif "/" in header and not found[0].personal:
        ways = (_read(units_of(part), lists) for part in header.split("/")[:-1])
        found = next((hits for hits in ways if hits and hits[0].strength >= _ENDS and _numbered(hits[0])), found)  # 车牌/车型
    if not (found and found[0].personal and found[0].strength > _FOLLOWED) and (longer := _spelled(units, lists)) != units:
        again = _read(longer, lists)
        unread = not found or found[0].strength < _HINT  # what says nothing as written may say that it is of a thing: ordr_id
        if again and again[0].strength >= _ENDS and (again[0].personal or unread):
            return tuple(hit._replace(strength=min(hit.strength, _SPELLED)) for hit in again)
    return found


def tells_by_flag(hit: Hit) -> bool:
    """Whether yes and no under this word are a sensitive attribute: 前科, HIV; not treatment: two web pages may be tried."""
    kind = hit.kind
    sensitive = hit.personal and entities.get(kind).identifier == "sensitive" and not entities.is_a(kind, "INCOME")
    return sensitive and hit.word not in word_lists().general


def _numbered(hit: Hit) -> bool:
    """Whether it is a number or address by which somebody is reached or known, as its values can show."""
    return hit.personal and any(entities.is_a(hit.kind, root) for root in _BESIDE)


def _weight(hits: tuple[Hit, ...]) -> float:
    return hits[0].strength if hits else 0.0


def _spelled(units: list[str], lists: Lists) -> list[str]:
    """With short forms spelled out and words that stand together cut apart: cust nm and custname are customer name."""
    units = [part for unit in units for part in _apart(unit, lists)]
    last = len(units) - 1
    return [lists.short.get(unit) or (lists.short_last.get(unit) if i == last else None) or unit for i, unit in enumerate(units)]


def _apart(unit: str, lists: Lists) -> list[str]:
    """The two words of the lists that a unit consists of, the last as long as it can be; else the unit."""
    if len(unit) < _GLUED or not unit.isascii() or unit in lists.words or unit in lists.single:
        return [unit]
    for at in range(3, len(unit) - 1):
        if unit[:at] in lists.single and unit[at:] in lists.single and (len(unit) - at > 2 or unit[at:] in lists.numbers):
            return [unit[:at], unit[at:]]
    return [unit]


def _read(units: list[str], lists: Lists) -> tuple[Hit, ...]:
    units = list(units)
    while len(units) > 1 and units[-1].isdigit() and "".join(units) not in lists.words:
        units.pop()
    measured = len(units) > 1 and units[-1] in _UNITS and bool(HAN.match(units[-2]))
    if measured:
        units.pop()  # 体重kg
    if not units:
        return ()
    if len(units) > 1 and "".join(units).startswith(_FLAGS[:3]) and (units[0] in _FLAGS or units[0] == "是"):
        about = _read(units[2 if units[0] == "是" else 1 :], lists)
        if about and about[0].strength >= _ENDS and tells_by_flag(about[0]):
            return (about[0]._replace(strength=_ENDS),)  # 是否残疾, has_disability
        return (Hit("code", _ENDS, units[0]),)
    ways = (_of_whom, _behind, _last, _pinyin, _ending)
    found: list[Hit] = next((hits for way in ways if (hits := way(units, lists))), [])
    if found and found[0].strength <= _FOLLOWED:
        found = [*_ending(units, lists), *found]  # email_sent_at is a time, course teacher a person
    if not found and measured:
        return (Hit("number", _ENDS, "".join(units)),)
    return tuple(sorted(found, key=lambda hit: -hit.strength))


def _last(units: list[str], lists: Lists) -> list[Hit]:
    """The word that ends last; among those the longest."""
    for end in range(len(units), 0, -1):
        for start in range(max(0, end - _LONGEST), end):
            key = "".join(units[start:end])
            listed = lists.words.get(key) or (lists.words.get(key[:-1]) if key.endswith("s") and len(key) > 4 else None)
            if not listed:
                continue
            whole = start == 0 and end == len(units)
            if len(key) == 1 and HAN.match(key) and not whole:
                continue  # 市 in 上市 says nothing
            if key.isascii() and len(key) < 3 and not whole and key not in ("id", "ip", "qq", "no"):
                continue
            rest = [unit for unit in units[end:] if unit not in _NEUTRAL or units[-1] == "数"]
            strength = _FOLLOWED if rest else _WHOLE if whole else _ENDS
            if dict(listed).keys() == {"GEO_COORDINATE"} and (where := _within(units[:start], lists.facilities)):
                return [Hit("code", strength, where + key)]
            if key in lists.pinyin and len(key) < 3:
                strength = min(strength, _SHORT)
            return [Hit(kind, strength * _WEAK if kind in lists.weak else strength, word) for kind, word in listed]
    return []


def _of_whom(units: list[str], lists: Lists) -> list[Hit]:
    """Words whose meaning hangs on the one before: 患者编码 is a number of a person, 课程名 no name of one."""
    for size in range(min(4, len(units)), 0, -1):
        before, tail = units[:-size], "".join(units[-size:])
        if not before and tail in lists.persons:  # the word alone may head names or numbers
            listed = dict(lists.words.get(tail, ()))
            number = Hit("HEALTH_NUMBER" if tail in lists.patients else "MEMBER_NUMBER", _HINT, tail)
            if set(listed) == {"PERSON"}:
                return [Hit("PERSON", _WHOLE, tail), number]
            return [] if listed else [Hit("PERSON", _HINT, tail), number]
        if not before or "".join(units) in lists.words:
            continue
        if tail in lists.numbers and (whose := _ends_with(before, lists.persons)):
            return [Hit("HEALTH_NUMBER" if whose in lists.patients else "MEMBER_NUMBER", _ENDS, whose + tail)]
        if tail in lists.numbers and (what := _ends_with(before, lists.given)):
            return [Hit("MEMBER_NUMBER", _ENDS, what + tail)]
        if tail in lists.numbers and (what := _ends_with(before, lists.things)):
            return [Hit("code", _ENDS, what + tail)]
        if tail in lists.numbers and tail not in ("号", "号码") and _bears_a_number(before, lists):  # 收件人号码 is to be called
            return [Hit("MEMBER_NUMBER", _SPELLED, "".join(before[-2:]) + tail)]
        if tail in lists.names:
            if whose := _ends_with(before, lists.persons):
                return [Hit("PERSON", _ENDS, whose + tail)]
            of = _last(before, lists)
            if of and of[0].strength >= _ENDS and of[0].kind in _NAMED:
                return of
        if tail in _DIGESTS:
            return [hit for hit in _last(before, lists) if hit.personal]
    return []


def _bears_a_number(units: list[str], lists: Lists) -> bool:
    """Whether an unknown Chinese word ends as those for persons do: 警员, 网格员; not 机器人."""
    ends = len(units) > 1 and HAN.match(units[-1]) and HAN.match(units[-2]) and lists.endings.get(units[-1]) == "PERSON"
    return bool(ends) and not _ends_with(units, lists.nobody)


def _behind(units: list[str], lists: Lists) -> list[Hit]:
    """A number behind what is one already, a code or an amount behind what is said of a person: 护照编号, salary amount."""
    if "".join(units) in lists.words:
        return []
    for size in (2, 1):
        before, tail = units[:-size], "".join(units[-size:])
        kinds = lists.behind.get(tail)
        numbered = bool(before) and before[-1].isdigit()
        before = before[:-1] if numbered else before
        if not before or not kinds or (tail in lists.values and not numbered):
            continue  # Phone 1 - Value, but the value of a cell
        of = [hit for hit in _last(before, lists) if hit.personal and hit.strength >= _ENDS]
        if of and all(any(entities.is_a(hit.kind, kind) for kind in kinds) for hit in of):
            return [hit._replace(strength=_SPELLED if tail == "id" else _ENDS) for hit in of]
    return []


def _within(units: list[str], words: frozenset[str]) -> str:
    """The last of some words that stands among the units, or ""."""
    ends = range(len(units), 0, -1)
    return next((word for end in ends if (word := _ends_with(units[:end], words))), "")


def _ends_with(units: list[str], words: frozenset[str]) -> str:
    """The longest of some words that the units end with, or ""."""
    return next((word for start in range(len(units)) if (word := "".join(units[start:])) in words), "")


def _ending(units: list[str], lists: Lists) -> list[Hit]:
    """What the last character or word of an unknown header hints at."""
    while len(units) > 1 and units[-1] in ("止", "起", "日" if units[-2] == "止" else "止"):
        units = units[:-1]
    kind = lists.endings.get(units[-1]) if len(units) > 1 else None
    return [Hit(kind, _HINT, units[-1])] if kind else []


def _pinyin(units: list[str], lists: Lists) -> list[Hit]:
    """First letters behind those of whom it belongs to: kh + sjh."""
    whole = "".join(units)
    if not whole.isascii():
        return []
    for prefix in lists.prefixes:
        rest = whole.removeprefix(prefix)
        if rest != whole and rest in lists.pinyin:
            listed = lists.words[rest]
            return [Hit(kind, _WEAK if kind in lists.weak else _SHORT if len(rest) < 3 else _ENDS, word) for kind, word in listed]
    return []
