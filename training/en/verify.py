"""Compares the package's network with spaCy on the same words: ``python verify.py MODEL WEIGHTS.npz FILE.jsonl...``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import spacy
from spacy.tokens import Doc
from train import UNUSED

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))
from piiscrub.recognize.ner.en_network import Network
from piiscrub.recognize.ner.en_tokens import tokens


def main(model: str, weights: str, files: list[str]) -> None:
    """Prints one line per file."""
    nlp = spacy.load(model, exclude=UNUSED)
    labels = nlp.get_pipe("ner").labels  # type: ignore[attr-defined]  # pipes are typed as plain callables
    network = Network(Path(weights), {label: label for label in labels})
    for name in files:
        texts = [json.loads(line)["text"] for line in Path(name).read_text(encoding="utf-8").splitlines()]
        words = [[text[start:end] for start, end in tokens(text)] for text in texts]
        words = [item for item in words if item]
        docs = list(nlp.pipe([Doc(nlp.vocab, words=item) for item in words], batch_size=32))
        equal = entities = 0
        for begin in range(0, len(words), 32):
            for doc, found in zip(docs[begin : begin + 32], network.find(words[begin : begin + 32]), strict=True):
                theirs = [(e.start, e.end, e.label_) for e in doc.ents]
                entities += len(theirs)
                equal += theirs == [tuple(entity[:3]) for entity in found]
        print(Path(name).name, f"{equal} of {len(words)} texts equal, {entities} entities")  # noqa: T201  # the result of the script


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
