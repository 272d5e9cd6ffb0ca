"""The word lists that column headers are read by: headers.toml and the column words of the recognizers."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from piiscrub.model import entities
from piiscrub.reference.scripts import simplified
from piiscrub.registry.recognizers import builtin_packs
from piiscrub.text.folding import fold

_UNIT = re.compile(r"[\u3400-\u9fff]|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
HAN = re.compile(r"[\u3400-\u9fff]")
_BARE = 4  # letters of a word without its vowels from which it is told from others


class Lists(NamedTuple):
    """Words in small letters, as units joined."""

    words: Mapping[str, tuple[tuple[str, str], ...]]  # units joined → (kind, word as listed)
    weak: frozenset[str]
    prefixes: tuple[str, ...]
    pinyin: frozenset[str]
    endings: Mapping[str, str]  # last unit → kind
    persons: frozenset[str]
    nobody: frozenset[str]  # that only end like words for persons
    patients: frozenset[str]
    numbers: frozenset[str]  # of a person, behind a word for persons
    names: frozenset[str]
    single: frozenset[str]  # English words, as they stand alone in phrases
    short: Mapping[str, str]
    short_last: Mapping[str, str]
    values: frozenset[str]
    behind: Mapping[str, tuple[str, ...]]  # word → the kinds that it leaves what they are
    general: frozenset[str]  # words of sensitive attributes by which yes and no say nothing of a person
    given: frozenset[str]  # before a number: what a person is given
    things: frozenset[str]
    facilities: frozenset[str]
    houses: frozenset[str]  # as listed


@lru_cache(maxsize=1)
def word_lists() -> Lists:
    """The lists, read once."""
    raw = tomllib.loads(files("piiscrub.table.profile").joinpath("headers.toml").read_text(encoding="utf-8"))
    words: dict[str, dict[str, str]] = {}
    single = {*raw["short"]["anywhere"], *raw["short"]["last"]}
    weak: set[str] = set()
    pinyin: set[str] = set()
    for entry in raw["kinds"]:
        kind: str = entry["kind"]
        if entry.get("weak"):
            weak.add(kind)
        for word in (*entry.get("zh", ()), *entry.get("en", ()), *entry.get("eu", ()), *entry.get("erp", ())):
            words.setdefault(_key(word), {}).setdefault(kind, word)
        single.update(unit for word in entry.get("en", ()) for unit in units_of(word))
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
                if key.isascii() and not HAN.search(key):
                    pinyin.add(key)
    longest_first: Iterable[str] = sorted(raw["prefixes"]["pinyin"].split(), key=len, reverse=True)
    lists = {key: frozenset(map(_key, raw["persons"][key].split())) for key in ("words", "none", "patients", "numbers", "names")}
    return Lists(
        words={key: tuple(kinds.items()) for key, kinds in words.items()},
        weak=frozenset(weak),
        prefixes=tuple(longest_first),
        pinyin=frozenset(pinyin),
        endings={word: kind for kind, of in raw["endings"].items() for words_ in of.values() for word in words_.split()},
        persons=lists["words"],
        nobody=lists["none"],
        patients=lists["patients"],
        numbers=lists["numbers"],
        names=lists["names"],
        single=frozenset(single) | lists["words"] | lists["numbers"],
        short={**_without_vowels(single | lists["words"]), **raw["short"]["anywhere"]},
        short_last=raw["short"]["last"],
        values=frozenset(raw["behind"]["values"].split()),
        behind=_behind_what(raw["behind"]),
        general=frozenset(raw["flags"]["general"].split()),
        given=frozenset(raw["numbered"]["given"].split()),
        things=frozenset(map(_key, raw["numbered"]["things"].split())),
        facilities=frozenset(map(_key, raw["facilities"]["words"].split())),
        houses=frozenset(raw["houses"]["words"].split(", ")),
    )


def _without_vowels(words: Iterable[str]) -> Mapping[str, str]:
    """English words by what is left of them without vowels, where it is left of one word only: gndr, brth, slry.

    >>> made = _without_vowels(["gender", "address", "street", "start", "name"])
    >>> made["gndr"], made["adrs"], "strt" in made, "nm" in made
    ('gender', 'address', False, False)
    """
    found: dict[str, set[str]] = {}
    for word in words:
        if word.isascii() and word.isalpha():
            bare = word[0] + "".join(ch for ch in word[1:] if ch not in "aeiou")
            single = "".join(ch for before, ch in zip(" " + bare, bare, strict=False) if ch != before)
            for form in {bare, single} - {word}:
                if len(form) >= _BARE:
                    found.setdefault(form, set()).add(word)
    return {form: of.pop() for form, of in found.items() if len(of) == 1}


def _behind_what(raw: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    pairs = (("numbers", "kinds"), ("values", "contacts"), ("sayings", "said"), ("codes", "coded"))
    found: dict[str, tuple[str, ...]] = {}
    for words, kinds in pairs:
        for word in raw[words].split():
            found[_key(word)] = (*found.get(_key(word), ()), *raw[kinds].split())
    return {**found, "id": tuple(raw["ids"].split())}


def _key(word: str) -> str:
    return "".join(units_of(word))


def units_of(text: str) -> list[str]:
    """Han characters, simplified, and Latin words in small letters, without accents."""
    plain = unicodedata.normalize("NFKD", simplified(fold(text).folded.replace("ß", "ss")))
    return [unit.lower() for unit in _UNIT.findall("".join(ch for ch in plain if not unicodedata.combining(ch)))]
