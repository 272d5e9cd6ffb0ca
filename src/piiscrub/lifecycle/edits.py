"""What a search found of one person in one place, as a target of destruction: rows that go, passages of what stays."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import Any, TypeAlias

import pyarrow as pa

from piiscrub.model.finding import Finding
from piiscrub.operate.redact import Redact

_JSON = re.compile(r'"(?:\\.|[^"\\])*"|[^\s,:\[\]{}"]+')  # strings, and everything else that is a value

Spans: TypeAlias = tuple[tuple[int, int], ...]
"""Half-open offsets in a text, in order, none inside another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edits:
    """Rows and passages of one file, or of one table of a database.

    Args:
        source: the file, or the URL of the database.
        table: of a database.
        rows: of a file of tables: table → numbers of the rows that go, from 0.
        passages: of a file of tables: table → (row, column) → passages that are redacted. Of a text:
            ``{"": {(0, 0): passages}}``, offsets in the document that it is read as.
        prints: of a database: row as :func:`row_print` names it → column → passages; no column: the row goes.

    ``Subject.targets`` makes them; nothing of it shows in a repr.
    """

    source: str | PathLike[str] = field(repr=False)
    table: str = ""
    rows: Mapping[str, frozenset[int]] = field(default_factory=dict, repr=False)
    passages: Mapping[str, Mapping[tuple[int, int], Spans]] = field(default_factory=dict, repr=False)
    prints: Mapping[str, Mapping[int, Spans]] = field(default_factory=dict, repr=False)

    @property
    def database(self) -> bool:
        return isinstance(self.source, str) and "://" in self.source

    @property
    def mentions(self) -> int:
        """Texts and cells in which something is redacted."""
        return sum(map(len, self.passages.values())) + sum(map(len, self.prints.values()))

    def to_dict(self) -> dict[str, Any]:
        """As plain data, for a journal that is sealed."""
        source = self.source if self.database else os.fsencode(Path(self.source).absolute()).hex()
        return {
            "source": source,
            "database": self.database,
            "table": self.table,
            "rows": {table: sorted(rows) for table, rows in sorted(self.rows.items())},
            "passages": {
                table: [[*at, [list(one) for one in spans]] for at, spans in sorted(own.items())]
                for table, own in sorted(self.passages.items())
            },
            "prints": {
                row: {str(at): [list(one) for one in spans] for at, spans in own.items()}
                for row, own in sorted(self.prints.items())
            },
        }

    @classmethod
    def from_dict(cls, table: Mapping[str, Any]) -> Edits:
        """What :meth:`to_dict` gave."""
        source = table["source"]
        return cls(
            source=source if table["database"] else Path(os.fsdecode(bytes.fromhex(source))),
            table=table["table"],
            rows={name: frozenset(rows) for name, rows in table["rows"].items()},
            passages={
                name: {(row, column): _spans(spans) for row, column, spans in own} for name, own in table["passages"].items()
            },
            prints={row: {int(at): _spans(spans) for at, spans in own.items()} for row, own in table["prints"].items()},
        )


def redacted(text: str, spans: Spans) -> str:
    """The text with these passages taken out, every other character as it was.

    >>> redacted("please call 13800138000 today", ((12, 23),))
    'please call [REDACTED] today'
    """
    operator, parts, at = Redact(), [], 0
    for start, end in spans:
        parts += [text[at:start], operator(text[start:end], Finding("PERSON", start, end, 1.0, "subject"))]
        at = end
    return "".join([*parts, text[at:]])


def redacted_json(text: str, spans: Spans) -> str:
    r"""The same in a text that is JSON and stays JSON: inside a string its characters go, another value becomes a text.

    >>> redacted_json('{"tel": 13800138000, "note": "call 13800138000"}', ((8, 19), (35, 46)))
    '{"tel": "[REDACTED]", "note": "call [REDACTED]"}'
    """
    parts, at = [], 0
    for token in _JSON.finditer(text):
        start, end = token.span()
        string = token[0].startswith('"')
        inner = (start + 1, end - 1) if string else (start, end)
        own = tuple((max(a, inner[0]) - start, min(b, inner[1]) - start) for a, b in spans if a < inner[1] and inner[0] < b)
        if own:
            whole = "" if string else redacted(token[0], ((0, end - start),))
            parts += [text[at:start], redacted(token[0], own) if string else f'"{whole}"']
            at = end
    return "".join([*parts, text[at:]])


def row_print(batch: pa.RecordBatch, row: int) -> str:
    """A name of a row by all that stands in it, its primary key too: it fits this row alone, and only while it is as it was."""
    return row_prints(batch.slice(row, 1))[0]


def row_prints(batch: pa.RecordBatch) -> list[str]:
    """:func:`row_print` of every row."""
    return [
        hashlib.sha256(repr(sorted(cells.items())).encode("utf-8", "surrogatepass")).hexdigest() for cells in batch.to_pylist()
    ]


def _spans(given: Any) -> Spans:
    return tuple((int(start), int(end)) for start, end in given)
