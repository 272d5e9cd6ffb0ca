"""Names, addresses, places and organisations: every labelled corpus, generated text, and text that holds no name.

Ours runs as ``Scrubber(policy="review", ner="default")``. Sets that weights were trained on are not here; of wikigold every
fifth line, of CrossWOZ the addresses whose hash begins with c to f were kept back. What counts as found: the exact span; a shared
character for TAB; half of the characters for Presidio's set.
"""

from __future__ import annotations

import hashlib
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

from benchmarks import engine, shared
from benchmarks.engine import Detector, Span
from benchmarks.report import Report

FOLD = 5
HELD = 2000
_HERE = Path(__file__).parent
# corpus: what counts, and the bound of each label (None = shown only)
SETS: dict[str, tuple[str, dict[str, float | None]]] = {
    "zh_uner_gsdsimp.dev": ("exact", {"PERSON": 0.78, "LOCATION": 0.70, "ORGANIZATION": 0.60}),
    "zh_aishell_ner.test": ("exact", {"PERSON": None, "LOCATION": None, "ORGANIZATION": None}),
    "zh_argus_synth.all": ("exact", {"PERSON": 0.99, "ADDRESS": 0.92}),
    "zh_argus_synth_chat.all": ("exact", {"PERSON": 0.99, "ADDRESS": 0.92}),
    "zh_crosswoz.dev": ("exact", {"ADDRESS": 0.85}),
    "zh_crosswoz.test": ("exact", {"ADDRESS": 0.85}),
    "generated": ("exact", {"PERSON": 0.97, "ADDRESS": 0.92}),
    "en_wnut17.dev": ("exact", {"PERSON": 0.58}),
    "en_btc.dev": ("exact", {"PERSON": 0.66}),
    "en_tab144.dev": ("overlap", {"PERSON": 0.90, "ORGANIZATION": 0.72}),
    "en_wikigold.all": ("exact", {"PERSON": 0.82}),
}
_PLACES = ("ADDRESS", "LOCATION")


def ours(text: str) -> list[Span]:
    """Our findings, names on."""
    return [(f.start, f.end, f.entity, f.score) for f in engine.scan(text, names=True).findings]


def labelled(detector: Detector) -> Any:
    """A detector as score.py wants it."""
    return lambda text: [(a, b, engine.corpus_label(e)) for a, b, e, _ in detector(text)]


def records(root: Path, name: str) -> list[dict[str, Any]]:
    """The records of a set, without what was trained on."""
    if name == "generated":
        return generated(HELD)
    rows = shared.corpus(root, name)
    if name == "en_wikigold.all":
        return rows[::FOLD]
    if name.startswith("zh_crosswoz"):
        return [{**row, "spans": [s for s in row["spans"] if s["label"] == "ADDRESS"]} for row in rows if _kept_back(row)]
    return rows


def _kept_back(row: dict[str, Any]) -> bool:
    """Whether the record has addresses, and all of them were kept back from training."""
    found = [row["text"][s["start"] : s["end"]].replace(" ", "") for s in row["spans"] if s["label"] == "ADDRESS"]
    return bool(found) and all(hashlib.sha256(address.encode()).hexdigest()[0] in "cdef" for address in found)


def generated(number: int) -> list[dict[str, Any]]:
    """Invented sentences of templates, surnames and roads that training never saw."""
    sys.path.insert(0, str(shared.CHECKOUT / "training" / "zh"))
    import generate

    texts = generate.generate(number, 1, kind="held-out")
    return [
        {
            "id": f"generated-{i}",
            "text": text,
            "lang": "zh",
            "spans": [dict(zip(("start", "end", "label"), s, strict=True)) for s in spans],
        }
        for i, (text, spans) in enumerate(texts)
    ]


def measure(
    root: Path, *, detector: Detector = ours, who: str = "", langs: tuple[str, ...] = ("zh", "en"), bootstrap: int = 0
) -> Report:
    """All sets of these languages; ``who`` names a peer, whose rows have no bounds.

    ``bootstrap``: that many resamples of the records, for 95 % intervals of exact F1.
    """
    detector = lru_cache(maxsize=None)(detector)
    report = Report(name=who or "names, addresses, places, organisations")
    score = shared.scorer(root).score
    for name, (kind, bounds) in SETS.items():
        if ("en" if name.startswith("en_") else "zh") not in langs:
            continue
        rows = records(root, name)
        result = score(rows, labelled(detector), labels=list(bounds))
        for label, bound in bounds.items():
            row = result["labels"][label]
            note = f"P {row[f'{kind}_p']:.3f} R {row[f'{kind}_r']:.3f} leak {row['leak']:.3f}"
            if bootstrap and kind == "exact":
                low, high = score(rows, labelled(detector), labels=[label], bootstrap=bootstrap)["ci95"]["micro_exact_f1"]
                note += f", 95 % from {low:.3f} to {high:.3f}"
            _row(report, f"{name} {label} {kind} F1", row[f"{kind}_f1"], None if who else bound, note)
        report.data[name] = {k: result[k] for k in ("leak_rate", "over_redaction")}
        if name == "generated" and not who:
            report.at_most("generated: characters leaked", result["leak_rate"], 0.01)
    if "en" in langs:
        _presidio_set(report, root, detector, who)
    for lang, bound in (("zh", 2.0), ("en", 3.0)):
        if lang not in langs:
            continue
        texts = (_HERE / f"no_names_{lang}.txt").read_text(encoding="utf-8").splitlines()
        found = sum(engine.corpus_label(e) == "PERSON" for text in texts for _, _, e, _ in detector(text))
        value, size = found / sum(map(len, texts)) * 10_000, sum(map(len, texts))
        what = f"persons per 10,000 characters without names, {lang}"
        if who:
            report.add(what, value, percent=False)
        else:
            report.at_most(what, value, bound, f"{found} in {size}", percent=False)
    return report


def _row(report: Report, what: str, value: float, bound: float | None, note: str) -> None:
    if bound is None:
        report.add(what, value, note=note)
    else:
        report.at_least(what, value, bound, note)


def _presidio_set(report: Report, root: Path, detector: Detector, who: str) -> None:
    """Presidio's own set: half of the characters count; places and addresses as one label, as that set mixes them."""
    rows = shared.corpus(root, "en_presidio_synth_v2.all")
    one = [{**r, "spans": [{**s, "label": "ADDRESS" if s["label"] in _PLACES else s["label"]} for s in r["spans"]]} for r in rows]

    def folded(text: str) -> list[tuple[int, int, str]]:
        return [(a, b, "ADDRESS" if label in _PLACES else label) for a, b, label in labelled(detector)(text)]

    labels = shared.scorer(root).score(one, folded, labels=["PERSON", "ADDRESS"])["labels"]
    for label, what, recall, precision in (("PERSON", "PERSON", 0.90, 0.90), ("ADDRESS", "ADDRESS + LOCATION", 0.75, 0.85)):
        row = labels[label]
        for which, bound in (("r", recall), ("p", precision)):
            word = "recall" if which == "r" else "precision"
            _row(report, f"en_presidio_synth_v2 {what} {word}", row[f"iou_{which}"], None if who else bound, "")
