"""A plan made from a table says what could still be joined, in its file and on its page; one made from a profile does not."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

import piiscrub as ps
from piiscrub.errors import DefinitionError
from piiscrub.model.plan import Joining
from piiscrub.planner.writing import text
from piiscrub.table.frame import Table


def people(rows: int = 300) -> pd.DataFrame:
    chance = random.Random(2)
    return pd.DataFrame(
        {
            "手机号": [f"142{chance.randrange(10**8):08d}" for _ in range(rows)],
            "年龄": [chance.randint(18, 90) for _ in range(rows)],
            "性别": [chance.choice("男女") for _ in range(rows)],
            "备注": ["请回电"] * rows,
        }
    )


@pytest.fixture(scope="module")
def plan():
    return ps.plan(people(), policy="pipl-share", recipient="Example Ltd")


def test_the_plan_says_what_carrying_it_out_then_finds(plan) -> None:
    found = plan.tables[0].joining
    assert found is not None and found.rows == 300 and 0 < found.linked < 1
    done = ps.apply(people(), plan).evidence.joining
    assert (found.columns, found.linked, found.linked_by_any, found.bound) == (
        done.columns, done.linked, done.linked_by_any, done.bound,
    )  # fmt: skip  # one line reads best
    assert found.matched == done.matched


def test_it_stands_in_the_file_and_on_the_page(plan, tmp_path: Path) -> None:
    plan.save(tmp_path / "plan.toml")
    written = (tmp_path / "plan.toml").read_text(encoding="utf-8")
    assert ps.load_plan(tmp_path / "plan.toml") == plan
    found = plan.tables[0].joining
    for said in ("[tables.joining]", f"linked = {found.linked}", f"{found.linked:.1%} of the rows are alone", "独一无二"):
        assert said in written
    assert f"{found.linked:.1%} of the rows are alone" in plan._repr_html_()
    done = ps.apply(people(), plan)
    assert f"{found.linked:.1%} of the rows are alone" in done._repr_html_()
    assert json.loads(done.evidence.to_json())["joining"]["linked"] == found.linked


def test_above_the_bound_it_is_a_warning(tmp_path: Path) -> None:
    kept = ps.plan(people(40), policy="pipl-share")
    assert kept.tables[0].joining.warns
    assert "More than 1% of the rows can be joined" in text(kept)
    assert "More than 1%" not in text(ps.plan(people(40), policy="balanced"))


def test_a_profile_alone_measures_nothing() -> None:
    assert ps.plan(ps.profile(people())).tables[0].joining is None


def test_a_file_is_measured_table_by_table(tmp_path: Path) -> None:
    with pd.ExcelWriter(tmp_path / "book.xlsx") as book:
        people(50).to_excel(book, sheet_name="客户", index=False)
        pd.DataFrame({"年龄": [30] * 20}).to_excel(book, sheet_name="员工", index=False)
    one, other = ps.plan(tmp_path / "book.xlsx", policy="pipl-share").tables
    assert (one.joining.rows, other.joining.rows) == (50, 20)
    assert one.joining.linked > other.joining.linked == 0.0


def test_chance_of_an_operator_does_not_change_the_plan() -> None:
    frame = people(60)
    assert text(ps.plan(frame, policy="pipl-share")) == text(ps.plan(frame, policy="pipl-share"))


def test_a_hostile_header_stays_in_its_line(tmp_path: Path) -> None:
    table = Table.of({"年龄\nlinked = 2\x07": [30, 31], "age": [30, 31]})
    made = ps.plan(table.to_arrow(), policy="pipl-share")
    made.save(tmp_path / "plan.toml")
    assert ps.load_plan(tmp_path / "plan.toml").tables[0].joining == made.tables[0].joining


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("linked = 2", r"joining\.linked"),
        ('rows = "x"', r"joining\.rows"),
        ("columns = 3", r"joining\.columns"),
        ("linkt = 0.1", "linked"),
    ],
)
def test_a_wrong_one_is_refused(line: str, wrong: str) -> None:
    from piiscrub.planner.reading import plan_from

    with pytest.raises(DefinitionError, match=wrong):
        plan_from(f"format = 1\n[[tables]]\n[tables.joining]\n{line}")


def test_nothing_readable_nothing_joined() -> None:
    made = ps.plan(people(50), policy="pipl-erasure").tables[0].joining
    assert made == Joining(rows=0) or (made.linked, made.linked_by_any, made.columns) == (0.0, 0.0, ())


def test_columns_without_a_name_are_told_by_their_position_and_none_is_said_to_be_none() -> None:
    from piiscrub.planner.joining import joining
    from piiscrub.planner.making import make
    from piiscrub.registry.policies import load_policy
    from piiscrub.render.joining import sentences
    from piiscrub.table.profile.profile import profile

    table = Table(("", "备注"), (pa.array([f"142{n:08d}" for n in range(60)]), pa.array(["请回电"] * 60)))
    found = joining(table, make(profile(table), policy="pipl-share").tables[0], load_policy("pipl-share"))
    assert found is not None and [name for name, _ in found.matched] == ["#0"]
    told = list(sentences(found, "en"))
    assert "#0 " in told[-1] and not any("(–)" in one for one in told)
    assert any("free text is not counted" in one for one in told)
