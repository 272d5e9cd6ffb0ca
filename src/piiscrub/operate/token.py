"""Put a token in the value's place and the value into the vault."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from piiscrub.errors import OperatorError
from piiscrub.operate import params
from piiscrub.operate.protocol import DocumentState, VaultScope
from piiscrub.operate.values import OnValues, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Token(OnValues):
    """``<PERSON_3>``, numbered within the scope of the vault, or ``random``: ending in twelve letters drawn by chance.

    The value lies in the vault, encrypted; whoever has vault and keys gets it back with ``ps.restore``. Nothing of the token
    is computed from the value, so without the vault there is nothing to try out.
    """

    random: bool = False

    name: ClassVar[str] = "token"
    reversible: ClassVar[bool] = True
    permissive: ClassVar[bool] = False
    streams: ClassVar[bool] = True
    leaks: ClassVar[str] = "The kind; which places of one scope hold the same value; numbered, how many came before."
    family: ClassVar[str] = "pseudonymisation: independent table (GB/T 37964, ISO/IEC 20889)"

    def __post_init__(self) -> None:
        params.flag(self.name, "random", self.random)

    def work(self, entity: str, document: DocumentState, /) -> Work:
        scope = _scope(document)
        return lambda value: scope.put(entity, value, random=self.random)

    def many(self, values: Sequence[str], entity: str, document: DocumentState, /) -> list[str]:
        return _scope(document).put_many(entity, values, random=self.random)


def _scope(document: DocumentState) -> VaultScope:
    if document.vault is None:
        raise OperatorError("token: there is no vault to keep the values. Hand over vault=Vault(path, keys).")
    return document.vault
