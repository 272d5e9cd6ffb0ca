"""Make scores mean something: how often a span with this raw score was right, on text that training never saw.

Run as ``python training/zh/calibrate.py --corpora FOLDER --weights zh.npz``; adds the curve of each label to the file. Text:
AISHELL-NER test, CrossWOZ utterances with held-back addresses, generated sentences of held-out templates, surnames and roads.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import convert
import data
import generate
import numpy as np

KNOTS = 9

Sample = tuple[str, list[tuple[int, int, str]], frozenset[str]]


def samples(corpora: Path) -> Iterator[Sample]:
    """Texts, their spans, and which labels the source marks at all."""
    for row in data._lines(corpora / "zh_aishell_ner.test.jsonl"):
        spans = [(s["start"], s["end"], s["label"]) for s in row["spans"]]
        yield row["text"], _joined(spans), frozenset(("PERSON", "LOCATION", "ORGANIZATION"))
    for name in ("dev", "test"):
        for row in data._lines(corpora / f"zh_crosswoz.{name}.jsonl"):
            spans = [(s["start"], s["end"], s["label"]) for s in row["spans"] if s["label"] == "ADDRESS"]
            if spans and not all(data.may_train(row["text"][start:end]) for start, end, _ in spans):
                yield row["text"], spans, frozenset(("ADDRESS",))
    for text, spans in generate.generate(3000, 7, kind="held-out"):
        yield text, spans, frozenset(data.ENTITIES)


def _joined(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Neighbouring places as one, as the tagger reports them."""
    found: list[tuple[int, int, str]] = []
    for start, end, label in sorted(spans):
        if found and label == "LOCATION" == found[-1][2] and found[-1][1] == start:
            start = found.pop()[0]  # noqa: PLW2901 - the joined span takes over
        found.append((start, end, label))
    return found


def curve(scores: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Raw score to share of right spans, never falling: [2, knots]. Pool adjacent violators over equal bins."""
    order = np.argsort(scores, kind="stable")
    bins = np.array_split(order, KNOTS)
    pooled = [[scores[part].mean(), right[part].mean(), len(part)] for part in bins if len(part)]
    at = 1
    while at < len(pooled):
        if pooled[at][1] < pooled[at - 1][1]:
            low, high = pooled[at - 1], pooled.pop(at)
            total = low[2] + high[2]
            pooled[at - 1] = [(a * low[2] + b * high[2]) / total for a, b in zip(low[:2], high[:2], strict=True)] + [total]
            at = max(at - 1, 1)
        else:
            at += 1
    knots = [(0.0, pooled[0][1] * 0.5), *((score, share) for score, share, _ in pooled), (1.0, pooled[-1][1])]
    return np.array(knots, "f4").T


def calibrate(weights: Path, corpora: Path) -> dict[str, np.ndarray]:
    """The arrays of the file with a curve per label."""
    from piiscrub.recognize.ner.zh import ChineseTagger

    with np.load(weights) as file:
        arrays = {name: file[name] for name in file.files if not name.startswith("curve_")}
    bare = weights.with_suffix(".bare.npz")
    np.savez(bare, **arrays)
    known = list(samples(corpora))
    tagged = ChineseTagger(bare).tag([text for text, _, _ in known])
    bare.unlink()
    for label in data.ENTITIES:
        seen = [
            (span.score, (span.start, span.end, label) in spans)
            for (_, spans, marked), found in zip(known, tagged, strict=True)
            for span in found
            if span.label == label and label in marked
        ]
        arrays[f"curve_{label}"] = curve(*map(np.array, zip(*seen, strict=True)))
        print(label, len(seen), arrays[f"curve_{label}"].round(2).tolist())  # noqa: T201 - a script talks to whoever runs it
    return arrays


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    options = parser.parse_args()
    convert.save(options.weights, calibrate(options.weights, options.corpora))
