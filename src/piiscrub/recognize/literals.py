"""Patterns found by a text that each of their matches holds, such as the @ of an address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter

from piiscrub.packs.literal import rarest
from piiscrub.recognize.candidates import LiteralAnchor
from piiscrub.recognize.reading import Reading

_number = itemgetter(0)


class Literals:
    """All literals of all packs, each asked for only where its rarest character is.

    To look for one character costs a tenth of looking for several, and for an ASCII one in bytes a tenth of that again.
    """

    __slots__ = ("_anchors", "_plain", "_signs")

    def __init__(self, by_literal: Mapping[str, Sequence[LiteralAnchor]]) -> None:
        self._anchors = tuple(map(tuple, by_literal.values()))
        told = [(at, rarest(literal), literal) for at, literal in enumerate(by_literal)]
        self._plain = tuple((at, ord(sign), literal.encode()) for at, sign, literal in told if literal.isascii())
        self._signs = tuple((at, sign, literal) for at, sign, literal in told if not literal.isascii())

    def find(self, readings: Iterable[Reading]) -> None:
        """Weigh every match of these patterns."""
        here: list[tuple[int, Reading]] = []
        for reading in readings:
            plain, text = reading.plain, reading.text
            for at, sign, literal in self._plain:
                if sign in plain and literal in plain:
                    here.append((at, reading))
            for at, char, word in self._signs:
                if char in text and word in text:
                    here.append((at, reading))
        here.sort(key=_number)  # what looks for one of them is asked in all texts before the next
        for at, reading in here:
            for anchor in self._anchors[at]:
                _at_literal(reading, anchor)


def _at_literal(reading: Reading, anchor: LiteralAnchor) -> None:
    literal, before, entry = anchor
    text = reading.text
    word, find, width = literal.text, text.find, len(literal.text)
    done, at = 0, find(word)
    while at >= 0:
        starts: Iterable[int]
        if literal.offset is not None:
            starts = (at - literal.offset,)
        else:
            lead = text[max(done, at - literal.before_max) : at]
            first = at - (len(lead) - len(lead.rstrip(before)))
            if not entry.edged:
                starts = range(first, at + 1)
            elif (run := text[first:at]).isalnum() and run.isascii():
                starts = (first,)  # no edge inside a run of letters and digits
            else:
                starts = _word_starts(text, first, at)
        found_end = 0
        for start in starts:
            if start >= done and (m := entry.match(text, start)):
                found_end = m.end()
                reading.weigh(start, [(entry, found_end)])
                break
        at += width
        while text.startswith(word, at):  # a run of the literal is one place, or it would cost its square
            at += width
        done = max(done, found_end)
        at = find(word, max(at, done))


def _word_starts(text: str, first: int, last: int) -> Iterator[int]:
    """Places from ``first`` to ``last`` where a match can start: ``first``, and each that no letter or digit precedes."""
    yield first
    for i in range(first + 1, last + 1):
        if not (text[i - 1].isalnum() and text[i - 1].isascii()):
            yield i
