"""``python -m benchmarks.quality``: every quality measure, one block each."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import shared
from benchmarks.quality import (
    adjacency,
    adversarial,
    argus,
    columns,
    crosswoz,
    examples,
    names,
    names_peers,
    pairs,
    peers,
    presidio_synth,
    random_numbers,
)
from benchmarks.report import Report, about

MEASURES: dict[str, Callable[[Path], Report]] = {
    "examples": examples.measure,
    "random": random_numbers.measure,
    "pairs": pairs.measure,
    "presidio-synth": presidio_synth.measure,
    "argus": argus.measure,
    "adversarial": adversarial.measure,
    "crosswoz": crosswoz.measure,
    "columns": columns.measure,
    "adjacency": adjacency.measure,
    "names": names.measure,
    "names-peers": names_peers.measure,
    "peers": peers.measure,
}


def main() -> int:
    """0 when every bound is met, 1 when one is missed, 2 when the shared folder is not there."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("--shared", help=f"the folder with corpora/ and rules/ (or set {shared.VARIABLE}; default ../shared)")
    parser.add_argument("--only", action="append", choices=MEASURES, help="one measure; may be given several times")
    parser.add_argument("--all", action="store_true", help="examples: every row of the rule book")
    parser.add_argument("--bootstrap", type=int, default=0, help="names: resamples for 95 %% intervals, such as 1000")
    parser.add_argument("--details", type=int, default=40, help="how many detail lines to print per measure")
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    parser.add_argument("--markdown", action="store_true", help="print rows for RESULTS.md instead of text")
    args = parser.parse_args()
    try:
        root = shared.folder(args.shared)
        reports = []
        for name in args.only or MEASURES:
            began = time.process_time()
            if name == "examples" and args.all:
                report = examples.measure(root, everything=True)
            elif name == "names":
                report = names.measure(root, bootstrap=args.bootstrap)
            else:
                report = MEASURES[name](root)
            report.data["cpu_seconds"] = round(time.process_time() - began, 2)
            reports.append(report)
            if args.markdown:
                print(report.markdown(about(), f"python -m benchmarks.quality --only {name}"), flush=True)
            elif not args.json:
                print(report.text(details=args.details), flush=True)
    except shared.Missing as error:
        print(f"benchmarks.quality: {error}", file=sys.stderr)
        return 2
    if args.json:
        print(json.dumps([r.as_dict() for r in reports], ensure_ascii=False, indent=1))
    missed = [row.what for report in reports for row in report.rows if row.ok is False]
    if missed and not (args.json or args.markdown):
        print(f"\n{len(missed)} bounds missed")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
