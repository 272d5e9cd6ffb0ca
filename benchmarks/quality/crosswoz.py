"""Real dialogues: telephone numbers, exact F1."""

from __future__ import annotations

from pathlib import Path

from benchmarks import engine, shared
from benchmarks.quality.argus import errors, labelled
from benchmarks.report import Report

CORPUS = "zh_crosswoz.dev"


def measure(root: Path) -> Report:
    """PHONE_NUMBER only."""
    records = shared.corpus(root, CORPUS)
    row = shared.scorer(root).score(records, labelled(engine.ours), labels=("PHONE_NUMBER",))["micro"]
    report = Report(name="zh_crosswoz.dev", data={"PHONE_NUMBER": row})
    note = f"P {row['exact_p']:.4f} R {row['exact_r']:.4f} n {row['gold']}"
    report.at_least("PHONE_NUMBER exact F1", row["exact_f1"], 0.97, note)
    report.details = errors(records, ("PHONE_NUMBER",))
    return report
