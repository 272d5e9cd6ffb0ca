"""The certificate of a destruction: what was destroyed, by whom, how, what is proved and what is not (rule book B6).

It holds no value of the persons whose data went: counts, names of files as they may be shown, and codes under a key of the
ring, by which the owner can tell later which list it was about.
"""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from piiscrub.errors import SourceError
from piiscrub.evidence.canonical import canonical, digest
from piiscrub.lifecycle.items import Item
from piiscrub.lifecycle.judging import Kept
from piiscrub.lifecycle.order import Order
from piiscrub.render.catalogue import LANGUAGES, say

if TYPE_CHECKING:
    from piiscrub.keys.ring import KeyRing

FORMAT = 1
CERTIFICATE, SIGNATURE, PAGE = "certificate.json", "signature.json", "certificate.html"
COMPLETE, INCOMPLETE = "complete", "incomplete"
_DOMAIN = b"piiscrub certificate 1\0"
_LARGEST = 256 << 20


@dataclass(frozen=True, slots=True)
class Certificate:
    """The content as plain data, the bytes that are signed, and the signature file."""

    content: Mapping[str, Any]
    raw: bytes
    signature: bytes

    @property
    def complete(self) -> bool:
        return bool(self.content["status"] == COMPLETE)

    @property
    def sha256(self) -> str:
        return digest(self.raw)

    def to_html(self) -> str:
        from piiscrub.render.certificate import certificate_html

        # Of what is signed, and in its order: who checks the page has nothing else to make it from.
        return certificate_html(json.loads(self.raw), self.signer, self.sha256)

    @property
    def signer(self) -> str:
        """The public key, in base64."""
        return str(json.loads(self.signature)["signer"])

    def _repr_html_(self) -> str:
        return self.to_html()

    def __repr__(self) -> str:
        return f"<Certificate {self.content['number']}: {self.content['status']}, {len(self.content['object']['items'])} things>"


def issue(
    order: Order,
    items: Sequence[Item],
    outcomes: Sequence[Mapping[str, Any]],
    ring: KeyRing,
    *,
    code: str,
    checked: Sequence[str],
    started: str,
    now: datetime,
    tool: str,
    ledger: Mapping[str, Any] | None,
    kept: Sequence[Kept] = (),
    unsearched: Sequence[tuple[str, str]] = (),
) -> Certificate:
    """Make and sign it. ``outcomes``: what each thing came to, with ``gone`` from the second look; ``kept``: what had to stay;
    ``unsearched``: names of what a person was not looked for in, each with the cause.
    """
    done = all(one["done"] and one["gone"] for one in outcomes)
    hows = {str(one["how"]) for one in outcomes}
    moment = now.isoformat(timespec="seconds")
    limits, by_hand = _limits({item.method for item in items}, hows, order, kept=bool(kept), unsearched=bool(unsearched))
    content: dict[str, Any] = {
        "format": FORMAT,
        "status": COMPLETE if done else INCOMPLETE,
        "number": f"D{now:%Y%m%d}-{code[:10]}",
        "issued": moment,
        "identity": {"tool": tool, "organisation": order.organisation, "basis": order.basis},
        "object": _object(order, items, outcomes, code=code, kept=kept, unsearched=unsearched),
        "approval": {
            "requester": order.requester,
            "reason": order.reason,
            "approver": order.approver,
            "approved": order.approved,
            "checked": list(checked),
        },
        "action": {
            "start": started,
            "end": moment,
            "errors": sum(not one["done"] for one in outcomes),
            "copies": list(order.copies),
        },
        "proof": {
            "method": "full",
            "objects": len(items),
            "gone": sum(bool(one["gone"]) for one in outcomes),
            "verifier": tool,
            "notified": list(order.notified),
        },
        "people": {
            "operator": order.operator,
            "witness": order.witness,
            "position": order.position,
            "place": order.place,
            "contact": order.contact,
            "two_persons": order.two_persons,
        },
        "keep": {"years": order.keep_years, "ledger": None if ledger is None else dict(ledger)},
        "limits": [_both(f"limit-{one}") for one in limits],
        "by_hand": [_both(f"hand-{one}") for one in by_hand],
    }
    raw = canonical(content)
    return Certificate(content, raw, _signature(raw, ring))


