"""One scope of a vault: issues tokens for values, gives values back, and can be shredded."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import re
import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from piiscrub.errors import KeysError
from piiscrub.keys.events import KeyEvent
from piiscrub.keys.fields import fields
from piiscrub.keys.primitives import KEY_BYTES, hkdf, seal, unseal
from piiscrub.keys.vault import Vault
from piiscrub.keys.vault_file import wipe

_ENTITY = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*")
_KEPT = 100_000  # tokens kept at hand
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # no vowels, so no words; no digits, so no number can be taken for one


@dataclass(frozen=True, slots=True, eq=False)
class DataKey:
    """What a random data key is used for, in two keys of its own."""

    values: bytes = field(repr=False)
    lookup: bytes = field(repr=False)
    epoch: int


class Scope:
    """Tokens of one set of documents, recipient and purpose. From ``Vault.scope``; ``id`` names it without its name.

    Different spellings are different values here, so that each comes back exactly as it was.
    """

    def __init__(self, vault: Vault, scope_id: str, *, create: bool) -> None:
        self.vault, self.id = vault, scope_id
        self._data_keys: dict[str, DataKey] = {}
        self._at_hand: dict[tuple[str, str, str], str] = {}
        with vault.writing() as connection:
            self._data_key(connection, "", create=create)

    def put(self, entity: str, value: str, *, subject: str = "", random: bool = False) -> str:
        """The token for a value: the one it has, or a new one. On disk before it is returned.

        Args:
            entity: upper case, as in the entity tree; it shows in the token, ``<PERSON_3>``.
            subject: a person whose values lie under a data key of their own, so that they can be shredded alone.
            random: end new tokens in twelve letters by chance; numbers in order tell how many came before.

        Raises:
            KeysError: the scope or the subject was shredded; the vault cannot be written.
        """
        return self.put_many(entity, (value,), subject=subject, random=random)[0]

    def put_many(self, entity: str, values: Iterable[str], *, subject: str = "", random: bool = False) -> list[str]:
        """:meth:`put` for many values of one entity, in one transaction."""
        if not _ENTITY.fullmatch(entity):
            raise KeysError("put takes an entity in upper case, such as PERSON.")
        with self.batch() as connection:
            key = self._data_key(connection, subject, create=True)
            who = self._subject(subject)
            self._alive(connection, who)
            counter = connection.execute("SELECT last FROM numbers WHERE scope = ? AND entity = ?", (self.id, entity)).fetchone()
            before = last = counter[0] if counter else 0
            tokens = []
            for value in values:
                token = self._at_hand.get((who, entity, value))
                if token is None:
                    token = self._issued(connection, key, who, entity, value)
                if token is None:
                    if not random:
                        last += 1
                    token = self._issue(connection, key, who, entity, value, None if random else last)
                tokens.append(token)
            if last != before:
                connection.execute("INSERT OR REPLACE INTO numbers VALUES (?, ?, ?)", (self.id, entity, last))
        return [f"<{token}>" for token in tokens]

    def get(self, token: str) -> str | None:
        """The value a token stands for; None for one that was not issued in this scope.

        Raises:
            KeysError: its row was changed or moved, or the scope was shredded.
        """
        return self.get_many((token,))[0]

    def get_many(self, tokens: Sequence[str]) -> list[str | None]:
        """:meth:`get` for several tokens."""
        with self.vault.reading() as connection:
            self._alive(connection)
            return [self._value(connection, token.removeprefix("<").removesuffix(">")) for token in tokens]

    def entities(self) -> dict[str, int]:
        """How many tokens were issued for each entity."""
        with self.vault.reading() as connection:
            found = connection.execute("SELECT entity, count(*) FROM tokens WHERE scope = ? GROUP BY entity", (self.id,))
            return {str(entity): int(n) for entity, n in found}

    @contextlib.contextmanager
    def batch(self) -> Iterator[sqlite3.Connection]:
        """One transaction for many calls of ``put``; other processes wait meanwhile, so keep it short.

        Raises:
            KeysError: the scope was shredded meanwhile.
        """
        done = False
        try:
            with self.vault.writing() as connection:
                self._alive(connection)
                yield connection
            done = True
        finally:
            if not done:  # what was not written was not issued
                self._data_keys.clear()
            if not done or len(self._at_hand) > _KEPT:
                self._at_hand.clear()

    def shred(self, *, subject: str = "") -> KeyEvent:
        """Make all values of this scope, or of one subject in it, unreadable for good, also for the holder of the ring.

        The wrapped data key and all tokens are deleted, the log is emptied, the file rebuilt, and no page of it is left with
        a part of the wrapped key. Copies and backups of the file made earlier are not reached: delete them too, or destroy
        the epoch of the ring.

        Raises:
            KeysError: the scope was shredded before and nothing was left to do; another process keeps the file in use.
        """
        who = self._subject(subject)
        chosen, where = ("scope = ? AND subject = ?", (self.id, who)) if who else ("scope = ?", (self.id,))
        with self.vault.writing() as connection:
            wrapped = [
                row[0]
                for row in connection.execute(f"SELECT wrapped FROM data_keys WHERE {chosen}", where)  # noqa: S608  # one of the two texts above
            ]
            counts = dict(connection.execute(f"SELECT entity, count(*) FROM tokens WHERE {chosen} GROUP BY entity", where))  # noqa: S608  # as above
            connection.execute(f"DELETE FROM tokens WHERE {chosen}", where)  # noqa: S608  # as above
            connection.execute(f"UPDATE data_keys SET wrapped = NULL WHERE {chosen}", where)  # noqa: S608  # as above
        for gone in [who] if who else list(self._data_keys):
            self._data_keys.pop(gone, None)
        self._at_hand.clear()
        keys = [one for one in wrapped if one is not None]
        with self.vault.reading() as connection:
            wipe(connection, self.vault.path, keys)
        bound = self.vault.keys
        counts |= {"data keys": len(keys)}
        return KeyEvent(action="vault-shred", key=bound.id, epoch=bound.epoch, vault=self.vault.id, scope=self.id, counts=counts)

    def _subject(self, subject: str) -> str:
        return self.vault.handle("subject", self.id, subject) if subject else ""

    def _alive(self, connection: sqlite3.Connection, who: str = "") -> None:
        """Another process may have shredded it since the data key was read."""
        sql = "SELECT wrapped IS NULL FROM data_keys WHERE scope = ? AND subject = ?"
        row = connection.execute(sql, (self.id, who)).fetchone()
        if row is None or row[0]:
            raise self._shredded(who)

    def _shredded(self, who: str) -> KeysError:
        what = "a subject of scope" if who else "scope"
        return KeysError(f"{what} {self.id} was shredded: what was issued in it has no way back.")

    def _data_key(self, connection: sqlite3.Connection, subject: str, *, create: bool) -> DataKey:
        who = self._subject(subject)
        found = self._data_keys.get(who)
        if found is None:
            found = self._data_keys[who] = self._unwrapped(connection, who, create=create)
        return found

    def _unwrapped(self, connection: sqlite3.Connection, who: str, *, create: bool) -> DataKey:
        ring = self.vault.keys.ring
        where = (self.id, who)
        row = connection.execute("SELECT epoch, wrapped FROM data_keys WHERE scope = ? AND subject = ?", where).fetchone()
        if row is None:
            if not create:
                raise KeysError(f"the vault has no scope {self.id} for this key ring, recipient and purpose.")
            epoch, data_key = ring.epoch, os.urandom(KEY_BYTES)
            wrapped = ring.wrap(data_key, context=self._context(who, epoch), epoch=epoch)
            connection.execute("INSERT INTO data_keys VALUES (?, ?, ?, ?)", (*where, epoch, wrapped))
        else:
            epoch, wrapped = row
            if wrapped is None:
                raise self._shredded(who)
            try:
                data_key = ring.unwrap(wrapped, context=self._context(who, epoch), epoch=epoch)
            except KeysError:
                if epoch in ring.epochs:
                    raise KeysError(f"scope {self.id} is one of another recipient or purpose, or its row was changed.") from None
                raise
        values, lookup = (hkdf(data_key, salt=b"", info=fields("vault", use)) for use in ("values", "lookup"))
        return DataKey(values, lookup, epoch)

    def _context(self, who: str, epoch: int) -> bytes:
        return fields("data key", self.vault.id, self.id, who, str(epoch), self.vault.handle("owner"))

    def _bound_to(self, key: DataKey, entity: str, token: str) -> bytes:
        """What a sealed value is bound to, so that a row copied to another place does not open."""
        return fields("value", self.vault.id, self.id, entity, token, str(key.epoch))

    def _issued(self, connection: sqlite3.Connection, key: DataKey, who: str, entity: str, value: str) -> str | None:
        sql = "SELECT token FROM tokens WHERE scope = ? AND subject = ? AND entity = ? AND lookup = ?"
        row = connection.execute(sql, (self.id, who, entity, _lookup(key, entity, value))).fetchone()
        if row is None:
            return None
        # The row may have been moved: the token is given out only if it gives this very value back.
        if self._value(connection, row[0]) != value:
            raise KeysError("a row of the vault was changed or moved.")
        self._at_hand[who, entity, value] = row[0]
        return str(row[0])

    def _issue(self, connection: sqlite3.Connection, key: DataKey, who: str, entity: str, value: str, number: int | None) -> str:
        sql = "INSERT OR IGNORE INTO tokens VALUES (?, ?, ?, ?, ?, ?)"
        while True:
            token = f"{entity}_{''.join(secrets.choice(_LETTERS) for _ in range(12)) if number is None else number}"
            sealed = seal(key.values, value.encode("utf-8", "surrogatepass"), self._bound_to(key, entity, token))
            row = (self.id, token, entity, who, _lookup(key, entity, value), sealed)
            if connection.execute(sql, row).rowcount:
                self._at_hand[who, entity, value] = token
                return token
            if number is not None:
                raise KeysError("the numbers of the vault were changed: a token that should be new is there already.")

    def _value(self, connection: sqlite3.Connection, token: str) -> str | None:
        sql = "SELECT t.entity, t.subject, t.sealed, k.wrapped FROM tokens t LEFT JOIN data_keys k USING (scope, subject)"
        row = connection.execute(f"{sql} WHERE t.scope = ? AND t.token = ?", (self.id, token)).fetchone()
        if row is None:
            return None
        entity, who, sealed, wrapped = row
        if wrapped is None:
            raise KeysError("a row of the vault was changed or moved.")
        key = self._data_keys.get(who)
        if key is None:
            key = self._data_keys[who] = self._unwrapped(connection, who, create=False)
        try:
            return unseal(key.values, sealed, self._bound_to(key, entity, token)).decode("utf-8", "surrogatepass")
        except KeysError:
            raise KeysError("a row of the vault was changed or moved.") from None

    def __repr__(self) -> str:
        return f"<Scope {self.id} of vault {self.vault.id}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A scope is not pickled; each process opens the vault with its own keys.")


def _lookup(key: DataKey, entity: str, value: str) -> bytes:
    return hmac.digest(key.lookup, fields(entity, value), hashlib.sha256)[:16]
