"""``python -m benchmarks.presidio``: the same results as Presidio and as piiscrub, and the speed of ``fast``."""

from __future__ import annotations

import argparse
import logging
import random
import time
from collections.abc import Callable
from pathlib import Path
from re import _parser as parser  # type: ignore[attr-defined]  # the parse tree, from which strings are made
from typing import Any

from benchmarks import shared
from benchmarks.presidio.business import document
from benchmarks.report import Report, about

DOCUMENTS, ROUNDS = 300, 3


def _engines(every: bool) -> tuple[Any, Any]:
    """Presidio's engine with tokens and without names, and the fast one over it."""
    import tldextract
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.recognizer_registry import RecognizerRegistryProvider

    from piiscrub import presidio
    from tests.presidio.specimens import recognizers

    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    if every:
        registry = RecognizerRegistry(recognizers=list(recognizers()), supported_languages=["en"])
    else:
        registry = RecognizerRegistryProvider().create_recognizer_registry()
    engine = AnalyzerEngine(registry=registry, nlp_engine=presidio.nlp_engine(["en"], tagger=None), supported_languages=["en"])
    return engine, presidio.fast(engine)


def _told(results: list[Any]) -> list[tuple[Any, ...]]:
    return [(r.entity_type, r.start, r.end, r.score, dict(r.recognition_metadata), str(r.analysis_explanation)) for r in results]


def _generated() -> list[str]:
    """Specimens of every predefined recognizer, and by chance strings of every pattern, between words."""
    from tests.presidio.specimens import recognizers, sample, texts

    rng = random.Random(10)
    found = [text for one in texts().values() for text, _, _ in one]
    for recognizer in recognizers():
        for pattern in getattr(recognizer, "patterns", ()):
            if recognizer.name != "EmailRecognizer":  # its pattern gives strings without end
                before, value = sample(parser.parse(pattern.regex.replace("(?i)", "")), rng)
                found.append(f"number {before}{value} of {rng.choice(('card', 'tax', 'passport', 'call'))}.")
    return found


def identical(root: Path) -> Report:
    """Texts on which fast says anything else than the engine: result, score, explanation or order."""
    report = Report(name="fast(engine) and the engine")
    corpora = {
        "specimens and strings of every pattern": _generated(),
        "en_presidio_synth_v2": [r["text"] for r in shared.corpus(root, "en_presidio_synth_v2.all")],
        "business text": [document(i) for i in range(DOCUMENTS)],
    }
    for every in (False, True):
        engine, quick = _engines(every)
        for name, texts in corpora.items():
            options = {"language": "en", "return_decision_process": True}
            other = sum(_told(engine.analyze(text=t, **options)) != _told(quick.analyze(text=t, **options)) for t in texts)
            what = f"{'every country' if every else 'default recognizers'}, {name}: texts with another result"
            report.at_most(what, other, 0, f"of {len(texts)}", percent=False)
    return report


def speed(root: Path) -> Report:
    """Both engines in turn on texts neither has seen, processor time, the median of rounds."""
    report = Report(name="fast(engine), speed against the engine, in one run")
    for every, bound in ((False, 4.0), (True, 10.0)):
        engine, quick = _engines(every)
        for i in range(DOCUMENTS):  # the recognizers are compiled, words are known; the texts that count come after
            quick.analyze(text=document(i), language="en")
        engine.analyze(text=document(0), language="en")
        ratios = []
        for number in range(ROUNDS):
            first = 1000 * (number + 1)
            texts = [document(first + i) for i in range(DOCUMENTS // 2)]
            ratios.append(_time(engine, texts) / _time(quick, texts))
        ratio = sorted(ratios)[len(ratios) // 2]
        what = "every country" if every else "default recognizers"
        report.at_least(f"business text, {what}: times as fast", ratio, bound, percent=False)
    return report


def _time(engine: Any, texts: list[str]) -> float:
    start = time.process_time()
    for text in texts:
        engine.analyze(text=text, language="en")
    return time.process_time() - start


def ours(root: Path) -> Report:
    """A plain AnalyzerEngine with our recognizer, and piiscrub itself."""
    import piiscrub
    from piiscrub import presidio

    report = Report(name="our recognizer in AnalyzerEngine, and piiscrub.scan")
    engine = presidio.analyzer()
    for name in ("zh_argus_synth.all", "zh_crosswoz.dev"):
        texts = [r["text"] for r in shared.corpus(root, name)]
        other = 0
        for text in texts:
            there = presidio.from_presidio(engine.analyze(text, language="zh"))
            other += set(there) != set(piiscrub.scan(text).findings)
        report.at_most(f"{name}: texts with other findings", other, 0, f"of {len(texts)}", percent=False)
    return report


def theirs(root: Path) -> Report:
    """Every predefined recognizer inside ours, on its own examples."""
    from piiscrub.presidio.theirs import Theirs
    from tests.presidio.specimens import recognizers, texts

    report = Report(name="Presidio's predefined recognizers inside piiscrub")
    found = wanted = 0
    for recognizer in recognizers():
        group = Theirs([recognizer])
        for text, start, end in texts()[recognizer.name]:
            wanted += 1
            found += (start, end) in {(f.start, f.end) for f in group.find(text)}
    report.at_least("own examples found with the same span", found / wanted, 1.0, f"{wanted} of {len(recognizers())} recognizers")
    return report


MEASURES: dict[str, Callable[[Path], Report]] = {"ours": ours, "theirs": theirs, "identical": identical, "speed": speed}


def main() -> int:
    """0 when every bound is met, 1 when one is missed."""
    parser_ = argparse.ArgumentParser(prog="python -m benchmarks.presidio", description=__doc__)
    parser_.add_argument("--only", action="append", choices=MEASURES, help="one measure; may be given several times")
    parser_.add_argument("--shared", help="the shared folder; PIISCRUB_SHARED or the sister of the checkout unless given")
    parser_.add_argument("--markdown", action="store_true", help="print rows for RESULTS.md instead of text")
    args = parser_.parse_args()
    logging.disable(logging.WARNING)
    root = shared.folder(args.shared)
    missed = False
    for name in args.only or MEASURES:
        report = MEASURES[name](root)
        missed = missed or any(row.ok is False for row in report.rows)
        line = f"python -m benchmarks.presidio --only {name}"
        print(report.markdown(about(), line) if args.markdown else report.text(details=20), flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
