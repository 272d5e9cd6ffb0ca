"""The built-in recognizer files once more, read and analysed when the wheel is built.

Reading 170 TOML files and working out where each pattern may match takes longer than the first scan may take. The index
holds the result by the hash of each file: one that was changed or added since is simply read again, so the files stay
the only source.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from piiscrub.packs.literal import Literal
from piiscrub.packs.schema import Check, Context, Pack, Pattern
from piiscrub.packs.shape import Shape, TokenShape, analyse

NAME = "index.json"
FORMAT = 3


def digest(content: bytes) -> str:
    """The hash under which a file is listed."""
    return hashlib.sha256(content).hexdigest()[:32]


def dumps(packs: Iterable[Pack]) -> str:
    """The index of packs that were read from files, as JSON."""
    listed = {digest(Path(pack.path).read_bytes()): _plain(pack) for pack in packs}
    return json.dumps({"format": FORMAT, "packs": listed}, ensure_ascii=False, separators=(",", ":"))


def read(folder: Path) -> Mapping[str, Mapping[str, Any]]:
    """The index of a folder by hash; empty where there is none of this format."""
    place = folder / NAME
    if not place.is_file():
        return {}
    index = json.loads(place.read_bytes())
    return index["packs"] if index.get("format") == FORMAT else {}


def pack_of(entry: Mapping[str, Any], path: str) -> Pack:
    """The pack that an entry of the index describes."""
    fields = dict(entry)
    fields["references"] = tuple(fields["references"])
    fields["patterns"] = tuple(_pattern(p) for p in fields["patterns"])
    fields["check"] = Check(**fields["check"]) if fields["check"] else None
    context: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in fields["context"].items()}
    fields["context"] = Context(**context)
    return Pack(**fields, path=path)


def _plain(pack: Pack) -> dict[str, Any]:
    fields = asdict(pack)
    del fields["path"]
    for pattern, plain in zip(pack.patterns, fields["patterns"], strict=True):
        shape = analyse(pattern.regex, ignore_case=pattern.ignore_case, limit=pattern.max, digit=pattern.digit)
        plain["shape"] = _plain_shape(shape)
    return fields


def _pattern(plain: Mapping[str, Any]) -> Pattern:
    fields = dict(plain)
    fields["shape"] = _shape(fields["shape"])
    return Pattern(**fields)


def _plain_shape(shape: Shape) -> dict[str, Any]:
    return {
        "tokens": None if shape.tokens is None else [_plain_set_fields(asdict(token)) for token in shape.tokens],
        "literal": None if shape.literal is None else _plain_set_fields(asdict(shape.literal)),
        "min_width": shape.min_width,
        "max_width": shape.max_width,
    }


def _plain_set_fields(fields: dict[str, Any]) -> dict[str, Any]:
    return {k: sorted(v) if isinstance(v, frozenset) else v for k, v in fields.items()}


def _shape(plain: Mapping[str, Any]) -> Shape:
    tokens, literal = plain["tokens"], plain["literal"]
    return Shape(
        tokens=None if tokens is None else tuple(TokenShape(**_set_fields(token)) for token in tokens),
        literal=None if literal is None else Literal(**_set_fields(literal)),
        min_width=plain["min_width"],
        max_width=plain["max_width"],
    )


def _set_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {k: frozenset(v) if isinstance(v, list) else v for k, v in fields.items()}
