"""What the caller hands in as keys, vault and scope, brought together."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from os import PathLike
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from piiscrub.errors import InputError, KeysError

if TYPE_CHECKING:
    from piiscrub.keys.bound import BoundKeys, HandedKeys, Keys
    from piiscrub.keys.scope import Scope
    from piiscrub.keys.vault import Vault

VaultLike: TypeAlias = "str | PathLike[str] | Vault"


def opened(vault: VaultLike, keys: Keys | None, *, create: bool) -> Vault:
    """The vault, open, with keys that fit it.

    Raises:
        KeysError: a path without keys; keys that are not those the vault was opened with.
    """
    from piiscrub.keys.bound import bound
    from piiscrub.keys.vault import Vault

    if not isinstance(vault, Vault):
        if keys is None:
            raise KeysError("a vault takes the key ring it was made with: hand over keys as well.")
        return Vault(vault, keys, create=create)
    if keys is not None:
        mine, theirs = bound(keys), vault.keys
        if (mine.id, mine.recipient, mine.purpose) != (theirs.id, theirs.recipient, theirs.purpose):
            raise KeysError(f"the vault was opened with key ring {theirs.id}, or for another recipient or purpose, than keys.")
    return vault


@contextlib.contextmanager
def scope_of(vault: VaultLike, keys: Keys | None, scope: str | None, *, create: bool = True) -> Iterator[Scope]:
    """The scope the caller means; a vault that was given as a path is closed afterwards."""
    there = opened(vault, keys, create=create)
    try:
        yield there.scope(scope, create=create)
    finally:
        if there is not vault:
            there.close()


class Secrets:
    """Keys and vault of a Scrubber. What was not handed in is made when first needed; none of it is pickled."""

    __slots__ = ("_given", "_left", "_made", "_vault")

    def __init__(self, keys: Keys | None, vault: VaultLike | None, left: str = "") -> None:
        self._given, self._vault, self._left = keys, vault, left
        self._made: dict[str, Any] = {}  # Any: keys, the open vault and its scope, by what they are

    def keys(self) -> BoundKeys:
        """The keys, or a ring that is kept nowhere.

        Raises:
            KeysError: there were some, and they were left behind.
        """
        from piiscrub.keys.bound import bound

        if self._left:
            raise KeysError(f"keys and vault do not travel with a Scrubber: hand over those of {self._left} by with_keys().")
        given = self._given
        if given is None and self._vault is not None:
            given = self._opened().keys
        return bound(given) if given is not None else cast("BoundKeys", self._made.setdefault("keys", bound(None)))

    def scope(self, name: str | None) -> Scope | None:
        """The scope of this name or id, or without a name the one of this Scrubber; None without a vault."""
        self.keys()
        if self._vault is None:
            if name is not None:
                raise InputError("scope takes a vault as well.")
            return None
        if name is not None:
            return self._opened().scope(name)
        there = self._made.get("scope")
        return cast("Scope", there or self._made.setdefault("scope", self._opened().scope()))

    def _opened(self) -> Vault:
        assert self._vault is not None
        there = self._made.get("vault")
        return cast("Vault", there or self._made.setdefault("vault", opened(self._vault, self._given, create=True)))

    def left_behind(self) -> Secrets:
        """What is pickled: nothing, and whose keys are missing then."""
        if self._left or (self._given is None and self._vault is None):
            return Secrets(None, None, self._left)
        return Secrets(None, None, f"key ring {self.keys().id}")

    def hand_over(self) -> tuple[HandedKeys, str | None]:
        """Keys and the place of the vault, for a worker process of this one and for nobody else."""
        return self.keys().hand_over(), None if self._vault is None else str(self._opened().path)

    @classmethod
    def received(cls, handed: tuple[HandedKeys, str | None]) -> Secrets:
        keys, vault = handed
        return cls(keys.bound(), vault)

    def __repr__(self) -> str:
        return "<Secrets>"

    def __reduce__(self) -> tuple[object, ...]:
        return Secrets, (None, None, self.left_behind()._left)
