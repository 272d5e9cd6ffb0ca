"""Fine-tune LAC-small, held to its frozen self, with two more tags for addresses, and write the model file.

Run as ``python training/zh/train.py --corpora FOLDER --out zh.npz``; needs torch, jieba (weights) and this package installed.
FOLDER holds ``zh_aishell_ner.dev.jsonl`` and ``zh_crosswoz.{dev,test}.jsonl``. Seeds are fixed; one thread, about ten minutes.

Loss per text: CRF over all 57 + 2 tags, any tag of the right kind being right, plus the divergence of the scores from those of
the frozen model. The second term keeps what the weights know of text that is not in the training data; without it a few
minutes of templates undo a large silver corpus. A new head of only the tags we need was tried: it forgets (UNER PERSON 63).
"""

from __future__ import annotations

import argparse
import copy
import random
import time
from collections.abc import Iterator
from pathlib import Path

import convert
import data
import lac
import network
import numpy as np
import torch

HEAD = ("out", "out_bias", "start", "stop", "transition")
TRAINED = (*HEAD, *(f"{name}{layer}" for layer in (0, 1) for name in ("in", "bias", "gates", "candidate")))
_NEW = (("B-ADDRESS", "LOC-B"), ("I-ADDRESS", "LOC-I"))  # what the new tags start from
_MARKED = 0.2  # share of the hold on characters inside a marked span: there the mark knows better than the frozen model


class Batch:
    """Texts of similar length as tensors, time first."""

    def __init__(self, examples: list[tuple[np.ndarray, np.ndarray]], permitted: torch.Tensor) -> None:
        steps = max(len(rows) for rows, _ in examples)
        rows, codes, mask = (np.zeros((steps, len(examples)), kind) for kind in ("i8", "i8", "f4"))
        for column, (row, code) in enumerate(examples):
            rows[: len(row), column], codes[: len(row), column], mask[: len(row), column] = row, code, 1
        self.rows, self.mask = torch.from_numpy(rows), torch.from_numpy(mask)
        self.allowed = permitted[torch.from_numpy(codes)]
        self.hold = self.mask * torch.from_numpy(
            np.where((codes > 0) & (codes <= 2 * len(data.ENTITIES)), _MARKED, 1).astype("f4")
        )


def with_addresses(arrays: dict[str, np.ndarray], original: list[str]) -> dict[str, np.ndarray]:
    """The head with two more tags, which start as a less likely kind of place."""
    old = len(original)
    source = [*range(old), *(original.index(tag) for _, tag in _NEW)]
    grown = dict(arrays)
    for name in ("out", "out_bias", "start", "stop", "transition"):
        value = arrays[name][..., source]
        grown[name] = np.ascontiguousarray(value[source] if name == "transition" else value)
    grown["out_bias"][old:] -= 2
    begin, inside = old, old + 1
    grown["transition"][inside, original.index("LOC-I")] = grown["transition"][original.index("LOC-I"), inside] = -20
    grown["transition"][begin, original.index("LOC-I")] = grown["transition"][original.index("LOC-B"), inside] = -20
    grown["tags"] = np.array([*arrays["tags"], *(tag for tag, _ in _NEW)])
    return grown


def encode(examples: list[data.Example], lookup: np.ndarray, longest: int = 110) -> list[tuple[np.ndarray, np.ndarray]]:
    """Rows and codes, long texts cut."""
    found = []
    for text, codes in examples:
        rows = lookup[np.minimum(np.frombuffer(text.encode("utf-32-le"), "<u4"), 0xFFFF)].astype("i8")
        found += [(rows[at : at + longest], codes[at : at + longest]) for at in range(0, len(rows), longest)]
    return found


def batches(
    encoded: list[tuple[np.ndarray, np.ndarray]], size: int, chance: random.Random, permitted: torch.Tensor
) -> Iterator[Batch]:
    """All texts once, those of similar length together, batches in random order."""
    order = sorted(range(len(encoded)), key=lambda at: len(encoded[at][0]) + chance.random() * 8)
    groups = [order[at : at + size] for at in range(0, len(order), size)]
    chance.shuffle(groups)
    for group in groups:
        yield Batch([encoded[at] for at in group], permitted)


