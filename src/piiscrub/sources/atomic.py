"""Write a file so that it is there whole or not at all, and never over what it was made from."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from piiscrub.sources.problems import os_reason, problem


@contextlib.contextmanager
def writing(target: Path, *, inputs: Sequence[Path | int] = (), overwrite: bool = False) -> Iterator[BinaryIO]:
    """A binary stream whose content becomes ``target`` when the block ends without an error.

    It goes to a temporary file beside the target (0600, made exclusively, its name random) and is renamed at the end;
    after an error, an interrupt included, nothing is left. The file keeps mode 0600: who else may read it is for
    the owner to say. Raises ``SourceError`` before anything is written if the target is one of the inputs (also by
    another name, a link, or on a file system that ignores case), a folder, a device or a pipe, or there already.
    """
    refuse(target, inputs=inputs, overwrite=overwrite)
    temporary = target.parent / f".piiscrub-{secrets.token_hex(8)}.tmp"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(temporary, flags, 0o600)
    except OSError as error:
        raise problem("unwritable", str(target), os_reason(error)) from None
    try:
        try:
            with os.fdopen(handle, "wb", buffering=1 << 20) as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            _rename(temporary, target, inputs=inputs, overwrite=overwrite)
        finally:
            with contextlib.suppress(FileNotFoundError):
                temporary.unlink()
    except FileExistsError:
        raise problem("exists", str(target)) from None
    except OSError as error:
        if hasattr(error, "code"):  # one of ours: it says already what is wrong
            raise
        raise problem("unwritable", str(target), os_reason(error)) from None


def refuse(target: Path, *, inputs: Sequence[Path | int] = (), overwrite: bool = False) -> None:
    """Raise ``SourceError`` if ``target`` must not be written."""
    if any(_same(target, given) for given in inputs):
        raise problem("same-file", str(target))
    if target.is_dir():
        raise problem("is-folder", str(target))
    if target.exists() and not target.is_file():  # /dev/null renamed over is no device any more, for nobody on the machine
        raise problem("is-device", str(target))
    if not target.parent.is_dir():
        raise problem("no-folder", str(target))
    if not overwrite and os.path.lexists(target):
        raise problem("exists", str(target))


def _same(target: Path, given: Path | int) -> bool:
    """Whether both are one file; ``given`` may be a descriptor (standard input)."""
    try:
        there = given.stat() if isinstance(given, Path) else os.fstat(given)
        return os.path.samestat(target.stat(), there)
    except OSError:
        return isinstance(given, Path) and target.resolve() == given.resolve()


def _rename(temporary: Path, target: Path, *, inputs: Sequence[Path | int], overwrite: bool) -> None:
    if overwrite:
        refuse(target, inputs=inputs, overwrite=True)  # again: somebody may have put a link there meanwhile
        temporary.replace(target)
        return
    try:
        target.hardlink_to(temporary)  # fails if the target has appeared meanwhile; rename would not
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        refuse(target, inputs=inputs)
        temporary.rename(target)
