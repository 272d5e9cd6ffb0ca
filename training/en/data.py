"""Training samples: labelled text of licences that let weights ship, generated text, and text without names.

A sample is a list of tokens, cut by the tokenizer that runs in the package, with entities as (start token, end token, label)
in the label names of the base model plus ADDRESS.
"""

from __future__ import annotations

import ast
import json
import random
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from generate import generate
from names import family, full, given

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))
from piiscrub.recognize.ner.en_tokens import tokens

# CC BY 4.0: BTC, WNUT17, wikigold; MIT: TAB. The dev files and all share-alike files are for measuring only.
GOLD = {
    "btc": "en_btc.train.jsonl",
    "wnut": "en_wnut17.train.jsonl",
    "tab": "en_tab144.train.jsonl",
    "wikigold": "en_wikigold.all.jsonl",
}
_LABEL = {"PERSON": "PERSON", "LOCATION": "GPE", "ORGANIZATION": "ORG", "DATE": "DATE", "NORP": "NORP"}
_TITLES = frozenset("Mr Mrs Ms Miss Dr Mr. Mrs. Ms. Dr. Judge Sir Lord Lady Professor Prof. Justice Ms Messrs Dame".split())
_LONGEST = 200


class Sample(NamedTuple):
    """Tokens and entities; ``loose`` are stretches whose label is left to the teacher."""

    words: list[str]
    entities: list[tuple[int, int, str]]
    loose: list[tuple[int, int]]
    source: str


def sample(text: str, spans: Iterable[tuple[int, int, str]], source: str) -> Sample:
    """Cuts the text and moves the spans to token borders, outwards."""
    cut = tokens(text)
    words = [text[start:end] for start, end in cut]
    entities, loose, free = [], [], 0
    for start, end, label in sorted(spans):
        inside = [number for number, (a, b) in enumerate(cut) if a < end and start < b]
        if not inside or inside[0] < free:
            continue
        first, last = inside[0], inside[-1] + 1
        if source == "tab" and label == "PERSON":
            while first < last - 1 and words[first] in _TITLES:
                first += 1
            if first < last and words[first] == ".":
                first += 1
        while first < last and words[first].isspace():
            first += 1
        if first >= last or any("@" in word or "http" in word for word in words[first:last]):
            continue
        if label == "?":
            loose.append((first, last))
        else:
            entities.append((first, last, label))
        free = last
    return Sample(words, entities, loose, source)


def _label(span: dict[str, str], source: str) -> str:
    if source == "wnut" and span["source_label"] in ("product", "creative-work"):
        return {"product": "PRODUCT", "creative-work": "WORK_OF_ART"}[span["source_label"]]
    return _LABEL.get(span["label"], "?")


def gold(folder: Path, source: str, fold: int | None = None) -> list[Sample]:
    """One labelled set; with a fold (0-4), wikigold comes without every fifth line from there."""
    lines = (folder / GOLD[source]).read_text(encoding="utf-8").splitlines()
    samples = []
    for number, line in enumerate(lines):
        if source == "wikigold" and fold is not None and number % 5 == fold:
            continue
        item = json.loads(line)
        spans = [(span["start"], span["end"], _label(span, source)) for span in item["spans"] if span["label"] != "USERNAME"]
        samples += pieces(sample(item["text"], spans, source))
    return samples


def pieces(whole: Sample) -> Iterator[Sample]:
    """Long documents cut at line breaks, outside entities."""
    start = 0
    for place, word in enumerate(whole.words):
        last = place == len(whole.words) - 1
        if last or (word[0] == "\n" and place - start > 40) or (word == "." and place - start > _LONGEST):
            end = place + 1
            if not last and any(a < end < b for a, b, *_ in (*whole.entities, *whole.loose)):
                continue
            yield Sample(
                whole.words[start:end],
                [(a - start, b - start, label) for a, b, label in whole.entities if start <= a and b <= end],
                [(a - start, b - start) for a, b in whole.loose if start <= a and b <= end],
                whole.source,
            )
            start = end


def generated(count: int, seed: int) -> list[Sample]:
    """Generated texts as samples."""
    return [sample(text, spans, "generated") for text, spans in generate(count, seed)]


def plain(characters: int, seed: int) -> list[Sample]:
    """Docstrings of Python's standard library (PSF licence) and of numpy (BSD): English without people in it."""
    texts = []
    stdlib, numpy = Path(sysconfig.get_paths()["stdlib"]), Path(sysconfig.get_paths()["purelib"]) / "numpy"
    for path in [*sorted(stdlib.glob("*.py")), *sorted((numpy / "lib").glob("*.py")), *sorted((numpy / "_core").glob("*.py"))]:
        tree = ast.parse(path.read_bytes())
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                text = ast.get_docstring(node) or ""
                if 100 < len(text) < 3000 and not any(
                    word in text for word in ("Copyright", "uthor", "ontributed", " by ", "<", "@")
                ):
                    texts.append(text)
    random.Random(seed).shuffle(texts)  # noqa: S311  # chance of training, not of secrets
    samples: list[Sample] = []
    for text in texts:
        if characters <= 0:
            break
        characters -= len(text)
        samples += pieces(sample(text, [], "plain"))
    return samples


def vary(original: Sample, rng: random.Random) -> Sample:
    """The sample with other people in it, or in another case, or as it is."""
    words, entities = original.words, original.entities
    if original.source in ("btc", "wnut", "wikigold", "tab") and rng.random() < 0.4:
        words, entities = _other_people(words, entities, rng)
    how = rng.random()
    if original.source != "generated":
        if how < 0.10:
            words = [word.lower() for word in words]
        elif how < 0.14:
            words = [word.upper() for word in words]
    return Sample(words, entities, [], original.source)


def _other_people(
    words: list[str], entities: list[tuple[int, int, str]], rng: random.Random
) -> tuple[list[str], list[tuple[int, int, str]]]:
    out: list[str] = []
    moved, last = [], 0
    for start, end, label in entities:
        out += words[last:start]
        new = words[start:end]
        if label == "PERSON" and rng.random() < 0.6:
            name = rng.choice((given, family, given))(rng) if end - start == 1 else full(rng)
            name = (
                name.lower()
                if "".join(new).islower()
                else name.upper()
                if "".join(new).isupper() and len("".join(new)) > 3
                else name
            )
            new = [name[a:b] for a, b in tokens(name)]
        moved.append((len(out), len(out) + len(new), label))
        out += new
        last = end
    return out + words[last:], moved