def shipped(path: Path) -> dict[str, np.ndarray]:
    """The arrays of a model file to go on from, without the curves of its scores."""
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files if not name.startswith("curve_")}
    return {name: value.astype("f4") if value.dtype == np.float16 else value for name, value in arrays.items()}


def train(options: argparse.Namespace) -> dict[str, np.ndarray]:
    """The arrays of the new model file."""
    from piiscrub.recognize.ner.zh import ChineseTagger

    torch.manual_seed(options.seed)
    torch.set_num_threads(1)
    chance = random.Random(options.seed)  # noqa: S311 - order of text
    arrays = shipped(options.start) if options.start else convert.base()
    untouched = options.out.with_suffix(".base.npz")
    convert.save(untouched, arrays)
    corpora: Path = options.corpora
    spoken = data.spoken(corpora / "zh_aishell_ner.dev.jsonl", options.seed)
    talks = data.dialogues([corpora / "zh_crosswoz.dev.jsonl", corpora / "zh_crosswoz.test.jsonl"], ChineseTagger(untouched))
    untouched.unlink()

    encoder = network.Encoder(arrays, options.dropout)
    frozen = copy.deepcopy(encoder).eval().requires_grad_(False)
    old = network.Crf(*(torch.tensor(arrays[name]) for name in HEAD)).requires_grad_(False)
    known = old.bias.numel()
    if not options.start:
        arrays = with_addresses(arrays, lac.tags(lac.folder()))
    head = network.Crf(*(torch.tensor(arrays[name]) for name in HEAD))
    permitted = torch.from_numpy(data.allowed(list(arrays["tags"])))

    real = encode(spoken + talks, arrays["lookup"])
    kind = "anybody" if options.start else "training"
    fresh = [
        encode(data.generated(options.generated, 100 * options.seed + epoch, kind), arrays["lookup"])
        for epoch in range(options.epochs)
    ]
    per_epoch = max((len(real) + len(one) + options.batch - 1) // options.batch for one in fresh)
    weights = [*encoder.weights.parameters(), *head.parameters()]
    optimizer = torch.optim.AdamW(weights, lr=options.rate, weight_decay=1e-4)
    steps = options.epochs * per_epoch + 1
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, options.rate, total_steps=steps, pct_start=0.1)
    begun = time.monotonic()
    for epoch in range(options.epochs):
        total = apart = 0.0
        for step, batch in enumerate(batches(real + fresh[epoch], options.batch, chance, permitted)):
            encoder.train()
            features = encoder(batch.rows, batch.mask)
            with torch.no_grad():
                want = old.scores(frozen(batch.rows, batch.mask))
            features = encoder.dropout(features)
            right = head.loss(features, batch.mask, batch.allowed) / batch.rows.shape[1]
            held = network.divergence(want, head.scores(features)[:, :, :known], batch.hold) / batch.rows.shape[1]
            optimizer.zero_grad()
            (right + options.hold * held).backward()
            torch.nn.utils.clip_grad_norm_(weights, 5.0)
            optimizer.step()
            schedule.step()
            total, apart = total + right.item(), apart + held.item()
            if step % 100 == 99:
                said = f"epoch {epoch} step {step + 1}/{per_epoch} loss {total / 100:.3f} held {apart / 100:.3f}"
                print(f"{said} {time.monotonic() - begun:.0f} s", flush=True)  # noqa: T201  # a script that says how far it is
                total = apart = 0.0
            if time.monotonic() - begun > options.seconds:
                break

    arrays.update({name: value.detach().numpy() for name, value in encoder.weights.items()})
    trained = (head.out, head.bias, head.start, head.stop, head.transition)
    arrays.update({name: value.detach().numpy() for name, value in zip(HEAD, trained, strict=True)})
    return arrays


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="a model file to go on from and to hold to, instead of LAC-small")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--batch", type=int, default=48)
    parser.add_argument("--generated", type=int, default=20000, help="generated texts per epoch")
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--dropout", type=float, default=0.2)
    parser.add_argument("--hold", type=float, default=1.0, help="weight of the divergence from the frozen model")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=3600, help="stop after so long; the result then depends on the machine")
    options = parser.parse_args()
    convert.save(options.out, train(options))


if __name__ == "__main__":
    main()
