"""Keys for one recipient and one purpose: what operators work with."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field, replace
from typing import NoReturn, TypeAlias

from piiscrub.errors import KeysError
from piiscrub.keys.fields import fields
from piiscrub.keys.ring import KeyRing
from piiscrub.keys.stream import KeyedStream


@dataclass(frozen=True, slots=True, eq=False)
class BoundKeys:
    """A ring bound to a recipient and a purpose: two recipients never get the same key.

    ``at`` is the epoch whose keys it gives, the present one of the ring unless told.

    >>> keys = BoundKeys(KeyRing.ephemeral(), recipient="Example Ltd", purpose="billing")
    >>> len(keys.key("hash", "PERSON")), keys.ephemeral
    (32, True)
    >>> keys.stream("noise", "plan", "column").bytes(4) == keys.stream("noise", "plan", "column").bytes(4)
    True
    """

    ring: KeyRing = field(repr=False)
    recipient: str = ""
    purpose: str = ""
    at: int = 0
    _made: dict[tuple[str, str], bytes] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        if not isinstance(self.ring, KeyRing):
            raise KeysError(
                f"BoundKeys takes a KeyRing, not {type(self.ring).__name__}. Open a key file with KeyRing.load(path)."
            )
        if not self.at:
            object.__setattr__(self, "at", self.ring.epoch)

    def key(self, use: str, group: str) -> bytes:
        """The 32 bytes for one use (``hash``, ``siv`` …) and one linkage group or entity.

        Raises:
            KeysError: the epoch was destroyed.
        """
        made = self._made.get((use, group))
        if made is None:
            made = self.ring.derive(use, group, recipient=self.recipient, purpose=self.purpose, epoch=self.at)
            self._made[use, group] = made
        return made

    def stream(self, use: str, group: str, *more: str) -> KeyedStream:
        """Chance that is the same every time for the same key and the same words."""
        return KeyedStream(hmac.digest(self.key(f"stream {use}", group), fields(*more), hashlib.sha256))

    def in_epoch(self, epoch: int) -> BoundKeys:
        """The same with the keys of another epoch, to open what was made then."""
        return replace(self, at=epoch)

    @property
    def id(self) -> str:
        return self.ring.id

    @property
    def epoch(self) -> int:
        return self.at

    @property
    def ephemeral(self) -> bool:
        """Whether the ring is kept nowhere, so that nothing made with it has a way back."""
        return self.ring.is_ephemeral

    @property
    def named(self) -> str:
        """How evidence names these keys."""
        return "ephemeral: random, kept nowhere" if self.ephemeral else f"{self.id}, epoch {self.epoch}"

    def hand_over(self) -> HandedKeys:
        """The same keys in a form that is pickled, for worker processes of this one."""
        return HandedKeys(*self.ring.secrets(), self.ephemeral, self.recipient, self.purpose, self.at)

    def __reduce__(self) -> NoReturn:
        raise TypeError("Keys are not pickled: they go only where they are handed on purpose.")


@dataclass(frozen=True, slots=True, eq=False)
class HandedKeys:
    """Keys on their way to a worker process. They hold the keys in the clear: never write them anywhere."""

    master: bytes = field(repr=False)
    salts: dict[int, bytes | None] = field(repr=False)
    ephemeral: bool
    recipient: str
    purpose: str
    at: int

    def bound(self) -> BoundKeys:
        """The keys, in the process that received them."""
        ring = KeyRing(self.master, self.salts, ephemeral=self.ephemeral)
        return BoundKeys(ring, recipient=self.recipient, purpose=self.purpose, at=self.at)


Keys: TypeAlias = KeyRing | BoundKeys
"""What a caller may hand in as ``keys``."""


def bound(keys: Keys | None) -> BoundKeys:
    """What the caller handed in as keys, bound; without any, a ring for this call."""
    if isinstance(keys, BoundKeys):
        return keys
    if keys is not None and not isinstance(keys, KeyRing):
        raise KeysError(f"keys takes a KeyRing or BoundKeys, not {type(keys).__name__}. Open a key file with KeyRing.load(path).")
    return BoundKeys(KeyRing.ephemeral() if keys is None else keys)
