"""What is searched for a person: tables and texts of files, folders and databases, and tables in memory."""

from __future__ import annotations

import contextlib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from os import PathLike
from pathlib import Path
from typing import Any

import pyarrow as pa

from piiscrub.errors import InputError, SourceError
from piiscrub.lifecycle.documents import joined
from piiscrub.lifecycle.linking import Parts
from piiscrub.lifecycle.places import Place, Root
from piiscrub.lifecycle.tablefiles import names
from piiscrub.sources.folder import walk
from piiscrub.sources.piece import NotExamined, Piece
from piiscrub.sources.source import opened
from piiscrub.sources.tabular import ROWS, TableFile, is_table, open_tables
from piiscrub.sources.tabular.files import tables_of
from piiscrub.sources.tabular.form import cut
from piiscrub.sources.tabular.leftovers import leftovers
from piiscrub.table.files import shown_path
from piiscrub.table.frame import Table
from piiscrub.table.profile.model import TableProfile
from piiscrub.table.profile.profile import profile
from piiscrub.table.sampling import gathered

MOST = 100_000
"""Characters of a text that is taken as one document; a longer one is read line by line."""


@dataclass(frozen=True, slots=True)
class Searched:
    """One table, or one text. ``source`` is the path, the URL or the table it came from; ``table`` its name among others."""

    source: Any = field(repr=False)
    shown: str
    table: str
    position: int
    parts: Parts | None = field(repr=False)
    names: tuple[str, ...] = field(default=(), repr=False)
    """What it is called: file and folders, sheet or table, headers; and what a file of tables holds beside its cells."""

    @property
    def is_text(self) -> bool:
        return self.parts is None

    @property
    def database(self) -> bool:
        return isinstance(self.source, str)

    def batches(self) -> Iterator[tuple[int, pa.RecordBatch]]:
        """Its rows, each batch with the number of its first row from 0."""
        first = 0
        with contextlib.ExitStack() as stack:
            for batch in _batches(self, stack):
                yield first, _readable(batch)
                first += batch.num_rows

    def texts(self, causes: list[str]) -> Iterator[Document]:
        """The documents in it: the whole, or line by line where that is long. ``causes`` gets why parts could not be read."""
        with opened(self.source) as source:
            if isinstance(source, NotExamined):
                causes.append(source.cause)
                return
            parts = list(joined(_noted(source.pieces(), causes)))
        starts = list(accumulate((len(text) for text, _ in parts), initial=0))
        whole = "".join(text for text, _ in parts)

        def line(offset: int) -> int:
            part = max(bisect_right(starts, offset) - 1, 0)
            text, first = parts[min(part, len(parts) - 1)]
            return first + text.count("\n", 0, offset - starts[part]) if part < len(parts) else first

        if len(whole) <= MOST:
            yield Document(whole, 0, line)
        else:
            offset = 0
            for one in whole.splitlines(keepends=True):
                yield Document(one, offset, line)
                offset += len(one)


@dataclass(frozen=True, slots=True)
class Document:
    """A text, where it begins in the whole, and a way from an offset in the whole to its line, from 1."""

    text: str = field(repr=False)
    offset: int
    line: Callable[[int], int] = field(repr=False)


def searched(sources: Any) -> tuple[list[Searched], list[tuple[str, str]]]:
    """Every table and text of what is named, and what could not be read with its cause.

    Args:
        sources: one or several of: path of a file or folder, URL of a database, pyarrow table; or pyarrow tables by name.

    Raises:
        SourceError: what is named is not there. InputError: what is no source.
    """
    found: list[Searched] = []
    missed: list[tuple[str, str]] = []
    for name, one in _each(sources):
        if isinstance(one, pa.Table):
            shown = name or "table"
            _table(Searched(one, shown, shown, 0, None, (name,)), profile(Table.from_arrow(one)), one.schema, found, missed)
        elif isinstance(one, str) and "://" in one:
            _database(one, found, missed)
        elif isinstance(one, str | PathLike):
            path = Path(one)
            if path.is_dir():
                for number, below in enumerate(walk(path), 1):
                    if isinstance(below, NotExamined):
                        missed.append((shown_path(below.name, number), below.cause))
                    else:
                        _below(path, below, shown_path(below, number), found, missed)
            else:
                _file(path, path.name, shown_path(path.name), found, missed)
        else:
            raise InputError(f"subject takes paths, database URLs and tables, not {type(one).__name__}.")
    return found, missed


