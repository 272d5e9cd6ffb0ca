"""The cells below a header cell of a table that was pasted as plain text: 姓名 性别 年龄 诊断, its rows in the lines below.

Single spaces divide the cells of such tables as often as tabs do, and a value without a digit stands in them: what looks for
numbers below the name of their column (recognize/elsewhere_columns.py) sees neither.
"""

from __future__ import annotations

from collections.abc import Iterator

from piiscrub.text.late import late

_CELL = {
    "\t": late(r"[^\t\n\r]+"),
    "|": late(r"[^|\n\r]+"),
    ",": late(r"[^,\n\r]+"),
    "，": late(r"[^，\n\r]+"),
    " ": late(r"[^ \u3000\n\r]+"),
}
_FEWEST = 3
_LONGEST_LINE = 400
_LONGEST_NAME = 8
_DIGIT = late("[0-9]")


def below(text: str, *names: str) -> Iterator[tuple[int, int]]:
    r"""Where the cells stand whose column has one of these names.

    The header needs three cells and no digit; the table ends at the first line with another number of cells.

    >>> text = "姓名 性别 年龄\n王小明 男 35\n李红 女 40\n共两人"
    >>> [text[a:b] for a, b in below(text, "年龄")]
    ['35', '40']
    """
    if "\n" not in text:
        return
    for name in names:
        at = text.find(name)
        while at >= 0:
            begin, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
            if end < 0:
                break
            if end - begin <= _LONGEST_LINE:
                yield from _rows(text, begin, end, at, name)
            at = text.find(name, end)


def _rows(text: str, begin: int, end: int, at: int, name: str) -> Iterator[tuple[int, int]]:
    """The cells below a header line that holds a name at a place, if it is one."""
    for separator in _CELL:
        if text.find(separator, begin, end) < 0:
            continue
        header = _spans(text, begin, end, separator)
        column = next((i for i, (low, high) in enumerate(header) if low == at and text[low:high] == name), -1)
        named = all(high - low <= _LONGEST_NAME for low, high in header) and _DIGIT.search(text, begin, end) is None
        if column < 0 or len(header) < _FEWEST or not named:
            continue
        low = end + 1
        while low <= len(text):
            high = text.find("\n", low)
            high = len(text) if high < 0 else high
            cells = _spans(text, low, high, separator) if high - low <= _LONGEST_LINE else []
            if len(cells) != len(header) or text[cells[column][0] : cells[column][1]] == name:
                return
            yield cells[column]
            low = high + 1
        return


def _spans(text: str, begin: int, end: int, separator: str) -> list[tuple[int, int]]:
    """The cells of a line without the spaces around them."""
    spans = []
    for m in _CELL[separator].finditer(text, begin, end):
        low, high = m.span()
        while low < high and text[low] in " \u3000\t":
            low += 1
        while high > low and text[high - 1] in " \u3000\t":
            high -= 1
        if low < high:
            spans.append((low, high))
    return spans
