"""Patterns found by a text that each of their matches holds, such as the @ of an address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from piiscrub.packs.literal import rarest
from piiscrub.recognize.candidates import LiteralAnchor
from piiscrub.recognize.reading import Reading

_Listed: TypeAlias = tuple[str, tuple[LiteralAnchor, ...]]  # literal, the patterns it leads to


class Literals:
    """All literals of all packs, each asked for only where its rarest character is.

    To look for one character costs a tenth of looking for several, and for an ASCII one in bytes a tenth of that again.
    """

    __slots__ = ("_ascii", "_other")

    def __init__(self, by_literal: Mapping[str, Sequence[LiteralAnchor]]) -> None:
        self._ascii: dict[int, list[_Listed]] = {}
        self._other: dict[str, list[_Listed]] = {}
        for literal, anchors in by_literal.items():
            sign = rarest(literal)
            if sign.isascii():
                self._ascii.setdefault(ord(sign), []).append((literal, tuple(anchors)))
            else:
                self._other.setdefault(sign, []).append((literal, tuple(anchors)))

    def find(self, reading: Reading) -> None:
        """Weigh every match of these patterns."""
        text, plain = reading.text, reading.plain
        # filter() asks for all signs without a step of Python for each.
        for code in filter(plain.__contains__, self._ascii):
            _where_they_stand(reading, self._ascii[code])
        for sign in filter(text.__contains__, self._other):
            _where_they_stand(reading, self._other[sign])


def _where_they_stand(reading: Reading, listed: Iterable[_Listed]) -> None:
    for literal, anchors in listed:
        if literal in reading.text:
            for anchor in anchors:
                if anchor.literal.offset is None:
                    _at_varying(reading, anchor)
                else:
                    _at_fixed(reading, anchor, anchor.literal.offset)


def _at_fixed(reading: Reading, anchor: LiteralAnchor, offset: int) -> None:
    """The pattern begins so many characters before the literal."""
    text, entry, word = reading.text, anchor.entry, anchor.literal.text
    find, match = text.find, entry.match
    done, at = 0, find(word)
    while at >= 0:
        if at - offset >= done and (m := match(text, at - offset)):
            done = m.end()
            reading.weigh(entry, at - offset, done)
        at = find(word, max(_behind(text, word, at), done))


def _at_varying(reading: Reading, anchor: LiteralAnchor) -> None:
    """The pattern begins somewhere before the literal, and only certain characters stand between."""
    literal, before, entry = anchor
    text = reading.text
    word, find, match = literal.text, text.find, entry.match
    done, at = 0, find(word)
    while at >= 0:
        lead = text[max(done, at - literal.before_max) : at]
        first = at - (len(lead) - len(lead.rstrip(before)))
        starts: Iterable[int]
        if not entry.edged:
            starts = range(first, at + 1)
        elif (run := text[first:at]).isalnum() and run.isascii():
            starts = (first,)  # no edge inside a run of letters and digits
        else:
            starts = _word_starts(text, first, at)
        for start in starts:
            if start >= done and (m := match(text, start)):
                done = m.end()
                reading.weigh(entry, start, done)
                break
        at = find(word, max(_behind(text, word, at), done))


def _behind(text: str, word: str, at: int) -> int:
    """The end of a run of the literal: it is one place, or it would cost its square."""
    width = len(word)
    at += width
    while text.startswith(word, at):
        at += width
    return at


def _word_starts(text: str, first: int, last: int) -> Iterator[int]:
    """Places from ``first`` to ``last`` where a match can start: ``first``, and each that no letter or digit precedes."""
    yield first
    for i in range(first + 1, last + 1):
        if not (text[i - 1].isalnum() and text[i - 1].isascii()):
            yield i
