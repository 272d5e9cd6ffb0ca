"""The key ring: one random master, a random salt per epoch, and every key derived from both.

What is derived comes back as long as the master and the salt of its epoch exist; destroying a salt ends everything that
was made in its epoch. A ring is immutable; :mod:`piiscrub.keys.ceremony` changes the file of one.
"""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Callable, Mapping
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn

from piiscrub.errors import KeysError
from piiscrub.keys import keyfile, own_file, signing
from piiscrub.keys.fields import fields
from piiscrub.keys.passphrase import ask
from piiscrub.keys.primitives import KEY_BYTES, hkdf, seal, unseal
from piiscrub.keys.signing import verify as verify

VERSION = "piiscrub keys 1"
ENVIRONMENT = "PIISCRUB_KEY"


class KeyRing:
    """The keys of one owner, made by ``new``, ``load``, ``from_env``, ``from_passphrase`` or ``ephemeral``.

    Subkeys are HKDF-SHA256(master, salt = salt of the epoch, info = version, recipient, purpose, linkage group or entity,
    use, each with its length before it): RFC 5869. The ring shows its id and epoch, never a key: not in its repr, and it
    refuses to be pickled.

    >>> ring = KeyRing.ephemeral()
    >>> ring.derive("hash", "PERSON") == ring.derive("hash", "PERSON", recipient="Example Ltd")
    False
    """

    __slots__ = ("_ephemeral", "_fixed", "_id", "_master", "_path", "_salts", "_signing")

    def __init__(
        self,
        master: bytes,
        salts: Mapping[int, bytes | None],
        *,
        signing_key: bytes | None = None,
        path: Path | None = None,
        ephemeral: bool = False,
    ) -> None:
        if len(master) != KEY_BYTES or not salts or any(salt is not None and len(salt) != KEY_BYTES for salt in salts.values()):
            raise KeysError(f"a key ring takes a master and salts of {KEY_BYTES} bytes each.")
        self._master = master
        self._salts: Mapping[int, bytes | None] = MappingProxyType(dict(salts))
        self._signing = signing_key
        self._path = path
        self._ephemeral = ephemeral
        self._id = ""
        self._fixed = True

    @classmethod
    def new(cls, path: str | PathLike[str], *, passphrase: bool = False, descriptor: int | None = None) -> KeyRing:
        """A new ring in a new file, readable by its owner only (0600).

        Args:
            path: the file to make; one that exists is not touched.
            passphrase: seal the master under a passphrase, typed twice, or read from ``descriptor``.

        Raises:
            KeysError: the file exists or cannot be made; the passphrase is shorter than 12 characters.
        """
        secret = ask(descriptor, new=True) if passphrase or descriptor is not None else None
        salts = {1: os.urandom(KEY_BYTES)}
        ring = cls(os.urandom(KEY_BYTES), salts, signing_key=signing.new_private(), path=Path(path))
        keyfile.create(Path(path), ring._content(), secret)
        return ring

    @classmethod
    def load(cls, path: str | PathLike[str]) -> KeyRing:
        """The ring of a key file.

        Raises:
            KeysError: no such file, others can read it, it was changed or is none of ours, or it needs a passphrase.
        """
        return cls._of(keyfile.read(Path(path), None), Path(path))

    @classmethod
    def from_passphrase(cls, path: str | PathLike[str], *, descriptor: int | None = None) -> KeyRing:
        """The ring of a key file under a passphrase, typed or read from a file descriptor (up to the first line break).

        Raises:
            KeysError: as :meth:`load`; a wrong passphrase.
        """
        return cls._of(keyfile.read(Path(path), ask(descriptor)), Path(path))

    @classmethod
    def from_env(cls, name: str = ENVIRONMENT) -> KeyRing:
        """A ring from an environment variable: base64 of exactly 32 random bytes, and nothing else.

        It has one epoch, whose salt is derived, and no signing key: nothing of it can be destroyed but the variable itself.

        Raises:
            KeysError: the variable is missing or holds anything else.
        """
        text = os.environ.get(name)
        how = f"{name} takes the base64 of exactly {KEY_BYTES} random bytes."
        if text is None:
            raise KeysError(f"the environment variable {name} is not set. {how}")
        try:
            master = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            raise KeysError(how) from None
        if len(master) != KEY_BYTES or base64.b64encode(master).decode() != text:
            raise KeysError(how)
        return cls(master, {1: hkdf(master, salt=b"", info=fields(VERSION, "environment epoch"))})

    @classmethod
    def ephemeral(cls) -> KeyRing:
        """A random ring that is kept nowhere: what is made with it has no way back once it is gone."""
        return cls(os.urandom(KEY_BYTES), {1: os.urandom(KEY_BYTES)}, ephemeral=True)

    @property
    def id(self) -> str:
        """Names the master without giving it away: ``k`` and 16 characters."""
        if not self._id:
            digest = hkdf(self._master, salt=b"", info=fields(VERSION, "id"), size=10)
            object.__setattr__(self, "_id", "k" + base64.b32encode(digest).decode().lower())
        return self._id

    @property
    def epoch(self) -> int:
        """The epoch in which new things are made."""
        return max(self._salts)

    @property
    def epochs(self) -> tuple[int, ...]:
        """The epochs whose salt still exists."""
        return tuple(sorted(number for number, salt in self._salts.items() if salt is not None))

    @property
    def path(self) -> Path | None:
        """The file of this ring; None for one from the environment and for an ephemeral one."""
        return self._path

    @property
    def is_ephemeral(self) -> bool:
        return self._ephemeral

    def derive(
        self, use: str, group: str, *, recipient: str = "", purpose: str = "", size: int = KEY_BYTES, epoch: int | None = None
    ) -> bytes:
        """The key for one use (``hash``, ``siv`` …) and one linkage group or entity, for one recipient and purpose.

        Args:
            size: bytes wanted, 32 unless told.
            epoch: an earlier epoch; the present one unless told.

        Raises:
            KeysError: the epoch was destroyed, or never was.
        """
        info = fields(VERSION, recipient, purpose, group, use)
        return hkdf(self._master, salt=self._salt(epoch), info=info, size=size)

    def wrap(self, data_key: bytes, *, context: bytes, epoch: int | None = None) -> bytes:
        """A random key, sealed (AES-256-GCM) under a key of this ring and bound to ``context``."""
        return seal(self.derive("wrap", "data key", epoch=epoch), data_key, context)

    def unwrap(self, wrapped: bytes, *, context: bytes, epoch: int) -> bytes:
        """What :meth:`wrap` sealed in that epoch.

        Raises:
            KeysError: another ring, another context, changed bytes, or a destroyed epoch.
        """
        return unseal(self.derive("wrap", "data key", epoch=epoch), wrapped, context)

    def sign(self, data: bytes) -> bytes:
        """The Ed25519 signature (64 bytes) of these bytes.

        Raises:
            KeysError: the ring has no signing key: only one with a key file has.
        """
        return signing.signed(self._private(), data)

    @property
    def public_key(self) -> bytes:
        """The 32 bytes by which others :func:`verify` what this ring signs. Raises KeysError as :meth:`sign`."""
        return signing.public_of(self._private())

    def rotated(self) -> KeyRing:
        """A ring with a new epoch, which is the one new things are made in; the earlier ones still open."""
        return self._with({**self._salts, self.epoch + 1: os.urandom(KEY_BYTES)})

    def without(self, epoch: int) -> KeyRing:
        """A ring without the salt of an epoch; if it is the present one, with a new one besides.

        Raises:
            KeysError: the epoch was destroyed, or never was.
        """
        self._salt(epoch)
        rest = {**self._salts, epoch: None}
        return self._with(rest if epoch != self.epoch else {**rest, epoch + 1: os.urandom(KEY_BYTES)})

    def secrets(self) -> tuple[bytes, dict[int, bytes | None]]:
        """Master and salts in the clear, for :class:`piiscrub.keys.bound.HandedKeys` alone."""
        return self._master, dict(self._salts)

    def _with(self, salts: Mapping[int, bytes | None]) -> KeyRing:
        if self._path is None:
            raise KeysError("only a ring with a key file has epochs to rotate and to destroy.")
        return KeyRing(self._master, salts, signing_key=self._signing, path=self._path)

    def _salt(self, epoch: int | None) -> bytes:
        number = self.epoch if epoch is None else epoch
        if number not in self._salts:
            raise KeysError(f"key ring {self.id} has no epoch {number}.")
        salt = self._salts[number]
        if salt is None:
            raise KeysError(f"epoch {number} of key ring {self.id} was destroyed: what was made in it has no way back.")
        return salt

    def _private(self) -> bytes:
        if self._signing is None:
            raise KeysError("this key ring has no signing key: only one with a key file signs. Make one: piiscrub keys new.")
        return self._signing

    @classmethod
    def _of(cls, content: keyfile.Content, path: Path) -> KeyRing:
        return cls(content.master, content.salts, signing_key=content.signing_key, path=path)

    def _content(self) -> keyfile.Content:
        return keyfile.Content(self.id, self._master, self._salts, self._private())

    def save(self) -> None:
        """Write the epochs of this ring over those of its file; what the file held before is overwritten.

        Raises:
            KeysError: no file, one of another ring, or one that has changed since this ring was read.
        """
        with own_file.locked(self._place("saved")) as path:
            keyfile.replace(path, self._content())

    def change(self, how: Callable[[KeyRing], KeyRing]) -> KeyRing:
        """What ``how`` makes of the ring as its file holds it now, saved; other processes wait meanwhile.

        Raises:
            KeysError: as :meth:`save`, except that a file with epochs of another process is no error; whatever ``how`` raises.
        """
        with own_file.locked(self._place("changed")) as path:
            new = how(self._with(keyfile.salts(path, self._content())))
            keyfile.replace(path, new._content())
        return new

    def remove(self) -> None:
        """Overwrite the file of this ring and remove it. Raises KeysError as :meth:`save`."""
        with own_file.locked(self._place("removed")) as path:
            keyfile.overwrite_and_remove(path, self.id)

    def reseal(self, *, descriptor: int | None = None, remove: bool = False) -> None:
        """Put the file under another passphrase, typed twice or read from ``descriptor``, or under none (``remove``).

        The keys stay what they are, so everything made with them still opens; copies of the file open as before.

        Raises:
            KeysError: as :meth:`save`; a passphrase shorter than 12 characters.
        """
        place = self._place("put under a passphrase")
        secret = False if remove else ask(descriptor, new=True)
        with own_file.locked(place) as path:
            keyfile.replace(path, self._content(), secret)

    def _place(self, done: str) -> Path:
        if self._path is None:
            raise KeysError(f"only a ring with a key file can be {done}.")
        return self._path

    def __setattr__(self, name: str, value: object) -> None:
        if hasattr(self, "_fixed"):
            raise AttributeError("KeyRing is immutable; rotated() gives a new one.")
        object.__setattr__(self, name, value)

    def __repr__(self) -> str:
        return f"<KeyRing {self.id}, epoch {self.epoch}{', ephemeral' if self.is_ephemeral else ''}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A key ring is not pickled: keys go only where they are handed on purpose.")
