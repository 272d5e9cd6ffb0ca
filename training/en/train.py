"""Fine-tunes the base model: ``python train.py --base MODEL --corpora FOLDER --out FOLDER`` (about 15 minutes on one core).

The teacher is the base model itself: where the gold text says nothing of dates, amounts, peoples and so on, its labels stay,
so that the student does not forget them. The weights that are kept are the running average over the steps.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path
from typing import Any

import spacy
from data import GOLD, Sample, generated, gold, plain, vary
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import filter_spans, fix_random_seed
from thinc.api import Adam

UNUSED = ["tok2vec", "parser", "lemmatizer", "tagger", "attribute_ruler", "senter"]
_COARSE = {"PERSON": "PERSON", "GPE": "GPE", "LOC": "GPE", "FAC": "GPE", "ORG": "ORG"}
_OWN = frozenset((*_COARSE, "ADDRESS"))


def with_teacher(samples: list[Sample], teacher: Language) -> list[Sample]:
    """Gold entities in the teacher's finer labels, and the teacher's other labels where no gold entity stands."""
    docs = teacher.pipe([Doc(teacher.vocab, words=item.words) for item in samples], batch_size=64)
    joined = []
    for item, doc in zip(samples, docs, strict=True):
        silver = {(e.start, e.end): e.label_ for e in doc.ents}
        kept = []
        for start, end, label in item.entities:
            finer = silver.get((start, end), "")
            kept.append((start, end, finer if _COARSE.get(finer) == label else label))
        for (start, end), label in silver.items():
            if any(a < end and start < b for a, b, _ in item.entities):
                continue
            loose = any(a < end and start < b for a, b in item.loose)
            if label not in _OWN or (label != "PERSON" and (loose or item.source == "plain")):
                kept.append((start, end, label))
        joined.append(item._replace(entities=sorted(kept)))
    return joined


def example(nlp: Language, item: Sample) -> Example:
    """The words as they come and as they should be labelled."""
    target = Doc(nlp.vocab, words=item.words)
    target.ents = filter_spans([Span(target, start, end, label=label) for start, end, label in item.entities])
    return Example(Doc(nlp.vocab, words=item.words), target)


def batches(items: list[Sample], words: int) -> list[list[Sample]]:
    """Samples in groups of about so many tokens."""
    made: list[list[Sample]] = [[]]
    size = 0
    for item in items:
        if size + len(item.words) > words and made[-1]:
            made.append([])
            size = 0
        made[-1].append(item)
        size += len(item.words)
    return made


def train(options: argparse.Namespace) -> None:
    """Trains and writes the model to ``options.out``, once per epoch."""
    fix_random_seed(options.seed)
    rng = random.Random(options.seed)  # noqa: S311  # chance of training, not of secrets
    teacher = spacy.load(options.base, exclude=UNUSED)
    nlp = spacy.load(options.start or options.base, exclude=UNUSED)
    ner: Any = nlp.get_pipe("ner")
    if "ADDRESS" not in ner.labels:
        ner.add_label("ADDRESS")
    fixed: list[Sample] = []
    for source in GOLD:
        if source in options.skip:
            continue
        fixed += gold(options.corpora, source, options.fold) * (2 if source in options.twice else 1)
    fixed += plain(options.plain, options.seed)
    fixed = with_teacher([item for item in fixed if item.words], teacher)
    pool = with_teacher([item for item in generated(options.generated * 4, options.seed) if item.words], teacher)
    print(len(fixed), "samples,", len(pool), "generated", flush=True)  # noqa: T201  # progress for whoever runs it
    optimizer = Adam(options.rate, L2=0.01, grad_clip=1.0, L2_is_weight_decay=True, use_averages=True)
    per_epoch = fixed + pool[: options.generated]
    steps = options.epochs * len(batches(per_epoch, options.batch))
    step, began = 0, time.time()
    for epoch in range(options.epochs):
        first = epoch * options.generated % len(pool)
        items = [vary(item, rng) for item in fixed] + pool[first : first + options.generated]
        rng.shuffle(items)
        losses: dict[str, float] = {}
        for batch in batches(items, options.batch):
            done = min(1.0, step / steps)
            optimizer.learn_rate = options.rate * min(1.0, (step + 1) / 100) * (1.0 - 0.95 * done)
            nlp.update([example(nlp, item) for item in batch], sgd=optimizer, drop=options.drop, losses=losses)
            step += 1
        print(f"epoch {epoch + 1} loss {losses['ner']:.0f} {time.time() - began:.0f} s", flush=True)  # noqa: T201  # progress for whoever runs it
        with nlp.use_params(optimizer.averages):
            nlp.to_disk(options.out)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", required=True, help="folder of the spaCy model to start from (see README.md)")
    parser.add_argument("--start", help="model of an earlier run to go on from; the base stays the teacher")
    parser.add_argument("--corpora", type=Path, required=True, help="folder of the labelled files")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--fold", type=int, default=None, help="leave this fifth (0-4) of wikigold out, to measure on it")
    parser.add_argument(
        "--skip", nargs="*", default=[], choices=list(GOLD), help="labelled sets to leave out, to measure on them"
    )
    parser.add_argument(
        "--twice", nargs="*", default=["wikigold"], choices=list(GOLD), help="labelled sets to see twice an epoch"
    )
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--generated", type=int, default=6000, help="generated texts per epoch")
    parser.add_argument("--plain", type=int, default=250_000, help="characters of text without names")
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--drop", type=float, default=0.2)
    parser.add_argument("--batch", type=int, default=1000, help="tokens per step")
    parser.add_argument("--seed", type=int, default=20261121)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
