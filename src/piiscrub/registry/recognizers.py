"""Recognizers by name: the built-in packs, files and folders of the caller, plug-ins of named distributions."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.metadata import entry_points
from os import PathLike
from pathlib import Path
from typing import TypeAlias

from piiscrub.errors import InputError, UnknownNameError
from piiscrub.packs.load import load_folder, load_pack, load_words, packs_folder
from piiscrub.packs.schema import Pack
from piiscrub.recognize.engine import Engine
from piiscrub.recognize.protocol import Recognizer
from piiscrub.render.table import Table

RecognizerLike: TypeAlias = Pack | Recognizer | str | PathLike[str] | Sequence[Pack]
GROUP = "piiscrub.recognizers"
_DISTRIBUTION = "dist:"


@lru_cache(maxsize=1)
def builtin_packs() -> tuple[Pack, ...]:
    """The packs that come with the library."""
    return load_folder(packs_folder())


@lru_cache(maxsize=16)
def engine_for(extra: tuple[Pack, ...] = ()) -> Engine:
    """The engine over the built-in packs and ``extra`` ones; an extra pack replaces a built-in one of the same id."""
    replaced = {pack.id for pack in extra}
    packs = [pack for pack in builtin_packs() if pack.id not in replaced]
    return Engine([*packs, *extra], load_words(packs_folder() / "words" / "negative.toml"))


@lru_cache(maxsize=16)
def packs_hash(packs: tuple[Pack, ...]) -> str:
    """SHA-256 over what the packs say (not over their examples), for the evidence."""
    digest = hashlib.sha256()
    for pack in packs:
        digest.update(repr(replace(pack, path="")).encode() + b"\0")
    return digest.hexdigest()


def load_recognizer(path: str | PathLike[str]) -> Pack | tuple[Pack, ...]:
    """Read one pack file, or every pack of a folder; hand the result to ``Scrubber(recognizers=...)``.

    Raises:
        PackError: if a file is wrong; the message names the file, the key and what to do.
    """
    place = Path(path)
    return load_folder(place) if place.is_dir() else load_pack(place)


def split(recognizers: Sequence[RecognizerLike]) -> tuple[tuple[Pack, ...], tuple[Recognizer, ...]]:
    """Sort what the caller handed in into packs and objects that find on their own."""
    packs: list[Pack] = []
    others: list[Recognizer] = []
    for item in recognizers:
        if isinstance(item, Pack):
            packs.append(item)
        elif isinstance(item, str) and item.startswith(_DISTRIBUTION):
            inner_packs, inner = split(_plugins(item.removeprefix(_DISTRIBUTION)))
            packs.extend(inner_packs)
            others.extend(inner)
        elif isinstance(item, str | PathLike):
            loaded = load_recognizer(item)
            packs.extend([loaded] if isinstance(loaded, Pack) else loaded)
        elif isinstance(item, Sequence):
            packs.extend(item)
        elif isinstance(item, Recognizer):
            others.append(item)
        else:
            raise InputError(
                f"recognizers takes packs, paths, 'dist:NAME' or objects with id, entities and find, not {type(item).__name__}."
            )
    return tuple(packs), tuple(others)


def _plugins(distribution: str) -> list[RecognizerLike]:
    """The recognizers one installed distribution offers. Nothing of any other distribution is loaded."""
    offered = [ep for ep in entry_points(group=GROUP) if ep.dist is not None]
    names = {ep.dist.name for ep in offered if ep.dist is not None}
    if distribution not in names:
        raise UnknownNameError("distribution with recognizers", distribution, names)
    return [ep.load()() for ep in offered if ep.dist is not None and ep.dist.name == distribution]


def recognizers() -> Table:
    """The built-in recognizers as a table: id, entity, country, titles, mode, check, status, version, references."""
    rows = (
        {
            "id": pack.id, "entity": pack.entity, "country": pack.country, "title": pack.title_en, "title_zh": pack.title_zh,
            "mode": pack.mode, "check": ", ".join(sorted({p.validator for p in pack.patterns if p.validator})),
            "status": pack.status, "version": pack.version, "as_of": pack.as_of, "confidence": pack.confidence,
            "references": "; ".join(pack.references),
        }  # fmt: skip
        for pack in builtin_packs()
    )
    return Table(rows, caption="recognizers")
