"""Files by the handle of their folder, so that nothing outside is touched whatever is swapped for a link meanwhile."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from piiscrub.errors import SourceError

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
_BLOCK = 1 << 20
DEPTH = 64


@dataclass(frozen=True, slots=True)
class Root:
    """A folder as it was when it was first looked at; another one of its name is refused later."""

    path: Path
    device: int
    inode: int

    @classmethod
    def of(cls, path: Path, *, follow: bool = False) -> Root:
        """``follow``: the folder a named file lies in may be reached by a link; a folder that is to be emptied may not be one.

        Raises:
            SourceError: there is no such folder, or it is a link.
        """
        found = path.stat() if follow and path.is_dir() else _looked(path)
        if not stat.S_ISDIR(found.st_mode):
            raise SourceError(f"{path.name}: is a link or no folder. Name the folder itself.")
        return cls(path.resolve() if follow else path.absolute(), found.st_dev, found.st_ino)

    @contextlib.contextmanager
    def open(self, below: str = "") -> Iterator[int]:
        """The handle of the folder, or of one below it. No link is followed. Raises SourceError."""
        handles: list[int] = []
        try:
            try:
                handles.append(os.open(self.path, _FOLDER))
                here = os.fstat(handles[0])
                if (here.st_dev, here.st_ino) != (self.device, self.inode):
                    raise SourceError(f"{self.path.name}: is another folder than the one that was looked at.")
                for part in below.split("/") if below else ():
                    handles.append(os.open(part, _FOLDER, dir_fd=handles[-1]))
            except OSError as error:
                if isinstance(error, SourceError):
                    raise
                raise SourceError(f"{self.path.name}: a folder is gone, or is a link now ({error.strerror}).") from None
            yield handles[-1]
        finally:
            for handle in handles:
                os.close(handle)


@dataclass(frozen=True, slots=True)
class Place:
    """A name below a folder: ``below`` is relative, with ``/`` between its parts."""

    root: Root
    below: str

    @classmethod
    def of(cls, path: Path) -> Place:
        """The place of a file that a person named. Raises SourceError."""
        return cls(Root.of(path.absolute().parent, follow=True), path.name)

    @property
    def name(self) -> str:
        return self.below.rpartition("/")[2]

    @contextlib.contextmanager
    def folder(self) -> Iterator[int]:
        """The handle of the folder it lies in."""
        with self.root.open(self.below.rpartition("/")[0]) as handle:
            yield handle

    def look(self) -> os.stat_result | None:
        """What lies there, a link as itself; None if nothing does."""
        try:
            with self.folder() as handle:
                return os.stat(self.name, dir_fd=handle, follow_symlinks=False)
        except (FileNotFoundError, SourceError):
            return None

    @contextlib.contextmanager
    def open(self, *, write: bool = False) -> Iterator[BinaryIO]:
        """The regular file. Raises SourceError."""
        with self.folder() as folder:
            how = (os.O_RDWR if write else os.O_RDONLY) | os.O_NOFOLLOW | os.O_NONBLOCK
            try:
                if write:
                    _make_writable(self.name, folder)
                handle = os.open(self.name, how, dir_fd=folder)
            except OSError as error:
                raise SourceError(f"{self.name_shown}: cannot be opened, or is a link ({error.strerror}).") from None
            with os.fdopen(handle, "r+b" if write else "rb") as stream:
                if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                    raise SourceError(f"{self.name_shown}: is no regular file.")
                yield stream

    def sha256(self) -> str:
        """The hash of the file's bytes. Raises SourceError."""
        with self.open() as stream:
            return sha256(stream)

    @property
    def name_shown(self) -> str:
        """The name, or a stand-in where it is personal information itself."""
        from piiscrub.table.files import shown_path

        return shown_path(self.below.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))

    def wipe(self, *, expected: tuple[int, int, int] | None = None, modified: int = 0) -> bool:
        """Overwrite and remove; False where the file has other names, so that it was only removed under this one.

        ``expected``: device, inode and size that it must still have; ``modified``: the time too, 0 does not ask. Raises
        SourceError.
        """
        with self.folder() as folder:
            with self.open(write=True) as stream:
                found = os.fstat(stream.fileno())
                other = expected is not None and (found.st_dev, found.st_ino, found.st_size) != expected
                if other or modified not in (0, found.st_mtime_ns):
                    raise SourceError(f"{self.name_shown}: has changed since it was looked at; it was left.")
                alone = found.st_nlink == 1
                if alone:
                    overwrite(stream)
                os.unlink(self.name, dir_fd=folder)
            os.fsync(folder)
            return alone

    @contextlib.contextmanager
    def replacing(self) -> Iterator[tuple[BinaryIO, BinaryIO]]:
        """The file as it is, and a stream for what takes its place when the block ends well.

        It is there whole or not at all, with the mode it had; what it was is overwritten where it lay. What a crash left beside
        it is removed first. Raises SourceError: another run is at work in the folder; the file was changed meanwhile.
        """
        new = f".piiscrub-{hashlib.sha256(self.name.encode()).hexdigest()[:16]}.tmp"
        with self.folder() as folder:
            lock(folder, self.root.path.name)
            _remove(new, folder)
            with self.open(write=True) as old:
                before = os.fstat(old.fileno())
                made = os.open(new, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600, dir_fd=folder)
                try:
                    with os.fdopen(made, "w+b") as stream:
                        yield old, stream
                        stream.flush()
                        with contextlib.suppress(PermissionError):  # who is not root owns it anyway
                            os.fchown(stream.fileno(), before.st_uid, before.st_gid)
                        os.fchmod(stream.fileno(), stat.S_IMODE(before.st_mode))
                        os.fsync(stream.fileno())
                    here = os.stat(self.name, dir_fd=folder, follow_symlinks=False)
                    if _identity(here) != _identity(before) or before.st_nlink > 1:
                        raise SourceError(f"{self.name_shown}: was changed meanwhile, or has other names; it was left as it is.")
                    os.rename(new, self.name, src_dir_fd=folder, dst_dir_fd=folder)
                except BaseException:
                    _remove(new, folder)
                    raise
                os.fsync(folder)
                overwrite(old)


