"""The vault: tokens and, sealed, the values they stand for. One SQLite file, for several processes of one machine.

Whoever has the file but not the ring sees how many tokens there are of which entity, and nothing else: names of scopes and
subjects enter as codes under a key of the ring, values under random data keys that lie wrapped under the ring.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import re
import secrets
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NoReturn

from piiscrub.errors import KeysError
from piiscrub.keys.bound import BoundKeys, Keys, bound
from piiscrub.keys.fields import fields
from piiscrub.keys.vault_file import FORMAT, connect

if TYPE_CHECKING:
    from piiscrub.keys.scope import Scope


_SCOPE_ID = re.compile("s[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeState:
    """A scope as it lies in the file: its epoch, whether it was shredded, subjects with a key of their own, and how many tokens
    were issued for each entity."""

    id: str
    epoch: int
    shredded: bool
    subjects: int
    tokens: Mapping[str, int]


class Vault:
    """Opens the vault in a file, and makes it if there is none.

    Args:
        path: the SQLite file (with ``-wal`` and ``-shm`` beside it while in use).
        keys: the ring that wraps its data keys, or keys bound to a recipient and purpose, which its scopes then belong to.

    Raises:
        KeysError: the file is no vault, or one of another ring; an ephemeral ring.

    It may be shared between threads; other processes open it for themselves. ``with`` closes it.
    """

    def __init__(self, path: str | PathLike[str], keys: Keys, *, create: bool = True) -> None:
        self._keys = bound(keys)
        if self._keys.ephemeral:
            raise KeysError("a vault takes a key ring that is kept: with an ephemeral one nothing could ever be opened again.")
        self.path = Path(path)
        self._lock = threading.RLock()
        self._open(create=create)

    def _open(self, *, create: bool) -> None:
        self._connection = connect(self.path, create=create)
        self._process = os.getpid()
        try:
            self.id, self.epoch = self._identify()
            self._names = self._keys.ring.derive("vault names", self.id, epoch=self.epoch)
        except KeysError:
            self._connection.close()
            raise

    def _identify(self) -> tuple[str, int]:
        ring = self._keys.ring
        mine = {"format": str(FORMAT), "id": "v" + secrets.token_hex(8), "key": ring.id, "epoch": str(ring.epoch)}
        with self.writing() as connection:
            if connection.execute("SELECT 1 FROM meta").fetchone() is None:
                connection.executemany("INSERT INTO meta VALUES (?, ?)", mine.items())
            there = dict(connection.execute("SELECT name, value FROM meta"))
        if there.get("format") != str(FORMAT):
            raise KeysError(f"{self.path}: the vault is of another format than {FORMAT}; this version cannot read it.")
        if there.get("key") != ring.id:
            raise KeysError(f"{self.path}: the vault belongs to key ring {there.get('key')}, not to {ring.id}.")
        return str(there.get("id")), int(there.get("epoch") or 0)

    def scope(self, name: str | None = None, *, create: bool = True) -> Scope:
        """A scope: what is issued in one is restored in it and nowhere else.

        Args:
            name: what you call it, or the id of one there is (``Scope.id``); without a name a new one is made.
            create: False: it must be there.

        Raises:
            KeysError: it is not there, it was shredded, or it was made in an epoch that was destroyed.
        """
        from piiscrub.keys.scope import Scope

        if name is None:
            return Scope(self, "s" + secrets.token_hex(16), create=True)
        if _SCOPE_ID.fullmatch(name):
            return Scope(self, name, create=False)
        return Scope(self, "s" + self.handle("scope", name), create=create)

    def scopes(self) -> tuple[ScopeState, ...]:
        """What anybody who has the file sees of each scope, by id; names are not kept."""
        with self.reading() as connection:
            keys = connection.execute(
                "SELECT scope, epoch, wrapped IS NULL, (SELECT count(*) FROM data_keys s WHERE s.scope = d.scope) - 1 "
                "FROM data_keys d WHERE subject = '' ORDER BY scope"
            ).fetchall()
            tokens: dict[str, dict[str, int]] = {}
            for scope, entity, count in connection.execute(
                "SELECT scope, entity, count(*) FROM tokens GROUP BY scope, entity ORDER BY scope, entity"
            ):
                tokens.setdefault(scope, {})[entity] = count
        return tuple(
            ScopeState(
                id=scope, epoch=epoch, shredded=bool(gone), subjects=subjects, tokens=MappingProxyType(tokens.get(scope, {}))
            )
            for scope, epoch, gone, subjects in keys
        )

    def handle(self, kind: str, *names: str) -> str:
        """What a name is called in the file: a code under a key of the ring, for this vault, recipient and purpose."""
        whose = (self._keys.recipient, self._keys.purpose)
        return hmac.digest(self._names, fields(kind, *whose, *names), hashlib.sha256)[:16].hex()

    @property
    def keys(self) -> BoundKeys:
        return self._keys

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, for this thread alone."""
        with self._lock:
            if self._process != os.getpid():  # after a fork: a connection is not for two processes, nor to be closed here
                self._of_parent = self._connection
                self._open(create=False)
            try:
                yield self._connection
            except sqlite3.Error as error:
                raise KeysError(f"{self.path}: the vault cannot be read or written ({type(error).__name__}).") from None

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The same in a transaction: all of it is on disk at the end of the block, or none of it. Blocks may be nested."""
        with self.reading() as connection:
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):  # SQLite may have rolled back by itself
                    connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close the file; the vault is of no use afterwards."""
        with self._lock:
            if self._process == os.getpid():
                self._connection.close()

    def __enter__(self) -> Vault:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Vault {self.id}, key ring {self._keys.id}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A vault is not pickled; each process opens it with its own keys.")
