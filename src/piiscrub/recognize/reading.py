"""One text while it is read: what is known about it, and the findings so far."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import TypeAlias

from piiscrub.model.finding import UNEXAMINED, Check, Finding
from piiscrub.recognize.compiled import Entry
from piiscrub.recognize.context import ContextIndex
from piiscrub.recognize.hits import AGAINST, Hit, Hits, nearest, owners_of
from piiscrub.recognize.score import score
from piiscrub.recognize.words import letters, plain
from piiscrub.text.late import late

Matched: TypeAlias = tuple[tuple[Entry, int], ...]
"""Patterns that fit at one start, each with the end of its match."""

_finding = partial(tuple.__new__, Finding)  # a third of the price of calling the class
_SPACE = re.compile(r"\s")
_BESIDE = 100  # characters on each side that tell whether a value stands among words
_HAN_TWICE = late(r"[\u3400-\u9fff].*?[\u3400-\u9fff]", re.DOTALL)
_WORDS_TWICE = late(r"[A-Za-z]{2}.*?[^A-Za-z][A-Za-z]{2}", re.DOTALL)


class Reading:
    """The folded text, the same as ASCII, its letters; words of the label it stands under, bits of their owners; findings.

    ``numbers`` are the places where small numbers begin, ``lone`` those of runs without a label whose label may stand in another
    line (elsewhere.py); a text without any has no lists for them, which the garbage collector would visit.
    """

    __slots__ = ("_context", "covered", "findings", "letters", "lone", "named", "numbers", "owners", "plain", "text")

    def __init__(self, text: str, named: Hits, context: ContextIndex) -> None:
        self.text, self.named, self._context = text, named, context
        self.plain = plain(text)
        self.letters = letters(self.plain)
        self.owners = owners_of(named) if named else 0
        self.findings: list[Finding] = []
        self.numbers: Sequence[int] = ()
        self.lone: list[int] | None = None
        self.covered = 0

    def weigh(
        self,
        start: int,
        matched: Sequence[tuple[Entry, int]],
        label: Hits | None = None,
        before: Hits | None = None,
        silent: int = -1,
    ) -> int:
        """Check and weigh patterns that fit at one start; those that amount to something become findings.

        ``label`` is the word right before ``start``, ``before`` those further off, ``silent`` a place behind which there is
        none, if somebody has looked already. Return the end of the longest match whose check passed, 0 if none did.
        """
        text = self.text
        covered = 0
        near: Hits = []
        negative: Hit | None = None
        at = -1
        done: list[tuple[int, int]] = []
        for entry, end in matched:
            if done and (entry.owner, end) in done:
                continue  # another pattern of the same pack has made this finding already
            is_valid = entry.is_valid
            valid = None if is_valid is None else is_valid(text[start:end])
            if valid is False and entry.failed is None:
                continue
            if at != end:
                if before is None:
                    near = label or self._context.around(text, self.letters, start, end)
                elif end == silent:
                    near = before
                else:
                    near = before + self._context.behind(text, self.letters, end)
                if self.named:
                    near = self._label_of(start, end) + near
                negative, at = nearest(near, AGAINST), end
            value, check, context, against = score(entry, valid, nearest(near, entry.bit), negative)
            if value is not None:
                done.append((entry.owner, end))
                self.findings.append(
                    _finding((entry.entity, start, end, value, entry.id, entry.name, check, context, against, ()))
                )
                if valid and not against and end > covered:
                    covered = end
                if entry.open_ended and end == start + entry.pattern.max < len(text) and not text[end].isspace():
                    self.findings.append(Finding(UNEXAMINED, end, _run_end(text, end), 1.0, entry.id, "too long"))
        return covered

    def parsed(self, start: int, end: int, entry: Entry, check: Check) -> None:
        """Weigh what a parser found and checked."""
        if check == "failed" and entry.failed is None:
            return
        near = self._label_of(start, end) + self._context.around(self.text, self.letters, start, end)
        valid = None if check == "none" else check == "passed"
        value, told, context, against = score(entry, valid, nearest(near, entry.bit), nearest(near, AGAINST))
        if value is not None:
            self.findings.append(_finding((entry.entity, start, end, value, entry.id, entry.name, told, context, against, ())))

    def _label_of(self, start: int, end: int) -> Hits:
        """What the label of the text says of a value in it.

        A label is that of the whole: in a column 订单备注 a number among words is no number of an order, so there it does not
        speak against. What it speaks for stays: no harm comes of it.
        """
        if not self.owners & AGAINST:
            return self.named
        text = self.text
        parts = text[max(0, start - _BESIDE) : start], text[end : end + _BESIDE]
        if any(among.search(part) for among in (_HAN_TWICE, _WORDS_TWICE) for part in parts):
            return [(distance, owners & ~AGAINST, word) for distance, owners, word in self.named if owners & ~AGAINST]
        return self.named


def _run_end(text: str, start: int) -> int:
    """Where the run without white space that holds ``start`` ends."""
    found = _SPACE.search(text, start)
    return found.start() if found else len(text)
