"""One hand-over in a process of its own: its CPU seconds and peak memory as JSON, or one that is meant to be killed."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

import piiscrub as ps
from benchmarks.handover.plans import kept, plan_of


def main(folder: Path, kind: str, out: str = "out") -> None:
    ring = ps.KeyRing.load(folder / "keys") if kind == "crash" else ps.KeyRing.new(folder / "keys")
    source = folder / "customers.csv"
    plan = ps.load_plan(folder / "plan.toml") if kind == "crash" else kept(plan_of(source))
    if kind == "notes":  # patterns only: the policy without what needs the words of names
        rules = ps.load_policy(plan.policy)
        policy = rules.replace(entities=tuple(e for e in rules.entities if e != "PERSON")) if rules.entities else rules
        plan = plan.replace(policy_hash=policy.hash)
    else:
        policy = None
    print("ready", flush=True) if kind == "crash" else None
    began = time.process_time()
    ps.handover(source, plan, out=folder / out, keys=ring, ledger=folder / "ledger.jsonl", policy=policy)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if kind != "crash":
        print(json.dumps({"cpu": time.process_time() - began, "peak_mb": peak}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
