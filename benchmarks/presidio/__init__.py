"""Presidio with its patterns and no language model, the peer of both benchmarks."""

from __future__ import annotations

from benchmarks.engine import Detector, Span


def detector() -> Detector:
    """A detector over all recognizers that Presidio switches on for English, without spaCy and without the network."""
    import tldextract
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NoOpNlpEngine
    from presidio_analyzer.recognizer_registry import RecognizerRegistryProvider

    # its e-mail recognizer asks the net for a list of domain endings; the one inside the package does as well
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    nlp = NoOpNlpEngine([{"lang_code": "en", "model_name": "no_op"}])
    nlp.load()
    registry = RecognizerRegistryProvider().create_recognizer_registry()
    analyzer = AnalyzerEngine(nlp_engine=nlp, registry=registry, supported_languages=["en"])

    def detect(text: str) -> list[Span]:
        # what lies inside a better-scored result of another recognizer is dropped, as its own anonymizer does
        found = sorted(analyzer.analyze(text, language="en"), key=lambda r: (-r.score, r.start - r.end))
        kept: list[Span] = []
        for r in found:
            if not any(a <= r.start and r.end <= b for a, b, *_ in kept):
                kept.append((r.start, r.end, r.entity_type, r.score))
        return kept

    return detect
