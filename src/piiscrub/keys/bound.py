"""Keys for one recipient and one purpose: what operators work with."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field, replace
from typing import NoReturn, TypeAlias

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

    def __reduce__(self) -> NoReturn:
        raise TypeError("Keys are not pickled: they go only where they are handed on purpose.")


Keys: TypeAlias = KeyRing | BoundKeys
"""What a caller may hand in as ``keys``."""


def bound(keys: Keys | None) -> BoundKeys:
    """What the caller handed in as keys, bound; without any, a ring for this call."""
    if isinstance(keys, BoundKeys):
        return keys
    return BoundKeys(KeyRing.ephemeral() if keys is None else keys)
