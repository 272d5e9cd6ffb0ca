"""What a column header says, read word by word.

A header is cut into units: each Han character, and each Latin word of snake_case, camelCase or plain writing. A word of the
lists matches whole units only, so ``lic`` is not found in ``duplicate``. The last word decides: 客户姓名 is a name,
姓名类型 a type.
"""

from __future__ import annotations

import re
import tomllib
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


@lru_cache(maxsize=4096)
def read(header: str) -> tuple[Hit, ...]:
    """What a header names, best first; empty where it says nothing.

    >>> [hit.kind for hit in read("客户姓名")], [hit.kind for hit in read("customerEmail")]
    (['PERSON'], ['EMAIL_ADDRESS'])
    >>> [hit.kind for hit in read("khsjh")], read("duplicate")
    (['PHONE_NUMBER'], ())
    """
    text = _BRACKETS.sub("", fold(header[:200]).folded)
    units = [unit.lower() for unit in _UNIT.findall(text)]
    while len(units) > 1 and units[-1].isdigit():
        units.pop()
    if not units:
        return ()
    if len(units) > 1 and "".join(units).startswith(_FLAGS[:3]) and (units[0] in _FLAGS or units[0] == "是"):
        return (Hit("code", _ENDS, units[0]),)
    lists = _lists()
    found = _last(units, lists) or _pinyin(units, lists)
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
            rest = [unit for unit in units[end:] if unit not in _NEUTRAL]
            strength = _FOLLOWED if rest else _WHOLE if whole else _ENDS
            if key in lists.pinyin and len(key) < 3:
                strength = min(strength, _SHORT)
            return [Hit(kind, strength * _WEAK if kind in lists.weak else strength, word) for kind, word in listed]
    return []


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
        for word in (*entry.get("zh", ()), *entry.get("en", ())):
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
    return _Lists(
        {key: tuple(kinds.items()) for key, kinds in words.items()}, frozenset(weak), tuple(longest_first), frozenset(pinyin)
    )


def _key(word: str) -> str:
    return "".join(unit.lower() for unit in _UNIT.findall(fold(word).folded))
