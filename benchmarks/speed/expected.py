"""The committed counts: what the generated texts are and what must be found in them.

``python -m benchmarks.speed.expected --write`` makes counts.json anew; the counts come from the generator, which knows what it
put in, never from the engine that is measured.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks import engine
from benchmarks.speed.generate import DENSITIES, FAMILIES, KB, Document, candidates, documents

FILE = Path(__file__).with_name("counts.json")
DOCUMENTS = 1000
"""One megabyte."""


def facts(docs: list[Document]) -> dict[str, Any]:
    """Size, density, hash and expected findings of a set of documents."""
    texts = [d.text for d in docs]
    size = sum(len(t.encode()) for t in texts)
    held = sum(candidates(t) for t in texts)
    total = sum((d.expected for d in docs), Counter[str]())
    return {
        "documents": len(docs),
        "bytes": size,
        "candidates": held,
        "per_kB": round(held * KB / size, 2),
        "sha256": hashlib.sha256("\n".join(texts).encode()).hexdigest(),
        "findings": {family: total[family] for family in FAMILIES},
    }


def committed() -> dict[str, dict[str, Any]]:
    """counts.json, by density."""
    read: dict[str, dict[str, Any]] = json.loads(FILE.read_text("utf8"))
    return read


def differences(density: int, docs: list[Document]) -> list[str]:
    """What the generator or the engine gives that the committed counts do not say; empty when all is right."""
    want, now = committed()[str(density)], facts(docs)
    lines = [f"generator: {key} is {now[key]}, committed {want[key]}" for key in want if now[key] != want[key]]
    found: Counter[str] = Counter()
    for doc in docs:
        found.update(f for finding in engine.scan(doc.text).findings for f in FAMILIES if engine.is_a(finding.entity, f))
    lines += [f"findings: {f} {found[f]}, committed {want['findings'][f]}" for f in FAMILIES if found[f] != want["findings"][f]]
    return lines


if __name__ == "__main__":
    made = {str(density): facts(documents(density, DOCUMENTS)) for density in DENSITIES}
    if "--write" in sys.argv:
        FILE.write_text(json.dumps(made, indent=1) + "\n", "utf8")
    print(json.dumps(made, indent=1))
