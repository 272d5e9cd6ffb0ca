"""Names in a table as text: the cells below a header cell that is a label of names."""

from __future__ import annotations

from collections.abc import Iterator

from piiscrub.recognize import named_scores as worth
from piiscrub.reference.words import name_words
from piiscrub.text.late import late

_CELL_END = late(r"[\t,，|;；]")
_MOST_CELLS = 40


def columns(text: str) -> Iterator[tuple[int, float, str, bool]]:
    """A table as text: the cells below a header cell that is a label of names."""
    labels = name_words("label")
    column, label, width, at = -1, "", 0, 0
    for line in text.split("\n"):
        cells = _CELL_END.split(line, _MOST_CELLS) if len(line) < 2000 else [line]
        if column >= 0 and len(cells) == width:
            start = at + sum(len(cell) + 1 for cell in cells[:column])
            cell = cells[column]
            start += len(cell) - len(cell.lstrip(" \"'"))
            name = cell.strip(" \"'")
            if 2 <= len(name) <= 4:
                yield start, worth.LABEL, label, True
        else:
            column = -1
            if len(cells) > 1:
                for i, cell in enumerate(cells):
                    if cell.strip(" \"'") in labels:
                        column, label, width = i, cell.strip(" \"'"), len(cells)
                        break
        at += len(line) + 1
