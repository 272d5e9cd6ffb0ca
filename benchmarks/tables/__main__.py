"""``python -m benchmarks.tables``: profile, transform and free text on 100,000 × 8, beside presidio-structured."""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd

import piiscrub as ps
from benchmarks import engine
from benchmarks.report import Report, about
from benchmarks.speed.throughput import MB, cpu
from benchmarks.tables import generate
from piiscrub.model import entities
from piiscrub.model.plan import ColumnPlan, TablePlan
from piiscrub.model.policy import OperatorSpec

ROWS, PEER_ROWS = 100_000, 5_000
PROFILE, TRANSFORM, HASH, TEXT = 2.0, 1.0, 0.3, 4.0


def profile(_: argparse.Namespace) -> Report:
    """CPU-seconds and columns right, in three languages, with and without headers."""
    report = Report(name=f"profile, {ROWS:,} × 8, CPU-seconds")
    for language in generate.HEADERS:
        for headers in (True, False):
            frame = generate.table(language, ROWS, headers=headers)
            what = f"{language}, {'headers' if headers else 'col0…col7'}"
            found = ps.profile(frame)
            wrong = [
                c.position for c, want in zip(found.columns, generate.ENTITIES[language], strict=True) if not _right(c, want)
            ]
            report.at_most(what, cpu(lambda frame=frame: ps.profile(frame)), PROFILE, percent=False)
            report.at_least(f"{what}: columns right", 8 - len(wrong), 8, note=f"wrong: {wrong}" if wrong else "", percent=False)
    return report


def transform(args: argparse.Namespace) -> Report:
    """Six columns by value, and a keyed hash of a column without repetitions; then the peer on a slice."""
    report = Report(name=f"apply a plan, {ROWS:,} rows, CPU-seconds")
    frame = generate.table("zh", ROWS)
    ps.apply(frame.head(10), plan(frame))
    ours = cpu(lambda: ps.apply(frame, plan(frame)))
    report.at_most("replace, mask, keyed hash, drop, mask, keep two", ours, TRANSFORM, percent=False)
    ids = frame[[frame.columns[4]]].drop_duplicates()
    one = TablePlan(columns=(_transform(0, ids.columns[0], "CN_ID_CARD", "hash"),))
    alone = cpu(lambda: ps.apply(ids, one))
    report.at_most("keyed hash of distinct values", alone, HASH, note=f"{len(ids):,} values", percent=False)
    if args.peer:
        for name, seconds in peer(frame.head(PEER_ROWS), args.peer).items():
            scaled = seconds * ROWS / PEER_ROWS
            report.add(f"presidio-structured, {name} of 5 columns", scaled, note=f"from {PEER_ROWS:,} rows", percent=False)
            report.add(f"times as fast as presidio-structured, {name}", scaled / ours, percent=False)
    return report


def text(_: argparse.Namespace) -> Report:
    """Span redaction in distinct notes of about 100 characters, and the engine alone on the same."""
    report = Report(name=f"free text, {ROWS:,} distinct notes, MB/s")
    column = generate.notes(ROWS)
    frame = pd.DataFrame({"备注": column})
    size = sum(len(one.encode()) for one in column) / MB
    one = TablePlan(columns=(ColumnPlan(position=0, name="备注", action="spans"),))
    patterns = ps.Scrubber(ner=None)
    ps.apply(frame.head(10), one, policy=patterns)
    speed = size / cpu(lambda: ps.apply(frame, one, policy=patterns), repeat=2)
    report.at_least("span redaction, patterns only", speed, TEXT, percent=False)
    report.add("scan of each note alone", size / cpu(lambda: [engine.scan(note) for note in column], repeat=2), percent=False)
    return report


def plan(frame: pd.DataFrame) -> TablePlan:
    """The plan that is timed."""
    names = list(frame.columns)
    return TablePlan(
        columns=(
            _transform(0, names[0], "PERSON", "replace"),
            _transform(1, names[1], "CN_MOBILE", "mask"),
            _transform(2, names[2], "EMAIL_ADDRESS", "hash"),
            ColumnPlan(position=3, name=names[3], action="drop"),
            _transform(4, names[4], "CN_ID_CARD", "hash"),
            ColumnPlan(position=5, name=names[5], action="drop"),
            ColumnPlan(position=6, name=names[6], action="keep"),
            ColumnPlan(position=7, name=names[7], action="keep"),
        )
    )


def peer(frame: pd.DataFrame, python: str) -> dict[str, float]:
    """CPU-seconds of presidio-structured by operator, in its own environment."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        frame.to_csv(path, index=False)
        done = subprocess.run(
            [python, str(Path(__file__).with_name("peer.py")), str(path)], capture_output=True, text=True, check=True
        )
    seconds: dict[str, float] = json.loads(done.stdout.splitlines()[-1])["cpu"]
    return seconds


def _transform(position: int, name: str, entity: str, operator: str) -> ColumnPlan:
    return ColumnPlan(position=position, name=name, entity=entity, action="transform", operator=OperatorSpec.of(operator))


def _right(column: object, want: str) -> bool:
    entity = str(getattr(column, "entity", ""))
    if not want:
        return not entity or entities.get(entity).identifier == "none"
    return bool(entity) and (entities.is_a(entity, want) or entities.is_a(want, entity))


MEASURES: dict[str, Callable[[argparse.Namespace], Report]] = {"profile": profile, "transform": transform, "text": text}


def main() -> int:
    """0 when every bound is met, 1 when one is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tables", description=__doc__)
    parser.add_argument("--only", action="append", choices=MEASURES, help="one measure; may be given several times")
    parser.add_argument("--peer", help="the Python of an environment with presidio-structured in it")
    parser.add_argument("--markdown", action="store_true", help="print rows for RESULTS.md instead of text")
    args = parser.parse_args()
    missed = False
    if not args.markdown:
        print(about().replace(" | ", "; "))
    for name in args.only or MEASURES:
        report = MEASURES[name](args)
        missed |= any(row.ok is False for row in report.rows)
        if args.markdown:
            print(report.markdown(about(), f"python -m benchmarks.tables --only {name}"), flush=True)
        else:
            print(report.text(details=40), flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
