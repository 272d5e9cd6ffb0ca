"""Recognizers by name: the built-in packs, files and folders of the caller, plug-ins of named distributions."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeGuard

from piiscrub.errors import InputError, UnknownNameError
from piiscrub.packs.load import load_folder, load_pack, load_words, packs_folder
from piiscrub.packs.schema import Pack
from piiscrub.recognize.engine import Engine
from piiscrub.recognize.protocol import Recognizer
from piiscrub.render.table import Table

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

RecognizerLike: TypeAlias = Pack | Recognizer | str | PathLike[str] | Sequence["RecognizerLike"]
GROUP = "piiscrub.recognizers"
_DISTRIBUTION = "dist:"
_RUNS = re.compile(r"[-_.]+")


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


@lru_cache(maxsize=16)
def hash_for(engine: Engine) -> str:
    """``packs_hash`` of an engine's packs, remembered by which engine it is.

    Every text asks, and to look two hundred packs up by what they say takes longer than to scrub a short one.
    """
    return packs_hash(engine.packs)


def load_recognizer(path: str | PathLike[str]) -> Pack | tuple[Pack, ...]:
    """Read one pack file, or every pack of a folder; hand the result to ``Scrubber(recognizers=[...])``.

    Raises:
        PackError: if a file is wrong; the message names the file, the key and what to do.

    >>> load_recognizer(packs_folder() / "cn" / "cn_mobile.toml").id
    'cn_mobile'
    """
    place = Path(path)
    return load_folder(place) if place.is_dir() else load_pack(place)


def split(recognizers: Sequence[RecognizerLike]) -> tuple[tuple[Pack, ...], tuple[Recognizer, ...]]:
    """Sort what the caller handed in into packs and objects that find on their own.

    Raises:
        InputError: for something that is neither.
    """
    if isinstance(recognizers, str | PathLike):
        raise InputError("recognizers takes a list; put the path into one: [path].")
    if not isinstance(recognizers, Iterable):
        raise InputError(f"recognizers takes a list; put the {type(recognizers).__name__} into one: [recognizer].")
    packs: list[Pack] = []
    others: list[Recognizer] = []
    for item in recognizers:
        if isinstance(item, Pack):
            packs.append(item)
        elif isinstance(item, str | PathLike | Sequence):
            inner_packs, inner = split(_unfolded(item))
            packs.extend(inner_packs)
            others.extend(inner)
        elif _finds(item):
            others.append(item)
        else:
            raise InputError(
                f"recognizers takes packs, paths, 'dist:NAME' or objects with id, entities and find, not {type(item).__name__}."
            )
    return tuple(packs), tuple(others)


def _finds(item: object) -> TypeGuard[Recognizer]:
    return isinstance(item, Recognizer) and not isinstance(item, type)


def _unfolded(item: str | PathLike[str] | Sequence[RecognizerLike]) -> Sequence[RecognizerLike]:
    """What a path, the name of a distribution or a sequence stands for."""
    if isinstance(item, str) and item.startswith(_DISTRIBUTION):
        return _plugins(item.removeprefix(_DISTRIBUTION))
    if isinstance(item, str | PathLike):
        loaded = load_recognizer(item)
        return (loaded,) if isinstance(loaded, Pack) else loaded
    return item


def _plugins(distribution: str) -> list[RecognizerLike]:
    """The recognizers one installed distribution offers. Nothing of any other distribution is loaded."""
    from importlib.metadata import entry_points  # only a caller who names a distribution pays for it

    offered = [(ep.dist.name, ep) for ep in entry_points(group=GROUP) if ep.dist is not None]
    chosen = [ep for name, ep in offered if _normal(name) == _normal(distribution)]
    if not chosen:
        raise UnknownNameError("distribution with recognizers", distribution, {name for name, _ in offered})
    return [_plugin(distribution, ep) for ep in chosen]


def _plugin(distribution: str, point: EntryPoint) -> RecognizerLike:
    """What one entry point of a distribution gives."""
    try:
        made: RecognizerLike = point.load()()
    except Exception as error:  # noqa: BLE001  # whatever a stranger's module raises while it is imported or called
        raise InputError(f"{_DISTRIBUTION}{distribution}: the plug-in cannot be loaded: {type(error).__name__}.") from None
    return made


def _normal(distribution: str) -> str:
    """My.Plug_In and my-plug-in are one distribution (packaging specification, name normalization)."""
    return _RUNS.sub("-", distribution).lower()


def recognizers() -> Table:
    """The built-in recognizers as a table: what each finds, how it decides, how well it is tested, after which sources.

    ``modes`` are those of its patterns (auto: reported alone, boost: reported low, context: only beside a label);
    ``validators`` are the checks, ``parser`` the code that finds the place where no pattern can.

    >>> [row["validators"] for row in recognizers() if row["id"] == "cn_id_card"]
    ['cn_id_card']
    """
    return Table((_row(pack) for pack in builtin_packs()), caption="recognizers")


def _row(pack: Pack) -> dict[str, object]:
    return {
        "id": pack.id,
        "entity": pack.entity,
        "country": pack.country,
        "title_en": pack.title_en,
        "title_zh": pack.title_zh,
        "modes": ", ".join(_once(pattern.mode for pattern in pack.patterns) or (pack.mode,)),
        "validators": ", ".join(_once(pattern.validator for pattern in pack.patterns if pattern.validator)),
        "parser": pack.parser,
        "status": pack.status,
        "version": pack.version,
        "as_of": pack.as_of,
        "confidence": pack.confidence,
        "references": "; ".join(pack.references),
    }


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
