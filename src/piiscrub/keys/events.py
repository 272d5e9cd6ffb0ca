"""What was done with keys and vaults, as plain data: the operations return it, and the caller writes it to a ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from dataclasses import fields as dataclass_fields
from types import MappingProxyType
from typing import Literal, TypeAlias

Action: TypeAlias = Literal["keys-new", "keys-rotate", "keys-destroy", "keys-passphrase", "vault-shred", "restore"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyEvent:
    """One operation. It names keys, vaults and scopes by their ids and holds no key, no value and no time.

    ``epoch`` 0 stands for the whole ring. ``counts`` says how much was concerned, by what: data keys, tokens by entity …

    >>> KeyEvent(action="keys-rotate", key="kabc", epoch=2).to_dict()["epoch"]
    2
    """

    action: Action
    key: str
    epoch: int
    vault: str = ""
    scope: str = ""
    counts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    def to_dict(self) -> dict[str, object]:
        """Plain data, ready for JSON."""
        return {one.name: getattr(self, one.name) for one in dataclass_fields(self)} | {"counts": dict(self.counts)}
