"""What the commands for tables share: which files there are, and what they may be called."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from piiscrub.sources import NotExamined, problem, walk
from piiscrub.sources.tabular import TableFile, is_table, open_tables
from piiscrub.table.files import shown_path


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How the input is to be read; what is None or empty is found out."""

    codec: str | None = None
    format: str | None = None
    delimiter: str = ""

    def __post_init__(self) -> None:
        if len(self.delimiter) > 1:
            raise problem("bad-delimiter", "--delimiter")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file to be worked on. ``label`` is what it may be called: nothing personal is in it. ``path`` is its own."""

    path: Path
    label: str
    opened: AbstractContextManager[TableFile | NotExamined] | NotExamined


def tables_in(path: Path, reading: Reading) -> Iterator[Found]:
    """The file, or all files below the folder in the order of their names. Links and files without a reader are named too."""
    if not path.is_dir():
        opened = open_tables(path, codec=reading.codec, format=reading.format, delimiter=reading.delimiter)
        yield Found(path=path, label=shown_path(path.name, 1), opened=opened)
        return
    for number, entry in enumerate(walk(path), 1):
        name = entry.name if isinstance(entry, NotExamined) else entry
        label = shown_path(name, number)
        if isinstance(entry, NotExamined):
            yield Found(path=path / name, label=label, opened=entry._replace(name=label))
        elif not is_table(entry):
            yield Found(path=path / name, label=label, opened=NotExamined(label, "no-reader"))
        else:
            given = open_tables(path, below=entry, codec=reading.codec, format=reading.format, delimiter=reading.delimiter)
            yield Found(path=path / name, label=label, opened=given)
