"""The entity tree: what each kind of personal information is called, where it belongs and how sensitive it is.

The facts stand in ``entities.toml`` beside this module and nowhere else (rule book A14, B1, B2, B5). They are read on first use.

>>> get("CN_MOBILE").parent, get("CN_MOBILE").hipaa
('PHONE_NUMBER', 'D')
>>> ancestors("CN_ADDRESS")
('ADDRESS', 'LOCATION')
>>> is_a("CN_BANK_CARD", "FINANCIAL_ACCOUNT")
True
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from piiscrub.errors import UnknownNameError

Identifier = Literal["direct", "quasi", "sensitive", "none"]

IDENTIFIER_RANK: Mapping[str, int] = MappingProxyType({"none": 0, "quasi": 1, "sensitive": 2, "direct": 3})
_CLASS_RANK = {"": 0, "C1": 1, "C2": 2, "C3": 3}
_INHERITED = ("presidio", "corpus", "identifier", "gbt35273", "gbt45574", "jrt0171", "hipaa", "gdpr")
_ROOT: dict[str, Any] = {
    "presidio": "",
    "corpus": "",
    "gbt35273": False,
    "gbt45574": False,
    "jrt0171": "",
    "hipaa": "",
    "gdpr": "ordinary",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One node of the tree, with everything it inherits already filled in.

    ``presidio`` and ``corpus`` are the names this entity goes by there (its own or those of its nearest ancestor that has
    one; "" if there is none). ``identifier`` is the identifier type of GB/T 37964. ``gbt35273`` and ``gbt45574`` say whether
    the standard calls it sensitive, ``jrt0171`` its class ("" if the standard is silent), ``hipaa`` the letter of
    45 CFR 164.514(b)(2)(i) ("PHI" for health data itself), ``gdpr`` the article that governs it.
    """

    name: str
    parent: str
    title_en: str
    title_zh: str
    presidio: str
    corpus: str
    aliases: tuple[str, ...]
    identifier: Identifier
    gbt35273: bool
    gbt45574: bool
    jrt0171: str
    hipaa: str
    gdpr: str

    def title(self, lang: str) -> str:
        """What it is called in a language: ``zh`` or ``en``."""
        return self.title_zh if lang == "zh" else self.title_en

    @property
    def sensitive(self) -> bool:
        """Sensitive if either Chinese standard says so (rule book B1)."""
        return self.gbt35273 or self.gbt45574

    @property
    def special(self) -> bool:
        """A special category: GDPR article 9 or 10."""
        return self.gdpr in ("art. 9", "art. 10")


@lru_cache(maxsize=1)
def tree() -> Mapping[str, Entity]:
    """Every entity by name, parents before their children. Read once; read-only."""
    raw: dict[str, dict[str, Any]] = tomllib.loads(_source())["entities"]
    done: dict[str, Entity] = {}

    def resolve(name: str) -> Entity:
        if name not in done:
            entry = raw[name]
            parent = resolve(entry["parent"]) if "parent" in entry else None
            rest = {key: entry[key] if key in entry else getattr(parent, key) if parent else _ROOT[key] for key in _INHERITED}
            done[name] = Entity(
                name=name,
                parent=parent.name if parent else "",
                title_en=entry["en"],
                title_zh=entry["zh"],
                aliases=tuple(entry.get("aliases", ())),
                **rest,
            )
        return done[name]

    for name in raw:
        resolve(name)
    return MappingProxyType(done)


def get(name: str) -> Entity:
    """The entity of that name or alias, in any case; raises UnknownNameError with the nearest right name.

    >>> get("CN_RESIDENT_ID").name
    'CN_ID_CARD'
    >>> get("CN_MOBLIE")
    Traceback (most recent call last):
    piiscrub.errors.UnknownNameError: No entity 'CN_MOBLIE'. Did you mean 'CN_MOBILE'?
    """
    found = tree().get(name)
    if found is None:
        wanted = name.strip().upper()
        found = tree().get(_aliases().get(wanted, wanted))
    if found is None:
        raise UnknownNameError("entity", name, (*tree(), *_aliases()))
    return found


def ancestors(name: str) -> tuple[str, ...]:
    """The parents of an entity, nearest first; empty for a root."""
    chain: list[str] = []
    parent = get(name).parent
    while parent:
        chain.append(parent)
        parent = tree()[parent].parent
    return tuple(chain)


def is_a(name: str, parent: str) -> bool:
    """Whether ``name`` is ``parent`` or stands below it. Aliases are understood; an unknown ``name`` is below nothing."""
    top = get(parent).name
    try:
        return get(name).name == top or top in ancestors(name)
    except UnknownNameError:
        return False


def descendants(name: str) -> tuple[str, ...]:
    """Everything below an entity, in the order of the tree.

    >>> descendants("CREDIT_CARD")
    ('CN_BANK_CARD',)
    """
    top = get(name).name
    return tuple(other for other in tree() if other != top and is_a(other, top))


def sensitivity(name: str) -> int:
    """An ordered rank, 0 to 7: four for sensitive under either Chinese standard, plus the JR/T 0171 class (C3 = 3).

    >>> sensitivity("PASSWORD") > sensitivity("CN_ID_CARD") > sensitivity("CN_MOBILE") > sensitivity("DATE_TIME")
    True
    """
    entity = get(name)
    return 4 * entity.sensitive + _CLASS_RANK[entity.jrt0171]


def exceeds(child: str, parent: str) -> bool:
    """Whether an entity identifies more directly, or is more sensitive in any respect, than another.

    Compared one by one, not by the summed rank: a C3 secret is not "lower" than a sensitive C1 attribute.

    >>> exceeds("ADDRESS", "LOCATION"), exceeds("CN_MOBILE", "PHONE_NUMBER")
    (True, False)
    """
    one, other = get(child), get(parent)
    return (
        IDENTIFIER_RANK[one.identifier] > IDENTIFIER_RANK[other.identifier]
        or one.sensitive > other.sensitive
        or _CLASS_RANK[one.jrt0171] > _CLASS_RANK[other.jrt0171]
        or one.special > other.special
    )


@lru_cache(maxsize=1)
def _aliases() -> Mapping[str, str]:
    return {alias: entity.name for entity in tree().values() for alias in entity.aliases}


def _source() -> str:
    return Path(__file__).with_name("entities.toml").read_text(encoding="utf-8")
