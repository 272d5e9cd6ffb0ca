"""What is handed over, opened: files, folders, databases and tables in memory, each under the name it gets in the bundle."""

from __future__ import annotations

import contextlib
import hmac
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from piiscrub.errors import InputError, SourceError
from piiscrub.handing_over.paths import portable
from piiscrub.render.catalogue import say
from piiscrub.sources.folder import walk
from piiscrub.sources.piece import NotExamined
from piiscrub.sources.tabular import ROWS, Ragged, TableFile, open_tables
from piiscrub.sources.tabular.form import Step, cut
from piiscrub.table.files import frame_file, shown_path
from piiscrub.table.headers import personal

if TYPE_CHECKING:
    from piiscrub.keys.ring import KeyRing


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """One file of tables and its name in the bundle. ``called`` is what a plan of its folder calls it, "" outside one."""

    file: TableFile
    output: str
    path: Path | None = None
    called: str = ""


def input_print(one: Opened, ring: KeyRing) -> str:
    """HMAC-SHA256 under the ring of the bytes of a file, or of the rows of a table that is none.

    A plain hash of a table with few possible rows could be tried out; this one only by whoever has the ring.
    """
    if one.path is not None:
        return file_print(one.path, ring)
    mac = _mac(ring)
    for sheet in one.file.sheets:
        mac.update(sheet.schema.remove_metadata().serialize())
        for batch in sheet.batches(rows=ROWS):
            mac.update(batch.replace_schema_metadata(None).serialize())
    return mac.hexdigest()


def file_print(path: Path, ring: KeyRing) -> str:
    """HMAC-SHA256 under the ring of the bytes of a file: the same for whoever scans, applies or hands it over."""
    mac = _mac(ring)
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            mac.update(block)
    return mac.hexdigest()


def _mac(ring: KeyRing) -> hmac.HMAC:
    return hmac.new(ring.derive("handed over", "input"), digestmod="sha256")


class _InMemory:
    """A pyarrow table as a sheet."""

    name = ""

    def __init__(self, table: pa.Table) -> None:
        self._table = table
        self.ragged: list[Ragged] = []

    @property
    def schema(self) -> pa.Schema:
        return self._table.schema

    def batches(self, *, rows: int, step: Step = None) -> Iterator[pa.RecordBatch]:
        yield from cut(self._table, rows)


@contextlib.contextmanager
def opened(sources: Any) -> Iterator[list[Opened]]:
    """Open every source until the block ends.

    Args:
        sources: one or several of: path of a file or folder, URL of a database, pyarrow table; or tables by name.

    Raises:
        SourceError: a file that is no table, or that cannot be read: it would go unexamined or be left behind in silence.
        InputError: what is no source.
    """
    with contextlib.ExitStack() as stack:
        found: list[Opened] = []
        for name, source in _each(sources):
            found += _open(name, source, stack)
        yield found


def _each(sources: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(sources, Mapping):
        yield from ((str(name), one) for name, one in sources.items())
    elif isinstance(sources, Sequence) and not isinstance(sources, str | bytes):
        for one in sources:
            yield from _each(one)
    else:
        yield "", sources


def _open(name: str, source: Any, stack: contextlib.ExitStack) -> Iterator[Opened]:
    if isinstance(source, pa.Table):
        yield _table(name, source)
    elif isinstance(source, str) and "://" in source:
        from piiscrub.sources.tabular.database import open_database

        for file in stack.enter_context(open_database(source)):
            yield Opened(file=file, output=_safe(file.name))
    elif isinstance(source, str | PathLike):
        path = Path(source)
        if path.is_dir():
            entries = list(walk(path))
            taken = frozenset(one if isinstance(one, str) else one.name for one in entries)
            for number, below in enumerate(entries, 1):
                if isinstance(below, NotExamined):
                    why = say(f"cause.{below.cause}")
                    raise SourceError(f"{_safe(path.name)}: one of its files was not read: {why}. Take it out first.")
                yield _file(path, below, stack, called=shown_path(below, number, taken=taken))
        else:
            yield _file(path, "", stack)
    else:
        raise InputError(f"handover takes paths, database URLs and tables, not {type(source).__name__}.")


def _file(path: Path, below: str, stack: contextlib.ExitStack, *, called: str = "") -> Opened:
    file = stack.enter_context(open_tables(path, below=below, shown=_safe(below or path.name)))
    if isinstance(file, NotExamined):
        raise SourceError(
            f"{_safe(below or path.name)}: cannot be handed over: {say(f'cause.{file.cause}')}. What is no table goes along as a "
            "column of one, a row for each text."
        )
    return Opened(file=file, output=_safe(below or path.name), path=path / below if below else path, called=called)


def _table(name: str, table: pa.Table) -> Opened:
    shown = frame_file(name)
    file = TableFile(name=shown, format="parquet", size=table.nbytes, sheets=(_InMemory(table),), compression="zstd")
    return Opened(file=file, output=_safe(shown))


def _safe(name: str) -> str:
    """The name in the bundle, flat and portable, without personal information. Legacy workbooks are written as xlsx."""
    path = PurePath(name)
    suffixes = "".join(path.suffixes[-2:] if path.suffix in (".gz", ".bz2", ".xz", ".zst") else path.suffixes[-1:])
    stem = "_".join(path.parts)[: -len(suffixes)] if suffixes else "_".join(path.parts)
    if suffixes in (".xls", ".xlsb", ".xlsm", ".ods"):
        suffixes = ".xlsx"
    return ("table" if personal(stem) else portable(stem)) + suffixes
