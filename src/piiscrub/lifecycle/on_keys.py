"""Keys as things to be destroyed: data keys of a vault (crypto-shredding) and epochs of a key ring."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from piiscrub.errors import KeysError
from piiscrub.keys.ceremony import Destruction
from piiscrub.keys.vault_file import wipe
from piiscrub.lifecycle.items import Intend, Method, Outcome
from piiscrub.lifecycle.places import Place
from piiscrub.lifecycle.targets import KeyEpoch, VaultKeys, VaultTokens

_SCOPE_ID = re.compile("s[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultItem:
    """The data key of a scope, or of one subject in it."""

    target: VaultKeys = field(repr=False)
    scope: str
    counts: Mapping[str, int]
    obstacle: str = ""
    kind: str = "vault keys"
    method: Method = "cryptographic-erase"

    @classmethod
    def of(cls, target: VaultKeys) -> VaultItem:
        """Raises KeysError: no such scope or subject, or it was shredded before."""
        keys, tokens, open_ = _state(target)
        if not keys:
            raise KeysError("the vault has no such scope or subject for this key ring, recipient and purpose.")
        if not open_:
            raise KeysError("the scope or subject was shredded before.")
        return cls(target=target, scope=_id(target), counts={"data keys": open_, "tokens": tokens})

    @classmethod
    def resumed(cls, target: VaultKeys, seal: Mapping[str, Any]) -> VaultItem:
        return cls(target=target, scope=_id(target), counts=dict(seal["counts"]))

    @property
    def shown(self) -> str:
        who = ", one subject" if self.target.subject else ""
        return f"vault {self.target.vault.id}, scope {self.scope}{who}"

    def seal(self) -> dict[str, Any]:
        vault = self.target.vault
        who = vault.handle("subject", self.scope, self.target.subject) if self.target.subject else ""
        return {"kind": self.kind, "vault": vault.id, "scope": self.scope, "subject": who, "counts": dict(self.counts)}

    def destroy(self, intend: Intend, intended: str) -> Outcome:
        vault = self.target.vault
        if self.gone():  # a crash may have come between the deletion and the rebuilding of the file
            with vault.reading() as connection:
                wipe(connection, vault.path, ())
            return Outcome(done=True, how="shredded-before")
        event = vault.scope(self.scope, create=False).shred(subject=self.target.subject)
        return Outcome(done=True, how="shredded", counts=dict(event.counts))

    def gone(self, intended: str = "") -> bool:
        keys, tokens, open_ = _state(self.target)
        return bool(keys) and not open_ and not tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class TokensItem:
    """Single tokens of a scope: their rows are deleted, the log is emptied, the file rebuilt and searched."""

    target: VaultTokens = field(repr=False)
    scope: str
    counts: Mapping[str, int]
    obstacle: str = ""
    kind: str = "vault tokens"
    method: Method = "row-deletion"

    @classmethod
    def of(cls, target: VaultTokens) -> TokensItem:
        """Raises KeysError: one of them is not there."""
        scope = _id(target)
        if len(_sealed(target, scope)) < len(set(target.tokens)):
            raise KeysError("the vault has not all of these tokens in this scope.")
        return cls(target=target, scope=scope, counts={"tokens": len(set(target.tokens))})

    @classmethod
    def resumed(cls, target: VaultTokens, seal: Mapping[str, Any]) -> TokensItem:
        return cls(target=target, scope=_id(target), counts=dict(seal["counts"]))

    @property
    def shown(self) -> str:
        return f"vault {self.target.vault.id}, scope {self.scope}"

    def seal(self) -> dict[str, Any]:
        own = {"kind": self.kind, "vault": self.target.vault.id, "scope": self.scope}
        return {**own, "tokens": sorted(set(self.target.tokens)), "counts": dict(self.counts)}

    def destroy(self, intend: Intend, intended: str) -> Outcome:
        vault, before = self.target.vault, self.gone()
        sealed = _sealed(self.target, self.scope)
        with vault.writing() as connection:
            rows = [(self.scope, token) for token in self.target.tokens]
            connection.executemany("DELETE FROM tokens WHERE scope = ? AND token = ?", rows)
        with vault.reading() as connection:  # also where a crash came between the deletion and the rebuilding
            wipe(connection, vault.path, sealed)
        return Outcome(done=True, how="tokens-before" if before else "tokens-deleted", counts=dict(self.counts))

    def gone(self, intended: str = "") -> bool:
        return not _sealed(self.target, self.scope)


def _sealed(target: VaultTokens, scope: str) -> list[bytes]:
    """What is there of the tokens."""
    sql = "SELECT sealed FROM tokens WHERE scope = ? AND token = ?"
    with target.vault.reading() as connection:
        found = [connection.execute(sql, (scope, token)).fetchone() for token in sorted(set(target.tokens))]
    return [bytes(row[0]) for row in found if row is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class EpochItem:
    """The salt of an epoch: what was derived with it can be derived no more."""

    target: KeyEpoch = field(repr=False)
    counts: Mapping[str, int] = field(default_factory=lambda: {"epochs": 1})
    obstacle: str = ""
    kind: str = "key epoch"
    method: Method = "cryptographic-erase"

    @classmethod
    def of(cls, target: KeyEpoch) -> EpochItem:
        """Raises KeysError: the ring has no file, or no such epoch."""
        Destruction(target.ring, target.epoch)
        return cls(target=target)

    @property
    def shown(self) -> str:
        return f"key ring {self.target.ring.id}, epoch {self.target.epoch}"

    def seal(self) -> dict[str, Any]:
        return {"kind": self.kind, "key": self.target.ring.id, "epoch": self.target.epoch}

    def destroy(self, intend: Intend, intended: str) -> Outcome:
        path = self.target.ring.path
        assert path is not None
        _remove_strays(path, self.target.ring.id)
        if self.gone():
            return Outcome(done=True, how="gone-before")
        step = Destruction(self.target.ring, self.target.epoch)
        step.confirm(step.code)
        return Outcome(done=True, how="epoch-destroyed", counts={"epochs": 1})

    def gone(self, intended: str = "") -> bool:
        path = self.target.ring.path
        assert path is not None
        try:
            epochs = json.loads(path.read_bytes())["epochs"]
        except (OSError, ValueError, KeyError, TypeError):
            raise KeysError("the key file cannot be read.") from None
        return str(self.target.epoch) in epochs and epochs[str(self.target.epoch)] is None


def _remove_strays(path: Path, ring: str) -> None:
    """What a crash in the middle of writing the key file has left beside it: another file with the keys of this ring."""
    for stray in path.parent.glob(".piiscrub-*.tmp"):
        try:
            mine = not stray.is_symlink() and json.loads(stray.read_bytes()).get("id") == ring
        except (OSError, ValueError, AttributeError):
            continue
        if mine:
            Place.of(stray).wipe()


def _id(target: VaultKeys | VaultTokens) -> str:
    return target.scope if _SCOPE_ID.fullmatch(target.scope) else "s" + target.vault.handle("scope", target.scope)


def _state(target: VaultKeys) -> tuple[int, int, int]:
    """Data keys there ever were, tokens there are, data keys that still open."""
    vault, scope = target.vault, _id(target)
    who = vault.handle("subject", scope, target.subject) if target.subject else None
    one, where = ("scope = ? AND subject = ?", (scope, who)) if who else ("scope = ?", (scope,))
    with vault.reading() as connection:
        keys, open_ = connection.execute(f"SELECT count(*), count(wrapped) FROM data_keys WHERE {one}", where).fetchone()  # noqa: S608  # one of the two texts above
        tokens = connection.execute(f"SELECT count(*) FROM tokens WHERE {one}", where).fetchone()[0]  # noqa: S608  # as above
    return int(keys), int(tokens), int(open_)
