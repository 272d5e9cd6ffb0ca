"""Megabytes a CPU-second at three densities, linearity from 1 kB to 10 MB, and Presidio on the same text."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from statistics import median

from benchmarks import engine, presidio
from benchmarks.report import Report
from benchmarks.speed.expected import DOCUMENTS, differences
from benchmarks.speed.generate import DENSITIES, KB, documents

BOUNDS = {3: 15.0, 7: 6.0, 20: 2.5}
MB = 1_000_000


def cpu(work: Callable[[], object], *, repeat: int = 3) -> float:
    """CPU-seconds of the fastest of several runs: other processes on the machine can only slow one down."""
    taken = []
    for _ in range(repeat):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return min(taken)


def throughput() -> Report:
    """1,000 documents of 1 kB per density, handed over together and one by one; the counts are checked first."""
    report = Report(name="throughput, 1 MB as 1,000 documents, findings and reasons included")
    for density in DENSITIES:
        docs = documents(density, DOCUMENTS)
        wrong = differences(density, docs)
        texts = [doc.text for doc in docs]
        size = sum(len(text.encode()) for text in texts)
        seconds = cpu(lambda texts=texts: engine.scan_many(texts), repeat=9)
        report.at_least(f"{density} candidates per kB, MB/s", size / MB / seconds, BOUNDS[density], percent=False)
        seconds = cpu(lambda texts=texts: [engine.scan(text) for text in texts], repeat=9)
        report.add(f"{density} candidates per kB, one scan for each, MB/s", size / MB / seconds, percent=False)
        report.add(f"{density} candidates per kB, counts that differ", len(wrong), bound="0", ok=not wrong, percent=False)
        report.details += [f"{density} per kB: {line}" for line in wrong]
    return report


def linearity() -> Report:
    """The same text as one document of 1 kB, 10 kB, 100 kB, 1 MB and 10 MB: seconds per MB may not grow."""
    report = Report(name="linearity, one document, 7 candidates per kB")
    texts = [doc.text for doc in documents(7, DOCUMENTS)]
    rates: dict[int, float] = {}
    for count in (1, 10, 100, 1000, 10_000):
        text = "\n".join(texts[:count] * (count // len(texts) or 1))
        runs = max(1, 300 // count)
        seconds = cpu(lambda text=text, runs=runs: [engine.scan(text) for _ in range(runs)], repeat=3 if count < 10_000 else 1)
        rates[count] = len(text.encode()) * runs / MB / seconds
        report.add(f"{count} kB, MB/s", rates[count], percent=False)
    middle = median(rates.values())
    report.at_least("10 MB against the median rate", rates[10_000] / middle, 0.8, percent=False)
    report.at_least("1 kB against the median rate", rates[1] / middle, 0.5, percent=False)
    return report


def against_presidio(*, count: int = 40) -> Report:
    """The middle text, a slice of it: Presidio is slow."""
    report = Report(name="against Presidio pattern-only, same run, 7 candidates per kB")
    texts = [doc.text for doc in documents(7, count)]
    size = sum(len(text.encode()) for text in texts)
    logging.disable(logging.WARNING)
    detect = presidio.detector()
    detect(texts[0])
    engine.scan(texts[0])
    theirs = cpu(lambda: [detect(text) for text in texts], repeat=9)
    ours = cpu(lambda: engine.scan_many(texts * 10), repeat=9) / 10
    whole = "\n".join(texts)
    theirs_whole = cpu(lambda: detect(whole), repeat=2)
    logging.disable(logging.NOTSET)
    report.add("piiscrub, MB/s", size / MB / ours, percent=False)
    report.add("Presidio, documents of 1 kB, MB/s", size / MB / theirs, percent=False)
    report.add(f"Presidio, one document of {size // KB} kB, MB/s", size / MB / theirs_whole, percent=False)
    report.add("times as fast on the same documents of 1 kB", theirs / ours, percent=False)
    report.at_least("times as fast as the faster of these", min(theirs, theirs_whole) / ours, 30, percent=False)
    return report
