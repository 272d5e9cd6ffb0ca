"""The same sets with others: jieba's part-of-speech tags, helan, and Presidio with a spaCy model, where they are installed.

Presidio needs a model: name one that is installed, or its folder, in PIISCRUB_SPACY_MODEL. helan needs nothing else, so it may
lie in a folder of its own on PYTHONPATH.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from benchmarks.engine import Detector, Span
from benchmarks.quality import names
from benchmarks.report import Report

MODEL = "PIISCRUB_SPACY_MODEL"
_HELAN = {"PERSON_NAME": "PERSON", "ADDRESS": "ADDRESS"}
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


def _helan(*, with_jieba: bool) -> Detector:
    from helan import build_recognizers, recognize

    with warnings.catch_warnings():  # that jieba is there and not used, and that it is
        warnings.simplefilter("ignore")
        recognizers = build_recognizers(list(_HELAN), jieba=with_jieba)
    return lambda text: [
        (e.start, e.end, _HELAN[e.type], e.score) for e in recognize(text, recognizers=recognizers) if e.type in _HELAN
    ]


def helan() -> Detector:
    """Helan as it comes: names and addresses by rule."""
    return _helan(with_jieba=False)


def helan_jieba() -> Detector:
    """Helan with names from jieba's tags."""
    return _helan(with_jieba=True)


def presidio() -> Detector:
    """Presidio with a spaCy model for names, English only."""
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    models = [{"lang_code": "en", "model_name": os.environ[MODEL]}]
    nlp = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": models}).create_engine()
    engine = AnalyzerEngine(nlp_engine=nlp, supported_languages=["en"])
    return lambda text: [(r.start, r.end, r.entity_type, r.score) for r in engine.analyze(text, language="en")]


# who: how, its language, the packages it needs, the variable of the environment it needs
PEERS: dict[str, tuple[Callable[[], Detector], str, tuple[str, ...], str]] = {
    "jieba.posseg": (jieba, "zh", ("jieba",), ""),
    "helan": (helan, "zh", ("helan",), ""),
    "helan + jieba": (helan_jieba, "zh", ("helan", "jieba"), ""),
    "Presidio + spaCy model": (presidio, "en", ("presidio_analyzer", "spacy"), MODEL),
}


def measure(root: Path) -> Report:
    """One block with the rows of every peer that can run."""
    report = Report(name="names: peers")
    for who, (make, lang, packages, variable) in PEERS.items():
        if not all(map(find_spec, packages)) or (variable and not os.environ.get(variable)):
            report.details.append(f"{who}: not here")
            continue
        for row in names.measure(root, detector=make(), who=who, langs=(lang,)).rows:
            row.what = f"{who}: {row.what}"
            report.rows.append(row)
    return report
