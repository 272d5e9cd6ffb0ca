"""What the commands for tables share: which files and tables there are, and what they may be called."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path, PurePath

from piiscrub.cli.outcome import UsageProblem
from piiscrub.sources import NotExamined, problem, walk
from piiscrub.sources.tabular import TableFile, is_table, no_table, open_tables
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
        yield Found(path=path, label=shown_path(path.name, 1), opened=_opened(path, "", shown_path(path.name, 1), reading))
        return
    entries = list(walk(path))
    names = [entry.name if isinstance(entry, NotExamined) else entry for entry in entries]
    taken = frozenset(names)
    for number, (entry, name) in enumerate(zip(entries, names, strict=True), 1):
        label = shown_path(name, number, taken=taken)
        if isinstance(entry, NotExamined):
            yield Found(path=path / name, label=label, opened=entry._replace(name=label))
        elif not is_table(entry):
            yield Found(path=path / name, label=label, opened=NotExamined(label, no_table(entry)))
        else:
            yield Found(path=path / name, label=label, opened=_opened(path, entry, label, reading))


def _opened(path: Path, below: str, label: str, reading: Reading) -> AbstractContextManager[TableFile | NotExamined]:
    return open_tables(
        path, below=below, shown=label, codec=reading.codec, format=reading.format, delimiter=reading.delimiter
    )  # fmt: skip  # what, and how


def source_of(source: str) -> Path | str:
    """A path, or the URL of a database as it was typed."""
    return source if "://" in source else Path(source)


def all_tables(source: Path | str, reading: Reading) -> Iterator[Found]:
    """``tables_in`` a file or folder, or the tables of a database, each under the name it is handed over by."""
    if isinstance(source, Path):
        yield from tables_in(source, reading)
        return
    if reading != Reading():
        raise UsageProblem("--encoding, --format and --delimiter say how a file is read; a database needs none of them.")
    from piiscrub.sources.tabular.database import open_database

    with open_database(source) as files:
        for file in files:
            yield Found(path=Path(file.name), label=shown_path(PurePath(file.name).name), opened=nullcontext(file))


def files_of(source: Path | str) -> list[Path]:
    """What is read and must not be written over: a file, all tables of a folder, the file of an SQLite database."""
    if isinstance(source, Path):
        below = walk(source) if source.is_dir() else ()
        return [source, *(source / one for one in below if isinstance(one, str) and is_table(one))]
    from piiscrub.sources.tabular.database import lies_in

    file = lies_in(source)
    return [] if file is None else [file]
