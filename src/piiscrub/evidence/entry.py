"""One line of a ledger, and the head that says where the ledger ends. Plain frozen data."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from piiscrub.evidence.canonical import canonical, digest

FORMAT = 1
FIRST = "0" * 64
"""What stands for the hash of the line before the first one."""
RECOVERED = "recovered"
_DOMAIN = b"piiscrub ledger 1\0"
_KEYS = frozenset(("format", "number", "time", "action", "fields", "previous", "signer", "hash", "signature"))


class Torn(ValueError):
    """A line that is no entry; the message says what is wrong with it, without its content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What happened, when, chained to the line before it by that line's hash.

    ``signer`` is the Ed25519 public key in base64. ``hash`` covers everything but itself and the signature, which signs it.
    """

    number: int
    time: str
    action: str
    fields: Mapping[str, Any]  # Any: whatever plain data an action records
    previous: str
    signer: str
    hash: str = ""
    signature: str = ""
    format: int = FORMAT

    def content(self) -> dict[str, Any]:
        """What the hash covers."""
        return {
            "format": self.format,
            "number": self.number,
            "time": self.time,
            "action": self.action,
            "fields": dict(self.fields),
            "previous": self.previous,
            "signer": self.signer,
        }

    def computed_hash(self) -> str:
        return digest(canonical(self.content()))

    def line(self) -> bytes:
        """The line of the file, with its end."""
        return canonical({**self.content(), "hash": self.hash, "signature": self.signature}) + b"\n"

    @property
    def head(self) -> Head:
        return Head(count=self.number, hash=self.hash, signer=self.signer, signature=self.signature)

    @classmethod
    def parse(cls, line: bytes) -> Entry:
        """The entry of a line without its end. Raises :class:`Torn` unless it is exactly what :meth:`line` writes."""
        try:
            table = json.loads(line)
        except (ValueError, RecursionError):
            raise Torn("no complete entry") from None
        if not isinstance(table, dict) or set(table) != _KEYS:
            raise Torn("no complete entry")
        types = {"format": int, "number": int, "fields": dict}
        if not all(type(value) is types.get(key, str) for key, value in table.items()):
            raise Torn("a field of the wrong type")
        if table["format"] != FORMAT:
            raise Torn(f"an unknown format; this version reads format {FORMAT}")
        entry = cls(**table)
        if entry.line() != line + b"\n":
            raise Torn("not in canonical form")
        return entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """How many entries a ledger had and the hash of the last: whoever keeps one elsewhere can tell if the end was cut off."""

    count: int
    hash: str
    signer: str
    signature: str

    def to_dict(self) -> dict[str, Any]:
        return {"count": self.count, "hash": self.hash, "signer": self.signer, "signature": self.signature}

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Head:
        """Raises ``ValueError`` for anything else than :meth:`to_dict` gives."""
        if set(table) != {"count", "hash", "signer", "signature"} or type(table["count"]) is not int:
            raise ValueError("no head of a ledger")
        if not all(isinstance(table[key], str) for key in ("hash", "signer", "signature")):
            raise ValueError("no head of a ledger")
        return cls(count=table["count"], hash=table["hash"], signer=table["signer"], signature=table["signature"])

    def is_signed(self) -> bool:
        """Whether its signer signed it."""
        return signed(self.signer, self.hash, self.signature)


def to_sign(hash_: str) -> bytes:
    """The bytes that are signed for an entry: they can be taken for nothing else."""
    return _DOMAIN + hash_.encode("ascii", "replace")


def signed(signer: str, hash_: str, signature: str) -> bool:
    """Whether a signature of base64 fits."""
    from piiscrub.keys.signing import verify

    try:
        return verify(base64.b64decode(signer, validate=True), base64.b64decode(signature, validate=True), to_sign(hash_))
    except ValueError:
        return False
