"""The cells of a file that tell one table from another: numbers and codes, addresses of e-mail, long texts.

Dates, amounts, short words, masks and placeholders stand in every table and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

import pyarrow as pa

from piiscrub.handing_over.delivered import telling
from piiscrub.table.distinct import as_texts, distinct, examinable

_MOST = 200_000  # different values of a column that are compared
_IDLE = re.compile(
    r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})\D?.*|(?:19|20)\d{6}|[-+]?\d*[.,]\d+|\d{0,6}"
    r"|.*[*＊×●█■].*|.*<[A-Z][A-Z0-9_]*>.*",
    re.DOTALL,
)
_LONG_TEXT = 24
_CELLS = re.compile(r"[\s,;|\"'()<>\[\]{}，；：]+")


class Telling:
    """The cells of a file that tell one table from another, column by column; at most 200,000 of each."""

    def __init__(self) -> None:
        self._columns: dict[tuple[str, int], set[str]] = {}
        self._idle: set[tuple[str, int]] = set()

    def __len__(self) -> int:
        return sum(map(len, self._columns.values()))

    def __repr__(self) -> str:
        return f"<Telling: {len(self)} values>"

    def batch(self, table: str, batch: pa.RecordBatch, idle: Collection[int] = ()) -> None:
        """Take the cells of a batch of rows.

        ``idle`` are columns of nobody's data: a record may not hold them, so that they count only where it does.
        """
        self._idle |= {(table, i) for i in idle}
        for i, column in enumerate(batch.columns):
            if examinable(column.type):
                self._add((table, i), as_texts(distinct(column).values))

    def text(self, name: str, text: str) -> None:
        """Take what stands between blanks and commas in a text that is no table."""
        self._add((name, 0), _CELLS.split(text))

    def columns(self) -> Iterator[tuple[Sequence[str], bool]]:
        """The cells of each column, and whether it is idle."""
        yield from ((sorted(values), where in self._idle) for where, values in self._columns.items() if values)

    def _add(self, where: tuple[str, int], texts: Iterable[str]) -> None:
        held = self._columns.setdefault(where, set())
        for text in texts:
            if len(held) >= _MOST:
                return
            if tells(text):
                held.add(text)


def tells(text: str) -> bool:
    """Whether a cell stands in few tables.

    >>> [tells(cell) for cell in ("KH000123", "ann@example.com", "2024-01-05", "12.56", "138****8000", "北京市海淀区")]
    [True, True, False, False, False, False]
    """
    if not telling(text) or _IDLE.fullmatch(text.strip()):
        return False
    digits = sum(map(str.isdigit, text))
    return digits >= 4 or "@" in text or len(text) >= _LONG_TEXT
