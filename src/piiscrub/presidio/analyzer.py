"""One call for an AnalyzerEngine that reads Chinese and English."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from presidio_analyzer import AnalyzerEngine, RecognizerRegistry

from piiscrub.presidio.countries import of_countries
from piiscrub.presidio.nlp import nlp_engine
from piiscrub.presidio.ours import LANGUAGES, recognizers


def analyzer(
    *,
    policy: Any = "review",
    ner: Any = "default",
    split: bool = False,
    countries: Collection[str] = (),
    more: Iterable[Any] = (),
    nlp: Any = None,
) -> AnalyzerEngine:
    """A working ``AnalyzerEngine`` for ``zh`` and ``en``, without models and without the network.

    Args:
        policy, ner, split: as in :func:`recognizers`.
        countries: countries whose own recognizers Presidio adds, such as ``["kr", "za"]``, for both languages.
        more: other recognizers of Presidio, as they are.
        nlp: an NLP engine; :func:`nlp_engine` without a tagger unless given, as ``ner`` says who finds names.

    >>> [(r.entity_type, r.start, r.end) for r in analyzer().analyze("王小明的手机13800138000", language="zh")]
    [('PHONE_NUMBER', 6, 17), ('PERSON', 0, 3)]
    """
    registry = RecognizerRegistry(supported_languages=list(LANGUAGES))
    for language in LANGUAGES:
        for one in recognizers(language, policy=policy, ner=ner, split=split):
            registry.add_recognizer(one)
        for one in of_countries(countries):
            one.supported_language = language
            registry.add_recognizer(one)
    for one in more:
        registry.add_recognizer(one)
    engine = nlp if nlp is not None else nlp_engine(LANGUAGES, tagger=None)
    return AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=list(LANGUAGES))


def registry_file() -> Path:
    """The path of a registry YAML file with our recognizers, for Presidio's ``RecognizerRegistryProvider``."""
    return Path(__file__).with_name("recognizers.yaml")
