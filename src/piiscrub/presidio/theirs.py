"""Presidio's recognizers as one of ours: their own code, edges beside Chinese repaired, nothing that fails passed over."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import tldextract
from presidio_analyzer import PatternRecognizer
from presidio_analyzer.predefined_recognizers import EmailRecognizer, IbanRecognizer

from piiscrub.model.finding import UNEXAMINED, Check, Finding
from piiscrub.presidio.edges import TIMEOUT, Edged, TimedOut, before_han, han_of, without_han
from piiscrub.presidio.names import ours
from piiscrub.presidio.twins import Recogniser, rebound, runs_patterns, twin
from piiscrub.recognize.context import ContextIndex
from piiscrub.recognize.hits import Hit

BOOST, LEAST = 0.35, 0.4
"""What a context word adds to a score, and the score it makes at least: Presidio's defaults."""


class Theirs:
    """Recognizers of Presidio, asked one after the other.

    ``nlp`` are loaded NLP engines by language; a recognizer that reads their artifacts gets those of its language. Words
    listed as context raise a score as in Presidio, but must stand as words, in the same sentence.
    """

    id = "presidio"

    def __init__(self, recognizers: Sequence[Recogniser], nlp: dict[str, Any] | None = None, *, seconds: float = TIMEOUT) -> None:
        self._recognizers = tuple(repaired(one, seconds) for one in recognizers)
        self._with_han = tuple(map(_knows_han, self._recognizers))
        self._nlp = dict(nlp or {})
        self._seconds = seconds
        self._context = ContextIndex({i: tuple(one.context or ()) for i, one in enumerate(self._recognizers)})

    @property
    def entities(self) -> Sequence[str]:
        return tuple(dict.fromkeys(ours(entity) for one in self._recognizers for entity in one.supported_entities))

    def find(self, text: str, /) -> Iterable[Finding]:
        """What they see in a folded text. One that fails, or whose time runs out, has not examined it, and a finding says so."""
        return self.under(text, "")

    def under(self, text: str, label: str, /) -> Iterable[Finding]:
        """The same, and the words of the label that the text stands under count as context."""
        named = self._context.named(label) if label else {}
        artifacts: dict[str, Any] = {}
        for number, recognizer in enumerate(self._recognizers):
            language = recognizer.supported_language
            try:
                if language in self._nlp and language not in artifacts:
                    artifacts[language] = self._nlp[language].process_text(text, language)
                results = ask(recognizer, text, artifacts.get(language), self._seconds)
                found = [self._finding(number, result, text, named) for result in results]
            except TimedOut:
                yield unexamined(text, recognizer, "timed out")
            except (Exception, SystemExit) as error:  # noqa: BLE001  # a stranger's code; a missing model ends in SystemExit
                yield unexamined(text, recognizer, f"recognizer failed: {type(error).__name__}")
            else:
                yield from (one for one in found if one is not None)

    def _finding(self, number: int, result: Any, text: str, named: Mapping[int, Hit]) -> Finding | None:
        recognizer = self._recognizers[number]
        score = float(result.score)
        words: tuple[str, ...] = ()
        if recognizer.context:
            hit = self._context.near(text, result.start, result.end).get(number) or named.get(number)
            if hit is not None:
                score, words = min(1.0, max(score + BOOST, LEAST)), (hit[1],)
        least = getattr(recognizer, "score_thresholds", {})
        if score <= 0 or score < least.get(result.entity_type, least.get("default", 0)):
            return None
        found = finding_of(result, text, f"presidio:{recognizer.name}", score=score, context=words)
        return found if self._with_han[number] else found._replace(end=before_han(text, found.start, found.end))


def finding_of(result: Any, text: str, by: str, *, score: float, context: tuple[str, ...] = ()) -> Finding:
    """One of Presidio's results as a finding; the pattern names their entity where ours is another.

    Raises:
        ValueError: the result is no stretch of the text.
    """
    if not 0 <= result.start < result.end <= len(text):
        raise ValueError("no stretch of this text")
    why = result.analysis_explanation
    pattern = getattr(why, "pattern_name", None) or ""
    entity = ours(result.entity_type)
    if entity != result.entity_type:
        pattern = f"{result.entity_type}: {pattern}" if pattern else result.entity_type
    check: Check = "passed" if getattr(why, "validation_result", None) else "none"
    return Finding(entity, result.start, result.end, round(min(1.0, score), 4), by, pattern, check, context)


def repaired(recognizer: Recogniser, seconds: float = TIMEOUT) -> Recogniser:
    """A copy that sees edges beside Han characters, stops in time, and never asks the network."""
    if isinstance(recognizer, EmailRecognizer) and type(recognizer).validate_result is EmailRecognizer.validate_result:
        recognizer = rebound(recognizer, "validate_result", tldextract=_Offline())
    if runs_patterns(recognizer):
        return twin(recognizer, lambda compiled, regex: Edged(compiled, regex, seconds))
    return recognizer


def ask(recognizer: Recogniser, text: str, artifacts: Any, seconds: float) -> Iterator[Any]:
    """The results of one recognizer.

    Raises:
        TimedOut: it may have passed over a pattern whose time ran out: one that has an ``analyze`` of its own does so
            without a word, but not in less time than its limit.
    """
    entities = recognizer.supported_entities
    if runs_patterns(recognizer) or not isinstance(recognizer, PatternRecognizer):
        yield from recognizer.analyze(text=text, entities=entities, nlp_artifacts=artifacts) or ()
        return
    kept = frozenset[str]().union(*(han_of(pattern.regex) for pattern in vars(recognizer)["patterns"]))
    before = time.monotonic()
    found = recognizer.analyze(text=without_han(text, kept), entities=entities, nlp_artifacts=artifacts) or ()
    if time.monotonic() - before > seconds and type(recognizer).analyze is not IbanRecognizer.analyze:
        raise TimedOut
    yield from found


def _knows_han(recognizer: Recogniser) -> bool:
    """Whether Han characters may be part of what it finds: a pattern names one, or no pattern says what it is."""
    patterns = getattr(recognizer, "patterns", None)
    return not patterns or any(han_of(pattern.regex) for pattern in patterns)


def unexamined(text: str, recognizer: Recogniser, why: str) -> Finding:
    """The whole text, not examined by this recognizer."""
    return Finding(UNEXAMINED, 0, len(text), 1.0, f"presidio:{recognizer.name}", why)


class _Offline:
    """The module tldextract with the list of suffixes that came with it: it would ask the network for a newer one."""

    def extract(self, url: str) -> Any:
        return _suffixes()(url)


@cache
def _suffixes() -> Any:
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
