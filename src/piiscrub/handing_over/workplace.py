"""The folder a hand-over is made in, and files that are on the disk before anything is said of them."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def workplace(target: Path) -> Iterator[Path]:
    """A folder beside the target that only we can read; one that a crash left behind is thrown away first."""
    from filelock import FileLock

    work = target.parent / f".{target.name}.handover"
    with FileLock(str(target.parent / f".{target.name}.lock"), mode=0o600):
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(mode=0o700)
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)
    with contextlib.suppress(OSError):
        (target.parent / f".{target.name}.lock").unlink()


def write_new(path: Path, data: bytes) -> None:
    """A new file, on the disk when this returns."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync(folder: Path) -> None:
    """The names in a folder, on the disk as far as the system does that."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
