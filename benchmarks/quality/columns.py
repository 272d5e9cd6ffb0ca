"""Which column of a table holds what: the shared tables by the shared scorer, with headers and without."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import piiscrub as ps
from benchmarks import shared
from benchmarks.report import Report
from piiscrub.model import entities

Answer = tuple[str | None, str, bool]
BOUNDS = {False: (0.95, 2), True: (0.80, 4)}  # headers hidden → share right, columns wrong


def answers(frame: Any) -> list[Answer]:
    """Label of the corpora, role, abstained: one per column, as the shared scorer asks for."""
    columns = ps.profile(frame).columns
    return [(entities.get(c.entity).corpus or c.entity if c.entity else None, c.role, c.abstained) for c in columns]


def measure(root: Path) -> Report:
    """Share of columns right, number wrong, direct identifiers called none."""
    scorer = _scorer(root)
    folder = root / "corpora" / "tables"
    gold = scorer.load_gold(str(folder / "columns.json"))
    report = Report(name="columns of tables")
    for hidden, (least, most) in BOUNDS.items():
        found = scorer.score_columns(gold, answers, str(folder), hide_headers=hidden)
        total = found["total"]
        what = "without headers" if hidden else "with headers"
        note = f"{total['right']} right, {total['abstained']} abstained, {total['outside']} not annotated, of {total['columns']}"
        report.at_least(f"{what}: columns right", total["right_share"], least, note)
        report.at_most(f"{what}: columns wrong", total["wrong"], most, percent=False)
        report.at_most(f"{what}: direct identifiers called none", total["direct_called_none"], 0, percent=False)
        report.data[what] = {
            name: {key: table[key] for key in ("right", "wrong", "abstained")} for name, table in found["tables"].items()
        }
        for name, table in found["tables"].items():
            report.details += [
                f"{what}: {name}[{one['position']}] {one['kind']}: gold {one['gold']}, got {one['entity']}"
                for one in table["not_right"]
            ]
    return report


def _scorer(root: Path) -> ModuleType:
    """The shared score_columns.py; it imports score.py from beside it."""
    path = root / "corpora" / "score_columns.py"
    if not path.is_file() or not (path.parent / "tables" / "columns.json").is_file():
        raise shared.Missing("the shared folder has no corpora/score_columns.py with tables/")
    spec = importlib.util.spec_from_file_location("shared_score_columns", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    before, writes = list(sys.path), sys.dont_write_bytecode
    sys.dont_write_bytecode = True  # the shared folder is read-only
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path[:], sys.dont_write_bytecode = before, writes
    return module
