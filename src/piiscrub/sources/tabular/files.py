"""Open a file of tables, whatever its format and compression, and make a writer for a file of the same kind."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import BinaryIO

from piiscrub.sources import encoding
from piiscrub.sources.encoding import Encoding, Undecodable
from piiscrub.sources.folder import open_beneath, open_named
from piiscrub.sources.piece import NotExamined
from piiscrub.sources.problems import problem
from piiscrub.sources.source import has_reader
from piiscrub.sources.tabular import inflate
from piiscrub.sources.tabular.arrow_files import ArrowTable, ArrowWriter, ParquetTable
from piiscrub.sources.tabular.delimited_table import DelimitedTable, Dialect, dialect_of
from piiscrub.sources.tabular.delimited_writer import DelimitedWriter
from piiscrub.sources.tabular.form import Sheet, Writer
from piiscrub.sources.tabular.json_lines import JsonLinesTable, JsonLinesWriter
from piiscrub.sources.tabular.workbook import WorkbookWriter, sheets_of

TABLE_FORMATS = ("csv", "tsv", "jsonl", "parquet", "arrow", "arrow-stream", "excel")
SUFFIXES = {
    ".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".pq": "parquet",
    ".feather": "arrow", ".arrow": "arrow", ".ipc": "arrow", ".arrows": "arrow-stream",
    ".xlsx": "excel", ".xlsm": "excel", ".xls": "excel", ".xlsb": "excel", ".ods": "excel",
}  # fmt: skip  # a table reads better in rows
_TEXT = ("csv", "tsv", "jsonl")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFile:
    """A file of one table, or of several sheets. ``name`` is what it was called by; ``size`` is in bytes as it lies there.

    ``packed`` is its compression ("" none). ``encoding`` says how text is encoded ("" where the format settles it).
    """

    name: str
    format: str
    size: int
    sheets: tuple[Sheet, ...]
    packed: str = ""
    how: Encoding | None = None
    dialect: Dialect | None = None
    compression: str = ""

    @property
    def encoding(self) -> str:
        """For people: ``utf-8 with BOM``."""
        return self.how.name if self.how else ""

    @contextlib.contextmanager
    def writer(self, stream: BinaryIO, *, codec: str = "") -> Iterator[Writer]:
        """What writes a file of this kind to ``stream``; ``codec`` asks for another encoding."""
        how = Encoding(encoding.named(codec)) if codec and self.how else self.how
        with contextlib.ExitStack() as stack:
            into = stack.enter_context(contextlib.closing(inflate.packing(stream, self.packed))) if self.packed else stream
            writer = self._writer(into, how)
            try:
                yield writer
            except BaseException:
                with contextlib.suppress(Exception):  # what it holds open is let go; the file is thrown away anyway
                    writer.close()
                raise
            writer.close()

    def _writer(self, stream: BinaryIO, how: Encoding | None) -> Writer:
        if self.dialect is not None and how is not None:
            return DelimitedWriter(stream, replace(self.dialect, encoding=how))
        if self.format == "jsonl" and how is not None:
            return JsonLinesWriter(stream, how)
        if self.format == "excel":
            return WorkbookWriter(stream)
        return ArrowWriter(stream, self.format, compression=self.compression)


def is_table(name: str) -> bool:
    """Whether a file of this name is read as tables.

    >>> is_table("a.csv.gz"), is_table("B.XLSX"), is_table("notes.txt")
    (True, True, False)
    """
    return inflate.inner_name(name).suffix.lower() in SUFFIXES


def no_table(name: str) -> str:
    """The cause why a file of another name is not read as tables: it may be a text, which scan and scrub take.

    >>> no_table("notes.txt"), no_table("scan.pdf")
    ('no-table', 'no-reader')
    """
    return "no-table" if has_reader(inflate.inner_name(name).name) else "no-reader"


@contextlib.contextmanager
def open_tables(
    path: Path,
    *,
    below: str = "",
    shown: str = "",
    codec: str | None = None,
    format: str | None = None,
    delimiter: str = "",
) -> Iterator[TableFile | NotExamined]:
    """Open a file a person named, or one that ``walk`` found (``path`` is then the folder, ``below`` the file).

    ``shown`` is what it may be called where something is wrong with it; left out, it is its name as it is given here.

    Gives a ``NotExamined`` with its cause where the file is no text that can be read, or has no reader. Raises
    ``SourceError`` where nothing of that name can be opened or the file is damaged.
    """
    name = below or str(path)
    if format is not None and format not in TABLE_FORMATS:
        raise problem("unknown-format", format, ", ".join(TABLE_FORMATS))
    try:
        stream = open_beneath(path, below) if below else open_named(path)
    except OSError:
        if not below:
            raise
        yield NotExamined(shown or name, "unreadable")
        return
    with stream:
        yield _prepare(stream, name, shown or name, codec, format, delimiter)


def tables_of(stream: BinaryIO, name: str, *, shown: str = "") -> TableFile | NotExamined:
    """The same for a stream somebody has opened; it stays theirs."""
    return _prepare(stream, name, shown or name, None, None, "")


def _prepare(
    stream: BinaryIO, name: str, shown: str, codec: str | None, format: str | None, delimiter: str
) -> TableFile | NotExamined:
    if not stream.seekable():
        return NotExamined(shown, "not-a-file")
    packed = inflate.kind_of(stream.read(8))
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    own = PurePath(name).name
    kind = format or SUFFIXES.get(inflate.inner_name(own).suffix.lower(), "")
    if not kind:
        return NotExamined(shown, no_table(own))
    if packed and kind not in _TEXT:
        return NotExamined(shown, "no-reader")
    if kind == "parquet":
        table = ParquetTable(stream, shown)
        return TableFile(name=name, format=kind, size=size, sheets=(table,), compression=table.compression)
    if kind in {"arrow", "arrow-stream"}:
        streamed = kind == "arrow-stream" or stream.read(6) != b"ARROW1"
        one = ArrowTable(stream, shown, is_stream=streamed)
        return TableFile(name=name, format="arrow-stream" if streamed else kind, size=size, sheets=(one,))
    if kind == "excel":
        return TableFile(name=name, format=kind, size=size, sheets=sheets_of(stream, shown))
    text: BinaryIO = stream
    if packed:
        text = io.BufferedReader(inflate.Inflating(stream, packed, shown), 1 << 20)
    try:
        how = encoding.detect(text, name=codec)
    except Undecodable as error:
        return NotExamined(shown, error.cause)
    if kind == "jsonl":
        lines = JsonLinesTable(text, how, shown)
        return TableFile(name=name, format=kind, size=size, sheets=(lines,), packed=packed, how=how)
    dialect = dialect_of(text, how, suffix=".tsv" if kind == "tsv" else ".csv", delimiter=delimiter)
    rows = DelimitedTable(text, dialect, shown)
    return TableFile(name=name, format=kind, size=size, sheets=(rows,), packed=packed, how=how, dialect=dialect)
