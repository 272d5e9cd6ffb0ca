"""A file that is its owner's alone: others cannot read it, it is there whole or not at all, one process at a time changes it."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from piiscrub.errors import KeysError

PATIENCE = 60.0
"""Seconds that one process waits for another which is changing the file."""


@contextlib.contextmanager
def locked(path: Path) -> Iterator[Path]:
    """The file itself, while no other process changes it; ``FILE.lock`` beside it stays behind, empty.

    Raises:
        KeysError: the file is not there or others can read it; no lock can be made; another process keeps it too long.
    """
    from filelock import FileLock, Timeout

    target = _target(path)
    opened(target, "rb").close()  # no lock beside what is no key file
    lock = FileLock(f"{target}.lock", timeout=PATIENCE, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        raise KeysError(f"{path}: another process has been changing the key file for {PATIENCE:.0f} seconds.") from None
    except OSError as error:
        raise _unusable(path, error) from None
    try:
        yield target
    finally:
        lock.release()


def read(path: Path, most: int) -> bytes:
    """At most so many bytes of the file. One that is replaced while it is read is read anew: the old one is being overwritten."""
    while True:
        with opened(path, "rb") as stream:
            raw: bytes = stream.read(most)
            try:
                same = os.path.samestat(os.fstat(stream.fileno()), path.stat())
            except OSError as error:
                raise _unusable(path, error) from None
        if same:
            return raw


def opened(path: Path, mode: str) -> Any:  # Any: the stream's type hangs on the mode
    """The file, open. Raises KeysError: it cannot be opened, or others can read it."""
    try:
        stream = path.open(mode)
    except OSError as error:
        raise _unusable(path, error) from None
    found = os.fstat(stream.fileno())
    if os.name == "posix" and found.st_mode & 0o077:
        stream.close()
        raise KeysError(f"{path}: others than the owner can read or write the key file. Run: chmod 600, and ask who has read it.")
    return stream


def write(path: Path, data: bytes) -> None:
    """Make a file of one's own. Raises KeysError if it exists or cannot be made."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(path, flags, 0o600), "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise _unusable(path, error) from None


def put(path: Path, data: bytes) -> None:
    """Put a new file in the place of this one."""
    temporary = path.with_name(f".piiscrub-{secrets.token_hex(8)}.tmp")
    try:
        write(temporary, data)
        temporary.replace(path)
    except (OSError, KeysError) as error:
        temporary.unlink(missing_ok=True)
        raise (_unusable(path, error) if isinstance(error, OSError) else error) from None


def overwrite(stream: IO[bytes]) -> None:
    """Write zeros over all of an open file, to the disk."""
    size = os.fstat(stream.fileno()).st_size
    stream.seek(0)
    stream.write(b"\0" * size)
    stream.flush()
    os.fsync(stream.fileno())


def sync_folder(path: Path) -> None:
    """Have the folder of a file written to the disk."""
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _target(path: Path) -> Path:
    """The file itself: where the path is a link, the file it leads to is written and removed, not the link."""
    try:
        return path.resolve()
    except OSError as error:  # links in a circle
        raise _unusable(path, error) from None


def _unusable(path: Path, error: OSError) -> KeysError:
    if isinstance(error, FileExistsError):
        return KeysError(f"{path}: is there already, and is never written over. Load it, or name another file.")
    return KeysError(f"{path}: {error.strerror or type(error).__name__}.")
