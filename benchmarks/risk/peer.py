"""Runs in pycanon's environment: measures the cases and prints one JSON object. ``peer.py time ROWS`` times it instead."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import cases
import pandas as pd
from pycanon import anonymity


def values(number):
    frame = pd.DataFrame(cases.case(number))
    quasi = list(cases.QUASI)
    found = {"k": int(anonymity.k_anonymity(frame, quasi))}
    for name in (cases.NUMBER, cases.WORD):
        c, l = anonymity.recursive_c_l_diversity(frame, quasi, [name])  # noqa: E741  # the name the measure has
        found[name] = {
            "l": int(anonymity.l_diversity(frame, quasi, [name])),
            "entropy_l": int(anonymity.entropy_l_diversity(frame, quasi, [name])),
            "alpha": float(anonymity.alpha_k_anonymity(frame, quasi, [name])[0]),
            "t": float(anonymity.t_closeness(frame, quasi, [name])),
            "c_of_rising_counts": None if l < 2 else int(c),
        }
    return found


def timed(rows):
    table = {**cases.large(rows), **{name: cases.case(2, rows)[name] for name in (cases.NUMBER, cases.WORD)}}
    frame = pd.DataFrame(table)
    quasi = ["q1", "q2", "q3", "q4"]
    found = {}
    for name, measure in (
        ("k", lambda: anonymity.k_anonymity(frame, quasi)),
        ("l", lambda: anonymity.l_diversity(frame, quasi, [cases.WORD])),
        ("t", lambda: anonymity.t_closeness(frame, quasi, [cases.WORD])),
    ):
        start = time.process_time()
        measure()
        found[name] = time.process_time() - start
    return found


if sys.argv[1:2] == ["time"]:
    print(json.dumps(timed(int(sys.argv[2]))))
else:
    print(json.dumps({str(number): values(number) for number in cases.CASES}))
