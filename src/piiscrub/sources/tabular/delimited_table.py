"""CSV and TSV as batches of text columns.

A stretch of the file with lines that are alike and quotes that are in order goes through Arrow's reader, the rest through the
standard library's: both read the same (a test says so), the first several times faster. Lines that have more or fewer cells
than the header are reported with their numbers: missing cells become empty; what stands beyond the last column has no plan,
so it is never handed on.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO

from piiscrub.sources import delimited, encoding
from piiscrub.sources.encoding import Encoding
from piiscrub.sources.problems import problem
from piiscrub.sources.tabular.form import Ragged, Step, cut, texts

if TYPE_CHECKING:
    import pyarrow as pa

LONGEST_LINE = 64 << 20
_OPEN_LINES = 100  # lines at the end of a block that one row may take, before the slow way finds its end
_TOLD = re.compile(r'("?)sep=([,;\t|^~:])\1(?:\r\n|\r|\n)', re.IGNORECASE)  # by which a file tells spreadsheets its delimiter
BLOCK = 2 << 20
"""Characters read at a time: enough for Arrow to be fast, little enough that hundreds of columns fit into memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a file is written, so that the new one is written the same way."""

    encoding: Encoding
    delimiter: str = ","
    header: bool = True
    newline: str = "\n"
    quote_all: bool = False
    told: str = ""  # the line above the header that says the delimiter, with its end


def dialect_of(stream: BinaryIO, how: Encoding, *, suffix: str, delimiter: str = "") -> Dialect:
    """Delimiter, header, line ends and quoting, from the beginning of a file."""
    head = next(encoding.decoded(stream, how, size=1 << 16), "")
    says = _TOLD.match(head)
    told = says[0] if says else ""
    head, delimiter = head[len(told) :], delimiter or (says[2] if says else "")
    found = delimited.sniff(head, suffix=suffix, delimiter=delimiter)
    first = min((at for at in (head.find("\n"), head.find("\r")) if at >= 0), default=-1)
    newline = "\n" if first < 0 or head[first] == "\n" else "\r\n" if head.startswith("\r\n", first) else "\r"
    written = [piece.raw for piece in itertools.islice(found.pieces([head]), 400) if piece.unit is not None]
    quote_all = bool(written) and all(raw.startswith('"') for raw in written)
    return Dialect(encoding=how, delimiter=found.delimiter, header=found.header, newline=newline, quote_all=quote_all, told=told)


@dataclass(slots=True)
class DelimitedTable:
    """A file of rows; see ``Sheet``. ``ragged`` fills while it is read."""

    stream: BinaryIO
    dialect: Dialect
    file: str
    names: tuple[str, ...] = ()
    name: str = ""
    ragged: list[Ragged] = field(default_factory=list)

    def __post_init__(self) -> None:
        lines = self._lines(None)
        cells = next((cells for _, cells in _until(lines, self.dialect, self.file, one=True)), [])
        self.names = tuple(cells) if self.dialect.header else ("",) * len(cells)

    @property
    def schema(self) -> pa.Schema:
        """All columns are text; a file without a header has columns without names."""
        import pyarrow as pa

        return pa.schema([pa.field(name, pa.string()) for name in self.names])

    def batches(self, *, rows: int, step: Step = None) -> Iterator[pa.RecordBatch]:
        """Read the file from its start."""
        self.ragged.clear()
        schema, width = self.schema, len(self.names)
        if not width:
            return
        import pyarrow as pa

        lines = self._lines(step)
        if self.dialect.header:
            list(_until(lines, self.dialect, self.file, one=True))
        while block := lines.block():
            block = lines.cut(block)
            table = _fast(block, schema, self.dialect.delimiter)
            if table is None:
                lines.give_back(block)
                table = _table(self._even(_until(lines, self.dialect, self.file), width), schema)
            else:
                lines.passed(block)
            yield from cut(table, rows)
            # Arrow keeps what it has used for the next time: after a few blocks that is more than all the rest of the process.
            pa.default_memory_pool().release_unused()

    def _lines(self, step: Step) -> _Lines:
        """The file from its start, below the line that tells the delimiter."""
        lines = _Lines(texts(self.stream, self.dialect.encoding, self.file, step, size=BLOCK), self.file)
        if self.dialect.told:
            lines.skip(self.dialect.told)
        return lines

    def _even(self, found: Iterator[tuple[int, list[str]]], width: int) -> Iterator[list[str]]:
        for line, cells in found:
            if len(cells) == width:
                yield cells
            elif not cells:  # an empty line
                if width == 1:
                    yield [""]
                else:
                    self.ragged.append(Ragged(line, 0, width))
            else:
                self.ragged.append(Ragged(line, len(cells), width))
                yield (cells + [""] * width)[:width]


class _Lines:
    """Text, block by block or line by line, with the number of the line that comes next."""

    def __init__(self, texts: Iterator[str], name: str) -> None:
        self._texts, self._held, self._ended, self._name = texts, "", False, name
        self.line = 1
        self.opened = 0
        self._open: Iterator[str] = iter(())
        self._left = 0

    def skip(self, first: str) -> None:
        """Pass over what the file begins with, a whole line."""
        while len(self._held) < len(first) and (more := next(self._texts, None)) is not None:
            self._held += more
        self._held = self._held[len(first) :]
        self.line += 1

    def block(self) -> str:
        """The next lines, whole; "" at the end."""
        while not self._ended:
            if len(self._held) >= BLOCK:
                at = self._held.rfind("\n") + 1 or self._held.rfind("\r", 0, -1) + 1
                if at:
                    block, self._held = self._held[:at], self._held[at:]
                    return block
                if len(self._held) > LONGEST_LINE:
                    raise problem("long-line", self._name, str(self.line))
            more = next(self._texts, None)
            self._ended = more is None
            self._held += more or ""
        block, self._held = self._held, ""
        return block

    def cut(self, block: str) -> str:
        """A block up to the last line that no quote goes on beyond, as far as their number tells; the rest comes next."""
        at = len(block)
        odd = block.count('"') % 2
        for _ in range(_OPEN_LINES):
            if not odd or not at:
                break
            before = block.rfind("\n", 0, at - 1) + 1
            odd = (odd + block.count('"', before, at)) % 2
            at = before
        if odd or not at:
            return block
        self._held = block[at:] + self._held
        return block[:at]

    def passed(self, block: str) -> None:
        """Count the lines of a block that somebody else has read."""
        self.line += block.count("\n")

    def give_back(self, block: str) -> None:
        """Let ``lines`` begin with this block."""
        self._open, self._left = iter(io.StringIO(block, newline="")), len(block)
        self.opened += 1

    @property
    def whole(self) -> bool:
        """Whether the block that was opened has been read to its end."""
        return not self._left

    @property
    def ended(self) -> bool:
        """Whether there is nothing more at all."""
        return self._ended and not self._left and not self._held

    def lines(self) -> Iterator[str]:
        """Lines with their ends; a block is opened when a row goes on beyond the one before."""
        while True:
            for line in self._open:
                self._left -= len(line)
                self.line += 1
                yield line
            block = self.block()
            if not block:
                return
            self.give_back(block)

    def rest(self) -> None:
        """Put what was opened and not read back in front."""
        self._held = "".join(self._open) + self._held
        self._left = 0


def _until(lines: _Lines, dialect: Dialect, name: str, *, one: bool = False) -> Iterator[tuple[int, list[str]]]:
    """The rows up to the first border between rows at or after the end of the opened block, with the line each begins in."""
    record: list[str] = []
    opened = max(1, lines.opened)

    def noted() -> Iterator[str]:
        for line in lines.lines():
            record.append(line)
            yield line

    reader = csv.reader(noted(), delimiter=dialect.delimiter)
    while True:
        start = lines.line
        record.clear()
        try:
            cells = next(reader, None)
        except csv.Error:
            raise problem("bad-quote", name, str(start)) from None
        if cells is None:
            return
        if lines.ended and not _closed(record, dialect.delimiter):
            raise problem("bad-quote", name, str(start))
        yield start, cells
        if one or lines.whole or lines.opened > opened:
            lines.rest()
            return


def _closed(record: list[str], delimiter: str) -> bool:
    """Whether the last quote of a row that the end of the file has ended was closed."""
    probe = csv.reader([*record, f'"{delimiter}"\n'], delimiter=delimiter)
    return len(list(probe)) > 1


@lru_cache(maxsize=8)
def _well_quoted(delimiter: str) -> re.Pattern[str]:
    """Matches text in which every quote opens a cell, closes it or is doubled within it: then all readers agree."""
    ends = re.escape(delimiter) + r"\r\n"
    return re.compile(rf'(?:[^"]*+(?<![^{ends}])"(?:[^"]|"")*+"(?=[{ends}]|\Z))*+[^"]*+')


def _fast(block: str, schema: pa.Schema, delimiter: str) -> pa.Table | None:
    """The rows as Arrow reads them; None if there is a line that is not like the others, or a quote within a cell without."""
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import csv as arrow

    if len(delimiter.encode()) > 1 or "\0" in block or block.count("\r") != block.count("\r\n"):
        return None
    if block.startswith("\ufeff"):  # Arrow takes it for the mark of a file and leaves it out
        return None
    quotes = '"' in block
    if quotes and not _well_quoted(delimiter).fullmatch(block):
        return None
    names = [f"f{n}" for n in range(len(schema))]
    odd = False

    def note(row: object) -> str:
        nonlocal odd
        odd = True
        return "skip"

    data = block.encode("utf-8")
    table = arrow.read_csv(
        pa.BufferReader(data),
        read_options=arrow.ReadOptions(use_threads=False, block_size=len(data) + 1, column_names=names),
        parse_options=arrow.ParseOptions(
            delimiter=delimiter,
            quote_char='"' if quotes else False,
            newlines_in_values=quotes,
            invalid_row_handler=note,
        ),
        convert_options=arrow.ConvertOptions(
            column_types={name: pa.string() for name in names}, strings_can_be_null=False, check_utf8=False
        ),
    )
    within = sum(pc.sum(pc.count_substring(cells, "\n")).as_py() or 0 for cells in table.columns) if quotes else 0
    if odd or table.num_rows + within != block.count("\n") + (not block.endswith("\n")):
        return None
    return pa.Table.from_arrays(table.columns, schema=schema)


def _table(rows: Iterator[list[str]], schema: pa.Schema) -> pa.Table:
    import pyarrow as pa

    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.Table.from_arrays([pa.array(column, pa.string()) for column in columns], schema=schema)
