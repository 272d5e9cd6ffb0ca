"""Excel workbooks: every sheet, hidden ones too, as batches of typed columns, and back as typed cells.

Cells come from calamine, which runs nothing and follows no link; a formula gives the value the workbook remembers. What is
written is a new workbook of values: text as text, also where it begins with ``=``, so nothing in it is a formula. Styles,
comments, charts, macros and document properties are not carried over: nobody has examined them. A sheet is held in memory.
"""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO

from piiscrub.errors import MissingDependencyError
from piiscrub.sources.delimited import names_columns
from piiscrub.sources.problems import problem
from piiscrub.sources.tabular.form import Ragged, Step, cut
from piiscrub.sources.tabular.formulas import unremembered

if TYPE_CHECKING:
    import pyarrow as pa

MOST_RATIO = 200
MOST_BYTES = 2 << 30
_EXACT = 1 << 53


@dataclass(slots=True)
class SheetTable:
    """One sheet; see ``Sheet``. ``unremembered`` counts formulas without a value: their cells read as empty."""

    workbook: Any  # calamine's; it has no types for what cells may be
    name: str
    ragged: list[Ragged] = field(default_factory=list)
    has_header: bool = True
    hidden: bool = False
    unremembered: int = 0
    _table: pa.Table = None

    @property
    def schema(self) -> pa.Schema:
        return self._read().schema

    def batches(self, *, rows: int, step: Step = None) -> Iterator[pa.RecordBatch]:
        """The rows below the header."""
        yield from cut(self._read(), rows)

    def _read(self) -> pa.Table:
        if self._table is None:
            sheet = self.workbook.get_sheet_by_name(self.name)
            rows = sheet.to_python(skip_empty_area=False) if sheet.height else []
            first = {n: _shown(cell) for n, cell in enumerate(rows[0]) if cell != ""} if rows else {}
            second = {n: _shown(cell) for n, cell in enumerate(rows[1])} if len(rows) > 1 else {}
            self.has_header = all(isinstance(cell, str) for cell in rows[0]) and names_columns(first, second) if rows else True
            names = [str(cell) for cell in rows[0]] if rows and self.has_header else [""] * len(rows[0] if rows else ())
            columns = list(zip(*rows[self.has_header :], strict=True)) or [()] * len(names)
            self._table = _table(names, columns)
        return self._table


def sheets_of(stream: BinaryIO, name: str) -> tuple[SheetTable, ...]:
    """The sheets of a workbook. Raises ``SourceError`` for a damaged or locked one and for one that unpacks to too much."""
    try:
        import python_calamine as calamine
    except ImportError:
        raise MissingDependencyError("Reading Excel", "excel") from None
    _refuse_bombs(stream, name)
    stream.seek(0)
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(stream)
        without = unremembered(stream)
        return tuple(
            SheetTable(
                workbook, meta.name, hidden=not str(meta.visible).endswith(".Visible"), unremembered=without.get(meta.name, 0)
            )
            for meta in workbook.sheets_metadata
            if "WorkSheet" in str(meta.typ)
        )
    except calamine.PasswordError:
        raise problem("no-table", name, "it has a password") from None
    except Exception as error:  # noqa: BLE001  # whatever a damaged workbook makes the reader raise; its text may quote a cell
        raise problem("damaged", name, type(error).__name__) from None


def _refuse_bombs(stream: BinaryIO, name: str) -> None:
    stream.seek(0)
    if not zipfile.is_zipfile(stream):
        return  # .xls: not packed
    try:
        entries = zipfile.ZipFile(stream).infolist()
    except zipfile.BadZipFile:
        raise problem("damaged", name, "BadZipFile") from None
    packed, plain = sum(one.compress_size for one in entries), sum(one.file_size for one in entries)
    if plain > MOST_BYTES:
        raise problem("big-workbook", name, f"more than {MOST_BYTES >> 30} GiB")
    if plain > (64 << 20) and plain > MOST_RATIO * max(1, packed):
        raise problem("big-workbook", name, f"more than {MOST_RATIO} times its size")


