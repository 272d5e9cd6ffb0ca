"""Parquet and Arrow files (Feather, IPC) as batches, and back with the same types; string views are read as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO

from piiscrub.sources.problems import problem
from piiscrub.sources.tabular.form import Ragged, Step, cut
from piiscrub.sources.tabular.inflate import Lent
from piiscrub.sources.tabular.views import schema_without_views, without_views

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(slots=True)
class ParquetTable:
    """A Parquet file; see ``Sheet``. Its row groups are read one after the other, in batches."""

    stream: BinaryIO
    file: str
    name: str = ""
    ragged: list[Ragged] = field(default_factory=list)

    @property
    def schema(self) -> pa.Schema:
        return schema_without_views(self._file().schema_arrow)

    @property
    def compression(self) -> str:
        """The codec of the first column, for writing the same way."""
        meta = self._file().metadata
        codec = meta.row_group(0).column(0).compression if meta.num_row_groups and meta.num_columns else "SNAPPY"
        return "none" if codec == "UNCOMPRESSED" else str(codec).lower()

    def batches(self, *, rows: int, step: Step = None) -> Iterator[pa.RecordBatch]:
        """Read the file from its start."""
        import pyarrow as pa

        file = self._file()
        groups = [file.metadata.row_group(n) for n in range(file.metadata.num_row_groups)]
        sizes = [sum(group.column(n).total_compressed_size for n in range(group.num_columns)) for group in groups]
        try:
            for n, size in enumerate(sizes):
                for batch in file.iter_batches(batch_size=rows, row_groups=[n], use_threads=False):
                    if batch.num_rows:
                        yield without_views(batch)
                if step is not None:
                    step(size)
        except (pa.ArrowInvalid, OSError) as error:
            raise problem("damaged", self.file, type(error).__name__) from None

    def _file(self) -> Any:  # pyarrow has no types
        import pyarrow as pa
        from pyarrow import parquet

        self.stream.seek(0)
        try:
            return parquet.ParquetFile(pa.PythonFile(Lent(self.stream), mode="r"), pre_buffer=False)
        except (pa.ArrowException, OSError) as error:
            raise problem("damaged", self.file, type(error).__name__) from None


@dataclass(slots=True)
class ArrowTable:
    """An Arrow IPC file (Feather version 2) or stream; see ``Sheet``."""

    stream: BinaryIO
    file: str
    is_stream: bool = False
    name: str = ""
    ragged: list[Ragged] = field(default_factory=list)

    @property
    def schema(self) -> pa.Schema:
        return schema_without_views(self._reader().schema)

    def batches(self, *, rows: int, step: Step = None) -> Iterator[pa.RecordBatch]:
        """Read the file from its start."""
        import pyarrow as pa

        reader = self._reader()
        found = reader if self.is_stream else (reader.get_batch(n) for n in range(reader.num_record_batches))
        before = 0
        try:
            for batch in found:
                yield from cut(pa.Table.from_batches([without_views(batch)]), rows)
                if step is not None:
                    now = self.stream.tell()
                    step(max(0, now - before))
                    before = max(now, before)
        except (pa.ArrowInvalid, OSError) as error:
            raise problem("damaged", self.file, type(error).__name__) from None

    def _reader(self) -> Any:  # pyarrow has no types
        import pyarrow as pa

        self.stream.seek(0)
        source = pa.PythonFile(Lent(self.stream), mode="r")
        try:
            return pa.ipc.open_stream(source) if self.is_stream else pa.ipc.open_file(source)
        except (pa.ArrowInvalid, OSError) as error:
            raise problem("damaged", self.file, type(error).__name__) from None


class ArrowWriter:
    """Writes Parquet, an Arrow file or an Arrow stream."""

    def __init__(self, stream: BinaryIO, kind: str, *, compression: str = "snappy") -> None:
        self._stream, self._kind, self._compression = stream, kind, compression
        self._writer: Any = None  # pyarrow has no types
        self._values: dict[int, pa.Array] = {}

    def start(self, schema: pa.Schema, *, sheet: str = "") -> None:
        """Write the schema. What pandas noted about the old columns stays only where no column has changed."""
        import pyarrow as pa
        from pyarrow import parquet

        sink = pa.PythonFile(Lent(self._stream), mode="w")
        if self._kind == "parquet":
            self._writer = parquet.ParquetWriter(sink, schema, compression=self._compression)
        elif self._kind == "arrow-stream":
            self._writer = pa.ipc.new_stream(sink, schema)
        else:
            self._writer = pa.ipc.new_file(sink, schema, options=pa.ipc.IpcWriteOptions(emit_dictionary_deltas=True))

    def write(self, batch: pa.RecordBatch) -> None:
        """Write rows. In an Arrow file a dictionary may only grow, so the values of all batches so far are remembered."""
        import pyarrow as pa

        if self._kind == "arrow":
            columns = [self._grown(n, column) for n, column in enumerate(batch.columns)]
            batch = pa.RecordBatch.from_arrays(columns, schema=batch.schema)
        self._writer.write_batch(batch)

    def _grown(self, n: int, column: pa.Array) -> pa.Array:
        import pyarrow as pa
        import pyarrow.compute as pc

        if not pa.types.is_dictionary(column.type):
            return column
        known = self._values.get(n)
        if known is None:
            known = column.dictionary
        else:
            new = column.dictionary.filter(pc.is_null(pc.index_in(column.dictionary, known)))
            known = pa.concat_arrays([known, new]) if len(new) else known
        self._values[n] = known
        codes = pc.index_in(column.dictionary, known).take(column.indices).cast(column.type.index_type)
        return pa.DictionaryArray.from_arrays(codes, known, ordered=column.type.ordered)

    def close(self) -> None:
        """Write the end of the file."""
        if self._writer is not None:
            self._writer.close()
