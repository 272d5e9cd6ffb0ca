"""Free hierarchies from a file: value → broader → broader still."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from piiscrub.errors import OperatorError


def read(path: str) -> Mapping[str, tuple[str, ...]]:
    """Each value with its broader terms, nearest first.

    A CSV file has a value and its broader terms in each row (``心内科医生,医生,医疗``; no header; comma or semicolon).
    A TOML file is a tree of tables whose leaves are lists of values: ``["医疗"]`` then ``"医生" = ["心内科医生", "外科医生"]``.

    Raises:
        OperatorError: the file cannot be read, holds nothing, or puts one value in two places.
    """
    try:
        return _read(path, Path(path).stat().st_mtime_ns)
    except OSError as error:
        raise OperatorError(f"generalise: the hierarchy {Path(path).name!r} cannot be read: {type(error).__name__}.") from None


@lru_cache(maxsize=64)
def _read(path: str, _changed: int) -> Mapping[str, tuple[str, ...]]:
    file = Path(path)
    try:
        text = file.read_text(encoding="utf-8-sig")
        rows = _tree(tomllib.loads(text), ()) if file.suffix == ".toml" else _table(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise OperatorError(f"generalise: the hierarchy {file.name!r} cannot be read: {type(error).__name__}.") from None
    found: dict[str, tuple[str, ...]] = {}
    for value, *broader in rows:
        if found.setdefault(value, tuple(broader)) != tuple(broader):
            raise OperatorError(f"generalise: the hierarchy {file.name!r} puts one value in two places.")
    if not found:
        raise OperatorError(f"generalise: the hierarchy {file.name!r} holds no value.")
    return MappingProxyType(found)


def _table(text: str) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    delimiter = ";" if lines and ";" in lines[0] and "," not in lines[0] else ","
    return [[cell.strip() for cell in row if cell.strip()] for row in csv.reader(lines, delimiter=delimiter)]


def _tree(node: Any, above: tuple[str, ...]) -> list[list[str]]:  # Any: what TOML holds; what is no value is refused
    if isinstance(node, dict):
        return [row for name, below in node.items() for row in _tree(below, (name, *above))]
    if isinstance(node, list) and all(isinstance(one, str) for one in node):
        return [[one, *above] for one in node]
    raise OperatorError("generalise: the leaves of a hierarchy are lists of values in quotes.")
