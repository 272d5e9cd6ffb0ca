"""Read a TOML file table by table; an error names the file, the key, what to do, and the nearest right name."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, NoReturn, TypeVar, cast

from piiscrub.errors import PackError, nearest

T = TypeVar("T")

SCHEMA = 1


class Table:
    """A table of the file, with the checks every key needs; names the file and the key in each error."""

    __slots__ = ("place", "prefix", "raw")

    def __init__(self, place: Path, prefix: str, raw: object, known: Iterable[str]) -> None:
        self.place, self.prefix = place, prefix
        if not isinstance(raw, dict):
            wrong(place, prefix, "this must be a table.")
        self.raw: dict[str, Any] = raw
        unknown = raw.keys() - known
        if unknown:
            first = min(unknown)
            self.wrong(first, f"unknown key.{did_you_mean(first, known) or ' Known here: ' + ', '.join(known) + '.'}")

    def wrong(self, key: str, problem: str) -> NoReturn:
        wrong(self.place, ".".join(filter(None, (self.prefix, key))), problem)

    def get(self, key: str, kind: type[T], default: T) -> T:
        value = self.raw.get(key, default)
        if type(value) is not kind:
            self.wrong(key, f"this must be {_KINDS_SAID[kind]}, not {_KINDS_SAID.get(type(value), type(value).__name__)}.")
        return value

    def need(self, key: str, kind: type[T]) -> T:
        if key not in self.raw:
            self.wrong(key, f"this key is missing. It is {_KINDS_SAID[kind]}; recognizers/TEMPLATE.toml shows it.")
        value = self.get(key, kind, cast(T, None))
        if value == "":
            self.wrong(key, "this must not be empty.")
        return value

    def table(self, key: str, known: Iterable[str]) -> Table:
        return Table(self.place, key, self.raw.get(key, {}), known)

    def choice(self, key: str, known: tuple[str, ...], default: str) -> str:
        value = self.get(key, str, default)
        if value not in known:
            self.wrong(key, f"{value!r} is none of {', '.join(known)}.{did_you_mean(value, known)}")
        return value

    def score(self, key: str, default: float | None = None) -> float:
        value = self.raw.get(key, default)
        if value is None:
            self.wrong(key, "this key is missing. It is a score from 0 to 1.")
        if type(value) not in (int, float) or not 0 <= value <= 1:
            self.wrong(key, "a score is a number from 0 to 1.")
        return float(value)

    def number(self, key: str, default: int, low: int, high: int) -> int:
        value = self.get(key, int, default)
        if not low <= value <= high:
            self.wrong(key, f"this must be from {low} to {high}.")
        return value

    def words(self, key: str) -> tuple[str, ...]:
        found: list[Any] = self.get(key, list, [])
        if not all(type(word) is str and word.strip() for word in found):
            self.wrong(key, "this must be a list of words in quotes, none of them empty.")
        if len({*found}) != len(found):
            self.wrong(key, "a word stands in this list twice. Take one out.")
        return tuple(found)

    def validator(self, key: str, default: str) -> str:
        return self.module(key, "validators", default)

    def module(self, key: str, folder: str, default: str) -> str:
        name = self.get(key, str, default)
        if name and name not in _modules(folder):
            self.wrong(key, f"there is no piiscrub/{folder}/{name}.py.{did_you_mean(name, _modules(folder))}")
        return name


_KINDS_SAID: dict[type, str] = {
    str: 'a text in quotes', int: "a whole number", float: "a number", bool: "true or false", list: "a list", dict: "a table",
}  # fmt: skip


@cache
def _modules(folder: str) -> frozenset[str]:
    """Names of the modules in a folder of the package, found without importing any."""
    where = Path(__file__).resolve().parents[1] / folder
    return frozenset(m.name for m in iter_modules([str(where)]) if not m.name.startswith("_"))


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return a sentence with the nearest right name, or nothing."""
    near = nearest(name, known)
    return f" Did you mean {near!r}?" if near else ""


def check_schema(table: Table) -> None:
    """Refuse a file written for another version."""
    found = table.need("schema", int)
    if found != SCHEMA:
        table.wrong("schema", f"this version of piiscrub reads schema {SCHEMA}, the file says {found}.")


def read(place: Path) -> str:
    """Return the text of a file; raises PackError."""
    try:
        return place.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        wrong(place, "", "is not UTF-8. Save it as UTF-8.")
    except OSError as error:
        wrong(place, "", f"cannot be read ({error.strerror}).")


def parse(place: Path, text: str) -> dict[str, Any]:
    """Return what a TOML text says; raises PackError."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        wrong(place, "", f"is not TOML: {error}. A regex goes between single quotes.")


def short(place: Path) -> str:
    """Name a built-in file by its place in ``recognizers/``, any other as the caller does."""
    try:
        return f"recognizers/{place.resolve().relative_to(packs_folder().resolve()).as_posix()}"
    except ValueError:
        return str(place)


def wrong(place: Path, key: str, problem: str) -> NoReturn:
    """Raise the PackError for a key of a file."""
    raise PackError(short(place), key, problem) from None


@cache
def packs_folder() -> Path:
    """Return the folder of the built-in recognizers: inside the wheel, or ``recognizers/`` of the checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "_packs"
    return inside if inside.is_dir() else package.parents[1] / "recognizers"
