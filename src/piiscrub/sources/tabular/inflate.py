"""Compressed files, unpacked while they are read, and only up to a stated ratio and size.

A few kilobytes can unpack to terabytes; so reading stops with an error at ``MOST_RATIO`` times the compressed bytes read
so far (once ``FREE`` bytes have come out), or at ``MOST_BYTES``. Ordinary tables shrink to a fifth or a tenth.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import zlib
from collections.abc import Callable
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, BinaryIO

from piiscrub.sources.problems import problem

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MOST_RATIO = 200
MOST_BYTES = 1 << 40
FREE = 64 << 20
SUFFIXES = {".gz": "gzip", ".bz2": "bz2", ".xz": "xz", ".zst": "zstd"}
_MAGIC = ((b"\x1f\x8b", "gzip"), (b"BZh", "bz2"), (b"\xfd7zXZ\x00", "xz"), (b"\x28\xb5\x2f\xfd", "zstd"))
_BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError)


def kind_of(head: bytes) -> str:
    r"""The compression a file begins with, "" for none.

    >>> kind_of(b"\x1f\x8b\x08"), kind_of(b"id,tel")
    ('gzip', '')
    """
    return next((kind for magic, kind in _MAGIC if head.startswith(magic)), "")


def inner_name(name: str) -> PurePath:
    """The name without the ending of the compression.

    >>> inner_name("a.csv.gz").suffix, inner_name("b.parquet").suffix
    ('.csv', '.parquet')
    """
    path = PurePath(name)
    return path.with_suffix("") if path.suffix.lower() in SUFFIXES else path


def packed_name(name: str) -> str:
    """The compression that the ending of a name says, "" for none.

    >>> packed_name("a.csv.gz"), packed_name("b.csv")
    ('gzip', '')
    """
    return SUFFIXES.get(PurePath(name).suffix.lower(), "")


class Inflating(io.RawIOBase):
    """The content of a compressed stream. It can be read again from the start, and sought forward.

    ``name`` is how the file may be shown in errors. Raises ``SourceError`` when the limits are passed or the stream is
    damaged.
    """

    def __init__(
        self, stream: BinaryIO, kind: str, name: str, *, most_ratio: int = MOST_RATIO, most_bytes: int = MOST_BYTES,
        free: int = FREE,
    ) -> None:  # fmt: skip  # the limits stand together
        self._packed, self._kind, self._name = stream, kind, name
        self._most_ratio, self._most_bytes, self._free = most_ratio, most_bytes, free
        self._at = 0
        self._open()

    def _open(self) -> None:
        self._packed.seek(0)
        self._at = 0
        self._plain = _OPENERS[self._kind](self._packed)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill the buffer from where the last read stopped."""
        view = memoryview(buffer).cast("B")
        try:
            data = self._plain.read(len(view))
        except _BROKEN as error:
            raise problem("damaged", self._name, type(error).__name__) from None
        view[: len(data)] = data
        self._at += len(data)
        if self._at > self._free and self._at > self._most_ratio * max(1, self._packed.tell()):
            raise problem("inflates", self._name, f"more than {self._most_ratio} times its size")
        if self._at > self._most_bytes:
            raise problem("inflates", self._name, f"more than {self._most_bytes >> 30} GiB")
        return len(data)

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Go to ``offset`` by reading; back means from the start again. The end is not known."""
        if whence == os.SEEK_CUR:
            offset += self._at
        elif whence != os.SEEK_SET:
            raise io.UnsupportedOperation("the end of a compressed stream is not known")
        if offset < self._at:
            self._open()
        while self._at < offset and self.read(min(offset - self._at, 1 << 20)):
            pass
        return self._at

    def tell(self) -> int:
        return self._at

    @property
    def packed_at(self) -> int:
        """How many compressed bytes have been read: what progress is measured in."""
        return self._packed.tell()


def _gzip(stream: BinaryIO) -> BinaryIO:
    return gzip.GzipFile(fileobj=stream, mode="rb")  # type: ignore[return-value]  # a binary reader in all but name


def _zstd(stream: BinaryIO) -> BinaryIO:
    import pyarrow as pa

    opened: BinaryIO = pa.CompressedInputStream(pa.PythonFile(Lent(stream), mode="r"), "zstd")
    return opened


_OPENERS: dict[str, Callable[[BinaryIO], Any]] = {"gzip": _gzip, "bz2": bz2.BZ2File, "xz": lzma.LZMAFile, "zstd": _zstd}


class Lent:
    """A stream that pyarrow may use but not close: it closes what it was given, even when it is collected."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.closed = False
        self.read, self.write, self.seek, self.tell = stream.read, stream.write, stream.seek, stream.tell
        self.seekable, self.readable, self.writable, self.flush = stream.seekable, stream.readable, stream.writable, stream.flush

    def close(self) -> None:
        """Leave the stream open; it belongs to somebody else."""
        self.closed = True


def packing(stream: BinaryIO, kind: str) -> BinaryIO:
    """A stream that compresses into ``stream``; close it before ``stream``. The time is not written, so runs are equal."""
    if kind == "gzip":
        return gzip.GzipFile(fileobj=stream, mode="wb", filename="", mtime=0)  # type: ignore[return-value]  # a binary writer
    if kind == "bz2":
        return bz2.BZ2File(stream, "wb")  # type: ignore[return-value]  # a binary writer in all but name
    if kind == "xz":
        return lzma.LZMAFile(stream, "wb")  # type: ignore[return-value]  # a binary writer in all but name
    import pyarrow as pa

    made: BinaryIO = pa.CompressedOutputStream(pa.PythonFile(Lent(stream), mode="w"), "zstd")
    return made
