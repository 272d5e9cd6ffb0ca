"""The LAC-small weights of the jieba wheel, read without Paddle, in the layout that the package's network uses.

Source of the weights: Baidu LAC (Apache-2.0), shipped by jieba 0.42.1 (MIT) in ``jieba/lac_small``. The file format is
Paddle 1.x LoDTensor: u32 version, u64 number of lod levels (each u64 length + data), u32 version, i32 length of a
protobuf TensorDesc (field 1 type, field 2 dimensions), then raw little-endian float32.
"""

from __future__ import annotations

import importlib.util
import struct
from pathlib import Path

import numpy as np

HIDDEN = 128


def folder() -> Path:
    """Where the installed jieba keeps the weights."""
    spec = importlib.util.find_spec("jieba")
    if spec is None or spec.origin is None:
        raise SystemExit("jieba is not installed: its wheel brings the weights to start from")
    return Path(spec.origin).parent / "lac_small"


def read_tensor(path: Path) -> np.ndarray:
    """One LoDTensor file as an array."""
    data = path.read_bytes()
    at = 12
    for _ in range(struct.unpack_from("<Q", data, 4)[0]):
        at += 8 + struct.unpack_from("<Q", data, at)[0]
    size = struct.unpack_from("<i", data, at + 4)[0]
    at += 8
    dims = _dimensions(data[at : at + size])
    return np.frombuffer(data, "<f4", offset=at + size).reshape(dims)


def _dimensions(desc: bytes) -> list[int]:
    """The repeated field 2 of a TensorDesc, packed or not."""
    numbers: list[int] = []
    value = shift = 0
    for byte in desc:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            numbers.append(value)
            value = shift = 0
    if numbers[:2] != [8, 5]:
        raise ValueError("not a float32 tensor")
    if numbers[2] == 18:  # packed: one length, then the dimensions
        return numbers[4:]
    return numbers[3::2]


def vocabulary(where: Path) -> dict[str, int]:
    """Token to row of the embedding."""
    lines = (where / "word.dic").read_text(encoding="utf-8").split("\n")
    pairs = (line.split("\t") for line in lines if line.count("\t") == 1)
    return {token: int(number) for number, token in pairs}


def tags(where: Path) -> list[str]:
    """Names of the 57 tags such as ``PER-B``, by number."""
    lines = (where / "tag.dic").read_text(encoding="utf-8").split("\n")
    named = {int(number): name for number, name in (line.split("\t") for line in lines if line.count("\t") == 1)}
    return [named[number] for number in range(len(named))]


def parameters(where: Path) -> dict[str, np.ndarray]:
    """The weights by the names of the package's network, float32.

    Per layer l: ``in{l}`` [inputs, 2*384] and ``bias{l}`` [2*384] for both directions side by side, each update | reset |
    candidate; ``gates{l}`` [2, 128, 256] and ``candidate{l}`` [2, 128, 128] recurrent. Update and reset are halved,
    because the network computes a sigmoid as (tanh(x / 2) + 1) / 2; so is the candidate's recurrent matrix, because the
    reset gate arrives doubled. Halving is exact in binary.
    """
    model = where / "model_baseline"
    raw = {path.name: read_tensor(path) for path in sorted(model.iterdir())}
    half = np.concatenate([np.full(2 * HIDDEN, 0.5, "f4"), np.ones(HIDDEN, "f4")])
    out: dict[str, np.ndarray] = {"embedding": raw["word_emb"]}
    for layer in range(2):
        pair = (2 * layer, 2 * layer + 1)
        recurrent = [raw[f"gru_{k}.w_0"].ravel() for k in pair]  # not sliced by column: gates first, then candidate
        split = 2 * HIDDEN * HIDDEN
        out[f"in{layer}"] = np.concatenate([raw[f"fc_{k}.w_0"] * half for k in pair], 1)
        out[f"bias{layer}"] = np.concatenate([(raw[f"fc_{k}.b_0"].ravel() + raw[f"gru_{k}.b_0"].ravel()) * half for k in pair])
        out[f"gates{layer}"] = np.stack([w[:split].reshape(HIDDEN, 2 * HIDDEN) * 0.5 for w in recurrent])
        out[f"candidate{layer}"] = np.stack([w[split:].reshape(HIDDEN, HIDDEN) * 0.5 for w in recurrent])
    out["out"] = raw["fc_4.w_0"]
    out["out_bias"] = raw["fc_4.b_0"].ravel()
    out["start"], out["stop"], out["transition"] = raw["crfw"][0], raw["crfw"][1], raw["crfw"][2:]
    return {name: np.ascontiguousarray(value, dtype="f4") for name, value in out.items()}
