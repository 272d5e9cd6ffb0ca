"""Names and files of a folder that may come from a stranger (ARCHITECTURE, Files from strangers).

A name is a relative POSIX path in NFC. Files are opened from a handle of the folder, part by part and without following
links, so that nothing outside is ever read, whatever is swapped meanwhile.
"""

from __future__ import annotations

import contextlib
import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from piiscrub.errors import SourceError

MOST_FILES = 100_000
_DEEPEST = 16
_LONGEST = 255  # bytes of one part: more than that no common file system takes
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"com{i}" for i in range(1, 10)), *(f"lpt{i}" for i in range(1, 10))]
)  # names of devices on Windows, with any ending


def fault(name: object) -> str:
    """What is wrong with a name, "" if it is fit for a manifest.

    >>> [fault(name) for name in ("data/orders.csv", "../keys", "C:x", "a//b")]
    ['', 'leads out of the folder', 'holds a sign that is no part of a portable name', 'is not in its shortest form']
    """
    if not isinstance(name, str) or not name:
        return "is no text"
    if name.startswith(("/", "~")):
        return "is not relative"
    if unicodedata.normalize("NFC", name) != name:
        return "is not in Unicode NFC"
    if any(map(_unportable, name)):
        return "holds a sign that is no part of a portable name"
    parts = name.split("/")
    if ".." in parts:
        return "leads out of the folder"
    if "" in parts or "." in parts:
        return "is not in its shortest form"
    if len(parts) > _DEEPEST:
        return "lies too deep"
    for part in parts:
        if len(part.encode()) > _LONGEST:
            return "is too long"
        if part != part.strip() or part.endswith("."):
            return "begins or ends with a space or a dot"
        if part.partition(".")[0].lower() in _RESERVED:
            return "is the name of a device on some systems"
    return ""


def portable(name: str) -> str:
    """The name of a file, without its ending, as every system and ``fault`` take it; one that is too long stays so.

    >>> [portable(name) for name in ("orders", "12:30?", "con", " x. ", "a/b")]
    ['orders', '12_30_', 'con_', 'x', 'a_b']
    """
    plain = "".join("_" if c == "/" or _unportable(c) else c for c in unicodedata.normalize("NFC", name)).strip(" .~") or "_"
    first, dot, rest = plain.partition(".")
    return f"{first}_{dot}{rest}" if first.lower() in _RESERVED else plain


def _unportable(sign: str) -> bool:
    return sign in '\\:*?"<>|' or unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def doubles(names: Iterable[str]) -> list[str]:
    """The names that a file system which ignores case cannot tell from one before them."""
    seen: set[str] = set()
    again: list[str] = []
    for name in names:
        form = unicodedata.normalize("NFC", name).casefold()
        if form in seen:
            again.append(name)
        seen.add(form)
    return again


class Folder:
    """A folder by its handle. Use as a context manager.

    Raises:
        SourceError: it cannot be opened, or is a link.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self._handle = -1

    def __enter__(self) -> Folder:
        try:
            self._handle = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except OSError as error:
            raise SourceError(f"{self.path.name}: is no folder that can be opened ({error.strerror}).") from None
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._handle)

    @contextlib.contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """A regular file below the folder, for reading.

        Raises:
            SourceError: the name is unfit; the file is missing, a link, a device, or behind a link.
        """
        wrong = fault(name)
        if wrong:
            raise SourceError(f"A file name {wrong}.")
        handles = [self._handle]
        try:
            *folders, last = name.split("/")
            try:
                for part in folders:
                    handles.append(os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=handles[-1]))
                file = os.open(last, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=handles[-1])
            except OSError:
                raise SourceError("it is missing, a link, or cannot be read") from None
            with os.fdopen(file, "rb") as stream:
                if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                    raise SourceError("it is no regular file")
                yield stream
        finally:
            for handle in handles[1:]:
                os.close(handle)

    def walk(self) -> Iterator[tuple[str, bool]]:
        """Everything below the folder but folders that hold something: (name, whether it is a regular file), in order.

        Links and devices are named and not followed. Stops with SourceError at 100,000 names.
        """
        for count, (name, regular) in enumerate(self._walk("", self._handle, 0), 1):
            if count > MOST_FILES:
                raise SourceError(f"{self.path.name}: holds more than {MOST_FILES} files.")
            yield name, regular

    def _walk(self, prefix: str, handle: int, depth: int) -> Iterator[tuple[str, bool]]:
        with os.scandir(handle) as found:
            entries = sorted(found, key=lambda entry: entry.name)
        for entry in entries:
            name = f"{prefix}{entry.name}"
            if not entry.is_dir(follow_symlinks=False) or depth >= _DEEPEST:
                yield name, entry.is_file(follow_symlinks=False)
                continue
            inner = os.open(entry.name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=handle)
            try:
                below = list(self._walk(f"{name}/", inner, depth + 1))
            finally:
                os.close(inner)
            yield from below or [(f"{name}/", False)]
