"""The targets of a destruction under way, sealed under the ring that signs: only its holder can take it up again from them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from piiscrub.errors import DestructionError
from piiscrub.evidence.canonical import canonical
from piiscrub.keys.primitives import seal, unseal
from piiscrub.lifecycle.edits import Edits
from piiscrub.lifecycle.targets import Target, VaultKeys, VaultTokens

if TYPE_CHECKING:
    from piiscrub.keys.ring import KeyRing
    from piiscrub.keys.vault import Vault

_USE = "destruction journal"


def sealed(targets: Sequence[Target], keys: KeyRing, plan: str) -> dict[str, Any]:
    """What the journal keeps of targets of a person: places and vault keys. Nothing where there are others among them."""
    plain = [_plain(one) for one in targets]
    if not all(plain):
        return {}
    made = seal(keys.derive(_USE, ""), canonical(plain), plan.encode())
    return {"epoch": keys.epoch, "targets": made.hex()}


def opened(head: Mapping[str, Any], keys: KeyRing, vaults: Sequence[Vault]) -> list[Target]:
    """The targets again.

    Raises:
        KeysError: another ring. DestructionError: another kind of destruction, or a vault is missing.
    """
    if "targets" not in head:
        raise DestructionError(["another destruction is under way in this folder; finish it, or name another folder."])
    key = keys.derive(_USE, "", epoch=int(head["epoch"]))
    plain = json.loads(unseal(key, bytes.fromhex(head["targets"]), str(head["plan"]).encode()))
    return [_target(one, {vault.id: vault for vault in vaults}) for one in plain]


def _plain(target: Target) -> dict[str, Any]:
    if isinstance(target, Edits):
        return {"kind": "edits", **target.to_dict()}
    if isinstance(target, VaultKeys):
        return {"kind": "keys", "vault": target.vault.id, "scope": target.scope, "subject": target.subject}
    if isinstance(target, VaultTokens):
        return {"kind": "tokens", "vault": target.vault.id, "scope": target.scope, "tokens": list(target.tokens)}
    return {}


def _target(own: Mapping[str, Any], vaults: Mapping[str, Vault]) -> Target:
    if own["kind"] == "edits":
        return Edits.from_dict(own)
    vault = vaults.get(own["vault"])
    if vault is None:
        raise DestructionError(["the destruction under way speaks of a vault that was not named now; name it again."])
    if own["kind"] == "keys":
        return VaultKeys(vault=vault, scope=own["scope"], subject=own["subject"])
    return VaultTokens(vault=vault, scope=own["scope"], tokens=tuple(own["tokens"]))