def lock(folder: int, shown: str) -> None:
    """Keep other runs out of a folder until its handle is closed. Raises SourceError where one is at work."""
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise SourceError(f"{shown}: another run is at work in this folder.") from None


def overwrite(stream: BinaryIO) -> None:
    """Zeros over all of it, on the disk when this returns; the size stays."""
    left = os.fstat(stream.fileno()).st_size
    stream.seek(0)
    zeros = b"\0" * min(_BLOCK, left)
    while left > 0:
        stream.write(zeros[: min(left, _BLOCK)])
        left -= _BLOCK
    stream.flush()
    os.fsync(stream.fileno())


def sha256(stream: BinaryIO) -> str:
    """Of what a stream holds, from its start."""
    stream.seek(0)
    made = hashlib.sha256()
    while block := stream.read(_BLOCK):
        made.update(block)
    stream.seek(0)
    return made.hexdigest()


def walk(root: Root) -> Iterator[tuple[str, os.stat_result]]:
    """Everything below a folder, each folder after what is in it; links are named, not followed. Raises SourceError."""
    with root.open() as handle:
        yield from _walk(handle, "", 0, root)


def _walk(handle: int, prefix: str, depth: int, root: Root) -> Iterator[tuple[str, os.stat_result]]:
    if depth >= DEPTH:
        raise SourceError(f"{root.path.name}: folders lie deeper than {DEPTH} levels.")
    with os.scandir(handle) as found:
        names = sorted(entry.name for entry in found)
    for name in names:
        about = os.stat(name, dir_fd=handle, follow_symlinks=False)
        if about.st_dev != root.device:
            raise SourceError(f"{root.path.name}: another file system is mounted in it; unmount it or name it by itself.")
        if stat.S_ISDIR(about.st_mode):
            inner = os.open(name, _FOLDER, dir_fd=handle)
            try:
                yield from _walk(inner, f"{prefix}{name}/", depth + 1, root)
            finally:
                os.close(inner)
        yield f"{prefix}{name}", about


def _looked(path: Path) -> os.stat_result:
    try:
        return path.lstat()
    except OSError as error:
        raise SourceError(f"{path.name}: cannot be opened ({error.strerror}).") from None


def _make_writable(name: str, folder: int) -> None:
    """A file its owner has set read-only is still the owner's to destroy."""
    found = os.stat(name, dir_fd=folder, follow_symlinks=False)
    if stat.S_ISREG(found.st_mode) and not found.st_mode & stat.S_IWUSR and found.st_uid == os.geteuid():
        handle = os.open(name, os.O_RDONLY | os.O_NOFOLLOW, dir_fd=folder)
        try:
            os.fchmod(handle, stat.S_IMODE(found.st_mode) | stat.S_IWUSR)
        finally:
            os.close(handle)


def _identity(found: os.stat_result) -> tuple[int, int, int, int]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _remove(name: str, folder: int) -> None:
    with contextlib.suppress(FileNotFoundError):
        handle = os.open(name, os.O_RDWR | os.O_NOFOLLOW, dir_fd=folder)
        with os.fdopen(handle, "r+b") as stream:
            overwrite(stream)
        os.unlink(name, dir_fd=folder)
