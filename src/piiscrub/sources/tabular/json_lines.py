"""JSON lines as batches of columns, and back: a key is a column, in the order of its first appearance.

The file is read twice: once to learn keys and types, once for the rows. A column whose values are all text, whole numbers,
numbers or truth values has that type; a column of mixed or nested values holds their JSON as text, and is written as
that JSON again. A missing key and ``null`` are both no value; a row is written with all its keys. A line that names one key
twice is refused: of two values a table holds one, and the other would be neither examined nor written.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO

from piiscrub.sources.encoding import Encoding
from piiscrub.sources.problems import problem
from piiscrub.sources.tabular.form import Ragged, Step, texts

if TYPE_CHECKING:
    import pyarrow as pa

DEPTH = 64
MIXED = b"piiscrub.json"
"""Marks, in a field's metadata, a column of text that holds JSON."""
_BIG = 1 << 63
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")  # as JSON writes one
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class JsonLinesTable:
    """A file with one JSON object per line; see ``Sheet``."""

    stream: BinaryIO
    how: Encoding
    file: str
    name: str = ""
    ragged: list[Ragged] = field(default_factory=list)
    _schema: pa.Schema = None

    @property
    def schema(self) -> pa.Schema:
        """Keys and types of the whole file; reads it once."""
        import pyarrow as pa

        if self._schema is None:
            kinds: dict[str, set[str]] = {}
            for _, row in self._rows(None):
                for key, value in row.items():
                    kinds.setdefault(key, set()).add(_kind(value))
            types = {"text": pa.string(), "whole": pa.int64(), "number": pa.float64(), "truth": pa.bool_()}
            fields = []
            for key, found in kinds.items():
                kind = _joined(found - {"none"})
                fields.append(pa.field(key, types[kind]) if kind in types else pa.field(key, pa.string(), metadata={MIXED: b"1"}))
            self._schema = pa.schema(fields)
        return self._schema

    def batches(self, *, rows: int, step: Step = None) -> Iterator[pa.RecordBatch]:
        """Read the file from its start."""
        import pyarrow as pa

        schema = self.schema
        held: list[dict[str, Any]] = []
        size = 0

        def made() -> pa.RecordBatch:
            columns = []
            for one in schema:
                values = [row.get(one.name) for row in held]
                if one.metadata and MIXED in one.metadata:
                    values = [None if value is None else _dumps(value) for value in values]
                columns.append(pa.array(values, one.type))
            return pa.RecordBatch.from_arrays(columns, schema=schema)

        for length, row in self._rows(step):
            held.append(row)
            size += length
            if len(held) >= rows or size > 16 << 20:
                yield made()
                held.clear()
                size = 0
        if held:
            yield made()

    def _rows(self, step: Step) -> Iterator[tuple[int, dict[str, Any]]]:
        line, held = 0, ""
        for text in itertools.chain(texts(self.stream, self.how, self.file, step), "\n"):
            *whole, held = (held + text).split("\n")
            for one in whole:
                line += 1
                if one.strip():
                    yield len(one), self._object(one, line)

    def _object(self, text: str, line: int) -> dict[str, Any]:
        try:
            found = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_each_once)
            if isinstance(found, dict) and _depth(found) <= DEPTH:
                return _whole(found) if _SURROGATE.search(text) else found
        except _Twice:
            raise problem("json-twice", self.file, str(line)) from None
        except (ValueError, RecursionError):
            pass
        raise problem("bad-json", self.file, str(line))


class _Twice(ValueError):
    """One object names a key twice."""


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Twice
    return found


def _whole(found: dict[str, Any]) -> dict[str, Any]:
    """The object with each half of a surrogate pair replaced: no encoding holds one, and logs cut emoji in two."""
    written = _dumps(found)
    mended = _HALF.sub("\N{REPLACEMENT CHARACTER}", written)
    return found if mended == written else dict(json.loads(mended, object_pairs_hook=_each_once))


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _kind(value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "truth"
    if isinstance(value, int):
        return "whole" if -_BIG <= value < _BIG else "mixed"
    return {str: "text", float: "number"}.get(type(value), "mixed")


def _joined(kinds: set[str]) -> str:
    if len(kinds) == 1:
        return next(iter(kinds))
    return "text" if not kinds else "mixed"  # 1 and 1.5 in one column: as floats, the 1 would come back as 1.0


def _depth(value: object) -> int:
    deepest, level = 0, [value]
    while level:
        inner = [
            x for one in level if isinstance(one, dict | list) for x in (one.values() if isinstance(one, dict) else one)
        ]  # fmt: skip  # one level of nesting at a time
        deepest += any(isinstance(one, dict | list) for one in level)
        level = inner
    return deepest


class JsonLinesWriter:
    """Writes one object per row. ``mixed`` names the columns whose text is JSON."""

    def __init__(self, stream: BinaryIO, how: Encoding) -> None:
        self._stream, self._how = stream, how
        self._schema: pa.Schema = None
        stream.write(how.bom)

    def start(self, schema: pa.Schema, *, sheet: str = "") -> None:
        """Remember the columns."""
        self._schema = schema

    def write(self, batch: pa.RecordBatch) -> None:
        """Write rows. A cell of a mixed column that is no JSON any more is written as text."""
        columns = []
        for one, column in zip(self._schema, batch.columns, strict=True):
            values = column.to_pylist()
            columns.append([_loaded(value) for value in values] if one.metadata and MIXED in one.metadata else values)
        names = self._schema.names
        lines = (
            json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=str) for row in zip(*columns, strict=True)
        )
        self._stream.write("".join(line + "\n" for line in lines).encode(self._how.codec))

    def close(self) -> None:
        """Nothing is left to be written."""


def _loaded(text: str | None) -> object:
    if text is None:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
