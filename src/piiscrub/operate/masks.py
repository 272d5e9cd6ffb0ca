"""Reads ``masks.toml``: for each entity and style the shapes a value may be masked in, with safe inheritance.

A mask leaves part of the value readable, so a rule for a parent reaches a child only if the child identifies no more
directly and is no more sensitive: the same rule as in ``model/policy.py``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from piiscrub.model import entities
from piiscrub.operate.shapes import SHAPES, Shape

STYLES = ("display", "strict")


@lru_cache(maxsize=1)
def written() -> Mapping[str, Mapping[str, tuple[Shape, ...]]]:
    """The rules as the file has them: entity → style → shapes to try in turn."""
    raw: dict[str, Any] = tomllib.loads(Path(__file__).with_name("masks.toml").read_text(encoding="utf-8"))
    return {
        name: {style: tuple(_shape(rule) for rule in rules[style]) for style in STYLES if style in rules}
        for name, rules in raw.items()
        if isinstance(rules, dict)
    }


@lru_cache(maxsize=4096)
def shapes_for(entity: str, style: str) -> tuple[Shape, ...]:
    """The shapes to try in turn; empty means: mask it whole.

    An entity with a display rule and no strict one is masked whole under strict, not by its parent's strict rule.
    """
    if entity not in entities.tree():
        return ()
    for name in (entity, *entities.ancestors(entity)):
        if name in written():
            return () if entities.exceeds(entity, name) else written()[name].get(style, ())
    return ()


def _shape(rule: Mapping[str, Any]) -> Shape:
    return SHAPES[rule["kind"]](**{key: value for key, value in rule.items() if key != "kind"})
