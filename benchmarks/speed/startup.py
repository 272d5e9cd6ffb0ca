"""Import time over a bare interpreter, the first scan after it, peak memory: each in fresh processes, median of seven."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from statistics import median
from typing import Any

from benchmarks.report import Report
from benchmarks.shared import CHECKOUT

RUNS = 7
TEXT = "客户手机13800138000，邮箱zhang.san@example.com，身份证号11010519491231002X，IP 192.0.2.1，日期2024-03-05。"
PROBE = """
import sys, time
wall, cpu = time.perf_counter(), time.process_time()
step = sys.argv[1]
if step != "bare":
    import piiscrub
imported = time.perf_counter() - wall, time.process_time() - cpu
wall, cpu = time.perf_counter(), time.process_time()
if step in ("scan", "large", "names"):
    scrubber = piiscrub.Scrubber(policy="review", ner="default" if step == "names" else None)
    scrubber.scan(sys.argv[2])
scanned = time.perf_counter() - wall, time.process_time() - cpu
if step == "large":
    scrubber.scan(sys.stdin.read())
import json, pathlib, resource
status = pathlib.Path("/proc/self/status")
if status.exists():  # on Linux ru_maxrss of a child starts at what its parent held when it was forked
    peak = int(status.read_text().split("VmHWM:")[1].split()[0]) * 1024
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(json.dumps({"import": imported, "scan": scanned, "peak": peak}))
"""


def probe(step: str, stdin: str = "") -> dict[str, Any]:
    """One fresh process, by its own clocks: only sys and time are loaded before the import is timed."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, step, TEXT],
        input=stdin,
        capture_output=True,
        text=True,
        check=True,
        cwd=CHECKOUT,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def measure() -> Report:
    """Medians; the first run of each step warms the byte code and is thrown away."""
    report = Report(name=f"start-up and memory, fresh processes, median of {RUNS}")
    runs = {step: [probe(step) for _ in range(RUNS + 1)][1:] for step in ("bare", "import", "scan", "names")}
    large = [probe("large", TEXT * 6000) for _ in range(3)]

    def middle(step: str, key: str, index: int | None = None) -> float:
        return median(r[key] if index is None else r[key][index] for r in runs[step])

    report.at_most("import over a bare interpreter, CPU s", middle("import", "import", 1), 0.06, percent=False)
    report.at_most("import over a bare interpreter, wall s", middle("import", "import", 0), 0.06, percent=False)
    report.at_most("first scan after it, CPU s", middle("scan", "scan", 1), 0.2, percent=False)
    report.at_most("first scan after it, wall s", middle("scan", "scan", 0), 0.2, percent=False)
    report.add("first scan with names, Han in the text (weights loaded), CPU s", middle("names", "scan", 1), percent=False)
    bare = middle("bare", "peak") / 1e6
    report.at_most("peak memory after the first scan, MB", middle("scan", "peak") / 1e6, 60, f"bare {bare:.1f}", percent=False)
    report.add("peak memory after the first scan with names, MB", middle("names", "peak") / 1e6, percent=False)
    report.add("peak memory after scanning a dense 0.6 MB, MB", median(r["peak"] for r in large) / 1e6, percent=False)
    return report
