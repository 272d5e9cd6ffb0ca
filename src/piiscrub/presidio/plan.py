"""Which recognizers of a list a text needs, and what their patterns match in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from presidio_analyzer.predefined_recognizers import IbanRecognizer

from piiscrub.presidio.candidates import Candidates
from piiscrub.presidio.heads import head
from piiscrub.presidio.phones import PHONES, Numbers, quicker
from piiscrub.presidio.twins import Recogniser, adds_by_context, runs_patterns, twin

_SECONDS = 1.0  # a match that takes longer is left to the recognizer, which has its own time
_FEW, _SHARE = 64, 8  # with more places than these, and at more than one in so many characters, the regex runs over the text

Matches = dict[int, list[Any] | None]
"""Regex by number → its matches in a text; None: nobody has looked."""


class Plan:
    """Recognizers in their order. Immutable but for its memory of the matches in the last text."""

    def __init__(self, recognizers: Sequence[Recogniser]) -> None:
        self.recognizers = tuple(recognizers)  # kept alive: their ids name this plan
        self._regexes: list[tuple[str, int]] = []
        self._compiled: dict[int, Any] = {}
        self._last: tuple[str, Matches] = ("", {})
        self._numbers = Numbers()
        self._asked_by: list[int] = []  # for each regex the position of its recognizer
        self._always: list[int] = []  # positions of the recognizers that every text needs
        self.runs = tuple(self._run(at, recognizer) for at, recognizer in enumerate(self.recognizers))
        self.candidates = Candidates([head(*one) for one in self._regexes])

    def needed(self, text: str) -> list[Recogniser]:
        """The recognizers that may find something in a text, in order."""
        wanted = set(self._always)
        wanted.update(self._asked_by[number] for number in self.matches(text))
        return [self.runs[i] for i in sorted(wanted)]

    def matches(self, text: str) -> Matches:
        """What the regexes match. One that matches nothing is not there."""
        last = self._last
        if last[0] is text:
            return last[1]
        found: Matches = {}
        for number, starts in self.candidates.find(text).items():
            compiled = self._compiled.get(number)
            if starts is None or compiled is None or len(starts) > max(_FEW, len(text) // _SHARE):
                found[number] = None
                continue
            here = _matched(compiled, text, starts)
            if here is None or here:
                found[number] = here
        self._last = (text, found)
        return found

    def forget(self) -> None:
        """Let go of the last text."""
        self._last = ("", {})
        self._numbers.forget()

    def _run(self, at: int, recognizer: Recogniser) -> Recogniser:
        """What is run in the place of a recognizer."""
        kind = type(recognizer)
        if not adds_by_context(recognizer):
            if runs_patterns(recognizer):
                numbers = iter(self._asks(at, recognizer))
                return twin(recognizer, lambda compiled, _: self._known(compiled, next(numbers)))
            if kind.analyze is IbanRecognizer.analyze:
                self._asks(at, recognizer)
                return recognizer
        self._always.append(at)
        return quicker(recognizer, self._numbers) if kind.analyze in PHONES else recognizer

    def _asks(self, at: int, recognizer: Recogniser) -> range:
        first = len(self._regexes)
        self._regexes += ((pattern.regex, int(recognizer.global_regex_flags)) for pattern in recognizer.patterns)
        self._asked_by += [at] * len(recognizer.patterns)
        return range(first, len(self._regexes))

    def _known(self, compiled: Any, number: int) -> Known:
        self._compiled[number] = compiled
        return Known(compiled, number, self)


class Known:
    """Stands for a compiled regex inside a pattern of Presidio: its matches are those that the plan has found."""

    __slots__ = ("_compiled", "_number", "_plan")

    def __init__(self, compiled: Any, number: int, plan: Plan) -> None:
        self._compiled, self._number, self._plan = compiled, number, plan

    def finditer(self, text: str, timeout: float | None = None) -> Iterator[Any]:
        """What ``finditer`` of the regex gives, in the same order."""
        found = self._plan.matches(text).get(self._number, ())
        return iter(found) if found is not None else self._compiled.finditer(text, timeout=timeout)

    def __getattr__(self, name: str) -> Any:  # whatever else is asked of it, the regex answers
        return getattr(self._compiled, name)


def _matched(compiled: Any, text: str, starts: Sequence[int]) -> list[Any] | None:
    """The matches at some places, none inside another; None if that takes too long."""
    found, end, match = [], 0, compiled.match
    try:
        for start in starts:
            if start >= end and (one := match(text, start, timeout=_SECONDS)):
                end = one.end()
                found.append(one)
    except TimeoutError:
        return None
    return found
