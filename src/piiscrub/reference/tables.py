"""Read the tables of this folder, lazily and once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

Row = tuple[str, ...]


def _text(name: str) -> str:
    return (files("piiscrub.reference") / f"{name}.tsv").read_text(encoding="utf-8")


@cache
def rows(name: str) -> tuple[Row, ...]:
    """Every row of a table, as strings; the header lines left out.

    Raises FileNotFoundError for a table that does not exist.

    >>> ("11", "京", "北京市") in rows("provinces")
    True
    """
    return tuple(tuple(line.split("\t")) for line in _text(name).splitlines() if line and not line.startswith("#"))


@cache
def alternatives(name: str, kind: str) -> str:
    """The words of one kind in a table that divides them by |, as alternatives of a pattern.

    >>> alternatives("firm_words", "dotted").split("|")[:2]
    ['Inc', 'Ltd']
    """
    return "|".join(row[1] for row in rows(name) if row[0] == kind)


@cache
def listed(name: str, kind: str) -> frozenset[str]:
    """The same words, where all of them are plain ones.

    >>> "Each Party" in listed("firm_words", "party")
    True
    """
    return frozenset(alternatives(name, kind).split("|"))


@cache
def header(name: str) -> dict[str, str]:
    """The header of a table: source, licence, as_of, confidence, columns ...; a key given twice is joined.

    >>> header("provinces")["confidence"]
    'H'
    """
    found: dict[str, str] = {}
    for line in _text(name).splitlines():
        if not line.startswith("#"):
            break
        key, _, value = line.removeprefix("#").partition(":")
        key, value = key.strip(), value.strip()
        found[key] = f"{found[key]} {value}" if key in found else value
    return found


def names() -> tuple[str, ...]:
    """The names of all tables, sorted.

    >>> "divisions" in names()
    True
    """
    found = (entry.name for entry in files("piiscrub.reference").iterdir())
    return tuple(sorted(name.removesuffix(".tsv") for name in found if name.endswith(".tsv")))
