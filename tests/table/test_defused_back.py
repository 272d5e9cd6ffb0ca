"""Encrypted cells that looked like formulas went out with a ', and come back without it."""

from __future__ import annotations

import pandas as pd

import piiscrub as ps
from piiscrub.model.plan import ColumnPlan, SharePlan, TablePlan
from piiscrub.model.policy import OperatorSpec


def test_what_was_defused_on_the_way_out_is_restored(tmp_path):
    ring = ps.KeyRing.new(tmp_path / "key")
    values = [f"user{n}@example.com" for n in range(2000)]
    pd.DataFrame({"mail": values}).to_csv(tmp_path / "a.csv", index=False)
    column = ColumnPlan(
        position=0, name="mail", entity="EMAIL_ADDRESS", action="transform", operator=OperatorSpec.of("encrypt"), confidence=0.9
    )
    plan = SharePlan(tables=(TablePlan(columns=(column,)),), recipient="Example Ltd", purpose="test")
    done = ps.apply(tmp_path / "a.csv", plan, out=tmp_path / "b.csv", keys=ring)
    out = pd.read_csv(tmp_path / "b.csv")
    assert out["mail"].str.startswith("'").sum() == done.defused > 0  # one in 64 begins with -
    back = ps.restore(out, keys=ring, plan=plan)
    assert list(back.frame["mail"]) == values
