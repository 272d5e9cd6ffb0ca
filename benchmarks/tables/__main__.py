"""``python -m benchmarks.tables``: profile, transform and free text on 100,000 × 8, beside presidio-structured and openmed."""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

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
PEER_TABLES = (("zh", True), ("en", True), ("en", False))
# What a peer may call each column; "" is what it says of a column without personal information.
PEER_NAMES = (
    {"PERSON", "person_name"}, {"PHONE_NUMBER", "phone_number"}, {"EMAIL_ADDRESS", "email_address"},
    {"LOCATION", "street_address", "address"}, {"US_SSN", "social_security_number", "national_id"}, {"", "free_text"},
    {"", "numeric", "amount"}, {"", "DATE_TIME", "date"},
)  # fmt: skip  # one for each column
PROFILE, TRANSFORM, HASH, TEXT = 2.0, 1.0, 0.3, 4.0


def profile(args: argparse.Namespace) -> Report:
    """CPU-seconds and columns right, in three languages, with and without headers; then the peers on a slice."""
    report = Report(name=f"profile, {args.rows:,} × 8, CPU-seconds")
    for language in generate.HEADERS:
        for headers in (True, False):
            frame = generate.table(language, args.rows, headers=headers)
            what = _named(language, headers)
            found = ps.profile(frame)
            wrong = [
                c.position for c, want in zip(found.columns, generate.ENTITIES[language], strict=True) if not _right(c, want)
            ]
            report.at_most(what, cpu(lambda frame=frame: ps.profile(frame)), PROFILE, percent=False)
            report.at_least(f"{what}: columns right", 8 - len(wrong), 8, note=f"wrong: {wrong}" if wrong else "", percent=False)
    for name, rows, answers in _peers(args):
        for (language, headers), answer in zip(PEER_TABLES, answers, strict=True):
            what = f"{name}: {_named(language, headers)}"
            report.add(what, answer["cpu"] * args.rows / rows, note=f"from {rows:,} rows", percent=False)
            right = sum(column in names for column, names in zip(answer["columns"], PEER_NAMES, strict=True))
            kept = [at for at in answer["kept"] if at < 5]
            report.add(f"{what}: columns right", right, note=f"identifiers kept: {kept}" if kept else "", percent=False)
    return report


def transform(args: argparse.Namespace) -> Report:
    """Six columns by value, and a keyed hash of a column without repetitions; then the peer on a slice."""
    report = Report(name=f"apply a plan, {args.rows:,} rows, CPU-seconds")
    frame = generate.table("zh", args.rows)
    ps.apply(frame.head(10), plan(frame))
    ours = cpu(lambda: ps.apply(frame, plan(frame)))
    report.at_most("replace, mask, keyed hash, drop, mask, keep two", ours, TRANSFORM, percent=False)
    ids = frame[[frame.columns[4]]].drop_duplicates()
    one = TablePlan(columns=(_transform(0, ids.columns[0], "CN_ID_CARD", "hash"),))
    alone = cpu(lambda: ps.apply(ids, one))
    report.at_most("keyed hash of distinct values", alone, HASH, note=f"{len(ids):,} values", percent=False)
    if args.peer:
        answer = peer(args.peer)
        for name, seconds in answer["operators"].items():
            scaled = seconds * args.rows / answer["rows"]
            note = f"from {answer['rows']:,} rows"
            report.add(f"presidio-structured, {name} of 5 columns", scaled, note=note, percent=False)
            report.add(f"times as fast as presidio-structured, {name}", scaled / ours, percent=False)
    return report


def text(args: argparse.Namespace) -> Report:
    """Span redaction in distinct notes of about 100 characters, patterns only and with names, and a scan of each."""
    report = Report(name=f"free text, {args.rows:,} distinct notes, MB/s")
    column = generate.notes(args.rows)
    frame = pd.DataFrame({"备注": column})
    size = sum(len(one.encode()) for one in column) / MB
    one = TablePlan(columns=(ColumnPlan(position=0, name="备注", action="spans"),))
    patterns = ps.Scrubber(ner=None)
    ps.apply(frame.head(10), one, policy=patterns)
    speed = size / cpu(lambda: ps.apply(frame, one, policy=patterns), repeat=2)
    report.at_least("span redaction, patterns only", speed, TEXT, percent=False)
    names = ps.Scrubber()
    ps.apply(frame.head(10), one, policy=names)
    some = frame.head(max(1, args.rows // 200))
    part = size * len(some) / len(frame)
    speed = part / cpu(lambda: ps.apply(some, one, policy=names), repeat=2)
    report.add("span redaction with names", speed, note=f"from {len(some):,} notes", percent=False)
    report.add(
        "scan of each note alone, patterns only",
        size / cpu(lambda: [engine.scan(note) for note in column], repeat=2),
        percent=False,
    )
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


def _peers(args: argparse.Namespace) -> list[tuple[str, int, list[dict[str, Any]]]]:
    if not args.peer:
        return []
    answer = peer(args.peer)
    named = [("presidio-structured (patterns)", answer["presidio_rows"], answer["presidio"])]
    return [*named, ("openmed", answer["rows"], answer["openmed"])] if answer["openmed"] else named


@cache
def peer(python: str) -> dict[str, Any]:
    """What peer.py says of slices of the tables, in the environment of this Python."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, (language, headers) in enumerate(PEER_TABLES):
            paths.append(str(Path(folder) / f"{number}.csv"))
            generate.table(language, PEER_ROWS, headers=headers).to_csv(paths[-1], index=False)
        command = [python, str(Path(__file__).with_name("peer.py")), *paths]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def _named(language: str, headers: bool) -> str:
    return f"{language}, {'headers' if headers else 'col0…col7'}"


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
    parser.add_argument("--peer", help="the Python of an environment with presidio-structured, and openmed if it is to be asked")
    parser.add_argument("--rows", type=int, default=ROWS, help="rows of each table, to see that it runs")
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