def _object(
    order: Order,
    items: Sequence[Item],
    outcomes: Sequence[Mapping[str, Any]],
    *,
    code: str,
    kept: Sequence[Kept],
    unsearched: Sequence[tuple[str, str]],
) -> dict[str, Any]:
    """What was destroyed, thing by thing, what had to stay, and what was not looked into."""
    counts = Counter[str]()
    for item in items:
        counts.update(item.counts)
    told: dict[str, Any] = {
        "category": order.category,
        "grade": order.grade,
        "system": order.system,
        "location": order.location,
        "media": order.media,
        "persons": order.persons,
        "date_range": order.date_range,
        "counts": dict(sorted(counts.items())),
        "inventory": code,
        "kept": _stays(kept),
        "items": [
            {
                "kind": item.kind,
                "name": item.shown,
                "counts": dict(item.counts),
                "method": item.method,
                **{key: one[key] for key in ("done", "gone", "how", "error")},
            }
            for item, one in zip(items, outcomes, strict=True)
        ],
    }
    if unsearched:
        told["unsearched"] = [{"name": name, "cause": cause} for name, cause in unsearched]
    return told


def _signature(raw: bytes, ring: KeyRing) -> bytes:
    """Who signed these bytes, and how."""
    return canonical(
        {
            "format": FORMAT,
            "algorithm": "Ed25519",
            "signer": base64.b64encode(ring.public_key).decode(),
            "signature": base64.b64encode(ring.sign(_DOMAIN + raw)).decode(),
        }
    )


def read(folder: Path, *, signer: bytes | str | None = None) -> Certificate:
    """The certificate in a folder, if nobody has changed it.

    Args:
        signer: the public key (32 bytes, their base64 or hexadecimal digits) of whoever must have signed; without it, only
            that whoever is named in the signature signed exactly this.

    Raises:
        SourceError: it is not there, was changed, is not signed, or by somebody else.
        KeysError: ``signer`` is no public key.
    """
    from piiscrub.keys.signing import public_key, verify

    parts = []
    for name in (CERTIFICATE, SIGNATURE):
        try:
            with (folder / name).open("rb") as stream:
                parts.append(stream.read(_LARGEST))
        except OSError as error:
            raise SourceError(f"{folder.name}: holds no certificate ({name}: {error.strerror}).") from None
    raw, signature = parts
    try:
        table = json.loads(signature)
        key, made = (base64.b64decode(table[name], validate=True) for name in ("signer", "signature"))
        content = json.loads(raw)
        good = verify(key, made, _DOMAIN + raw) and content["format"] == FORMAT and canonical(content) == raw
    except (ValueError, KeyError, TypeError, RecursionError):
        good = False
    if not good:
        raise _changed(f"{CERTIFICATE}: is not as it was signed.")
    if signer is not None and public_key(signer) != key:
        raise _changed(f"{CERTIFICATE}: was signed by another key than the one you expect.")
    return Certificate(content, raw, signature)


def _changed(sentence: str) -> SourceError:
    error = SourceError(sentence)
    error.code = "source-changed-certificate"
    return error


def _stays(kept: Sequence[Kept]) -> list[dict[str, Any]]:
    """What had to stay, by place, rule and last day."""
    counts = Counter((one.position.rpartition("#")[0], one.rule, one.source, one.until) for one in kept)
    return [
        {"name": name, "rows": n, "rule": rule, "source": source, "until": until}
        for (name, rule, source, until), n in sorted(counts.items())
    ]


def _limits(methods: set[str], hows: set[str], order: Order, *, kept: bool, unsearched: bool) -> tuple[list[str], list[str]]:
    """What the certificate does not claim, and what a person still has to do."""
    limits: list[str] = []
    if methods & {"clear", "row-deletion", "redaction"}:
        limits += ["clear", "ssd", "snapshots"]
    if hows & {"deleted", "deleted-freed", "edited-database", "edited-freed"}:
        limits.append("database" if hows & {"deleted", "edited-database"} else "database-freed")
    if "cryptographic-erase" in methods:
        limits.append("keys")
    if "other-names" in hows:
        limits.append("names")
    if hows & {"gone-before", "rewritten-before", "shredded-before", "tokens-before"}:
        limits.append("interrupted")
    by_hand = (["unsearched"] if unsearched else []) + ["backups", "media", "logs"]
    by_hand += ([] if order.notified else ["recipients"]) + (["kept"] if kept else []) + ["sign"]
    return [*limits, "copies"], by_hand


def _both(key: str) -> dict[str, str]:
    return {"id": key} | {lang: say(f"lifecycle.{key}", lang) for lang in LANGUAGES}
