"""Engines of Presidio without models, as the tests compare them."""

from __future__ import annotations

import tldextract
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry

from piiscrub.presidio import nlp_engine

OFFLINE = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def plain(recognizers, *, nlp=None, **more):
    """Presidio's engine over some recognizers, with tokens and without names."""
    registry = RecognizerRegistry(recognizers=list(recognizers), supported_languages=["en"])
    return AnalyzerEngine(
        registry=registry, nlp_engine=nlp or nlp_engine(["en"], tagger=None), supported_languages=["en"], **more
    )


def told(results):
    """Everything a result says, for comparing."""
    return [(r.entity_type, r.start, r.end, r.score, dict(r.recognition_metadata), str(r.analysis_explanation)) for r in results]
