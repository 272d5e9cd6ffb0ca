"""Which recognizers of a list a text needs, and where their patterns may match."""

from __future__ import annotations

from collections.abc import Sequence

from presidio_analyzer.predefined_recognizers import IbanRecognizer

from piiscrub.presidio.candidates import AtCandidates, Candidates, Places
from piiscrub.presidio.heads import head
from piiscrub.presidio.phones import PHONES, Numbers, quicker
from piiscrub.presidio.twins import Recogniser, adds_by_context, runs_patterns, twin


class Plan:
    """Recognizers in their order. Immutable but for its memory of the places in the last text."""

    def __init__(self, recognizers: Sequence[Recogniser]) -> None:
        self.recognizers = tuple(recognizers)  # kept alive: their ids name this plan
        self._regexes: list[tuple[str, int]] = []
        self._last: tuple[str, Places] = ("", {})
        self._numbers = Numbers()
        self._asked_by: list[int] = []  # for each regex the position of its recognizer
        self._always: list[int] = []  # positions of the recognizers that every text needs
        self.runs = tuple(self._run(at, recognizer) for at, recognizer in enumerate(self.recognizers))
        self.candidates = Candidates([head(*one) for one in self._regexes])

    def needed(self, text: str) -> list[Recogniser]:
        """The recognizers that may find something in a text, in order."""
        wanted = set(self._always)
        wanted.update(self._asked_by[number] for number in self.places(text))
        return [self.runs[i] for i in sorted(wanted)]

    def places(self, text: str) -> Places:
        last = self._last
        if last[0] is text:
            return last[1]
        places = self.candidates.find(text)
        self._last = (text, places)
        return places

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
                return twin(recognizer, lambda compiled, _: AtCandidates(compiled, next(numbers), self.places))
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
