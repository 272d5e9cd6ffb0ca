"""What every table file is made of, whatever its format: sheets of batches, and a writer that takes batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Protocol, TypeAlias

from piiscrub.sources import encoding
from piiscrub.sources.encoding import Encoding
from piiscrub.sources.problems import problem

if TYPE_CHECKING:
    import pyarrow as pa

Step: TypeAlias = Callable[[int], None] | None
"""Is told how many bytes of the file each step took."""

ROWS = 1 << 16
"""Rows of a batch, at most."""


class Ragged(NamedTuple):
    """A line with more or fewer cells than the header: its number in the file, the cells it has and should have."""

    line: int
    cells: int
    expected: int


class Sheet(Protocol):
    """One table of a file. ``name`` is that of the sheet, "" where a file holds one table only."""

    @property
    def name(self) -> str: ...

    @property
    def ragged(self) -> list[Ragged]: ...

    @property
    def schema(self) -> pa.Schema:
        """Names and types of the columns."""

    def batches(self, *, rows: int, step: Step = None) -> Iterator[pa.RecordBatch]:
        """The rows, from the start; may be asked for again."""


class Writer(Protocol):
    """Takes the tables of a file one after the other."""

    def start(self, schema: pa.Schema, *, sheet: str = "") -> None:
        """Begin a table."""

    def write(self, batch: pa.RecordBatch) -> None:
        """Add rows to it; the schema is the one it was begun with."""

    def close(self) -> None:
        """Finish the file; the stream stays open."""


def cut(table: pa.Table, rows: int) -> Iterator[pa.RecordBatch]:
    """A table in batches of at most so many rows."""
    for batch in table.to_batches(max_chunksize=rows):
        if batch.num_rows:
            yield batch


def texts(stream: BinaryIO, how: Encoding, file: str, step: Step, *, size: int = encoding.CHUNK) -> Iterator[str]:
    """The text of a file in chunks. Raises ``SourceError`` if it is no longer what it was when it was opened."""
    before = 0
    try:
        for text in encoding.decoded(stream, how, size=size):
            yield text
            if step is not None:
                now = position(stream)
                step(now - before)
                before = now
    except encoding.Undecodable:
        raise problem("changed", file) from None


def position(stream: BinaryIO) -> int:
    """How many bytes of the file itself have been read: packed ones where it is compressed."""
    packed: int | None = getattr(getattr(stream, "raw", None), "packed_at", None)
    return stream.tell() if packed is None else packed
