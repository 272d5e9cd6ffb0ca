"""The same sets with others: jieba's part-of-speech tags, and Presidio with a spaCy model, where they are installed.

Presidio needs a model: name one that is installed, or its folder, in PIISCRUB_SPACY_MODEL.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

from benchmarks.engine import Detector, Span
from benchmarks.quality import names
from benchmarks.report import Report

MODEL = "PIISCRUB_SPACY_MODEL"
_JIEBA = {"nr": "PERSON", "nrfg": "PERSON", "nrt": "PERSON", "ns": "LOCATION", "nt": "ORGANIZATION"}


def jieba() -> Detector:
    """jieba.posseg: nr, ns, nt."""
    from jieba import posseg

    def detect(text: str) -> list[Span]:
        found, at = [], 0
        for word in posseg.cut(text):
            end = at + len(word.word)
            if word.flag in _JIEBA:
                found.append((at, end, _JIEBA[word.flag], 0.5))
            at = end
        return found

    return detect


def presidio() -> Detector:
    """Presidio with a spaCy model for names, English only."""
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    models = [{"lang_code": "en", "model_name": os.environ[MODEL]}]
    nlp = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": models}).create_engine()
    engine = AnalyzerEngine(nlp_engine=nlp, supported_languages=["en"])
    return lambda text: [(r.start, r.end, r.entity_type, r.score) for r in engine.analyze(text, language="en")]


PEERS = {"jieba.posseg": (jieba, "zh"), "Presidio + spaCy model": (presidio, "en")}


def measure(root: Path) -> Report:
    """One block with the rows of every peer that can run."""
    report = Report(name="names: peers")
    for who, (make, lang) in PEERS.items():
        if (make is jieba and find_spec("jieba") is None) or (make is presidio and not os.environ.get(MODEL)):
            report.details.append(f"{who}: not here")
            continue
        for row in names.measure(root, detector=make(), who=who, langs=(lang,)).rows:
            row.what = f"{who}: {row.what}"
            report.rows.append(row)
    return report