def _each(sources: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(sources, Mapping):
        yield from ((str(name), one) for name, one in sources.items())
    elif isinstance(sources, Sequence) and not isinstance(sources, str | bytes):
        for one in sources:
            yield from _each(one)
    else:
        yield "", sources


def _noted(pieces: Iterator[Piece], causes: list[str]) -> Iterator[Piece]:
    for piece in pieces:
        if piece.unit is not None and piece.unit.cause and piece.unit.cause not in causes:
            causes.append(piece.unit.cause)
        yield piece


def _below(folder: Path, below: str, shown: str, found: list[Searched], missed: list[tuple[str, str]]) -> None:
    """A file of a folder: one that cannot be read is named among the others, and does not end the search."""
    try:
        _file(folder / below, below, shown, found, missed)
    except SourceError:
        missed.append((shown, "unreadable"))


def _file(path: Path, name: str, shown: str, found: list[Searched], missed: list[tuple[str, str]]) -> None:
    """``name``: as a person sees it, with the folders below the one that was named."""
    if not is_table(path.name):
        with opened(path) as source:
            if isinstance(source, NotExamined):
                missed.append((shown, source.cause))
            else:
                found.append(Searched(path, shown, shown, 0, None, (name,)))
        return
    with open_tables(path, shown=shown) as file:
        if not isinstance(file, TableFile):
            missed.append((shown, file.cause))
            return
        called = names(file, Place(Root.of(path.absolute().parent, follow=True), path.name))
        beside = (name, *(text for _, text in leftovers(path) if text))
        for position, sheet in enumerate(file.sheets):
            if len(sheet.schema):
                told = gathered(sheet.batches(rows=ROWS), sheet.schema).profile()
                one = Searched(path, shown, called[position], position, None, (*beside, sheet.name))
                beside = ()  # said once
                _table(one, told, sheet.schema, found, missed)
                if any(ragged.cells > ragged.expected for ragged in sheet.ragged):
                    missed.append((called[position], "beyond"))
                if getattr(sheet, "unremembered", 0):
                    missed.append((called[position], "unremembered"))


def _database(url: str, found: list[Searched], missed: list[tuple[str, str]]) -> None:
    from piiscrub.sources.tabular.database import open_database

    with open_database(url) as files:
        for file in files:
            sheet = file.sheets[0]
            name = file.name.removesuffix(".parquet")
            told = gathered(sheet.batches(rows=ROWS), sheet.schema).profile()
            _table(Searched(url, name, name, 0, None, (name,)), told, sheet.schema, found, missed)


def _table(one: Searched, told: TableProfile, schema: pa.Schema, found: list[Searched], missed: list[tuple[str, str]]) -> None:
    """A table with what its columns are; one with cells that nobody can look into is named among what could not be read."""
    found.append(replace(one, parts=Parts.of(told, schema, one.table), names=(*one.names, *schema.names)))
    if any(column.blind for column in told.columns):
        missed.append((one.table, "no-text"))


def _readable(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The rows; text that is no UTF-8 is missing in them."""
    table = Table.from_arrow(batch)
    return pa.RecordBatch.from_arrays(list(table.columns), names=batch.schema.names) if table.blind else batch


def _batches(one: Searched, stack: contextlib.ExitStack) -> Iterator[pa.RecordBatch]:
    if isinstance(one.source, pa.Table):
        yield from cut(one.source, ROWS)
    elif isinstance(one.source, str):
        from piiscrub.sources.tabular.database import open_database

        files = stack.enter_context(open_database(one.source))
        yield from next(file for file in files if file.name == f"{one.table}.parquet").sheets[0].batches(rows=ROWS)
    else:
        stream = stack.enter_context(one.source.open("rb"))
        file = tables_of(stream, one.source.name, shown=one.shown)
        if isinstance(file, TableFile):
            yield from file.sheets[one.position].batches(rows=ROWS)
