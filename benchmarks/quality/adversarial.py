"""Twenty-eight adversarial lines: every miss by id, with the reason the engine gives."""

from __future__ import annotations

from pathlib import Path

from benchmarks import engine, shared
from benchmarks.quality.argus import reason, same_label
from benchmarks.report import Report, ratio

CORPUS = "zh_cn_pii_bench_adv.all"
LATER = ("PERSON", "ADDRESS")
"""Names and addresses need the tagger, which comes with a later issue."""


def measure(root: Path) -> Report:
    """Listed, not bounded: the lines are contested."""
    report = Report(name="zh_cn_pii_bench_adv: misses by id")
    asked = found = extra = 0
    for record in shared.corpus(root, CORPUS):
        result = engine.scan(record["text"])
        gold = {(s["start"], s["end"], s["label"]) for s in record["spans"]}
        for start, end, label in sorted(gold):
            hit = any((f.start, f.end) == (start, end) and same_label(f.entity, label) for f in result.findings)
            if label not in LATER:
                asked += 1
                found += hit
            if not hit:
                why = "issue B (names, addresses)" if label in LATER else reason(result, start, end, label)
                report.details.append(f"miss  {record['id']} {label}[{start}:{end}] {why}")
        for f in result.findings:
            if not any(f.start < g[1] and g[0] < f.end for g in gold):
                extra += 1
                report.details.append(f"extra {record['id']} {f.entity}[{f.start}:{f.end}] score {f.score:.2f} check {f.check}")
    note = f"{found} of {asked}; {extra} findings on nothing labelled"
    report.add("found exactly, names and addresses apart", ratio(found, asked), note=note)
    return report
