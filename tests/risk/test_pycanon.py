"""Ten tables with the values of pycanon 1.3.6, frozen by ``make bench-risk`` in an environment of its own."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pyarrow as pa
import pytest

from benchmarks.risk import cases
from benchmarks.risk.ours import values
from piiscrub.risk.classes import classes
from piiscrub.risk.coding import columns_of
from piiscrub.risk.disclosure import cells, sensitive_risk

FROZEN = json.loads((Path(cases.__file__).parent / "frozen.json").read_text("utf-8"))["cases"]


@pytest.mark.parametrize("number", cases.CASES)
def test_values_are_equal(number):
    ours, theirs = values(number), FROZEN[str(number)]
    assert ours["k"] == theirs["k"]
    for name in (cases.NUMBER, cases.WORD):
        assert ours[name] == {key: pytest.approx(theirs[name][key], abs=1e-12) for key in ("l", "entropy_l", "alpha", "t")}


def test_the_cases_are_not_all_alike():
    assert len({json.dumps(one["number"]) for one in FROZEN.values()}) == 10
    assert sum(one["number"]["l"] > 1 for one in FROZEN.values()) >= 5


@pytest.mark.parametrize("number", [n for n in cases.CASES if FROZEN[str(n)]["number"]["l"] > 1])
def test_recursive_c_follows_the_definition_not_the_peer(number):
    """Pycanon sorts the counts of a class rising where the definition has them falling, so its c is that of the rarest
    value. From our cells its formula gives its number; our own c is never below it."""
    table = pa.table(cases.case(number))
    found = classes(columns_of(table, cases.QUASI))
    (column,) = columns_of(table, [cases.NUMBER])
    least = FROZEN[str(number)]["number"]["l"]
    made = cells(found, column)
    worst = 0
    for group in range(found.count):
        rising = sorted(made.counts[made.of == group].tolist())
        worst = max(worst, math.floor(rising[0] / sum(rising[least - 1 :]) + 1))
    assert worst == FROZEN[str(number)]["number"]["c_of_rising_counts"]
    falling = [sorted(made.counts[made.of == group].tolist(), reverse=True) for group in range(found.count)]
    assert sensitive_risk(found, column).recursive_c == pytest.approx(max(one[0] / sum(one[least - 1 :]) for one in falling))
