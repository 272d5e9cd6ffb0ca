"""A text as one document: what of it is read, and how passages are taken out of it where it lies."""

from __future__ import annotations

from collections.abc import Iterator

from piiscrub.lifecycle.edits import Spans, redacted
from piiscrub.sources.piece import Piece, Unit


def joined(pieces: Iterator[Piece]) -> Iterator[tuple[str, int]]:
    r"""What can be read of a file, as the texts that make one document of it, each with its line from 1.

    Plain text follows on; values of another format stand on lines of their own, so that no word begins in one and ends in
    the next.

    >>> from piiscrub.sources.jsontext import JsonDocument
    >>> "".join(text for text, _ in joined(JsonDocument().pieces(['{"a": "\\u5f20", "b": 7}'])))
    'a\n张\nb\n7\n'
    """
    for piece in pieces:
        if piece.unit is not None:
            yield _text(piece.unit), piece.unit.place.line


class Redaction:
    """Every unit with its passages redacted; their offsets are those of what :func:`joined` gives."""

    def __init__(self, spans: Spans) -> None:
        self._spans = spans

    def __call__(self, units: Iterator[Unit]) -> Iterator[str | None]:
        at = 0
        for unit in units:
            end = at + len(unit.text)
            own = tuple((max(a, at) - at, min(b, end) - at) for a, b in self._spans if a < end and at < b)
            yield redacted(unit.text, own) if own else None
            at += len(_text(unit))


def _text(unit: Unit) -> str:
    return unit.text if unit.kind == "text" else f"{unit.text}\n"
