"""What a table file holds besides its cells: sheet names, comments, properties, headers and footers, links, notes."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

_IDLE = ("xl/sharedstrings.xml", "xl/styles.xml", "xl/theme/")  # texts of cells, which are read as cells; looks
_LARGEST = 64 << 20  # bytes of one part, unpacked
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_NAMES = ("name", "displayName", "userId", "author", "descr", "title", "alt", "tooltip", "prompt", "error")
# Other attributes are words of the format, unless they look like somebody's: a link to a mailbox, a number, Chinese.
_TELLING = re.compile(r"@|[0-9]{6}|[^\x00-\x7f]")
_LAYOUT = re.compile(r'&(?:"[^"]*"|[A-Za-z])')  # of a page header: left, centre, font
_OF_THE_FORMAT = re.compile(r"https?://(?:schemas\.|purl\.org/|www\.w3\.org/)|\{[0-9A-Fa-f-]{36}\}$")


def leftovers(path: Path) -> Iterator[tuple[str, str | None]]:
    """Each text outside the cells with its place: ``(part of the file, text)``; None for a part nobody can look into.

    Formats without any give none.

    Raises:
        MissingDependencyError: a workbook, and the extra that reads workbooks is not installed.
        SourceError: a part is too large to be looked into.
    """
    suffix = path.suffix.lower()
    if suffix in (".xlsx", ".xlsm"):
        yield from dict.fromkeys(_workbook(path))
    elif suffix in (".parquet", ".pq", ".feather", ".arrow", ".ipc"):
        yield from _arrow(path)


def _workbook(path: Path) -> Iterator[tuple[str, str | None]]:
    from piiscrub.errors import MissingDependencyError, SourceError

    try:
        from defusedxml.common import DefusedXmlException
        from defusedxml.ElementTree import ParseError
    except ImportError:
        raise MissingDependencyError("reading workbooks", "excel") from None
    with zipfile.ZipFile(path) as archive:
        if archive.comment:
            yield "the archive", archive.comment.decode("utf-8", "replace")
        for info in archive.infolist():
            name = info.filename.lower()
            sheet = _SHEET.fullmatch(name) is not None
            if name.startswith(_IDLE) or info.is_dir():
                continue
            if not name.endswith((".xml", ".rels", ".vml")):
                yield "a part", None
                continue
            if info.file_size > _LARGEST and not sheet:
                raise SourceError(f"{path.name}: a part of it is too large to be examined.")
            try:
                with archive.open(info) as stream:
                    for text in _texts(stream, cells=sheet):
                        yield info.filename, text
            except (DefusedXmlException, ParseError, ValueError, zipfile.BadZipFile) as error:
                raise SourceError(f"{path.name}: a part of it cannot be read ({type(error).__name__}).") from None


def _texts(stream: IO[bytes], *, cells: bool) -> Iterator[str]:
    """Texts and telling attributes of a part; of a sheet without its cells."""
    from defusedxml.ElementTree import iterparse

    inside = False
    for event, element in iterparse(stream, ("start", "end")):
        tag = element.tag.rpartition("}")[2]
        if event == "start":
            inside = inside or (cells and tag == "sheetData")
            continue
        if tag == "sheetData":
            inside = False
        if not inside:
            if element.text and element.text.strip():
                yield _LAYOUT.sub(" ", element.text).strip()
            for key, value in element.attrib.items():
                if key.rpartition("}")[2] in _NAMES or (_TELLING.search(value) and not _OF_THE_FORMAT.match(value)):
                    yield value
        if cells and tag in ("row", "sheetData"):
            element.clear()


def _arrow(path: Path) -> Iterator[tuple[str, str]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    if path.suffix.lower() in (".parquet", ".pq"):
        schema = pq.read_schema(path)
    else:
        with pa.OSFile(str(path)) as source:
            schema = pa.ipc.open_file(source).schema
    for place, notes in (("notes", schema.metadata), *((f"notes of column {i}", f.metadata) for i, f in enumerate(schema))):
        for key, value in (notes or {}).items():
            if key != b"ARROW:schema":
                yield place, value.decode("utf-8", "replace")
