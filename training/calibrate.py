"""How often a finding with this score is right: makes the curves that the scores of names, places and organisations run through.

Run as ``python training/calibrate.py --corpora FOLDER`` from the root of a checkout with this package installed; writes
``src/piiscrub/reference/name_curves.tsv`` and prints it. Text that no weights were trained on, none of it share-alike:
AISHELL-NER test, CrossWOZ utterances with held-back addresses, generated Chinese of held-out templates; WNUT17, Broad Twitter
and TAB dev, every fifth line of wikigold. A finding counts as right if it shares at least half of its characters with a marked
span of its label.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CURVES = ROOT / "src" / "piiscrub" / "reference" / "name_curves.tsv"
BINS = 8
FOLD = 5
_LABELS = {"CN_ADDRESS": "ADDRESS"}
_ALL = ("PERSON", "LOCATION", "ORGANIZATION")
_HEADER = (
    "# source: training/calibrate.py: held-back text of AISHELL-NER and CrossWOZ (Apache-2.0), WNUT17, BTC and wikigold (CC"
    " BY 4.0), TAB (MIT), generated text\n"
    "# licence: figures measured for this project\n# as_of: 2026-11-24\n# confidence: M\n"
    "# note: a finding of this entity and script whose evidence weighs so much is right in this share of cases; between two rows"
    " the line is straight\n"
    "# columns: entity\tscript\tweight\tshare\n"
)

Sample = tuple[str, list[tuple[int, int, str]], tuple[str, ...]]


def _rows(path: Path) -> Iterator[dict[str, object]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _spans(row: dict[str, object]) -> list[tuple[int, int, str]]:
    return [(s["start"], s["end"], s["label"]) for s in row["spans"]]


def samples(corpora: Path) -> Iterator[Sample]:
    """Texts, their spans, and the labels that their source marks."""
    sys.path.insert(0, str(ROOT / "training" / "zh"))
    import data
    import generate

    for row in _rows(corpora / "zh_aishell_ner.test.jsonl"):
        yield row["text"], _spans(row), _ALL
    for part in ("dev", "test"):
        for row in _rows(corpora / f"zh_crosswoz.{part}.jsonl"):
            spans = [s for s in _spans(row) if s[2] == "ADDRESS"]
            if spans and not all(data.may_train(row["text"][start:end]) for start, end, _ in spans):
                yield row["text"], spans, ("ADDRESS",)
    for text, spans in generate.generate(300, 11, kind="held-out"):  # few: invented text is easier
        yield text, spans, ("PERSON", "ADDRESS", "ORGANIZATION")
    for name in ("wnut17.dev", "btc.dev", "tab144.dev"):
        for row in _rows(corpora / f"en_{name}.jsonl"):
            yield row["text"], _spans(row), _ALL
    for number, row in enumerate(_rows(corpora / "en_wikigold.all.jsonl")):
        if number % FOLD == 0:
            yield row["text"], _spans(row), _ALL


def weighed(corpora: Path) -> dict[tuple[str, str], list[tuple[float, bool]]]:
    """The weight of every finding, and whether it is right, by entity and script."""
    from piiscrub.recognize.named import uncalibrated
    from piiscrub.recognize.ner.gate import has_han
    from piiscrub.recognize.ner.tagger import default_tagger
    from piiscrub.text.folding import fold

    found: dict[tuple[str, str], list[tuple[float, bool]]] = defaultdict(list)
    known = [(fold(text).folded, spans, labels) for text, spans, labels in samples(corpora)]
    for (text, gold, labels), tagged in zip(known, default_tagger().tag([text for text, _, _ in known]), strict=True):
        for f in uncalibrated(text, tagged):
            label = _LABELS.get(f.entity, f.entity)
            if label in labels:
                right = any(_alike((f.start, f.end), span) for *span, name in gold if name == label)
                found[label, "han" if has_han(text[f.start : f.end]) else "latin"].append((f.score, right))
    return found


def _alike(one: tuple[int, int], other: list[int]) -> bool:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return 2 * shared >= max(one[1], other[1]) - min(one[0], other[0])


def curve(seen: list[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Weight to share of right findings, never falling: neighbours that fall are pooled, and small groups."""
    groups: dict[float, list[bool]] = defaultdict(list)
    for weight, right in seen:
        groups[round(weight, 3)].append(right)
    least = max(1, len(seen) // BINS)
    pooled: list[list[float]] = []
    for weight, rights in sorted(groups.items()):
        pooled.append([weight, sum(rights) / len(rights), float(len(rights))])
        while len(pooled) > 1 and (pooled[-2][2] < least or pooled[-1][1] <= pooled[-2][1]):
            last, before = pooled.pop(), pooled.pop()
            total = last[2] + before[2]
            pooled.append([(a * last[2] + b * before[2]) / total for a, b in zip(last[:2], before[:2], strict=True)] + [total])
    return [(weight, share) for weight, share, _ in pooled]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    lines = []
    for (entity, script), seen in sorted(weighed(parser.parse_args().corpora).items()):
        lines += [f"{entity}\t{script}\t{weight:.3f}\t{share:.3f}" for weight, share in curve(seen)]
        print(entity, script, len(seen), "findings")  # noqa: T201  # a script talks to whoever runs it
    CURVES.write_text(_HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))  # noqa: T201  # a script talks to whoever runs it


if __name__ == "__main__":
    main()
