"""Patterns found by a text that each of their matches holds, such as the @ of an address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from piiscrub.recognize.candidates import LiteralAnchor
from piiscrub.recognize.needles import Needles
from piiscrub.recognize.reading import Reading
from piiscrub.recognize.together import Together

_LAST_ASCII = "\x7f"


class Literals:
    """All literals of all packs."""

    __slots__ = ("_anchors", "needles")

    def __init__(self, by_literal: Mapping[str, Sequence[LiteralAnchor]]) -> None:
        self._anchors = tuple(map(tuple, by_literal.values()))
        told = (_shown(literal, anchors) for literal, anchors in by_literal.items())
        self.needles = Needles({needle: number for number, needle in enumerate(told)})

    def find(self, together: Together) -> None:
        """Weigh every match of these patterns."""
        # What looks for one of them is asked in all texts before the next.
        for position, number in self.needles.within(together):
            for anchor in self._anchors[number]:
                _at_literal(together.readings[position], anchor)


def _shown(literal: str, anchors: Iterable[LiteralAnchor]) -> str:
    """What a text in ASCII shows of a literal: a question mark stands there for the foreign character that must come before.

    So no word with an x is looked at for 王x.
    """
    foreign = all(anchor.literal.foreign and anchor.literal.left == frozenset() for anchor in anchors)
    return f"?{literal}" if foreign and literal.isascii() else literal


def _at_literal(reading: Reading, anchor: LiteralAnchor) -> None:
    literal, before, entry = anchor
    text = reading.text
    word, find = literal.text, text.find
    left, foreign = literal.left, literal.foreign
    done, at = 0, find(word)
    while at >= 0:
        if left is not None and (at == 0 or ((sign := text[at - 1]) not in left and not (foreign and sign > _LAST_ASCII))):
            at = find(word, _run_end(text, word, at))  # nearly every x and 年
            continue
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
        at = _run_end(text, word, at)
        done = max(done, found_end)
        at = find(word, max(at, done))


def _run_end(text: str, word: str, at: int) -> int:
    """The end of a run of the literal: it is one place, or it would cost its square."""
    at += len(word)
    more = text.startswith(word, at) and _run_of(word).match(text, at)  # a million asterisks are one step
    return more.end() if more else at


@cache
def _run_of(word: str) -> re.Pattern[str]:
    return re.compile(f"(?:{re.escape(word)})+")


def _word_starts(text: str, first: int, last: int) -> Iterator[int]:
    """Places from ``first`` to ``last`` where a match can start: ``first``, and each that no letter or digit precedes."""
    yield first
    for i in range(first + 1, last + 1):
        if not (text[i - 1].isalnum() and text[i - 1].isascii()):
            yield i
