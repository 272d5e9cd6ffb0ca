"""Presidio without a model (patterns only) on the same corpora: what a user would switch from."""

from __future__ import annotations

import logging
from pathlib import Path

from benchmarks import presidio
from benchmarks.quality import argus, presidio_synth
from benchmarks.report import Report


def measure(root: Path) -> Report:
    """Presidio's row for the English set, and for the Chinese ones (English patterns, there are no others)."""
    logging.disable(logging.WARNING)
    try:
        detector = presidio.detector()
        parts = [f(root, detector=detector, who="Presidio pattern-only") for f in (presidio_synth.measure, argus.measure)]
    finally:
        logging.disable(logging.NOTSET)
    report = Report(name="Presidio pattern-only")
    for part in parts:
        for row in part.rows:
            row.ok, row.bound = None, ""  # the bounds are ours, not theirs
            report.rows.append(row)
        report.data[part.name] = part.data
    return report
