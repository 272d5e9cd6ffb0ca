"""Columns of string views, as polars writes them, as plain text: pyarrow lacks most functions for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


def without_view(kind: pa.DataType) -> pa.DataType:
    """``large_string`` in place of a string view; any other type as it is.

    >>> import pyarrow as pa
    >>> without_view(pa.string_view()), without_view(pa.int64())
    (DataType(large_string), DataType(int64))
    """
    import pyarrow as pa

    if pa.types.is_dictionary(kind):
        return pa.dictionary(kind.index_type, without_view(kind.value_type), kind.ordered)
    return pa.large_string() if pa.types.is_string_view(kind) else kind


def schema_without_views(schema: pa.Schema) -> pa.Schema:
    """A schema of such types; what it notes stays."""
    import pyarrow as pa

    return pa.schema([field.with_type(without_view(field.type)) for field in schema], schema.metadata)


def without_views(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Rows of such types."""
    schema = schema_without_views(batch.schema)
    return batch if schema.equals(batch.schema) else batch.cast(schema)
