"""The wording of everything people read, in English and Chinese: the files of the folder ``wording``."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Iterable, Mapping
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

    ``{n:row|rows}`` in a sentence is the number and the word that goes with it.

    >>> say("cli.found", "zh", n=3)
    '检出 3 处'
    >>> say("ledger.rows", n=1), say("ledger.rows", n=2)
    ('1 row', '2 rows')
    """
    return _SENTENCES.vformat(words()[key][lang if lang in LANGUAGES else "en"], (), fill)


class _Sentences(string.Formatter):
    """Format strings that know one from many."""

    def format_field(self, value: object, format_spec: str) -> str:
        one, several, many = format_spec.partition("|")
        if not several:
            return str(super().format_field(value, format_spec))
        return f"{value} {one if str(value) == '1' else many}"


_SENTENCES = _Sentences()


def listed(parts: Iterable[str], lang: str = "en", /, *, sentences: bool = False) -> str:
    """Parts in a row, with the comma of the language; whole ``sentences`` with its semicolon.

    >>> listed(["a", "b"]), listed(["甲", "乙"], "zh"), listed(["甲", "乙"], "zh", sentences=True)
    ('a, b', '甲、乙', '甲；乙')
    """
    return (("；" if sentences else "、") if lang == "zh" else ("; " if sentences else ", ")).join(parts)


def has(key: str) -> bool:
    """Whether the catalogue has a sentence for ``key``."""
    return key in words()
