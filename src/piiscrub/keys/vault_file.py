"""The SQLite file of a vault: its tables, how it is opened, and how something is taken out of it for good."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from piiscrub.errors import KeysError

FORMAT = 1
WAIT = 30.0  # seconds that a process waits for the others
_CHUNK = 1 << 20

_TABLES = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS data_keys (
    scope TEXT NOT NULL, subject TEXT NOT NULL, epoch INTEGER NOT NULL, wrapped BLOB,
    PRIMARY KEY (scope, subject)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tokens (
    scope TEXT NOT NULL, token TEXT NOT NULL, entity TEXT NOT NULL, subject TEXT NOT NULL,
    lookup BLOB NOT NULL, sealed BLOB NOT NULL,
    PRIMARY KEY (scope, token)) WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS by_value ON tokens (scope, subject, entity, lookup);
CREATE TABLE IF NOT EXISTS numbers (
    scope TEXT NOT NULL, entity TEXT NOT NULL, last INTEGER NOT NULL,
    PRIMARY KEY (scope, entity)) WITHOUT ROWID;
"""


def connect(path: Path, *, create: bool) -> sqlite3.Connection:
    """Open the file, or make it, readable by its owner only (0600).

    Raises:
        KeysError: it is not there, cannot be opened, or is none of ours.
    """
    try:
        if create:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600))
        elif not path.is_file():
            raise KeysError(f"{path}: there is no vault.")
        connection = sqlite3.connect(path, timeout=WAIT, isolation_level=None, check_same_thread=False)
    except OSError as error:
        raise KeysError(f"{path}: {error.strerror or type(error).__name__}.") from None
    except sqlite3.Error:
        raise KeysError(f"{path}: the vault cannot be opened.") from None
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
        for statement in _TABLES.split(";"):
            connection.execute(statement)
    except sqlite3.Error as error:
        connection.close()
        raise KeysError(f"{path}: {'the vault is in use' if _locked(error) else 'this is no vault of piiscrub'}.") from None
    return connection


def wipe(connection: sqlite3.Connection, path: Path, gone: Sequence[bytes]) -> None:
    """After a deletion: empty the log, rebuild the file, and make sure that no page holds these bytes.

    Raises:
        KeysError: another process kept the log from being emptied, or the bytes are still there.
    """
    try:
        for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            row = connection.execute(statement).fetchone()
            if row is not None and row[0]:
                raise KeysError(f"{path}: the key is deleted, but another process keeps the log in use. Call shred again.")
    except sqlite3.Error:
        raise KeysError(f"{path}: the key is deleted, but the file could not be rebuilt. Call shred again.") from None
    needles = [part for one in gone for part in (one[: len(one) // 2], one[len(one) // 2 :])]
    if any(_holds(path.with_name(path.name + end), needles) for end in ("", "-wal", "-journal")):
        raise KeysError(f"{path}: the deleted key is still to be found in the file; it was not shredded.")


def _holds(path: Path, needles: Sequence[bytes]) -> bool:
    """Whether a file holds one of the byte strings; read by pieces that overlap."""
    overlap = max((len(needle) for needle in needles), default=0)
    try:
        with path.open("rb") as stream:
            rest = b""
            while piece := stream.read(_CHUNK):
                window = rest + piece
                if any(needle in window for needle in needles):
                    return True
                rest = window[-overlap:]
    except FileNotFoundError:
        pass
    return False


def _locked(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
