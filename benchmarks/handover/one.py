"""One hand-over in a process of its own: its CPU seconds and peak memory as JSON, or one that is meant to be killed."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

import piiscrub as ps
from benchmarks.handover.generate import NOTE
from benchmarks.handover.plans import TEXTS, kept, plan_of


def main(folder: Path, kind: str, out: str = "out") -> None:
    ring = ps.KeyRing.load(folder / "keys") if kind == "crash" else ps.KeyRing.new(folder / "keys")
    source = folder / "customers.csv"
    plan = (
        ps.load_plan(folder / "plan.toml")
        if kind == "crash"
        else kept(plan_of(source, purpose="analytics" if kind == "plain" else TEXTS))
    )
    if kind != "plain":
        assert [column.action for column in plan.tables[0].columns if column.name == NOTE] == ["spans"], "the notes are measured"
    policy = ps.Scrubber(policy=plan.policy, ner=None) if kind == "notes" else None  # patterns only, else with names
    print("ready", flush=True) if kind == "crash" else None
    began = time.process_time()
    ps.handover(source, plan, out=folder / out, keys=ring, ledger=folder / "ledger.jsonl", policy=policy)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if kind != "crash":
        print(json.dumps({"cpu": time.process_time() - began, "peak_mb": peak}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
