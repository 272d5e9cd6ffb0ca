"""A drop-in for Presidio's AnalyzerEngine: the same results, from the recognizers alone whose candidates are in the text."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Iterable, Iterator
from typing import Any

from presidio_analyzer import AnalyzerEngine, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from piiscrub.errors import InputError
from piiscrub.presidio.enhance import PlainTokens, Tokens, enhance, is_plain
from piiscrub.presidio.nlp import OfflineNlpEngine
from piiscrub.presidio.plan import Plan
from piiscrub.presidio.twins import adds_by_context

_ID = RecognizerResult.RECOGNIZER_IDENTIFIER_KEY
_SIGNATURE = inspect.signature(AnalyzerEngine.analyze)


def fast(engine: AnalyzerEngine) -> FastAnalyzerEngine:
    """An ``AnalyzerEngine`` with the registry, NLP engine, context step and thresholds of ``engine``, and its results.

    Recognizers, scores, context and explanations are those of ``engine``. A recognizer added to its registry later is seen, a
    pattern added to a recognizer after its first text is not. Pattern recognizers are tried only where a match can begin, the
    others as they are; tokens are made only if a result asks for its context.
    Presidio's timeout goes on behind that place.

    Raises:
        InputError: for something that is no AnalyzerEngine, or one with an ``analyze`` of its own.
    """
    if not isinstance(engine, AnalyzerEngine):
        raise InputError(f"fast takes an AnalyzerEngine, not {type(engine).__name__}.")
    if isinstance(engine, FastAnalyzerEngine):
        return engine
    if type(engine).analyze is not AnalyzerEngine.analyze:
        raise InputError(f"fast cannot stand in for {type(engine).__name__}: it has an analyze of its own.")
    return FastAnalyzerEngine._of(engine)


class FastAnalyzerEngine(AnalyzerEngine):
    """What :func:`fast` returns. ``analyze`` takes what Presidio's takes."""

    _plans: dict[tuple[int, ...], Plan]
    _entities: dict[tuple[str | None, tuple[int, ...]], list[str]]

    @classmethod
    def _of(cls, engine: AnalyzerEngine) -> FastAnalyzerEngine:
        one: FastAnalyzerEngine = object.__new__(cls)
        one.__dict__.update(engine.__dict__)
        one._plans, one._entities = {}, {}
        return one

    @functools.wraps(AnalyzerEngine.analyze)
    def analyze(self, *args: Any, **kwargs: Any) -> list[RecognizerResult]:  # type: ignore[override]  # wraps says which
        given = kwargs if not args else dict(_SIGNATURE.bind(self, *args, **kwargs).arguments)
        given.pop("self", None)
        text, language = given.get("text"), given.get("language")
        if not isinstance(text, str) or not isinstance(language, str):
            return super().analyze(**given)  # it says what is wrong with them
        if not given.get("nlp_artifacts") and not self.log_decision_process and self._speaks(language):
            given["nlp_artifacts"] = _Later(self.nlp_engine, text, language)
        call = object.__new__(_Call)
        call.__dict__.update(self.__dict__)
        call.fast = self
        chosen = _Chosen(self, text)
        call.__dict__["registry"] = chosen
        try:
            return AnalyzerEngine.analyze(call, **given)
        finally:
            chosen.forget()

    def analyze_many(self, texts: Iterable[str], language: str, *, batch_size: int = 64, **options: Any) -> Iterator[list[Any]]:
        """``analyze`` for each text, in order, with the NLP engine asked for ``batch_size`` texts at a time.

        ``options`` are those of ``analyze`` besides text, language and nlp_artifacts.
        """
        for text, artifacts in self.nlp_engine.process_batch(texts, language=language, batch_size=batch_size):
            yield self.analyze(text=text, language=language, nlp_artifacts=artifacts, **options)

    def _speaks(self, language: str) -> bool:
        """Whether the NLP engine has the language; one that has not is asked now, and says so."""
        known = getattr(self.nlp_engine, "nlp", None)
        return known is None or language in known

    def _plan(self, recognizers: list[Any]) -> Plan:
        key = tuple(map(id, recognizers))
        plan = self._plans.get(key)
        if plan is None:
            if len(self._plans) > 64:  # lists of entities that change with every call
                self._plans.clear()
            plan = self._plans[key] = Plan(recognizers)
        return plan


class _Chosen:
    """The registry as one call sees it: it gives the recognizers that the text needs."""

    def __init__(self, engine: FastAnalyzerEngine, text: str) -> None:
        self._engine, self._text = engine, text
        self._plan: Plan | None = None

    def get_recognizers(self, *args: Any, **kwargs: Any) -> list[Any]:
        found = self._engine.registry.get_recognizers(*args, **kwargs)
        if not is_plain(self._engine.context_aware_enhancer):
            return found  # it may look at recognizers that found nothing
        self._plan = self._engine._plan(found)
        return self._plan.needed(self._text)

    def forget(self) -> None:
        if self._plan is not None:
            self._plan.forget()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine.registry, name)


class _Call(AnalyzerEngine):
    """The engine for the length of one call: Presidio's own ``analyze`` runs on it."""

    fast: FastAnalyzerEngine

    def get_supported_entities(self, language: str | None = None) -> list[str]:
        key = (language, tuple(map(id, self.fast.registry.recognizers)))
        known = self.fast._entities.get(key)
        if known is None:
            self.fast._entities.clear()
            known = self.fast._entities[key] = self.fast.get_supported_entities(language)
        return list(known)

    def _enhance_using_context(
        self, text: str, raw_results: list[Any], nlp_artifacts: Any, recognizers: list[Any], context: Any = None
    ) -> list[Any]:
        if not is_plain(self.context_aware_enhancer):
            return super()._enhance_using_context(text, raw_results, nlp_artifacts, recognizers, context)
        own: dict[Any, list[Any]] = {}
        for result in raw_results:
            own.setdefault(result.recognition_metadata[_ID], []).append(result)
        results: list[Any] = []
        for recognizer in recognizers:
            found = own.get(recognizer.id, [])
            if adds_by_context(recognizer):
                found = recognizer.enhance_using_context(
                    text=text,
                    raw_recognizer_results=found,
                    other_raw_recognizer_results=[r for r in raw_results if r.recognition_metadata[_ID] != recognizer.id],
                    nlp_artifacts=nlp_artifacts,
                    context=context,
                )
            results.extend(found)
        words: Any = functools.partial(Tokens, nlp_artifacts)
        plain = False
        if isinstance(nlp_artifacts, _Later) and type(self.nlp_engine) is OfflineNlpEngine:
            plain = self.nlp_engine.plain(nlp_artifacts.language)
            if plain:
                words = functools.partial(PlainTokens, self.nlp_engine, text, nlp_artifacts.language)
        return enhance(self.context_aware_enhancer, results, recognizers, context, text, words, words_only=plain)


class _Later(NlpArtifacts):
    """The artifacts of a text, made when first looked at."""

    def __init__(self, engine: Any, text: str, language: str) -> None:
        self.__dict__["_make"] = functools.partial(engine.process_text, text, language)
        self.__dict__["language"] = language

    def __getattr__(self, name: str) -> Any:
        make = self.__dict__.pop("_make", None)
        if make is None:
            raise AttributeError(name)
        self.__dict__.update(make().__dict__)
        return getattr(self, name)
