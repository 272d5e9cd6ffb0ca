"""English template sentences of presidio-research: recall at precision, IoU >= 0.5, on the source labels."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import engine, shared
from benchmarks.engine import Detector, Span
from benchmarks.report import Report

CORPUS = "en_presidio_synth_v2.all"


@dataclass(frozen=True)
class Group:
    """Source labels, the entity that answers each, and what must be reached."""

    title: str
    labels: dict[str, str]
    recall: float
    precision: float


GROUPS = (
    Group(
        "e-mail, URL, IBAN, SSN, IP",
        {x: x for x in ("EMAIL_ADDRESS", "IBAN_CODE", "US_SSN", "IP_ADDRESS")} | {"DOMAIN_NAME": "URL"},
        0.98,
        0.98,
    ),
    Group("credit card", {"CREDIT_CARD": "CREDIT_CARD"}, 0.97, 0.98),
    Group("phone", {"PHONE_NUMBER": "PHONE_NUMBER"}, 0.88, 0.90),
    Group("age", {"AGE": "AGE"}, 0.90, 0.90),
    Group("dates with two numeric parts", {"DATE_TIME": "DATE_TIME"}, 0.98, 0.95),
)


def two_numbers(text: str) -> bool:
    """Has at least two numeric parts: 12/1/1981 has, 1977 and Tuesday have not."""
    return len(re.findall(r"\d+", text)) >= 2


def records_for(records: list[dict[str, Any]], group: Group) -> list[dict[str, Any]]:
    """Only the group's gold spans; bare years and weekdays become neutral (forgiven, not wanted)."""
    out = []
    for record in records:
        spans = []
        for span in record["spans"]:
            if span["source_label"] in group.labels:
                bare = span["source_label"] == "DATE_TIME" and not two_numbers(record["text"][span["start"] : span["end"]])
                spans.append({**span, "source_label": "NEUTRAL" if bare else span["source_label"]})
        out.append({"id": record["id"], "text": record["text"], "lang": record["lang"], "spans": spans})
    return out


def predictions(text: str, found: list[Span], group: Group) -> list[Span]:
    """A detector's spans under the group's source labels; bare years and weekdays are not counted."""
    out = []
    for start, end, entity, score in found:
        for label, wanted in group.labels.items():
            if engine.is_a(entity, wanted) and (label != "DATE_TIME" or two_numbers(text[start:end])):
                out.append((start, end, label, score))
                break
    return out


def sweep(score: Any, records: list[dict[str, Any]], found: dict[str, list[Span]], group: Group) -> dict[str, Any]:
    """Recall and precision as they come out, and the best recall of a score threshold that keeps the precision."""
    records = records_for(records, group)
    spans = {r["text"]: predictions(r["text"], found[r["text"]], group) for r in records}

    def at(threshold: float) -> dict[str, float]:
        def detector(text: str) -> list[tuple[int, int, str]]:
            return [(a, b, label) for a, b, label, s in spans[text] if s >= threshold]

        micro: dict[str, float] = score(records, detector, labels=list(group.labels), source_labels=True, neutral=True)["micro"]
        return {"threshold": threshold, "recall": micro["iou_r"], "precision": micro["iou_p"], "gold": micro["gold"]}

    points = [at(0.0)]
    if points[0]["precision"] < group.precision:
        levels = sorted({s for found_here in spans.values() for *_, s in found_here})
        points += [at(level) for level in levels[:: max(1, len(levels) // 20)]]
    good = [p for p in points if p["precision"] >= group.precision]
    best = max(good, key=lambda p: p["recall"], default={"threshold": 1.0, "recall": 0.0, "precision": 0.0})
    return {"group": group.title, "operating": points[0], "best": best}


def errors(records: list[dict[str, Any]], found: dict[str, list[Span]], group: Group) -> list[str]:
    """Misses and false alarms by id and offsets."""
    lines = []
    for record in records_for(records, group):
        spans = [(a, b) for a, b, *_ in predictions(record["text"], found[record["text"]], group)]
        for gold in record["spans"]:
            start, end, label = gold["start"], gold["end"], gold["source_label"]
            if label != "NEUTRAL" and not any(_iou(start, end, *s) >= 0.5 for s in spans):
                seen = [f"{e}[{a}:{b}]" for a, b, e, _ in found[record["text"]] if a < end and start < b]
                lines.append(f"miss  {record['id']} {label}[{start}:{end}] seen as {', '.join(seen) or 'nothing'}")
        for a, b in spans:
            bounds = ((g["start"], g["end"], 0.0001 if g["source_label"] == "NEUTRAL" else 0.5) for g in record["spans"])
            if not any(_iou(start, end, a, b) >= bound for start, end, bound in bounds):
                lines.append(f"false {record['id']} {group.title} [{a}:{b}]")
    return lines


def _iou(a: int, b: int, c: int, d: int) -> float:
    inter = min(b, d) - max(a, c)
    return inter / (max(b, d) - min(a, c)) if inter > 0 else 0.0


def measure(root: Path, *, detector: Detector = engine.ours, who: str = "piiscrub") -> Report:
    """All groups for one detector."""
    records = shared.corpus(root, CORPUS)
    found = {r["text"]: detector(r["text"]) for r in records}
    report = Report(name=f"en_presidio_synth_v2, IoU >= 0.5: {who}")
    for group in GROUPS:
        result = sweep(shared.scorer(root).score, records, found, group)
        now, best = result["operating"], result["best"]
        note = (
            f"P {best['precision']:.3f} at score >= {best['threshold']:.2f}; all: R {now['recall']:.3f} P {now['precision']:.3f}"
        )
        report.at_least(f"{group.title}: recall at P >= {group.precision}", best["recall"], group.recall, note)
        report.data[group.title] = result
        report.details += errors(records, found, group)
    return report
