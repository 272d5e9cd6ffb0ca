"""The measures of a case as we count them, in the form the peer's are in."""

from __future__ import annotations

import pyarrow as pa

from benchmarks.risk import cases
from piiscrub.risk.assess import assess


def values(number: int) -> dict[str, object]:
    """k, and per sensitive column l, entropy l (cut to a whole number, as the peer does), alpha and t."""
    table = pa.table(cases.case(number))
    report = assess(table, quasi=cases.QUASI, sensitive=[cases.NUMBER, cases.WORD])
    found: dict[str, object] = {"k": report.k}
    for one in report.sensitive:
        found[one.name] = {"l": one.l, "entropy_l": int(one.entropy_l + 1e-9), "alpha": one.alpha, "t": one.t}
    return found
