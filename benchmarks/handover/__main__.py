"""``make bench-handover``: what a hand-over has to reach, measured. ``--only NAME`` one part, ``--times N`` less or more.

``speed``: a million rows of twelve columns without free text; 100,000 with a note column, patterns only; 20,000 with names.
``clean``: hand-overs of clean tables, none may fail. ``planted``: one identifier left in one of 100,000 rows, all are found.
``crash``: killed at random points, nothing torn is taken for good and the next run completes. ``evidence``: no value of
generated tables stands in anything but the data.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.handover import evidence
from benchmarks.handover.generate import HEADER, NOTE, rows, table, write
from benchmarks.handover.plans import TEXTS, kept, plan_of
from benchmarks.handover.progress import progress
from benchmarks.report import Report, about
from piiscrub.errors import HandoverError, PlanError
from piiscrub.evidence.ledger import Ledger
from piiscrub.handing_over.handing import handover
from piiscrub.handing_over.verifying import verify
from piiscrub.keys.ring import KeyRing
from piiscrub.model.plan import TablePlan

ROOT = Path(__file__).resolve().parents[2]


def speed(times: int) -> Report:
    report = Report(name="hand-over, end to end")
    kinds = (
        (10_000 * times, "plain", "12 columns"),
        (1_000 * times, "notes", "12 columns and notes, patterns only"),
        (200 * times, "names", "12 columns and notes, with names"),
    )
    for count, kind, what in progress(kinds, "speed"):
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder) / "customers.csv", count, note=kind != "plain")
            done = subprocess.run(
                [sys.executable, "-m", "benchmarks.handover.one", folder, kind], check=True, capture_output=True, cwd=ROOT
            )
        told = json.loads(done.stdout)
        whole = kind == "plain" and count >= 1_000_000
        shown = f"{count} rows, {what}"
        (report.at_most if whole else _stated(report))(f"{shown}: CPU seconds", told["cpu"], 90, percent=False)
        (report.at_most if whole else _stated(report))(f"{shown}: peak MB", told["peak_mb"], 600, percent=False)
    return report


def _stated(report: Report) -> Callable[..., None]:
    return lambda what, value, _bound, **more: report.add(what, value, **more)


def clean(times: int) -> Report:
    report = Report(name="clean hand-overs")
    policies = ("pipl-share", "pipl-export", "test-data", "pipl-entrust")
    failed = coincidences = 0
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        ring = KeyRing.new(folder / "keys")
        for seed in progress(range(times), "clean"):
            source = write(folder / f"c{seed}.csv", 200, seed=seed, note=True)
            purpose = TEXTS if seed // len(policies) % 2 else "analytics"
            plan = kept(plan_of(source, policy=policies[seed % len(policies)], purpose=purpose))
            try:
                done = handover(source, plan, out=folder / f"out{seed}", keys=ring)
                coincidences += sum(done.residual.coincidences.values())
            except HandoverError as error:
                failed += 1
                report.details += [f"seed {seed}: {problem}" for problem in error.problems]
    report.at_most("hand-overs that failed", failed, 0, note=f"of {times}; {coincidences} coincidences", percent=False)
    return report


_PLACES: dict[str, Callable[[list[list[str]], int, str], None]] = {
    "another column": lambda body, row, value: _put(body, row, HEADER.index("会员等级"), value),
    "a number column": lambda body, row, value: _put(body, row, HEADER.index("金额"), value),
    "a note": lambda body, row, value: _put(body, row, len(HEADER), f"备用{value}"),
}
_SPELLINGS: dict[str, Callable[[str], str]] = {
    "as it is": lambda value: value,
    "full-width": lambda value: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in value),
    "spaced": lambda value: " ".join(value[i : i + 3] for i in range(0, len(value), 3)),
    "zero-width": lambda value: "\u200b".join(value[i : i + 4] for i in range(0, len(value), 4)),
}


def planted(times: int) -> Report:
    """``times`` thousand rows a table."""
    report = Report(name="planted leaks")
    chance = random.Random(6)
    found = 0
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        ring = KeyRing.new(folder / "keys")
        clean_body = list(rows(1000 * times, note=True))
        source = table(folder / "clean.csv", [*HEADER, NOTE], clean_body)
        plan = kept(plan_of(source))
        dropped = plan.replace(tables=tuple(kept_notes(one) for one in plan.tables))
        # An address with spaces in it is none any more.
        leaks = [
            (spot, spelling, column)
            for spot in _PLACES
            for spelling in _SPELLINGS
            for column in ("手机号", "身份证号", "邮箱")
            if (column, spelling) != ("邮箱", "spaced")
        ]
        for spot, spelling, column in progress(leaks, "planted"):
            body = [row.copy() for row in clean_body]
            row = chance.randrange(len(body))
            value = body[chance.randrange(len(body))][HEADER.index(column)]
            _PLACES[spot](body, row, _SPELLINGS[spelling](value))
            path = table(folder / "customers.csv", [*HEADER, NOTE], body)
            try:
                handover(path, dropped, out=folder / "out", keys=ring)
                report.details.append(f"not found: {column} in {spot}, {spelling}")
                shutil.rmtree(folder / "out")
            except (HandoverError, PlanError):
                found += 1
        tried = len(leaks)
    report.at_least("found", found / tried, 1.0, note=f"{tried} leaks, one in {1000 * times} rows each")
    return report


def kept_notes(one: TablePlan) -> TablePlan:
    """The plan of a table with the text of its notes left as it is: whatever stands in them has to be found afterwards."""
    columns = tuple(dataclasses.replace(c, action="keep") if c.name == NOTE else c for c in one.columns)
    return dataclasses.replace(one, columns=columns)


def _put(body: list[list[str]], row: int, column: int, value: str) -> None:
    body[row][column] = value


def crash(times: int) -> Report:
    report = Report(name="killed at random points")
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        ring = KeyRing.new(folder / "keys")
        source = write(folder / "customers.csv", 300, note=True)
        kept(plan_of(source, purpose=TEXTS)).save(folder / "plan.toml")
        ledger = Ledger(folder / "ledger.jsonl", keys=ring)
        bad = killed = whole = 0
        took = 2.0
        for n in progress(range(times), "crash"):
            out = f"out{n}"
            command = [sys.executable, "-m", "benchmarks.handover.one", str(folder), "crash", out]
            job = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
            assert job.stdout is not None
            job.stdout.readline()  # it is loaded, the work begins
            began = time.monotonic()
            try:
                job.wait(chance.random() * took)
                took = (took + time.monotonic() - began) / 2
            except subprocess.TimeoutExpired:
                job.kill()
                job.wait()
                killed += 1
            if (folder / out).exists():
                whole += 1
            else:
                again = subprocess.run(command, check=False, capture_output=True, cwd=ROOT)
                bad += again.returncode != 0
            fits = verify(folder / out / "bundle", sender=ring.public_key)
            entry = json.loads((folder / out / "record" / "ledger-entry.json").read_bytes())
            listed = {one.hash for one in ledger.entries()}
            bad += not fits or not ledger.verify().ok or entry["hash"] not in listed
            bad += any(path.name.startswith(f".{out}.handover") for path in folder.iterdir())
    report.at_most("torn, lost or stuck", bad, 0, note=f"{times} runs, {killed} killed, {whole} whole", percent=False)
    return report


def values(times: int) -> Report:
    report = Report(name="values in evidence")
    with tempfile.TemporaryDirectory() as place:
        found, refused = evidence.run(Path(place), times * 10)
    report.at_most("values found", found, 0, note=f"{times * 10} generated inputs, {refused} of them refused", percent=False)
    return report


PARTS: dict[str, Callable[[int], Report]] = {
    "speed": speed, "clean": clean, "planted": planted, "crash": crash, "evidence": values,
}  # fmt: skip  # the order they run in
TIMES = {"speed": 100, "clean": 100, "planted": 100, "crash": 200, "evidence": 100}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.handover", description=__doc__)
    parser.add_argument("--only", "--part", dest="only", choices=PARTS, action="append", help="a part; repeat for more")
    parser.add_argument("--times", type=int, help="100 is all of it (crash: 200)")
    asked = parser.parse_args()
    missed = False
    for name, part in PARTS.items():
        if not asked.only or name in asked.only:
            report = part(asked.times or TIMES[name])
            print(report.text(details=20), flush=True)
            print(report.markdown(about(), f"make bench-handover ({name})"), flush=True)
            missed |= any(row.ok is False for row in report.rows)
    return int(missed)


if __name__ == "__main__":
    raise SystemExit(main())
