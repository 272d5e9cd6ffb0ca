"""Where the shared folder (corpora, rule book) lies, and its scorer.

The corpora are real people's words in part: nothing here prints or stores their text, only ids and offsets.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

VARIABLE = "PIISCRUB_SHARED"
CHECKOUT = Path(__file__).resolve().parent.parent


class Missing(Exception):
    """A file of the shared folder is not there; the message says which and how to name the folder."""


def folder(given: str | None = None) -> Path:
    """The shared folder: the argument, else the environment variable, else the sister of the checkout."""
    path = Path(given or os.environ.get(VARIABLE) or CHECKOUT.parent / "shared")
    if not (path / "corpora").is_dir():
        raise Missing(f"no shared folder with corpora/ at {path.name!r}: give --shared FOLDER or set {VARIABLE}")
    return path


def _file(root: Path, *parts: str) -> Path:
    path = root.joinpath(*parts)
    if not path.is_file():
        raise Missing(f"the shared folder has no {'/'.join(parts)}")
    return path


@lru_cache
def scorer(root: Path) -> ModuleType:
    """The shared score.py, imported from where it lies: one scorer for every detector."""
    spec = importlib.util.spec_from_file_location("shared_score", _file(root, "corpora", "score.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    writes = sys.dont_write_bytecode
    sys.dont_write_bytecode = True  # the shared folder is read-only
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = writes
    return module


def corpus(root: Path, name: str) -> list[dict[str, Any]]:
    """The records of one corpus file; ``name`` without ``.jsonl``."""
    records: list[dict[str, Any]] = scorer(root).load(str(_file(root, "corpora", f"{name}.jsonl")))
    return records


def examples(root: Path) -> list[dict[str, Any]]:
    """The rule book's example rows, in file order; row numbers printed elsewhere are 1-based lines of that file."""
    lines = _file(root, "rules", "examples.jsonl").read_text("utf8").splitlines()
    return [json.loads(line) for line in lines]


def patterns(root: Path) -> dict[str, dict[str, Any]]:
    """The rule book's patterns.json: context words and mode per label."""
    found: dict[str, dict[str, Any]] = json.loads(_file(root, "rules", "patterns.json").read_text("utf8"))
    return found
