"""A whole AnalyzerEngine of the caller as one of our recognizers: its registry, NLP engine, context step and thresholds."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Sequence
from typing import Any

from piiscrub.model.finding import Finding
from piiscrub.presidio.edges import TIMEOUT, TimedOut
from piiscrub.presidio.names import ours
from piiscrub.presidio.theirs import finding_of, repaired, unexamined

_WORD = re.compile(r"[^\W_]+")


class Whole:
    """Runs the engine for each of its languages; equal findings of two languages count once, with the better score."""

    id = "presidio:AnalyzerEngine"
    name = "AnalyzerEngine"

    def __init__(self, engine: Any, *, seconds: float = TIMEOUT) -> None:
        own = copy.copy(engine)
        own.registry = copy.copy(engine.registry)
        own.registry.recognizers = [repaired(one, seconds) for one in engine.registry.recognizers]
        own.log_decision_process = False  # it would print every token of the text
        self._engine = own
        self._entities = tuple(dict.fromkeys(map(ours, own.get_supported_entities())))

    @property
    def entities(self) -> Sequence[str]:
        return self._entities

    def find(self, text: str, /) -> Iterable[Finding]:
        return self.under(text, "")

    def under(self, text: str, label: str, /) -> Iterable[Finding]:
        """The same, with the label that the text stands under handed over as context."""
        context = [word.lower() for word in _WORD.findall(label)]
        best: dict[tuple[str, int, int], Finding] = {}
        for language in self._engine.supported_languages:
            try:
                results = self._engine.analyze(text=text, language=language, context=context, return_decision_process=True)
                found = [self._finding(result, text) for result in results]
            except TimedOut:
                yield unexamined(text, self, "timed out")
            except (Exception, SystemExit) as error:  # noqa: BLE001  # a stranger's code; a missing model ends in SystemExit
                yield unexamined(text, self, f"recognizer failed: {type(error).__name__}")
            else:
                for one in found:
                    place = (one.entity, one.start, one.end)
                    if place not in best or best[place].score < one.score:
                        best[place] = one
        yield from best.values()

    @staticmethod
    def _finding(result: Any, text: str) -> Finding:
        name = (result.recognition_metadata or {}).get("recognizer_name", "")
        word = getattr(result.analysis_explanation, "supportive_context_word", "") or ""
        return finding_of(result, text, f"presidio:{name}", score=float(result.score), context=(word,) if word else ())
