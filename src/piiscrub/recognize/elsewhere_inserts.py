"""Values of an INSERT statement, below the names of its columns: ``INSERT INTO t (name, sex) VALUES ('…', 'F'), ('…', 'M')``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from piiscrub.recognize.context import ContextIndex
from piiscrub.recognize.elsewhere_columns import WORD
from piiscrub.recognize.elsewhere_names import Place, name_of
from piiscrub.recognize.hits import Hits
from piiscrub.text.late import late

_SAYS = (") VALUES", ") values", ")\nVALUES", ")\nvalues")
_HEAD = late(r"\binto\s{1,4}[\w.`\"\[\]]{1,100}\s{0,4}\((?P<names>[^()]{1,1500})\)$", re.IGNORECASE)
_BACK = 1640  # characters of the longest head
_NAME = late(r"[^,]+")
_OPEN = late(r"\s{0,8},?\s{0,8}\(")
_CELL = late(
    r"\s{0,8}(?:[NE]?'(?P<single>(?:[^'\\]|\\.|''){0,4000})'|\"(?P<double>(?:[^\"\\]|\\.){0,4000})\"|(?P<bare>[^,()'\"]{0,60}(?:\([^()]{0,60}\))?))"
    r"\s{0,8}(?P<end>[,)])",
    re.DOTALL,
)
_DIGIT = late("[0-9]")


def inserts(text: str) -> bool:
    """Whether a text may hold such a statement: single signs, looked for at memory speed, tell nearly all that hold none."""
    return "(" in text and ("'" in text or '"' in text) and ("VALUES" in text or "values" in text)


def in_inserts(text: str, flat: bytes, context: ContextIndex, columns: Mapping[str, Hits]) -> Iterator[Place]:
    """The values whose column has a name that some recognizer listens to."""
    for says in _SAYS:
        at = text.find(says)
        while at >= 0:
            behind = at + len(says)
            if head := _HEAD.search(text, max(0, at - _BACK), at + 1):
                names = [(m.start(), m.end()) for m in _NAME.finditer(text, *head.span("names"))]
                listened = _listened(text, flat, names, context, columns)
                if listened:
                    yield from _values(text, behind, len(names), listened)
            at = text.find(says, behind)


def _listened(
    text: str, flat: bytes, names: list[tuple[int, int]], context: ContextIndex, columns: Mapping[str, Hits]
) -> dict[int, tuple[int, int, Hits]]:
    found = {}
    for number, (start, end) in enumerate(names):
        name = text[start:end].strip(" \t\r\n`\"'[]")
        start = text.index(name, start)  # noqa: PLW2901  # the name without what is around it
        hits = columns.get(name.casefold()) or name_of(text, flat, start, start + len(name), context) if name else None
        if hits:
            found[number] = start, start + len(name), hits
    return found


def _values(text: str, at: int, size: int, listened: Mapping[int, tuple[int, int, Hits]]) -> Iterator[Place]:
    """The cells of each row, as long as rows follow."""
    while row := _OPEN.match(text, at):
        at = row.end()
        places = []
        for number in range(size):
            cell = _CELL.match(text, at)
            if cell is None or (cell["end"] == ")") != (number == size - 1):
                return
            at = cell.end()
            start, end = cell.span("bare" if cell["bare"] is not None else "single" if cell["single"] is not None else "double")
            if number in listened and start < end and (end - start <= WORD or _DIGIT.search(text, start, end)):
                places.append(Place(start, end, *listened[number][:2], "column", listened[number][2]))
        yield from places
