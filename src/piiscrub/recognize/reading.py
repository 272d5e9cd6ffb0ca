"""One text while it is read: what is known about it, and the findings so far."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

from piiscrub.model.finding import UNEXAMINED, Check, Finding
from piiscrub.recognize.candidates import Asked
from piiscrub.recognize.compiled import Entry
from piiscrub.recognize.context import ContextIndex
from piiscrub.recognize.hits import Hits, owners_of
from piiscrub.recognize.score import score
from piiscrub.recognize.words import LETTERS

_finding = partial(tuple.__new__, Finding)  # a third of the price of calling the class
_SPACE = re.compile(r"\s")


class Reading:
    """The folded text, the same as ASCII, its letters; words of the label it stands under, bits of their owners; findings."""

    __slots__ = ("_context", "findings", "letters", "named", "owners", "plain", "text")

    def __init__(self, text: str, named: Hits, context: ContextIndex) -> None:
        self.text, self.named, self._context = text, named, context
        self.plain = plain = text.encode("ascii", "replace")
        self.letters = plain.translate(LETTERS)
        self.owners = owners_of(named) if named else 0
        self.findings: list[Finding] = []

    def weigh(self, entry: Entry, start: int, end: int) -> None:
        """Check and weigh what a pattern matched; if it amounts to something it becomes a finding."""
        is_valid = entry.is_valid
        valid = None if is_valid is None else is_valid(self.text[start:end])
        if valid is not False or entry.failed is not None:
            self._judge(entry, start, end, valid, self.named + self._context.around(self.text, self.letters, start, end))

    def parsed(self, start: int, end: int, entry: Entry, check: Check) -> None:
        """Weigh what a parser found and checked."""
        if check != "failed" or entry.failed is not None:
            valid = None if check == "none" else check == "passed"
            self._judge(entry, start, end, valid, self.named + self._context.around(self.text, self.letters, start, end))

    def ask(self, start: int, asked: Iterable[Asked], label: Hits | None = None, before: Hits | None = None) -> int:
        """Ask patterns at one place, weighing what fits; the next pattern of a pack that has found the same is passed over.

        ``label`` is the word right before ``start``, ``before`` those further off, if somebody has looked already. Return the
        end of the longest match whose check passed, 0 if none did.
        """
        text = self.text
        covered, at = 0, -1
        near: Hits = []
        done: list[tuple[int, int]] = []
        for entry, match in asked:
            found = match(text, start)
            if found is None:
                continue
            end = found.end()
            if done and (entry.owner, end) in done:
                continue
            is_valid = entry.is_valid
            valid = None if is_valid is None else is_valid(text[start:end])
            if valid is False and entry.failed is None:
                continue
            if at != end:
                if before is None:
                    near = label or self._context.around(text, self.letters, start, end)
                else:
                    near = before + self._context.behind(text, self.letters, end)
                if self.named:
                    near = self.named + near
                at = end
            outcome = self._judge(entry, start, end, valid, near)
            if outcome >= 0:
                done.append((entry.owner, end))
                if outcome > covered:
                    covered = outcome
        return covered

    def _judge(self, entry: Entry, start: int, end: int, valid: bool | None, near: Hits) -> int:
        """Weigh one match. Return -1 if it is no finding, its end if the check passed and nothing speaks against it, else 0."""
        value, check, context, against = score(entry, valid, near)
        if value is None:
            return -1
        self.findings.append(_finding((entry.entity, start, end, value, entry.id, entry.name, check, context, against, ())))
        if entry.open_ended and end == start + entry.pattern.max < len(self.text) and not self.text[end].isspace():
            self.findings.append(Finding(UNEXAMINED, end, _run_end(self.text, end), 1.0, entry.id, "too long"))
        return end if valid and not against else 0


def _run_end(text: str, start: int) -> int:
    """Where the run without white space that holds ``start`` ends."""
    found = _SPACE.search(text, start)
    return found.start() if found else len(text)
