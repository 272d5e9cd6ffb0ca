"""Rows of a batch back into CSV or TSV, written as whole columns of text by Arrow: as ``csv.writer`` would write them."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, BinaryIO

from piiscrub.sources.problems import problem
from piiscrub.sources.tabular.form import ROWS

if TYPE_CHECKING:
    import pyarrow as pa

    from piiscrub.sources.tabular.delimited_table import Dialect


class DelimitedWriter:
    """Writes batches the way a file of this dialect was written."""

    def __init__(self, stream: BinaryIO, dialect: Dialect) -> None:
        self._stream, self._dialect = stream, dialect
        stream.write(dialect.encoding.bom)
        self._encoder = codecs.getincrementalencoder(dialect.encoding.codec)("strict")
        self._plain = codecs.lookup(dialect.encoding.codec).name == "utf-8"
        # Cells with either sign are quoted, whichever ends the lines of this file.
        self._special = f'[\\r\\n"\\x{{{ord(dialect.delimiter):x}}}]'

    def start(self, schema: pa.Schema, *, sheet: str = "") -> None:
        """Write the header, if the file had one, below the line that told the delimiter."""
        import pyarrow as pa

        if self._dialect.told:
            self._stream.write(self._encoder.encode(self._dialect.told))
        if self._dialect.header:
            self._rows([pa.array([name], pa.string()) for name in schema.names])

    def write(self, batch: pa.RecordBatch) -> None:
        """Write rows; what is not text is written as Arrow casts it, a missing cell as nothing."""
        for at in range(0, batch.num_rows, ROWS):
            self._rows(batch.slice(at, ROWS).columns)

    def _rows(self, columns: list[pa.Array]) -> None:
        import pyarrow as pa
        import pyarrow.compute as pc

        if not columns:
            return
        cells = [self._quoted(column, alone=len(columns) == 1) for column in columns]
        end = pa.scalar(self._dialect.newline, pa.large_string())
        lines = pc.binary_join_element_wise(*cells, pa.scalar(self._dialect.delimiter, pa.large_string()))
        lines = pc.binary_join_element_wise(lines, end, pa.scalar("", pa.large_string()))
        _, offsets, data = lines.buffers()
        first, last = memoryview(offsets).cast("q")[lines.offset], memoryview(offsets).cast("q")[lines.offset + len(lines)]
        written = memoryview(data)[first:last] if data is not None else b""
        try:
            self._stream.write(written if self._plain else self._encoder.encode(str(written, "utf-8")))
        except UnicodeEncodeError:
            raise problem("unencodable", self._dialect.encoding.codec) from None

    def _quoted(self, column: pa.Array, *, alone: bool) -> pa.Array:
        """The cells as text that are what they are between delimiters; an empty one that stands alone is no empty line."""
        import pyarrow as pa
        import pyarrow.compute as pc

        texts = pc.fill_null(column.cast(pa.large_string()), "")
        needed = pc.match_substring_regex(texts, self._special)
        if alone:
            needed = pc.or_(needed, pc.equal(texts, ""))
        some = pc.any(needed).as_py()
        if not some and not self._dialect.quote_all:
            return texts
        sign, nothing = pa.scalar('"', pa.large_string()), pa.scalar("", pa.large_string())
        doubled = pc.replace_substring(texts, '"', '""') if some else texts
        quoted = pc.binary_join_element_wise(sign, doubled, sign, nothing)
        return quoted if self._dialect.quote_all else pc.if_else(needed, quoted, texts)

    def close(self) -> None:
        """Hand everything to the stream, which stays open."""
        self._stream.write(self._encoder.encode("", True))
