"""Encrypted cells that looked like formulas went out with a ', and come back without it."""

from __future__ import annotations

import pandas as pd

import piiscrub as ps
from piiscrub.cli import main
from piiscrub.model.plan import ColumnPlan, SharePlan, TablePlan
from piiscrub.model.policy import OperatorSpec
from piiscrub.table.not_back import not_back


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


def test_a_file_with_placeholders_comes_back_by_its_plan_byte_for_byte(tmp_path):
    text = "name,note,code\n张伟,-1+2 13800138000,=A1\n张伟,'=13800138000,'=A1\n王芳,none,7\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8", newline="")
    ring = ps.KeyRing.new(tmp_path / "key")
    columns = (
        ColumnPlan(position=0, name="name", entity="PERSON", action="transform", operator=OperatorSpec.of("replace")),
        ColumnPlan(position=1, name="note", action="spans"),
        ColumnPlan(position=2, name="code", action="keep"),
    )
    plan = ps.plan(tmp_path / "a.csv").replace(tables=(TablePlan(columns=columns),))
    plan.save(tmp_path / "plan.toml")
    with ps.Vault(tmp_path / "vault", ring) as vault:
        done = ps.apply(tmp_path / "a.csv", plan, out=tmp_path / "b.csv", keys=ring, vault=vault, scope="s")
    assert done.defused == 2
    options = ["--keys", tmp_path / "key", "--vault", tmp_path / "vault", "--scope", "s", "--plan", tmp_path / "plan.toml"]
    assert main(["restore", str(tmp_path / "b.csv"), "-o", str(tmp_path / "c.csv"), *map(str, options)]) == 0
    assert (tmp_path / "c.csv").read_text(encoding="utf-8") == text


def test_numbers_of_a_vault_are_not_told_to_be_one_way():
    numbered = ColumnPlan(position=0, name="name", action="transform", operator=OperatorSpec.of("replace"))
    fixed = ColumnPlan(position=1, name="note", action="transform", operator=OperatorSpec.of("replace", text="x"))
    plan = TablePlan(columns=(numbered, fixed))
    told = {vaulted: [(one.action, one.why, one.columns) for one in not_back(plan, vaulted=vaulted)] for vaulted in (True, False)}
    assert told == {True: [("replace", "one-way", 1)], False: [("replace", "one-way", 1), ("replace", "no-vault", 1)]}
