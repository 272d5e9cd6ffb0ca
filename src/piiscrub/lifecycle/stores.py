"""Where the tables lie that retention looks after: files, folders of them, databases, tables in memory."""

from __future__ import annotations

import contextlib
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from piiscrub.errors import InputError, SourceError
from piiscrub.lifecycle.places import Place, Root, walk
from piiscrub.lifecycle.tablefiles import compacted, names, rewrite, tables
from piiscrub.sources.tabular import Ragged, Sheet, is_table, no_table
from piiscrub.sources.tabular.form import Step, cut

Mask = npt.NDArray[np.bool_]
Treat: TypeAlias = Callable[[pa.RecordBatch], "tuple[Mask, pa.RecordBatch | None]"]
"""Rows → which of them are treated, and what takes the place of the batch; None: those rows go."""


class Store(Protocol):
    """One file, one table of a database, one table in memory."""

    def open(self) -> contextlib.AbstractContextManager[list[tuple[str, Sheet]]]:
        """Its tables with their names."""

    def treat(self, ways: Mapping[int, Treat]) -> None:
        """Change the tables at these positions, all of it or nothing."""


@dataclass(frozen=True, slots=True)
class FileStore:
    """A file of tables; ``within`` a folder that was named."""

    place: Place
    within: bool = False

    @contextlib.contextmanager
    def open(self) -> Iterator[list[tuple[str, Sheet]]]:
        with tables(self.place) as file:
            yield list(zip(names(file, self.place), file.sheets, strict=True))

    def treat(self, ways: Mapping[int, Treat]) -> None:
        def change(position: int, batch: pa.RecordBatch, first: int) -> pa.RecordBatch:
            if position not in ways:
                return batch
            rows, new = ways[position](batch)
            return batch.filter(pa.array(~rows)) if new is None else new

        rewrite(self.place, change)


@dataclass(frozen=True, slots=True)
class DatabaseStore:
    """One table of a database."""

    url: str = field(repr=False)
    table: str

    @contextlib.contextmanager
    def open(self) -> Iterator[list[tuple[str, Sheet]]]:
        from piiscrub.sources.tabular.database import open_database

        with open_database(self.url) as files:
            yield [(self.table, file.sheets[0]) for file in files if file.name == f"{self.table}.parquet"]

    def treat(self, ways: Mapping[int, Treat]) -> None:
        from piiscrub.sources.tabular.database_rows import Choice, take_rows

        def choose(batch: pa.RecordBatch, first: int) -> Choice:
            rows, new = ways[0](batch)
            return Choice(rows.tolist()) if new is None else Choice((), rows.tolist(), new)

        take_rows(self.url, self.table, choose)


@dataclass(slots=True)
class MemoryStore:
    """A table in memory. It stays as it is; ``kept`` and ``table`` say what became of it."""

    name: str
    given: pa.Table = field(repr=False)
    kept: Mask | None = None
    table: pa.Table = None
    ragged: list[Ragged] = field(default_factory=list)

    @property
    def schema(self) -> pa.Schema:
        return self.given.schema

    def batches(self, *, rows: int, step: Step = None) -> Iterator[pa.RecordBatch]:
        yield from cut(self.given, rows)

    @contextlib.contextmanager
    def open(self) -> Iterator[list[tuple[str, Sheet]]]:
        yield [(self.name, self)]

    def treat(self, ways: Mapping[int, Treat]) -> None:
        found = [(batch, *ways[0](batch)) for batch in cut(self.given, 1 << 16)]
        deletes = all(new is None for _, _, new in found)
        if deletes:
            self.kept = ~np.concatenate([rows for _, rows, _ in found]) if found else np.zeros(0, np.bool_)
            rest = [batch.filter(pa.array(~rows)) for batch, rows, _ in found]
        else:
            rest = [new for _, _, new in found if new is not None]
        self.table = pa.Table.from_batches([compacted(batch) for batch in rest], schema=rest[0].schema if rest else self.schema)


def stores_of(sources: Any, left: list[tuple[str, str]]) -> Iterator[Store]:
    """Each store. What is no table is added to ``left``: its name and the key of the cause.

    Raises:
        SourceError: something is not there or cannot be opened. InputError: what is no source.
    """
    if isinstance(sources, Mapping):
        for name, one in sources.items():
            yield from [MemoryStore(str(name), one)] if isinstance(one, pa.Table) else stores_of(one, left)
    elif isinstance(sources, pa.Table):
        yield MemoryStore("table", sources)
    elif isinstance(sources, str) and "://" in sources:
        from piiscrub.sources.tabular.database import open_database

        with open_database(sources) as files:
            found = [file.name.removesuffix(".parquet") for file in files]
        yield from (DatabaseStore(sources, name) for name in found)
    elif sources == "":
        raise InputError("retention: an empty path would be the folder you stand in; write . if you mean it.")
    elif isinstance(sources, str | PathLike):
        yield from _paths(Path(sources), left)
    elif isinstance(sources, Sequence):
        for one in sources:
            yield from stores_of(one, left)
    else:
        raise InputError(f"retention takes paths, database URLs and frames, not {type(sources).__name__}.")


def _paths(path: Path, left: list[tuple[str, str]]) -> Iterator[Store]:
    if not path.is_dir():
        place = Place.of(path)
        if place.look() is None:
            raise SourceError(f"{place.name_shown}: no such file or folder.")
        yield FileStore(place)
        return
    root = Root.of(path)
    for below, about in walk(root):
        place = Place(root, below)
        if stat.S_ISDIR(about.st_mode):
            continue
        if stat.S_ISREG(about.st_mode) and is_table(place.name):
            yield FileStore(place, within=True)
        else:
            regular = stat.S_ISREG(about.st_mode)
            left.append(
                (place.name_shown, no_table(place.name) if regular else "link" if stat.S_ISLNK(about.st_mode) else "not-a-file")
            )
