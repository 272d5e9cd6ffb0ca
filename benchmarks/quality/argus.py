"""Chinese template sentences with phones, IDs, cards and plates: exact F1, and the plates on their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks import engine, shared
from benchmarks.engine import Detector
from benchmarks.report import Report, ratio

CORPORA = ("zh_argus_synth.all", "zh_argus_synth_chat.all")
LABELS = ("PHONE_NUMBER", "ID_NUMBER", "EMAIL_ADDRESS", "BANK_ACCOUNT")


def labelled(detector: Detector) -> Any:
    """A detector as score.py wants it: labels of the corpora, by the entity tree's `corpus` attribute."""
    return lambda text: [(a, b, engine.corpus_label(e)) for a, b, e, _ in detector(text)]


def same_label(entity: str, label: str) -> bool:
    """Is that entity right for a corpus label? A card is right for an account."""
    mine = engine.corpus_label(entity)
    return mine == label or (mine, label) == ("CREDIT_CARD", "BANK_ACCOUNT")


def reason(result: Any, start: int, end: int, label: str) -> str:
    """Why a gold span was missed, as a code: other span, other label, dropped, unseen."""
    near = [f for f in result.findings if f.start < end and start < f.end]
    for finding in near:
        if same_label(finding.entity, label):
            return f"other span [{finding.start}:{finding.end}] {finding.entity}"
    if near:
        return "other label: " + ", ".join(f"{f.entity}[{f.start}:{f.end}]" for f in near)
    dropped = [d for d in result.decisions if not d.kept and d.finding.start < end and start < d.finding.end]
    if dropped:
        return "dropped: " + ", ".join(sorted({f"{d.finding.entity} ({d.reason}, check {d.finding.check})" for d in dropped}))
    return "unseen"


def errors(records: list[dict[str, Any]], labels: tuple[str, ...]) -> list[str]:
    """Misses with reasons and false alarms, by id and offsets."""
    lines = []
    for record in records:
        result = engine.scan(record["text"])
        gold = {(s["start"], s["end"], s["label"]) for s in record["spans"] if s["label"] in labels}
        for start, end, label in sorted(gold):
            if not any((f.start, f.end) == (start, end) and same_label(f.entity, label) for f in result.findings):
                lines.append(f"miss  {record['id']} {label}[{start}:{end}] {reason(result, start, end, label)}")
        for f in result.findings:
            right = any((f.start, f.end) == g[:2] and same_label(f.entity, g[2]) for g in gold)
            if not right and any(same_label(f.entity, x) for x in labels):
                lines.append(f"false {record['id']} {f.entity}[{f.start}:{f.end}] {f.recognizer}/{f.pattern} check {f.check}")
    return lines


def plates(report: Report, records: list[dict[str, Any]], name: str) -> None:
    """Plates that GA 36 allows must all be found; the others only beside a plate word, with a failed check."""
    from piiscrub.validators import cn_plate

    allowed = found = others = fine = failed = 0
    for record in records:
        result = engine.scan(record["text"])
        for span in (s for s in record["spans"] if s["label"] == "LICENSE_PLATE"):
            start, end = span["start"], span["end"]
            hits = [f for f in result.findings if f.start < end and start < f.end and engine.is_a(f.entity, "LICENSE_PLATE")]
            if cn_plate.is_valid(record["text"][start:end]):
                allowed += 1
                ok = any((f.start, f.end) == (start, end) for f in hits)
                found += ok
                if not ok:
                    why = reason(result, start, end, "LICENSE_PLATE")
                    report.details.append(f"miss  {record['id']} allowed plate[{start}:{end}] {why}")
            else:
                others += 1
                failed += bool(hits)
                ok = all(f.check == "failed" and f.context for f in hits)
                fine += ok
                if not ok:
                    report.details.append(
                        f"false {record['id']} not allowed plate[{start}:{end}] reported without failed check or word"
                    )
    report.at_least(f"{name}: allowed plates found", ratio(found, allowed), 1.0, f"{found} of {allowed}")
    if others:
        report.at_least(f"{name}: other plates right", ratio(fine, others), 1.0, f"{fine} of {others}; {failed} reported")


def measure(root: Path, *, detector: Detector = engine.ours, who: str = "piiscrub") -> Report:
    """Both corpora."""
    report = Report(name=f"zh_argus_synth and chat, exact: {who}")
    for corpus in CORPORA:
        name, records = corpus.removesuffix(".all"), shared.corpus(root, corpus)
        result = shared.scorer(root).score(records, labelled(detector), labels=LABELS)
        report.at_least(f"{name}: pooled F1", result["micro"]["exact_f1"], 0.99)
        for label, row in result["labels"].items():
            report.add(f"{name}: {label}", row["exact_f1"], note=f"P {row['exact_p']:.4f} R {row['exact_r']:.4f} n {row['gold']}")
        report.data[name] = {"micro": result["micro"], "labels": result["labels"]}
        if detector is engine.ours:
            report.details += errors(records, LABELS)
            plates(report, records, name)
    return report
