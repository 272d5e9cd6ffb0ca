"""The wording of everything people read, in English and Chinese: the files of the folder ``wording``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

LANGUAGES = ("en", "zh")


@lru_cache(maxsize=1)
def words() -> Mapping[str, Mapping[str, str]]:
    """Key → language → sentence. Read once; read-only."""
    table: dict[str, dict[str, str]] = {}
    for file in sorted(files("piiscrub.render").joinpath("wording").iterdir(), key=lambda one: one.name):
        own: dict[str, dict[str, str]] = tomllib.loads(file.read_text(encoding="utf-8"))["words"]
        twice = table.keys() & own.keys()
        assert not twice, f"{file.name}: {sorted(twice)} stand in another file too"
        table |= own
    return MappingProxyType({key: MappingProxyType(both) for key, both in table.items()})


def say(key: str, lang: str = "en", /, **fill: object) -> str:
    """The sentence for ``key``. Raises ``KeyError`` for a key the catalogue does not have.

    >>> say("cli.found", "zh", n=3)
    '检出 3 处'
    """
    return words()[key][lang if lang in LANGUAGES else "en"].format_map(fill)


def has(key: str) -> bool:
    """Whether the catalogue has a sentence for ``key``."""
    return key in words()
