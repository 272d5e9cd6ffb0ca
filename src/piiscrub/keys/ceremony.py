"""What is done to a key ring in its life: made, rotated, destroyed in part or whole. Each gives an event for the ledger."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from piiscrub.errors import KeysError
from piiscrub.keys.events import KeyEvent
from piiscrub.keys.fields import fields
from piiscrub.keys.ring import KeyRing

OF_AN_EPOCH = ("pseudonyms", "encrypted", "vaults")
OF_THE_RING = (*OF_AN_EPOCH, "signatures")


def made(ring: KeyRing) -> KeyEvent:
    """That this ring was made."""
    return KeyEvent(action="keys-new", key=ring.id, epoch=ring.epoch)


def rotate(ring: KeyRing) -> tuple[KeyRing, KeyEvent]:
    """Begin a new epoch, and write it to the key file. What was made in earlier ones still opens.

    It comes after the epochs the file holds by then: those of another process that rotates at the same time stay.

    Raises:
        KeysError: a ring without a file, or a file of another ring or damaged.
    """
    new = ring.change(KeyRing.rotated)
    return new, KeyEvent(action="keys-rotate", key=new.id, epoch=new.epoch)


def reseal(ring: KeyRing, *, descriptor: int | None = None, remove: bool = False) -> KeyEvent:
    """Another passphrase for the file of a ring, or none. See ``KeyRing.reseal``."""
    ring.reseal(descriptor=descriptor, remove=remove)
    return KeyEvent(action="keys-passphrase", key=ring.id, epoch=0)


@dataclass(frozen=True, slots=True)
class Destruction:
    """The first of two steps: what would be lost. ``confirm(code)`` is the second.

    ``epoch`` 0 stands for the whole ring. ``losses`` names what will have no way back: ``pseudonyms`` (with hashes, shifts
    and noise, that can be made again no more), ``encrypted`` values, ``vaults`` (scopes made then), ``signatures`` (no new
    ones; old ones stay valid).
    """

    ring: KeyRing = field(repr=False)
    epoch: int = 0

    def __post_init__(self) -> None:
        if self.ring.path is None:
            raise KeysError("only a ring with a key file can be destroyed; take the variable away wherever it is set.")
        if self.epoch and self.epoch not in self.ring.epochs:
            raise KeysError(f"key ring {self.ring.id} has no epoch {self.epoch} that could be destroyed.")

    @property
    def losses(self) -> tuple[str, ...]:
        return OF_AN_EPOCH if self.epoch else OF_THE_RING

    @property
    def code(self) -> str:
        """Eight characters to be repeated; no secret."""
        return hashlib.sha256(fields("destroy", self.ring.id, str(self.epoch))).hexdigest()[:8]

    def confirm(self, code: str) -> KeyEvent:
        """Destroy. The file is overwritten where it lies; copies, backups and snapshots of it are for the owner to delete.

        Raises:
            KeysError: another code; the epoch or the ring was destroyed since.
        """
        if code != self.code:
            raise KeysError("the code is another one; nothing was destroyed. Look again at what would be lost.")
        if self.epoch:
            self.ring.change(lambda there: there.without(self.epoch))
        else:
            self.ring.remove()
        counts = {"epochs": 1 if self.epoch else len(self.ring.epochs)}
        return KeyEvent(action="keys-destroy", key=self.ring.id, epoch=self.epoch, counts=counts)
