"""The engine as the measures see it: scan a text, and ask the entity tree what is a what."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

Span = tuple[int, int, str, float]
"""start, end, entity, score: what every detector (ours or a peer's) is reduced to."""
Detector = Callable[[str], list[Span]]


@lru_cache(maxsize=2)
def _scrubber(names: bool) -> Any:
    import piiscrub

    return piiscrub.Scrubber(policy="review", ner="default" if names else None)


def scan(text: str, *, names: bool = False) -> Any:
    """Our result under the policy that the measures name, review: by patterns alone, or with names."""
    return _scrubber(names).scan(text)


def scan_many(texts: Iterable[str]) -> list[Any]:
    """The results of many texts, by patterns alone."""
    return list(_scrubber(False).scan_many(texts))


def ours(text: str) -> list[Span]:
    """Our findings as plain spans."""
    return [(f.start, f.end, f.entity, f.score) for f in scan(text).findings]


@lru_cache(maxsize=4096)
def _entity(name: str) -> Any:
    from piiscrub.errors import UnknownNameError
    from piiscrub.model import entities

    try:
        return entities.get(name)
    except UnknownNameError:  # a peer's own label is no error here: it is nothing but itself
        return None


@lru_cache(maxsize=4096)
def canonical(name: str) -> str:
    """Our name of an entity, given ours, the rule book's or Presidio's."""
    entity = _entity(name)
    return entity.name if entity is not None else name


@lru_cache(maxsize=4096)
def family(name: str) -> tuple[str, ...]:
    """The entity and its ancestors, nearest first."""
    chain: list[str] = []
    here: str | None = canonical(name)
    while here and here not in chain:
        chain.append(here)
        entity = _entity(here)
        here = getattr(entity, "parent", None) if entity is not None else None
        here = getattr(here, "name", here)
    return tuple(chain)


def is_a(name: str, ancestor: str) -> bool:
    """Is `name` the entity `ancestor` or one of its descendants?"""
    return canonical(ancestor) in family(name)


@lru_cache(maxsize=4096)
def corpus_label(name: str) -> str:
    """The label that the shared corpora use for an entity (an attribute of the tree); its own name when it has none."""
    for member in family(name):
        label = getattr(_entity(member), "corpus", "") if _entity(member) is not None else ""
        if label:
            return str(label)
    return name


def readings(finding: Any) -> list[tuple[str, str]]:
    """(entity, check) of a finding and of its alternatives."""
    return [(finding.entity, finding.check), *((a.entity, a.check) for a in finding.alternatives)]
