"""Walk a folder without leaving it: links are named, not followed, and nothing but regular files is opened."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from piiscrub.sources.piece import NotExamined
from piiscrub.sources.problems import not_found, os_reason, problem

DEPTH = 64
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)  # a pipe put in place of a file would wait for a writer for ever
_BINARY = getattr(os, "O_BINARY", 0)


def walk(root: Path) -> Iterator[str | NotExamined]:
    """Relative POSIX paths of all regular files below ``root``, sorted; what is none is said with its cause."""
    yield from _walk(root, "", 0)


def _walk(root: Path, relative: str, depth: int) -> Iterator[str | NotExamined]:
    try:
        entries = sorted(os.scandir(root / relative if relative else root), key=lambda entry: entry.name)
    except OSError:
        yield NotExamined(relative or ".", "unreadable")
        return
    for entry in entries:
        name = f"{relative}/{entry.name}" if relative else entry.name
        try:
            if entry.is_symlink():
                yield NotExamined(name, "link")
            elif entry.is_dir(follow_symlinks=False):
                if depth + 1 >= DEPTH:
                    yield NotExamined(name, "too-deep")
                else:
                    yield from _walk(root, name, depth + 1)
            elif entry.is_file(follow_symlinks=False):
                yield name
            else:
                yield NotExamined(name, "not-a-file")
        except OSError:
            yield NotExamined(name, "unreadable")


def open_named(path: Path) -> BinaryIO:
    """Open a file or pipe that a person named: links are followed. Raises ``SourceError``.

    Devices are refused, because they never end.
    """
    try:
        info = path.stat()
        if stat.S_ISREG(info.st_mode) or stat.S_ISFIFO(info.st_mode):
            return path.open("rb")
    except FileNotFoundError:
        raise not_found(path) from None
    except (OSError, ValueError) as error:
        raise problem("unreadable", str(path), os_reason(error) if isinstance(error, OSError) else "bad name") from None
    raise problem("is-folder" if stat.S_ISDIR(info.st_mode) else "not-a-file", str(path))


def open_beneath(root: Path, relative: str) -> BinaryIO:
    """Open a file that ``walk`` named. No part of the way may be a link, not even if it became one meanwhile.

    Raises ``OSError``.
    """
    if os.open not in os.supports_dir_fd:  # Windows: the walk has skipped links already
        return (root / relative).open("rb")
    *folders, name = relative.split("/")
    here = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for folder in folders:
            below = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | _NO_FOLLOW, dir_fd=here)
            os.close(here)
            here = below
        handle = os.open(name, os.O_RDONLY | _NO_FOLLOW | _NO_WAIT | _BINARY, dir_fd=here)
    finally:
        os.close(here)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError("not a regular file")
    return os.fdopen(handle, "rb")
