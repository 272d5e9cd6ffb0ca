"""Presidio, both ways: ours in theirs, theirs in ours, and theirs faster. Imported only by who asks for it.

>>> import piiscrub.presidio
>>> engine = piiscrub.presidio.analyzer()
>>> [r.entity_type for r in engine.analyze("身份证号11010519491231002X", language="zh")]
['CN_ID_CARD']
"""

from __future__ import annotations

from piiscrub.presidio.analyzer import analyzer, registry_file
from piiscrub.presidio.countries import countries
from piiscrub.presidio.fast import FastAnalyzerEngine, fast
from piiscrub.presidio.nlp import nlp_engine
from piiscrub.presidio.operators import SafeAnonymizerEngine, anonymizer, operators
from piiscrub.presidio.ours import PiiscrubPackRecognizer, PiiscrubRecognizer, recognizers
from piiscrub.presidio.results import from_engine_result, from_presidio, to_engine_result, to_presidio

__all__ = [
    "FastAnalyzerEngine",
    "PiiscrubPackRecognizer",
    "PiiscrubRecognizer",
    "SafeAnonymizerEngine",
    "analyzer",
    "anonymizer",
    "countries",
    "fast",
    "from_engine_result",
    "from_presidio",
    "nlp_engine",
    "operators",
    "recognizers",
    "registry_file",
    "to_engine_result",
    "to_presidio",
]
