"""The manifest of a bundle: every file with its hash, and the signature over it all."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from piiscrub.evidence.canonical import canonical
from piiscrub.handing_over.paths import doubles, fault

if TYPE_CHECKING:
    from piiscrub.keys.ring import KeyRing

MANIFEST, SIGNATURE = "manifest.json", "signature.json"
FORMAT = 1
ALGORITHM = "Ed25519"
_DOMAIN = b"piiscrub bundle 1\0"
_LARGEST = 64 << 20  # bytes of a manifest that anybody is asked to read


class Unfit(ValueError):
    """A manifest or signature that cannot be taken for one; the message says why, without content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One file of the bundle; ``about`` says what it is: rows, columns, schema, entity counts."""

    name: str
    sha256: str
    size: int
    about: Mapping[str, Any]  # Any: plain data


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a bundle holds (``files``) and what it is (``about``: plain data without any value)."""

    files: tuple[Listed, ...]
    about: Mapping[str, Any]
    raw: bytes = b""

    def to_bytes(self) -> bytes:
        files = [{"name": f.name, "sha256": f.sha256, "size": f.size, "about": dict(f.about)} for f in self.files]
        return canonical({"format": FORMAT, "files": files, "about": dict(self.about)})

    @classmethod
    def parse(cls, data: bytes) -> Manifest:
        """Raises :class:`Unfit` for anything but what :meth:`to_bytes` gives, and for file names that are not safe."""
        table = _table(data, {"format", "files", "about"})
        if table["format"] != FORMAT:
            raise Unfit(f"its format is unknown; this version reads format {FORMAT}")
        if not isinstance(table["about"], dict) or not isinstance(table["files"], list):
            raise Unfit("it is no manifest")
        files = tuple(_listed(one) for one in table["files"])
        names = [file.name for file in files]
        if doubles(names):
            raise Unfit("it names a file twice")
        if {MANIFEST, SIGNATURE} & {name.casefold() for name in names}:
            raise Unfit("it names itself")
        return cls(files=files, about=table["about"], raw=data)


def _listed(one: Any) -> Listed:
    if not isinstance(one, dict) or set(one) != {"name", "sha256", "size", "about"} or not isinstance(one["about"], dict):
        raise Unfit("it is no manifest")
    if fault(one["name"]):
        raise Unfit(f"a file name in it {fault(one['name'])}")
    if not isinstance(one["sha256"], str) or len(one["sha256"]) != 64 or set(one["sha256"]) - set("0123456789abcdef"):
        raise Unfit("a hash in it is none")
    if type(one["size"]) is not int or one["size"] < 0:
        raise Unfit("a size in it is none")
    return Listed(name=one["name"], sha256=one["sha256"], size=one["size"], about=one["about"])


def sign(manifest: bytes, ring: KeyRing) -> bytes:
    """The signature file for a manifest."""
    signature = ring.sign(_DOMAIN + manifest)
    return canonical(
        {
            "format": FORMAT,
            "algorithm": ALGORITHM,
            "signer": base64.b64encode(ring.public_key).decode(),
            "signature": base64.b64encode(signature).decode(),
        }
    )


def signer_of(manifest: bytes, signature: bytes) -> bytes:
    """The public key (32 bytes) that signed the manifest.

    Raises:
        Unfit: the signature is none, of another algorithm, or does not fit the manifest.
    """
    from piiscrub.keys.signing import verify

    table = _table(signature, {"format", "algorithm", "signer", "signature"})
    if table["format"] != FORMAT or table["algorithm"] != ALGORITHM:
        raise Unfit(f"it is no {ALGORITHM} signature of format {FORMAT}")
    signer, made = (_decoded(table[key]) for key in ("signer", "signature"))
    if not verify(signer, made, _DOMAIN + manifest):
        raise Unfit("it does not fit the manifest")
    return signer


def fingerprint(public_key: bytes) -> str:
    """What people compare by telephone: SHA-256 of the public key, in groups of eight.

    >>> fingerprint(bytes(32))[:17]
    '66687AAD F862BD77'
    """
    text = hashlib.sha256(public_key).hexdigest().upper()
    return " ".join(text[i : i + 8] for i in range(0, 64, 8))


def hashed(stream: BinaryIO) -> tuple[str, int]:
    """SHA-256 and size of what is left in a stream."""
    made, size = hashlib.sha256(), 0
    while block := stream.read(1 << 20):
        made.update(block)
        size += len(block)
    return made.hexdigest(), size


def _decoded(text: object) -> bytes:
    try:
        data = base64.b64decode(text if isinstance(text, str) else "", validate=True)
    except ValueError:
        raise Unfit("it is no signature") from None
    if base64.b64encode(data).decode() != text:
        raise Unfit("it is no signature")
    return data


def _table(data: bytes, keys: set[str]) -> dict[str, Any]:
    if len(data) > _LARGEST:
        raise Unfit("it is too large")
    try:
        table = json.loads(data)
    except (ValueError, RecursionError):
        raise Unfit("it is no JSON") from None
    if not isinstance(table, dict) or set(table) != keys:
        raise Unfit("it lacks a part, or has one too many")
    try:
        same = canonical(table) == data
    except (TypeError, ValueError, RecursionError):
        same = False
    if not same:
        raise Unfit("it is not in the form it was written in")
    return table
