"""One file, opened: its encoding and format are known, its pieces can be read as often as needed."""

from __future__ import annotations

import codecs
import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from piiscrub.sources import delimited, encoding
from piiscrub.sources.delimited import Delimited
from piiscrub.sources.encoding import Encoding, Undecodable
from piiscrub.sources.folder import open_beneath, open_named
from piiscrub.sources.jsontext import JsonDocument, JsonLines
from piiscrub.sources.piece import Format, NotExamined, Piece
from piiscrub.sources.problems import problem
from piiscrub.sources.text import PlainText

FORMATS = ("text", "csv", "tsv", "jsonl", "json")
_BY_SUFFIX = {
    ".txt": "text", ".md": "text", ".markdown": "text", ".log": "text", ".rst": "text",
    ".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json",
}  # fmt: skip  # a table reads better in rows
# Text on the outside, something else inside: reading it as text would miss what is encoded in it.
_NO_READER = frozenset({".rtf", ".eml", ".mbox", ".pdf", ".ps", ".b64", ".uu", ".mht", ".mhtml", ".ipynb"})
# As in tabular/files.py, less what is text: that module would load Arrow for every text.
_TABLES = (".parquet", ".pq", ".feather", ".arrow", ".ipc", ".arrows", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_COMPRESSED = ((b"\x1f\x8b", "compressed"), (b"BZh", "compressed"), (b"\xfd7zXZ", "compressed"), (b"PK\x03\x04", "archive"))
_SPOOL = 8 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file ready to be read. ``name`` is what it was called by; ``size`` is in bytes."""

    name: str
    format: str
    encoding: Encoding
    size: int
    reader: Format
    stream: BinaryIO

    def pieces(self, *, progress: Callable[[int], None] | None = None) -> Iterator[Piece]:
        """Read from the start; ``progress`` is told how many bytes each step took.

        Raises ``Undecodable`` if the file has changed since it was opened.
        """
        return self.reader.pieces(self._chunks(progress))

    def _chunks(self, progress: Callable[[int], None] | None) -> Iterator[str]:
        before = 0
        for chunk in encoding.decoded(self.stream, self.encoding):
            yield chunk
            if progress is not None:
                now = self.stream.tell()
                progress(now - before)
                before = now

    def bytes_of(self, texts: Iterable[str]) -> Iterator[bytes]:
        """Encode a rewritten file the way this one is encoded, with its mark at the beginning."""
        if self.encoding.bom:
            yield self.encoding.bom
        encoder = codecs.getincrementalencoder(self.encoding.codec)("strict")
        for text in texts:
            yield encoder.encode(text)
        yield encoder.encode("", True)


@contextlib.contextmanager
def opened(
    path: Path | BinaryIO, *, below: str = "", codec: str | None = None, format: str | None = None, name: str = ""
) -> Iterator[Source | NotExamined]:
    """Open a file a person named, a file ``walk`` found (``path`` is then the folder, ``below`` the file), or a stream.

    Gives a ``NotExamined`` with its cause where the file is no text that can be read. Raises ``SourceError`` where
    nothing of that name can be opened, the codec or the format is unknown.
    """
    shown = name or below or (str(path) if isinstance(path, Path) else "-")
    if format is not None and format not in FORMATS:
        raise problem("unknown-format", format, ", ".join(FORMATS))
    if codec is not None:
        encoding.named(codec)  # a wrong name is said before anything is opened
    if not isinstance(path, Path):
        stream = path
    elif below:
        try:
            stream = open_beneath(path, below)
        except OSError:
            yield NotExamined(shown, "unreadable")
            return
    else:
        stream = open_named(path)
    with contextlib.ExitStack() as stack:
        if isinstance(path, Path):
            stack.callback(stream.close)
        try:
            if not stream.seekable():
                spool = tempfile.SpooledTemporaryFile(max_size=_SPOOL)  # noqa: SIM115  # the stack closes it
                stack.callback(spool.close)
                shutil.copyfileobj(stream, spool)
                stream = spool  # type: ignore[assignment]  # typeshed: a spooled file is an IO[bytes], not a BinaryIO
            suffix = Path(below or (path.name if isinstance(path, Path) else name)).suffix.lower()
            found = _prepare(stream, shown, suffix, codec, format)
            if isinstance(found, NotExamined) and suffix in _TABLES and found.cause in ("binary", "archive"):
                found = found._replace(cause="table")
        except OSError:
            found = NotExamined(shown, "unreadable")
        yield found


def _prepare(stream: BinaryIO, name: str, suffix: str, codec: str | None, format: str | None) -> Source | NotExamined:
    stream.seek(0)
    magic = stream.read(8)
    if format is None and codec is None:
        for mark, cause in _COMPRESSED:
            if magic.startswith(mark):
                return NotExamined(name, cause)
        if suffix in _NO_READER:
            return NotExamined(name, "no-reader")
    try:
        how = encoding.detect(stream, name=codec)
        kind = format or _BY_SUFFIX.get(suffix, "text")
        reader = _reader(kind, stream, how)
    except Undecodable as error:
        return NotExamined(name, error.cause)
    size = stream.seek(0, os.SEEK_END)
    return Source(name=name, format=kind, encoding=how, size=size, reader=reader, stream=stream)


def has_reader(name: str) -> bool:
    """Whether a file of this name that is no table may be a text.

    >>> has_reader("minutes.txt"), has_reader("scan.PDF")
    (True, False)
    """
    return Path(name).suffix.lower() not in _NO_READER


def _reader(kind: str, stream: BinaryIO, how: Encoding) -> Format:
    if kind in {"csv", "tsv"}:
        head = next(encoding.decoded(stream, how, size=1 << 16), "")
        return delimited.sniff(head, suffix=f".{kind}")
    if kind == "jsonl":
        return JsonLines()
    if kind == "json":
        return JsonDocument()
    return PlainText()


__all__ = ["FORMATS", "Delimited", "Source", "opened"]