def _table(names: list[str], columns: list[tuple[Any, ...]]) -> pa.Table:
    import pyarrow as pa

    arrays = [_column(column) for column in columns]
    return pa.Table.from_arrays(arrays, schema=pa.schema([pa.field(n, a.type) for n, a in zip(names, arrays, strict=True)]))


def _column(cells: tuple[Any, ...]) -> pa.Array:
    """A column of one type if all its cells have it, else of text."""
    import pyarrow as pa

    kinds = {type(cell) for cell in cells if cell != ""}
    blank = [None if cell == "" else cell for cell in cells]
    if kinds and kinds <= {int, float}:
        if all(cell is None or (float(cell).is_integer() and abs(cell) < _EXACT) for cell in blank):
            return pa.array([None if cell is None else int(cell) for cell in blank], pa.int64())
        return pa.array([None if cell is None else float(cell) for cell in blank], pa.float64())
    if kinds == {datetime.date, datetime.datetime}:  # a cell of midnight is read as a date
        blank = [datetime.datetime.combine(cell, datetime.time()) if type(cell) is datetime.date else cell for cell in blank]
        kinds = {datetime.datetime}
    for kind, type_ in (
        (bool, pa.bool_()), (datetime.datetime, pa.timestamp("us")), (datetime.date, pa.date32()),
        (datetime.time, pa.time64("us")), (datetime.timedelta, pa.duration("us")),
    ):  # fmt: skip  # one line per kind of cell
        if kinds == {kind}:
            return pa.array(blank, type_)
    return pa.array([None if cell is None else _shown(cell) for cell in blank], pa.string())


def _shown(cell: object) -> str:
    """A cell as text: 13800138000.0, which is how Excel keeps whole numbers, as 13800138000.

    >>> _shown(13800138000.0), _shown("007"), _shown(True)
    ('13800138000', '007', 'TRUE')
    """
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT:
        return str(int(cell))
    return str(cell)


class WorkbookWriter:
    """Writes a new workbook, sheet after sheet, without holding a sheet in memory."""

    def __init__(self, stream: BinaryIO) -> None:
        try:
            import openpyxl
        except ImportError:
            raise MissingDependencyError("Writing Excel", "excel") from None
        self._stream = stream
        self._book = openpyxl.Workbook(write_only=True)
        self._sheet: Any = None  # openpyxl has no types

    def start(self, schema: pa.Schema, *, sheet: str = "") -> None:
        """Begin a sheet with its header, if any column has a name."""
        self._sheet = self._book.create_sheet(sheet or "Sheet1")
        if any(schema.names):
            self._sheet.append([self._cell(name) for name in schema.names])

    def write(self, batch: pa.RecordBatch) -> None:
        """Write rows."""
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            self._sheet.append([self._cell(value) for value in row])

    def _cell(self, value: object) -> object:
        from openpyxl.cell import WriteOnlyCell

        if value is None or isinstance(value, bool | float | datetime.date | datetime.time | datetime.timedelta):
            return value
        if isinstance(value, int) and abs(value) < 10**15:  # Excel keeps fifteen digits; more would be rounded
            return value
        cell = WriteOnlyCell(self._sheet)
        cell.number_format = "@"
        cell._value, cell.data_type = _clean(str(value)), "s"  # the public setter would make a formula of "=…"
        return cell

    def close(self) -> None:
        """Write the workbook."""
        if not self._book.worksheets:
            self._book.create_sheet("Sheet1")
        self._book.save(_Kept(self._stream))


class _Kept:
    """The stream; the zip writer of the library may not close it."""

    def __init__(self, stream: BinaryIO) -> None:
        self.write, self.seek, self.tell, self.flush, self.read = (
            stream.write, stream.seek, stream.tell, stream.flush, stream.read
        )  # fmt: skip  # what a zip writer needs

    def close(self) -> None:
        """Leave it open."""


def _clean(text: str) -> str:
    """Without control characters, which XML 1.0 cannot hold; longer than Excel takes is cut nowhere but refused by Excel."""
    return "".join(char for char in text if char >= " " or char in "\t\n\r")
