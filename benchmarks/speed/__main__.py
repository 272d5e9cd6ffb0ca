"""``python -m benchmarks.speed``: throughput, linearity, against Presidio, names, start-up and memory, hostile input."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable

from benchmarks.report import Report, about
from benchmarks.speed import hostile, names, startup, throughput

MEASURES: dict[str, Callable[[], Report]] = {
    "throughput": throughput.throughput,
    "linearity": throughput.linearity,
    "presidio": throughput.against_presidio,
    "names": names.measure,
    "startup": startup.measure,
    "hostile": hostile.measure,
}


def main() -> int:
    """0 when every bound is met, 1 when one is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("--only", action="append", choices=MEASURES, help="one measure; may be given several times")
    parser.add_argument("--details", type=int, default=40, help="how many detail lines to print per measure")
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    parser.add_argument("--markdown", action="store_true", help="print rows for RESULTS.md instead of text")
    args = parser.parse_args()
    reports = []
    if not (args.json or args.markdown):
        print(about().replace(" | ", "; "))
    for name in args.only or MEASURES:
        report = MEASURES[name]()
        reports.append(report)
        if args.markdown:
            print(report.markdown(about(), f"python -m benchmarks.speed --only {name}"), flush=True)
        elif not args.json:
            print(report.text(details=args.details), flush=True)
    if args.json:
        print(json.dumps([r.as_dict() for r in reports], ensure_ascii=False, indent=1))
    missed = [row.what for report in reports for row in report.rows if row.ok is False]
    if missed and not (args.json or args.markdown):
        print(f"\n{len(missed)} bounds missed")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
