"""Plain text: one document, cut only when it is longer than one examination takes.

A cut never falls inside a line unless a single line is longer than the limit, never inside a PEM block, and if it can
be helped not beside the lines of a machine-readable zone. A stretch in which no border is found is not examined.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from piiscrub.sources.piece import LIMIT, Piece, Place, Unit

_SEARCH = 1 << 16  # how far back a border is looked for
_BLANK = re.compile(r"\n[ \t\r]*\n")
_SENTENCE = re.compile(r"[。！？；!?;](?=\D)|[.,，、](?=[^\d.])")
_SPACE = re.compile(r"(?<![\d\-+()])\s(?![\d\-+()])")
_ONE_BLOCK = ("<<", "-----")  # lines of one block: machine-readable zones, PEM


class PlainText:
    """Text, Markdown, logs: see ``Format``."""

    def __init__(self, *, limit: int = LIMIT) -> None:
        self.limit = limit

    def pieces(self, chunks: Iterable[str]) -> Iterator[Piece]:
        r"""Whole documents up to ``limit`` characters; longer ones in parts, places counted through.

        >>> [p.raw for p in PlainText(limit=8).pieces(["one\ntwo\nthree\n"])]
        ['one\ntwo\n', 'three\n']
        """
        line, offset, held = 1, 0, ""
        unbroken = False  # inside a stretch without any border
        for last, chunk in _with_last(chunks):
            held += chunk
            while len(held) >= self.limit or (last and held):
                if unbroken:
                    at = _first_border(held[: self.limit])
                    unbroken, cause = at == 0, "unbroken"
                else:
                    at = _cut(held, self.limit, end=last)
                    unbroken, cause = at == 0, "" if at else "unbroken"
                at = at or min(len(held), self.limit)
                part, held = held[:at], held[at:]
                yield Piece(part, Unit("" if cause else part, Place(line=line, offset=offset), cause=cause))
                line += part.count("\n")
                offset += len(part)

    def spell(self, new: str, piece: Piece) -> str:
        """Text is written as it is; what was not examined keeps its line break."""
        if piece.unit is not None and piece.unit.cause and piece.raw.endswith("\n"):
            return new + ("\r\n" if piece.raw.endswith("\r\n") else "\n")
        return new


def _with_last(chunks: Iterable[str]) -> Iterator[tuple[bool, str]]:
    for chunk in chunks:
        yield False, chunk
    yield True, ""


def _cut(text: str, limit: int, *, end: bool) -> int:
    """Where to cut so that nothing is torn; 0 if there is no such place."""
    if end and len(text) <= limit:
        return len(text)
    head = text[:limit]
    if at := _line_border(head):
        return at
    for start in (max(0, len(head) - _SEARCH), 0):
        for border in (_SENTENCE, _SPACE):
            at = 0
            for match in border.finditer(head, start):
                at = match.end()
            if at:
                return at
    return 0


def _first_border(text: str) -> int:
    """Where an unbroken stretch ends; 0 if it goes on."""
    ends = [match.end() for match in (_SENTENCE.search(text), _SPACE.search(text)) if match]
    return min(ends, default=0)


def _line_border(text: str) -> int:
    start = max(0, len(text) - len(text) // 4)
    at = 0
    for match in _BLANK.finditer(text, start):
        at = match.end()
    if not at:
        at = last = text.rfind("\n") + 1
        for _ in range(200):
            before = text.rfind("\n", 0, at - 1) + 1
            if at <= 0 or not any(mark in text[before : at + 120] for mark in _ONE_BLOCK):
                break
            at = before
        at = at or last
    begin = text.rfind("-----BEGIN", 0, at)
    if begin > 0 and at - begin < _SEARCH and text.find("-----END", begin, at) < 0:
        at = text.rfind("\n", 0, begin) + 1 or at
    return at
