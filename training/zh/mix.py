"""The mean of the base weights and of fine-tuned ones: most of what was learned, little of what was forgotten.

Run as ``python training/zh/mix.py OUT.npz ONE.npz 0.35 TWO.npz 0.35``; what is missing to 1 is the share of the base, which is
LAC-small or the file behind ``--start``. The tags for addresses are new to LAC-small: it has no opinion on them, and they come
from the fine-tuned weights alone.
"""

from __future__ import annotations

import sys
from pathlib import Path

import convert
import lac
import numpy as np
import train


def mixed(parts: list[tuple[Path, float]], start: Path | None = None) -> dict[str, np.ndarray]:
    """The arrays of the mixed model; ``start`` is the model file that fine-tuning went on from, if not LAC-small."""
    base = train.shipped(start) if start else convert.base()
    known = len(base["tags"])
    if not start:
        base = train.with_addresses(base, lac.tags(lac.folder()))
    tuned = [(dict(np.load(path)), share) for path, share in parts]
    total = sum(share for _, share in tuned)
    arrays = dict(base)
    for name in train.TRAINED:
        learned = sum(share * one[name].astype("f4") for one, share in tuned)
        arrays[name] = (1 - total) * base[name] + learned
        if name in train.HEAD:
            arrays[name][..., known:] = learned[..., known:] / total
        if name == "transition":
            arrays[name][known:] = learned[known:] / total
    return arrays


if __name__ == "__main__":
    out, *rest = sys.argv[1:]
    begun = Path(rest.pop(0)) if rest[0] == "--start" and rest.pop(0) else None
    convert.save(Path(out), mixed([(Path(path), float(share)) for path, share in zip(rest[::2], rest[1::2], strict=True)], begun))
