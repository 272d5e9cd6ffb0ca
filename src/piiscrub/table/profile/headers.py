"""What a column header says, read word by word.

A header is cut into units: each Han character, and each Latin word of snake_case, camelCase or plain writing. A word of the
lists matches whole units only, so ``lic`` is not found in ``duplicate``. The last word decides: 客户姓名 is a name,
姓名类型 a type.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from piiscrub.model import entities
from piiscrub.registry.recognizers import builtin_packs
from piiscrub.text.folding import fold

_UNIT = re.compile(r"[\u3400-\u9fff]|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_LONGEST = 12  # units of one word of the lists
# Words behind the head that leave its meaning as it is.
_NEUTRAL = frozenset(
    "信 息 全 称 拼 音 码 号 值 原 始 数 据 列 字 段 info data field col column value raw text str string full orig no 1".split()
)
_FLAGS = ("is", "has", "是否", "if", "flag")
_WHOLE, _ENDS, _FOLLOWED, _SHORT, _WEAK = 1.0, 0.9, 0.5, 0.6, 0.4
_HINT = 0.5  # of an ending, or of a word for persons that stands alone
_UNITS = frozenset("kg g mg cm mm m km ml l s h min ms mb gb kb mmol bpm".split())
_DIGESTS = ("hash", "md5", "sha1", "sha256", "sha512", "digest", "哈希值")


class Hit(NamedTuple):
    """``kind``: an entity, or a kind of no personal information in small letters. ``strength``: 0 to 1. ``word``: as listed."""

    kind: str
    strength: float
    word: str

    @property
    def personal(self) -> bool:
        return self.kind.isupper()


class _Lists(NamedTuple):
    words: Mapping[str, tuple[tuple[str, str], ...]]  # units joined → (kind, word as listed)
    weak: frozenset[str]
    prefixes: tuple[str, ...]
    pinyin: frozenset[str]
    endings: Mapping[str, str]  # last unit → kind
    persons: frozenset[str]
    patients: frozenset[str]
    numbers: frozenset[str]  # of a person, behind a word for persons
    names: frozenset[str]


@lru_cache(maxsize=4096)
def read(header: str) -> tuple[Hit, ...]:
    """What a header names, best first; empty where it says nothing.

    >>> [hit.kind for hit in read("客户姓名")], [hit.kind for hit in read("customerEmail")]
    (['PERSON'], ['EMAIL_ADDRESS'])
    >>> [hit.kind for hit in read("khsjh")], read("duplicate")
    (['PHONE_NUMBER'], ())
    """
    units = _units(_BRACKETS.sub("", header[:200]) or header[:200])
    lists = _lists()
    while len(units) > 1 and units[-1].isdigit() and "".join(units) not in lists.words:
        units.pop()
    measured = len(units) > 1 and units[-1] in _UNITS and bool(_HAN.match(units[-2]))
    if measured:
        units.pop()  # 体重kg
    if not units:
        return ()
    if len(units) > 1 and "".join(units).startswith(_FLAGS[:3]) and (units[0] in _FLAGS or units[0] == "是"):
        return (Hit("code", _ENDS, units[0]),)
    found = _of_whom(units, lists) or _last(units, lists) or _pinyin(units, lists) or _ending(units, lists)
    if found and found[0].personal and found[0].strength <= _FOLLOWED:
        found = [*_ending(units, lists), *found]  # email_sent_at is a time
    if not found and measured:
        return (Hit("number", _ENDS, "".join(units)),)
    return tuple(sorted(found, key=lambda hit: -hit.strength))


def _last(units: list[str], lists: _Lists) -> list[Hit]:
    """The word that ends last; among those the longest."""
    for end in range(len(units), 0, -1):
        for start in range(max(0, end - _LONGEST), end):
            key = "".join(units[start:end])
            listed = lists.words.get(key) or (lists.words.get(key[:-1]) if key.endswith("s") and len(key) > 4 else None)
            if not listed:
                continue
            whole = start == 0 and end == len(units)
            if len(key) == 1 and _HAN.match(key) and not whole:
                continue  # 市 in 上市 says nothing
            if key.isascii() and len(key) < 3 and not whole and key not in ("id", "ip", "qq", "no"):
                continue
            rest = [unit for unit in units[end:] if unit not in _NEUTRAL or units[end:] == ["数"]]
            strength = _FOLLOWED if rest else _WHOLE if whole else _ENDS
            if key in lists.pinyin and len(key) < 3:
                strength = min(strength, _SHORT)
            return [Hit(kind, strength * _WEAK if kind in lists.weak else strength, word) for kind, word in listed]
    return []


def _of_whom(units: list[str], lists: _Lists) -> list[Hit]:
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
        if tail in lists.names:
            if whose := _ends_with(before, lists.persons):
                return [Hit("PERSON", _ENDS, whose + tail)]
            of = _last(before, lists)
            if of and of[0].strength >= _ENDS and of[0].kind in ("code", "order", "ORGANIZATION", "LOCATION", "text"):
                return of
        if tail in _DIGESTS:
            return [hit for hit in _last(before, lists) if hit.personal]
    return []


def _ends_with(units: list[str], words: frozenset[str]) -> str:
    """The longest of some words that the units end with, or ""."""
    return next((word for start in range(len(units)) if (word := "".join(units[start:])) in words), "")


def _ending(units: list[str], lists: _Lists) -> list[Hit]:
    """What the last character or word of an unknown header hints at."""
    while len(units) > 1 and units[-1] in ("止", "起", "日" if units[-2] == "止" else "止"):
        units = units[:-1]
    kind = lists.endings.get(units[-1]) if len(units) > 1 else None
    return [Hit(kind, _HINT, units[-1])] if kind else []


def _pinyin(units: list[str], lists: _Lists) -> list[Hit]:
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


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    raw = tomllib.loads(files("piiscrub.table.profile").joinpath("headers.toml").read_text(encoding="utf-8"))
    words: dict[str, dict[str, str]] = {}
    weak: set[str] = set()
    pinyin: set[str] = set()
    for entry in raw["kinds"]:
        kind: str = entry["kind"]
        if entry.get("weak"):
            weak.add(kind)
        for word in (*entry.get("zh", ()), *entry.get("en", ()), *entry.get("eu", ())):
            words.setdefault(_key(word), {}).setdefault(kind, word)
        for word in entry.get("pinyin", ()):
            if word not in words:
                pinyin.add(word)
        for word in entry.get("pinyin", ()):
            if word in pinyin:
                words.setdefault(word, {}).setdefault(kind, word)
    own = frozenset(words)
    for pack in builtin_packs():
        if entities.is_a(pack.entity, "MASKED"):
            continue  # no header says that its values are masked
        for word in pack.context.columns:
            key = _key(word)
            if key not in own:
                words.setdefault(key, {}).setdefault(pack.entity, word)
                if key.isascii() and not _HAN.search(key):
                    pinyin.add(key)
    longest_first: Iterable[str] = sorted(raw["prefixes"]["pinyin"].split(), key=len, reverse=True)
    lists = {key: frozenset(map(_key, raw["persons"][key].split())) for key in ("words", "patients", "numbers", "names")}
    return _Lists(
        words={key: tuple(kinds.items()) for key, kinds in words.items()},
        weak=frozenset(weak),
        prefixes=tuple(longest_first),
        pinyin=frozenset(pinyin),
        endings={word: kind for kind, of in raw["endings"].items() for words_ in of.values() for word in words_.split()},
        persons=lists["words"],
        patients=lists["patients"],
        numbers=lists["numbers"],
        names=lists["names"],
    )


def _key(word: str) -> str:
    return "".join(_units(word))


def _units(text: str) -> list[str]:
    """Han characters and Latin words in small letters, without accents."""
    plain = unicodedata.normalize("NFKD", fold(text).folded.replace("ß", "ss"))
    return [unit.lower() for unit in _UNIT.findall("".join(ch for ch in plain if not unicodedata.combining(ch)))]
