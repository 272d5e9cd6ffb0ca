"""CSV, TSV and their kin, cell by cell, with the quoting of every untouched cell kept.

The standard library's reader gives values without saying how they were written, so a file could not be written back
the way it came. This one follows the same reading: a quote counts only at the start of a cell, ``""`` inside is one
quote, what follows a closing quote belongs to the cell, and a quote that is never closed is an ordinary character.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator

from piiscrub.sources.piece import LIMIT, Piece, Place, Unit, whole

DELIMITERS = ",\t;|^~\x01\x1f"
_LONG_VALUE = re.compile(r"(?:\d[^\d\n]{0,2}){5}|@|\*\*")
_VALUE = re.compile(r"[\d@*]")
_FLOAT = re.compile(r"[0-9]{5,}\.0")  # with two noughts it is money
_LONGEST_HEADER = 60
_LINE = re.compile(r"\r\n|\n|\r")
_QUOTED = re.compile(rf'(?<![^{re.escape(DELIMITERS)}\r\n])"[^"]*+(?:""[^"]*+)*+"')


class Delimited:
    """Rows of cells: see ``Format``.

    ``header`` says whether the first row names the columns; its cells are examined too, and label the cells below.
    """

    def __init__(self, *, delimiter: str = ",", header: bool = True, limit: int = LIMIT) -> None:
        self.delimiter, self.header, self.limit = delimiter, header, limit
        apart = re.escape(delimiter)
        # Possessive: without it a long run of doubled quotes is tried at every length.
        self._quoted = re.compile(rf'"[^"]*+(?:""[^"]*+)*+"[^{apart}\r\n]*+')
        self._bare = re.compile(rf"[^{apart}\r\n]*+")
        self._stop = re.compile(rf"[{apart}\r\n]")
        self._stop_or_quote = re.compile(rf'[{apart}\r\n"]')
        self._unsafe = re.compile(rf'[{apart}\r\n"]')

    def pieces(self, chunks: Iterable[str]) -> Iterator[Piece]:
        r"""One piece per cell; delimiters and line ends between them.

        >>> [(p.unit.label, p.unit.text) for p in Delimited().pieces(['a,b\n"1,2",3\n']) if p.unit]
        [('', 'a'), ('', 'b'), ('a', '1,2'), ('b', '3')]
        """
        row = column = line = 1
        offset = 0
        labels: list[str] = []
        for raw, end, too_long in self._cells(chunks):
            text = "" if too_long else self.value(raw)
            text = whole(text) if _FLOAT.fullmatch(text) else text
            if text.strip() or too_long:
                place = Place(line=line, offset=offset, row=row, column=column)
                first = self.header and row == 1
                label = labels[column - 1] if column <= len(labels) and not first else ""
                yield Piece(raw, Unit(text, place, "header" if first else "cell", label, "too-long" if too_long else ""))
            elif raw:
                yield Piece(raw)
            if self.header and row == 1:
                labels.append(text.strip() if len(text) <= _LONGEST_HEADER else "")
            if end:
                yield Piece(end)
            offset += len(raw) + len(end)
            line += raw.count("\n") + end.count("\n") + (end == "\r")
            if end in {"\n", "\r\n", "\r"}:
                row, column = row + 1, 1
            elif end:
                column += 1

    def value(self, raw: str) -> str:
        """The cell without its quotes."""
        if not raw.startswith('"'):
            return raw
        match = self._quoted.fullmatch(raw)
        if match is None:
            return raw
        close = raw.rfind('"')
        return raw[1:close].replace('""', '"') + raw[close + 1 :]

    def spell(self, new: str, piece: Piece) -> str:
        """Quoted if the cell was, or if it has to be now."""
        was_quoted = len(piece.raw) > 1 and piece.raw.startswith('"') and self._quoted.fullmatch(piece.raw)
        if was_quoted or self._unsafe.search(new):
            return '"' + new.replace('"', '""') + '"'
        return new

    def _cells(self, chunks: Iterable[str]) -> Iterator[tuple[str, str, bool]]:
        """(cell as written, what ends it, whether it is longer than the limit)."""
        source = iter(chunks)
        held, at, ended = "", 0, False
        while True:
            cell = self._cell(held, at, ended=ended)
            if cell is not None:
                stop, end = cell
                if end or not ended or stop > at:
                    yield held[at:stop], end, stop - at > self.limit
                at = stop + len(end)
                if ended and at >= len(held):
                    return
                continue
            if len(held) - at > self.limit:  # too long to hold: hand the parts on, unexamined, until it closes
                held = yield from self._overlong(held[at:], source)
                at, ended = 0, False
                continue
            more = next(source, None)
            held, at, ended = held[at:] + (more or ""), 0, more is None
            if ended and not held:
                return

    def _cell(self, held: str, at: int, *, ended: bool) -> tuple[int, str] | None:
        """Where the cell at ``at`` stops and what ends it; None if more text is needed to say."""
        stop = -1
        if held.startswith('"', at):
            match = self._quoted.match(held, at)
            if match is None and not ended:
                return None
            if match is not None:
                stop = match.end()
        if stop < 0:
            bare = self._bare.match(held, at)
            stop = bare.end() if bare else at
        end = held[stop : stop + 1]
        if end == "\r":
            if stop + 1 == len(held) and not ended:
                return None
            end = "\r\n" if held.startswith("\n", stop + 1) else "\r"
        return (stop, end) if end or ended else None

    def _overlong(self, held: str, source: Iterator[str]) -> Generator[tuple[str, str, bool], None, str]:
        """Pass a cell longer than the limit on in parts, unexamined; returns what follows it."""
        stops = self._stop_or_quote if held.startswith('"') else self._stop
        inside = False
        while True:
            at = 0
            while True:
                if inside:
                    at = held.find('"', at) + 1
                    if not at:
                        break
                    inside = False
                match = stops.search(held, at)
                if match is None:
                    break
                if match[0] != '"':
                    yield held[: match.start()], "", True
                    return held[match.start() :]
                at, inside = match.end(), True
            yield held, "", True
            held = next(source, "")
            if not held:
                return ""


def sniff(head: str, *, suffix: str = "", delimiter: str = "") -> Delimited:
    r"""The delimiter, unless it is named, and whether there is a header, from the beginning of a file.

    >>> sniff("姓名;手机号\n某甲;13800138000\n").delimiter
    ';'
    """
    delimiter = delimiter or ("\t" if suffix == ".tsv" else _delimiter(head))
    reader = Delimited(delimiter=delimiter, header=False)
    rows: list[dict[int, str]] = []
    for piece in reader.pieces([head]):
        if piece.unit is not None:
            place = piece.unit.place
            if place.row > len(rows):
                if len(rows) == 2:
                    break
                rows.append({})
            rows[-1][place.column] = piece.unit.text.strip()
    return Delimited(delimiter=delimiter, header=names_columns(*rows[:2]))


def _delimiter(head: str) -> str:
    # A text of several lines, or with commas, in quotes says nothing of what stands between the cells.
    lines = [line for line in _LINE.split(_QUOTED.sub('""', head), maxsplit=50)[:50] if line]
    if len(lines) > 1 and not head.endswith("\n"):
        lines = lines[:-1]  # the sample may have cut it

    def steadiness(delimiter: str) -> tuple[float, int]:
        counts = [line.count(delimiter) for line in lines]
        usual = max(set(counts), key=lambda n: (counts.count(n), n)) if counts else 0
        return (counts.count(usual) / len(counts) if usual else 0.0, usual)

    best = max(DELIMITERS, key=lambda d: (*steadiness(d), -DELIMITERS.index(d)))
    # In free text with commas another character may be steadier by chance; the usual one wins unless it is absent.
    if best != "," and any("," in line for line in lines[:1]) and steadiness(best)[0] < 0.9:
        return ","
    return best if steadiness(best)[1] else ","


def names_columns(first: dict[int, str] | None = None, second: dict[int, str] | None = None) -> bool:
    """Whether the first row is a header: its cells name what the second row's cells are.

    A wrong answer costs little: a label that says nothing, or a first row without labels. All cells are examined either way.
    """
    if not first or any(len(cell) > _LONGEST_HEADER for cell in first.values()):
        return False
    values = sum(bool(_LONG_VALUE.search(cell)) for cell in first.values())
    names = sum(bool(_VALUE.search((second or {}).get(n, ""))) and not _VALUE.search(cell) for n, cell in first.items())
    if not values and not names:
        return len(set(first.values())) == len(first)
    return names >= values and names > 0
