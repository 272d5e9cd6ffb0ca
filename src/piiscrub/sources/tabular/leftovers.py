"""What a table file holds besides its cells: sheet names, comments, properties, headers and footers, notes of the format."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

_TEXT_PARTS = ("docprops/", "comments", "threadedcomments", "persons/", "drawings/", "customxml/", "workbook.xml", "tables/")
_LARGEST = 64 << 20  # bytes of one part, unpacked


def leftovers(path: Path) -> Iterator[tuple[str, str]]:
    """Each text outside the cells with its place: ``(part of the file, text)``. Formats without any give none.

    Raises:
        MissingDependencyError: a workbook, and the extra that reads workbooks is not installed.
    """
    suffix = path.suffix.lower()
    if suffix in (".xlsx", ".xlsm"):
        yield from _workbook(path)
    elif suffix in (".parquet", ".pq", ".feather", ".arrow", ".ipc"):
        yield from _arrow(path)


def _workbook(path: Path) -> Iterator[tuple[str, str]]:
    from piiscrub.errors import MissingDependencyError, SourceError

    try:
        from defusedxml.ElementTree import iterparse
    except ImportError:
        raise MissingDependencyError("reading workbooks", "excel") from None
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            name = info.filename.lower()
            cells = name.startswith("xl/worksheets/sheet")
            if not cells and not any(part in name for part in _TEXT_PARTS):
                continue
            if info.file_size > _LARGEST and not cells:
                raise SourceError(f"{path.name}: a part of it is too large to be examined.")
            with archive.open(info) as stream:
                for _, element in iterparse(stream):
                    tag = element.tag.rpartition("}")[2]
                    if cells and tag not in ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"):
                        element.clear()
                        continue
                    if element.text and element.text.strip():
                        yield info.filename, element.text.strip()
                    for key, value in element.attrib.items():
                        if key.rpartition("}")[2] in ("name", "displayName", "userId", "author", "descr", "title", "alt"):
                            yield info.filename, value


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
