"""Training text: files whose licence lets weights ship (AISHELL-NER, CrossWOZ; both Apache-2.0) and generated sentences.

A label per character is a number of ``CODES``: a tag, ``free`` where the source does not say, or ``maybe-…`` where the source
says nothing and the base model saw something (then both are right).
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import generate
import numpy as np

ENTITIES = ("PERSON", "LOCATION", "ORGANIZATION", "ADDRESS")
_MARKS = [f"{place}-{entity}" for entity in ENTITIES for place in "BI"]
CODES = ["O", *_MARKS, "free", *(f"maybe-{mark}" for mark in _MARKS)]
FORBIDDEN = -1e4


class Example(NamedTuple):
    """One text and the code of every character."""

    text: str
    codes: np.ndarray


def allowed(tags: list[str]) -> np.ndarray:
    """For each code the tags of the model file it permits: 0 where permitted, a large negative number elsewhere.

    Several tags may mean the same. Inside a place a new one may begin: the base cuts places into words, the package joins
    what touches, and nobody needs to teach it otherwise.
    """
    table = np.full((len(CODES), len(tags)), FORBIDDEN, "f4")
    for number, code in enumerate(CODES):
        mark = code.removeprefix("maybe-")
        for tag, name in enumerate(tags):
            same = name.replace("-nr", "-PERSON") == mark or (mark == "I-LOCATION" and name == "B-LOCATION")
            if code == "free" or same or (name == "O" and (code == "O" or code != mark)):
                table[number, tag] = 0
    return table


def example(text: str, spans: list[tuple[int, int, str]]) -> Example:
    """Codes from marked spans; ``free`` is a label too."""
    codes = np.zeros(len(text), np.int64)
    for start, end, label in spans:
        if label == "free":
            codes[start:end] = CODES.index("free")
        else:
            codes[start] = CODES.index(f"B-{label}")
            codes[start + 1 : end] = CODES.index(f"I-{label}")
    return Example(text, codes)


def _lines(path: Path) -> Iterator[dict[str, object]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def spoken(path: Path, seed: int) -> list[Example]:
    """AISHELL-NER: sentences of speech; half of them joined by the punctuation that speech does not have."""
    chance = random.Random(seed)  # noqa: S311 - order of text
    rows = [(row["text"], [(s["start"], s["end"], s["label"]) for s in row["spans"]]) for row in _lines(path)]
    found, at = [], 0
    while at < len(rows):
        text, spans = "", []
        for part, marks in rows[at : at + chance.choice((1, 1, 2, 3))]:
            text += chance.choice("，。，、；") if text else ""
            spans += [(start + len(text), end + len(text), label) for start, end, label in marks if label in ENTITIES]
            text += part
            at += 1
        found.append(example(text + chance.choice(("", "。", "。")), spans))
    return found


def may_train(address: str) -> bool:
    """Venues of CrossWOZ by the hash of their address: 0 to b train, c to f are for measuring."""
    return hashlib.sha256(address.replace(" ", "").encode()).hexdigest()[0] in "0123456789ab"


def dialogues(paths: list[Path], silver: object) -> list[Example]:
    """CrossWOZ: addresses and sights as marked; names of hotels and restaurants are left open.

    ``silver`` is a tagger with the base weights: what it sees where nothing is marked may stay.
    """
    rows = []
    for path in paths:
        for row in _lines(path):
            marks = [(s["start"], s["end"], s["label"], s["source_label"]) for s in row["spans"]]
            if all(may_train(row["text"][start:end]) for start, end, label, _ in marks if label == "ADDRESS"):
                rows.append((row["text"], marks))
    rows = sorted({text: (text, marks) for text, marks in rows}.values())
    found = []
    for (text, marks), seen in zip(rows, silver.tag([text for text, _ in rows]), strict=True):
        spans = []
        for start, end, label, source in marks:
            if label == "ADDRESS":
                spans.append((start, end, label))
            elif label == "LOCATION":
                spans.append((start, end, label if source == "周边景点" else "free"))
        one = example(text, spans)
        for span in seen:
            if span.label in ENTITIES and not one.codes[span.start : span.end].any():
                one.codes[span.start] = CODES.index(f"maybe-B-{span.label}")
                one.codes[span.start + 1 : span.end] = CODES.index(f"maybe-I-{span.label}")
        found += [one] * (2 if any(label == "ADDRESS" for _, _, label in spans) else 1)
    return found


def generated(number: int, seed: int, kind: str = "training") -> list[Example]:
    """Sentences of ``generate``; never held-out ones."""
    return [example(text, spans) for text, spans in generate.generate(number, seed, kind=kind)]
