"""Formulas of a workbook whose value it does not remember: a program wrote them that does not calculate.

Such a cell reads as empty, whatever a spreadsheet would show in it. So they are counted, sheet by sheet, before anybody takes
the column for an empty one. Only ``.xlsx`` and ``.xlsm`` can be asked; the other formats are written by what calculates.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_CHUNK = 1 << 20
_LONGEST = 1 << 15  # bytes a cell with its formula may take to be told; Excel takes 8192 characters of a formula
_NAMES = 1 << 24  # bytes of the list of sheets that are read
# A cell, its formula, and no value behind it. Text, an error or a truth value may be remembered as an empty one.
_CELL = re.compile(
    rb"<(?:[a-z]{1,8}:)?c(\s[^<>]{0,400})?>\s{0,9}<(?:[a-z]{1,8}:)?f(?:\s[^<>]{0,400})?(?:/>|>[^<]{0,33000}</(?:[a-z]{1,8}:)?f>)"
    rb"\s{0,9}(?:<(?:[a-z]{1,8}:)?v\s?/>|<(?:[a-z]{1,8}:)?v></(?:[a-z]{1,8}:)?v>)?\s{0,9}</(?:[a-z]{1,8}:)?c>"
)
_TYPED = re.compile(rb"\st=[\"'](?:str|e|b|s|inlineStr)[\"']")


def unremembered(stream: BinaryIO) -> Mapping[str, int]:
    """Name of the sheet → how many formulas without a value; sheets without any are not named.

    >>> import io, openpyxl
    >>> book, stream = openpyxl.Workbook(), io.BytesIO()
    >>> book.active.append([1, "=A1+1"])
    >>> book.save(stream)
    >>> unremembered(stream)
    {'Sheet': 1}
    """
    stream.seek(0)
    if not zipfile.is_zipfile(stream):
        return {}
    with zipfile.ZipFile(stream) as book:
        there = set(book.namelist())
        if "xl/workbook.xml" not in there:
            return {}
        found = ((name, sum(_cells(book, part))) for name, part in _parts(book) if part in there)
        return {name: n for name, n in found if n}


def _cells(book: zipfile.ZipFile, part: str) -> Iterator[int]:
    with book.open(part) as stream:
        rest = b""
        while chunk := stream.read(_CHUNK):
            rest += chunk
            end = 0
            for hit in _CELL.finditer(rest) if b"<f" in rest or b":f" in rest else ():  # most sheets hold no formula
                end = hit.end()
                yield not _TYPED.search(hit[1] or b"")
            rest = rest[max(end, len(rest) - _LONGEST) :]


def _parts(book: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Each sheet with the part of the package that holds it."""
    targets = {
        one.get("Id", ""): posixpath.normpath(posixpath.join("xl", one.get("Target", "").removeprefix("/xl/")))
        for one in _xml(book, "xl/_rels/workbook.xml.rels")
    }
    for one in _xml(book, "xl/workbook.xml"):
        if one.tag.endswith("}sheet"):
            ids = [value for key, value in one.attrib.items() if key.endswith("}id")]
            yield one.get("name", ""), targets.get("".join(ids[:1]), "")


def _xml(book: zipfile.ZipFile, part: str) -> Iterator[Element]:
    from defusedxml.ElementTree import fromstring  # no types

    if part in book.namelist() and book.getinfo(part).file_size <= _NAMES:
        yield from fromstring(book.read(part)).iter()
