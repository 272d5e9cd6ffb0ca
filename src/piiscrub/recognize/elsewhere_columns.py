"""Values in the columns of a small table of plain text, below the name of the column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from piiscrub.recognize.context import ContextIndex
from piiscrub.recognize.elsewhere_names import Place, name_of
from piiscrub.recognize.hits import Hits
from piiscrub.text.late import late

_WIDEST = 400  # characters of a line that is a row
_BACK = 40  # rows looked back over for the names
_KNOWN = 2  # names of columns that must be known where no second row tells that it is a table
_RULED = " \t\r|:+=-"  # what a line between names and values is made of
_QUOTED = {mark: re.compile(rf'(?:"(?:[^"]|"")*"|[^{mark}"])*') for mark in ",;"}
_SEPARATORS = ("|", "\t", ",", ";", "  ")
_ALIGNED = late(r"[^ \t\r]+(?: [^ \t\r]+)*")  # by two spaces or more
_DIGIT = late("[0-9]")
WORD = 8
"""Characters of a value that is a word: a sex, an ethnic group. What is longer has a digit in it."""

_Bounds: TypeAlias = tuple[int, int]
_Names: TypeAlias = dict[int, tuple[int, int, Hits]]  # number of the column: bounds and words of its name


def in_columns(
    text: str, flat: bytes, lone: Sequence[int], context: ContextIndex, columns: Mapping[str, Hits]
) -> Iterator[Place]:
    """Cells with a digit in them, and words, whose column has a name that some recognizer listens to.

    Args:
        lone: where runs of letters and digits begin that have found no label, in order.
        columns: what names of columns in small letters say by themselves.
    """
    done = 0
    nameless: tuple[int, str, int] = (-1, "", 0)  # end, separator and cells of a row that has no names above it
    for at in lone:
        if at < done:
            continue
        begin, end = _line(text, at)
        done = end
        if not begin or end - begin > _WIDEST:
            continue
        above = _line(text, begin - 1)
        if above[0] and not text[above[0] : above[1]].strip(_RULED):
            above = _line(text, above[0] - 1)
        for separator in _SEPARATORS:
            count = text.count(separator, begin, end)
            if not count or not _may_be_names(text, above, separator, count, quoted=text.find('"', begin, end) >= 0):
                continue
            size = len(_cells(text, begin, end, separator))
            if size < 2:
                continue
            names: _Names = {}
            if nameless != (begin - 1, separator, size):
                names = _names(text, flat, begin, separator, size, context, columns)
            if not names:
                nameless = end, separator, size
                continue
            for cells, row_end in _rows(text, begin, separator, size):
                done = row_end
                for number, (low, high, hits) in names.items():
                    start, stop = cells[number]
                    if 0 < stop - start <= WORD or _DIGIT.search(text, start, stop):
                        yield Place(start, stop, low, high, "column", hits)
            break


def _may_be_names(text: str, line: _Bounds, separator: str, count: int, *, quoted: bool) -> bool:
    """Whether the line above has as many separators as a row, as far as counting tells."""
    found = text.count(separator, *line)
    return found == count or (found > 0 and (quoted or separator == "  "))


def _rows(text: str, begin: int, separator: str, size: int) -> Iterator[tuple[list[_Bounds], int]]:
    """The cells of each row from here on, with its end."""
    while begin <= len(text):
        begin, end = _line(text, begin)
        cells = _cells(text, begin, end, separator)
        if len(cells) != size:
            return
        yield cells, end
        begin = end + 1


def _names(
    text: str, flat: bytes, begin: int, separator: str, size: int, context: ContextIndex, columns: Mapping[str, Hits]
) -> _Names:
    """The columns whose names some recognizer listens to, by the line above the rows; empty where there is none."""
    rows = 1
    for _ in range(_BACK):
        low, high = _line(text, begin - 1)
        above = text[low:high]
        if above.strip() and not above.strip(_RULED):
            pass
        elif len(cells := _cells(text, low, high, separator)) != size:
            return {}
        elif _DIGIT.search(above):
            rows += 1
        else:
            break
        begin = low
        if not begin:
            return {}
    else:
        return {}
    known, names = 0, _Names()
    for number, (start, stop) in enumerate(cells):
        name = name_of(text, flat, start, stop, context)
        own = columns.get(text[start:stop].casefold(), [])
        known += name is not None or bool(own)
        if own or name:
            names[number] = start, stop, own or name or []
    _, below = _line(text, begin)
    more = rows > 1 or len(_cells(text, *_line(text, below + 1), separator)) == size
    return names if more or known >= _KNOWN else {}


def _line(text: str, at: int) -> _Bounds:
    """The bounds of the line that holds a place."""
    begin, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    return begin, len(text) if end < 0 else end


def _cells(text: str, begin: int, end: int, separator: str) -> list[_Bounds]:
    """The bounds of each cell of a line, without the quotation marks and spaces around."""
    if separator == "  ":
        return [m.span() for m in _ALIGNED.finditer(text, begin, end)]
    cells: list[_Bounds] = []
    quoted = _QUOTED.get(separator) if text.find('"', begin, end) >= 0 else None
    at = begin
    while at <= end:
        if quoted and (cell := quoted.match(text, at, end)):
            stop = cell.end() if text.startswith(separator, cell.end()) and cell.end() < end else end
        else:
            stop = text.find(separator, at, end)
        if stop < 0:
            stop = end
        cells.append(_inner(text, at, stop))
        at = stop + 1
    if separator == "|":  # at both ends of a row, or at neither
        cells = [cell for number, cell in enumerate(cells) if 0 < number < len(cells) - 1 or cell[0] < cell[1]]
    return cells


def _inner(text: str, start: int, stop: int) -> _Bounds:
    cell = text[start:stop]
    inner = cell.strip(" \t\r\"'`*")
    start += cell.find(inner) if inner else 0
    return start, start + len(inner)
