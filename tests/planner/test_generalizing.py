"""A plan for a target: it is reached, with the least loss there is, and repeatably."""

from __future__ import annotations

import dataclasses
from collections import Counter
from itertools import product

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import piiscrub as ps
from piiscrub.errors import InputError, OperatorError, UnknownNameError
from piiscrub.planner.assessing import typed
from piiscrub.planner.ladders import kind_of, ladder, steps_for
from piiscrub.risk.classes import classes_of_codes
from piiscrub.risk.coding import coded
from piiscrub.risk.lattice import Ladder, Target, safe_classes, search
from piiscrub.risk.mondrian import partition


def people(rows=400):
    chance = np.random.default_rng(3)
    return pd.DataFrame(
        {
            "age": chance.integers(18, 80, rows),
            "district": chance.choice(["440305", "440306", "440104", "110105"], rows),
            "born": pd.to_datetime(chance.integers(0, 20000, rows), unit="D"),
            "visits": chance.integers(0, 5, rows),
            "illness": chance.choice(["cold", "flu", "fracture"], rows),
        }
    )


def group_sizes(frame, columns):
    return Counter(map(tuple, frame[columns].astype(str).itertuples(index=False)))


def test_the_target_is_reached_within_the_bound():
    frame = people()
    quasi = ["age", "district", "born"]
    plan = ps.generalize(frame, quasi=quasi, k=5, max_suppression=0.1, sensitive=["illness"])
    done = ps.apply(frame, plan)
    left = [name for name in quasi if name in done.frame]
    assert min(group_sizes(done.frame, left).values()) >= 5
    assert len(frame) - len(done.frame) <= 0.1 * len(frame)
    assert done.frame["illness"].isin(["cold", "flu", "fracture"]).all()
    report = ps.assess(done, quasi=left, before=frame)
    assert report.k >= 5
    assert report.utility.suppressed <= 0.1


def test_l_and_t_are_reached():
    frame = people()
    plan = ps.generalize(frame, quasi=["age", "district"], k=3, l=3, t=0.35, sensitive=["illness"], max_suppression=0.2)
    done = ps.apply(frame, plan)
    left = [name for name in ("age", "district") if name in done.frame]
    report = ps.assess(done, quasi=left, sensitive=["illness"])
    assert report.k >= 3
    assert report.l >= 3
    assert report.t <= 0.35 + 1e-9
    assert len(done.frame) == len(frame)


def test_a_plan_is_saved_and_repeated_on_other_rows(tmp_path):
    frame = people()
    plan = ps.generalize(frame, quasi=["age", "district", "born"], k=4)
    plan.save(tmp_path / "k4.toml")
    tomorrow = people(700).iloc[400:]
    done = ps.apply(tomorrow, ps.load_plan(tmp_path / "k4.toml"))
    left = [name for name in ("age", "district", "born") if name in done.frame]
    assert not len(done.frame) or min(group_sizes(done.frame, left).values()) >= 4
    assert ps.generalize(people(), quasi=["age", "district", "born"], k=4) == plan


def test_a_file_gives_the_same_plan_as_its_frame(tmp_path):
    frame = people()[["age", "district"]]
    frame.to_csv(tmp_path / "people.csv", index=False)
    of_file = ps.generalize(tmp_path / "people.csv", quasi=["age", "district"], k=10)
    of_frame = ps.generalize(frame, quasi=["age", "district"], k=10)
    assert [one.operator for one in of_file.columns] == [one.operator for one in of_frame.columns]
    assert ps.assess(tmp_path / "people.csv", quasi=["age"]).k == ps.assess(frame, quasi=["age"]).k


def test_a_hierarchy_from_a_file(tmp_path):
    (tmp_path / "jobs.csv").write_text(
        "surgeon,doctor,health\nphysician,doctor,health\nnurse,care,health\npilot,crew,transport\n"
    )
    frame = pd.DataFrame({"job": ["surgeon", "physician", "nurse", "nurse", "pilot", "pilot"]})
    plan = ps.generalize(frame, quasi=["job"], k=2, hierarchies={"job": str(tmp_path / "jobs.csv")})
    assert ps.apply(frame, plan).frame["job"].tolist() == ["doctor", "doctor", "care", "care", "crew", "crew"]


def sizes(frame, columns):
    """Counted by pandas, a missing cell as a value of its own."""
    return frame.groupby([name for name in columns if name in frame], dropna=False).size()


def distances(frame, columns, secret):
    """The distance of each group for words, written down a second time."""
    whole = frame[secret].value_counts(normalize=True)
    for _, inside in frame.groupby([name for name in columns if name in frame], dropna=False):
        yield float((inside[secret].value_counts(normalize=True).reindex(whole.index, fill_value=0) - whole).abs().sum() / 2)


@pytest.mark.parametrize("method", ["levels", "mondrian"])
def test_cells_are_emptied_instead_of_rows_left_out(tmp_path, method):
    frame = people(800)
    quasi = ["age", "district", "visits"]
    plan = ps.generalize(
        frame,
        quasi=quasi,
        k=5,
        l=2,
        sensitive=["illness"],
        suppress="cells",
        weights={"age": 3},
        max_suppression=0.1,
        method=method,
    )
    plan.save(tmp_path / "cells.toml")
    assert 'name = "suppress_cells"' in (tmp_path / "cells.toml").read_text("utf-8")
    plan = ps.load_plan(tmp_path / "cells.toml")
    before = frame.copy(deep=True)
    done = ps.apply(frame, plan)
    pd.testing.assert_frame_equal(frame, before)
    lost = sum(column.emptied for column in done.evidence.columns)
    assert sizes(done.frame, quasi).min() >= 5
    report = ps.assess(done, quasi=quasi, sensitive=["illness"], before=frame)
    assert (report.k, report.l >= 2) == (sizes(done.frame, quasi).min(), True)
    touched = done.frame[[name for name in quasi if name in done.frame]].isna().any(axis=1).sum()
    assert touched + len(frame) - len(done.frame) <= 0.1 * len(frame)
    assert done.frame["illness"].notna().all()
    if method == "levels":
        assert lost > 0
        rows = ps.generalize(frame, quasi=quasi, k=5, l=2, sensitive=["illness"], weights={"age": 3}, max_suppression=0.1)
        left_out = ps.assess(ps.apply(frame, rows), quasi=quasi, before=frame)
        assert report.utility.ncp <= left_out.utility.ncp
        assert report.utility.suppressed < left_out.utility.suppressed
    tomorrow = people(900).iloc[800:]
    again = ps.apply(tomorrow, plan)
    assert sizes(again.frame, quasi).min() >= 5
    assert ps.apply(tomorrow, plan).frame.equals(again.frame)


@settings(max_examples=25)
@given(
    rows=st.integers(8, 60),
    seed=st.integers(0, 9999),
    k=st.integers(2, 5),
    l=st.sampled_from([None, 2]),
    t=st.sampled_from([None, 0.3]),
    bound=st.sampled_from([0.0, 0.2, 0.6]),
)
def test_whatever_the_table_the_target_is_reached_within_the_bound(rows, seed, k, l, t, bound):  # noqa: E741  # the name the measure has
    chance = np.random.default_rng(seed)
    frame = pd.DataFrame({"age": chance.integers(20, 60, rows), "visits": chance.integers(0, 4, rows).astype(float)})
    frame.loc[chance.random(rows) < 0.1, "visits"] = np.nan
    frame["illness"] = chance.choice(["cold", "flu", "fracture"], rows, p=[0.6, 0.3, 0.1])
    quasi = ["age", "visits"]
    try:
        plan = ps.generalize(frame, quasi=quasi, k=k, l=l, t=t, sensitive=["illness"], suppress="cells", max_suppression=bound)
    except InputError:
        assert rows < k or frame["illness"].nunique() < (l or 1)
        return
    done = ps.apply(frame, plan)
    left = [name for name in quasi if name in done.frame]
    whole = dataclasses.replace(plan, tables=(dataclasses.replace(plan.tables[0], rows=()),))
    kept = np.ones(rows, bool) if done.kept_rows is None else done.kept_rows
    before = ps.apply(frame, whole).frame[kept].isna().to_numpy()
    touched = (done.frame.isna().to_numpy() & ~before).any(axis=1).sum()
    assert touched + rows - len(done.frame) <= bound * rows + 1e-9
    if left:
        assert sizes(done.frame, left).min() >= k
        if t is not None:
            assert len(done.frame) == rows
            assert max(distances(done.frame, left, "illness")) <= t + 1e-9
        assert ps.assess(done, quasi=left, sensitive=["illness"]).k >= k


def test_with_t_cells_cost_less_than_leaving_nobody_out():
    frame = people(600)
    quasi = ["age", "district", "visits"]
    asked = {"quasi": quasi, "k": 5, "t": 0.3, "sensitive": ["illness"], "max_suppression": 0.1}
    cells, rows = ps.generalize(frame, **asked), ps.generalize(frame, **asked, suppress="rows")
    assert [one.tables[0].rows[0].name for one in (cells, rows)] == ["suppress_cells", "min_group"]
    cost = [ps.assess(ps.apply(frame, one), quasi=quasi, before=frame).utility.ncp for one in (cells, rows)]
    assert cost[0] < cost[1]
    done = ps.apply(frame, cells)
    assert len(done.frame) == len(frame)
    assert max(distances(done.frame, quasi, "illness")) <= 0.3 + 1e-9


def test_t_holds_tomorrow_or_nothing_goes_out():
    frame = people(600)
    asked = {"quasi": ["age", "district"], "k": 5, "t": 0.2, "sensitive": ["illness"]}
    tomorrow = people(200)
    tomorrow["illness"] = np.where(tomorrow["district"] == "440305", "cold", "flu")
    done = ps.apply(tomorrow, ps.generalize(frame, **asked))
    assert max(distances(done.frame, ["age", "district"], "illness")) <= 0.2 + 1e-9
    plan = ps.generalize(frame, **asked, suppress="rows")
    kept = [one.name for one in plan.columns if one.action != "drop"]
    tomorrow["illness"] = np.where(np.arange(200) < 100, "cold", "flu")
    tomorrow["district"] = np.where(np.arange(200) < 100, "440305", "110105")
    if "district" in kept:
        with pytest.raises(OperatorError, match="no row can be left out"):
            ps.apply(tomorrow, plan)
    else:
        assert max(distances(ps.apply(tomorrow, plan).frame, ["age"], "illness")) <= 0.2 + 1e-9


def test_weights_choose_what_is_spared():
    frame = people()[["age", "visits"]]
    spare_age = ps.generalize(frame, quasi=["age", "visits"], k=8, weights={"age": 50})
    spare_visits = ps.generalize(frame, quasi=["age", "visits"], k=8, weights={"visits": 50})
    assert spare_age.columns[0].operator != spare_visits.columns[0].operator


def test_kinds_are_found_out():
    def kind(values, name="x"):
        return kind_of(coded(typed(pa.array(values)), name))

    assert kind([1, 2], "age") == kind(["31", "45"], "年龄") == "age"
    assert kind(["440305", "110105"]) == "division"
    assert kind(["1990-05-01", "1991年6月2日"]) == "date"
    assert kind(["62704", "10001"], "zip") == "postcode"
    assert kind([1.5, 2.5]) == "number"
    assert kind(["red", "blue"]) == "none"
    coordinates = coded(pa.array([31.2, 121.5]), "x")
    assert kind_of(coordinates, "LOCATION") == "number"
    assert kind_of(coded(pa.array(["440305", "110105"]), "x"), "LOCATION") == "division"
    assert kind_of(coded(pa.array(["深圳市南山区"]), "x"), "LOCATION") == "address"


def test_codes_are_no_quantities():
    column = coded(typed(pa.array(["440305", "440306", "110105"])), "x")
    assert column.numeric
    assert ladder(column, steps_for(column))[0].penalty[1].tolist() == [0.5, 0.5, 0.0]


def test_every_rung_merges_the_one_below():
    column = coded(pa.array([*range(17, 95), None]), "age")
    rungs, operators = ladder(column, steps_for(column))
    assert [one.arguments()["width"] for one in operators if one] == [5, 10, 20, 40]
    for fine, coarse in zip(rungs.codes, rungs.codes[1:], strict=False):
        assert len(set(zip(fine.tolist(), coarse.tolist(), strict=True))) == len(set(fine.tolist()))
    for fine, coarse in zip(rungs.penalty, rungs.penalty[1:], strict=False):
        assert (fine <= coarse + 1e-12).all()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"quasi": "age"}, "list of column names"),
        ({"quasi": ["age"], "k": 1}, "at least 2"),
        ({"quasi": ["age"], "l": 2}, "sensitive"),
        ({"quasi": ["age"], "max_suppression": 1.0}, "max_suppression"),
        ({"quasi": ["age"], "k": 1000}, "cannot be reached"),
        ({"quasi": ["age"], "hierarchies": {"age": "nowhere.csv"}}, "path of a file"),
        ({"quasi": ["age", "age"]}, "twice"),
        ({"quasi": ["age"], "k": "5"}, "whole number"),
        ({"quasi": ["age"], "k": 5.5}, "whole number"),
        ({"quasi": ["age"], "weights": {"age": -1}}, "above 0"),
        ({"quasi": ["age"], "weights": {"age": "x"}}, "above 0"),
        ({"quasi": ["age"], "suppress": "columns"}, "'rows' or 'cells'"),
    ],
)
def test_what_makes_no_sense_is_said(wrong, said):
    with pytest.raises(InputError, match=said):
        ps.generalize(people(50), **wrong)


def test_an_unknown_column_is_named():
    with pytest.raises(UnknownNameError, match="Did you mean 'age'"):
        ps.generalize(people(50), quasi=["agee"])


def small_lattice(rows, seed, branch):
    """Columns of up to 8 values, each level joining ``branch`` codes of the one below."""
    chance = np.random.default_rng(seed)
    ladders = []
    for at, size in enumerate((8, 5, 4)):
        share = 1 / np.arange(1, size + 1)
        codes = chance.choice(size, rows, p=share / share.sum()).astype(np.int64)
        maps = [np.arange(size)]
        while maps[-1].max() > 0:
            maps.append(maps[-1] // branch)
        widths = [((np.bincount(one) - 1) / (size - 1))[one] for one in maps]
        ladders.append(
            Ladder(
                f"c{at}",
                tuple(one[codes] for one in maps),
                tuple(int(one.max()) + 1 for one in maps),
                tuple(one[codes] for one in widths),
            )
        )
    return ladders, coded(pa.array(chance.integers(0, 3, rows)), "s")


@settings(max_examples=60)
@given(
    rows=st.integers(2, 120),
    seed=st.integers(0, 10_000),
    branch=st.integers(2, 3),
    k=st.integers(2, 6),
    l=st.sampled_from([None, 2]),
    t=st.sampled_from([None, 0.4]),
    suppression=st.sampled_from([0.0, 0.05, 0.3]),
    weight=st.sampled_from([1.0, 4.0]),
)
def test_the_loss_is_that_of_a_full_search(rows, seed, branch, k, l, t, suppression, weight):  # noqa: E741  # the name the measure has
    ladders, sensitive = small_lattice(rows, seed, branch)
    target = Target(k=k, l=l, t=t, max_suppression=suppression)
    weights = [weight, 1.0, 1.0]
    allowed = 0 if t is not None else int(suppression * rows + 1e-9)
    best = None
    for node in product(*(range(one.height) for one in ladders)):
        found = classes_of_codes([(one.codes[at], one.sizes[at]) for one, at in zip(ladders, node, strict=True)])
        safe = safe_classes(found, target, [sensitive])[found.of]
        if (~safe).sum() > allowed:
            continue
        penalty = sum(w * one.penalty[at] for w, one, at in zip(weights, ladders, node, strict=True)) / sum(weights)
        loss = float(np.where(safe, penalty, 1.0).mean())
        best = loss if best is None else min(best, loss)
    got = search(ladders, target, sensitive=[sensitive], weights=weights)
    climbed = search(ladders, target, sensitive=[sensitive], weights=weights, most_nodes=0)
    if best is None:
        assert got is None
        assert climbed is None
    else:
        assert got.loss == pytest.approx(best)
        assert got.optimal
        assert climbed.loss >= got.loss - 1e-12
        assert (~got.kept).sum() <= allowed


@settings(max_examples=60)
@given(
    rows=st.integers(2, 100),
    seed=st.integers(0, 10_000),
    k=st.integers(2, 6),
    t=st.sampled_from([0.15, 0.4]),
    suppression=st.sampled_from([0.05, 0.3, 0.6]),
    salt=st.integers(0, 9),
)
def test_where_cells_may_be_emptied_for_t_no_node_is_overlooked(rows, seed, k, t, suppression, salt):
    ladders, sensitive = small_lattice(rows, seed, 2)
    target = Target(k=k, t=t, max_suppression=suppression)

    def mend(node):
        return hash((salt, *map(int, node))) % 3 > 0

    best = None
    for node in product(*(range(one.height) for one in ladders)):
        found = classes_of_codes([(one.codes[at], one.sizes[at]) for one, at in zip(ladders, node, strict=True)])
        safe = safe_classes(found, target, [sensitive])[found.of]
        if (~safe).sum() > int(suppression * rows + 1e-9) or not (safe.all() or mend(node)):
            continue
        penalty = sum(one.penalty[at] for one, at in zip(ladders, node, strict=True)) / 3
        loss = float(np.where(safe, penalty, 1.0).mean())
        best = loss if best is None else min(best, loss)
    got = search(ladders, target, sensitive=[sensitive], mend=mend)
    assert (got is None) == (best is None)
    assert got is None or got.loss == pytest.approx(best)


@settings(max_examples=40)
@given(rows=st.integers(10, 200), seed=st.integers(0, 9999), k=st.integers(2, 6), l=st.sampled_from([None, 2]))
def test_every_region_meets_the_target(rows, seed, k, l):  # noqa: E741  # the name the measure has
    chance = np.random.default_rng(seed)
    columns = [coded(pa.array(chance.integers(0, size, rows))) for size in (40, 5, 2)]
    sensitive = coded(pa.array(chance.integers(0, 3, rows)))
    found = partition(columns, Target(k=k, l=l), sensitive=[sensitive])
    if found is None:
        assert rows < k or len(set(sensitive.codes.tolist())) < (l or 1)
        return
    for region in set(found.of.tolist()):
        inside = found.of == region
        assert inside.sum() >= k
        assert len(set(sensitive.codes[inside].tolist())) >= (l or 1)


def test_regions_are_a_plan_too(tmp_path):
    frame = people(600)
    frame.loc[::50, "visits"] = None
    quasi = ["age", "district", "born", "visits"]
    plan = ps.generalize(frame, quasi=quasi, k=5, l=2, t=0.6, sensitive=["illness"], method="mondrian")
    plan.save(tmp_path / "regions.toml")
    done = ps.apply(frame, ps.load_plan(tmp_path / "regions.toml"))
    left = [name for name in quasi if name in done.frame]
    assert min(group_sizes(done.frame, left).values()) >= 5
    assert len(done.frame) == 600
    regions = ps.assess(done, quasi=quasi, sensitive=["illness"], before=frame)
    assert regions.l >= 2
    levels = ps.apply(frame, ps.generalize(frame, quasi=quasi, k=5, sensitive=["illness"]))
    assert regions.utility.ncp < ps.assess(levels, quasi=quasi, before=frame).utility.ncp
    strange = pd.DataFrame(
        {
            "age": [500] * 6,
            "district": ["x"] * 6,
            "born": pd.to_datetime(["2099-01-01"] * 6),
            "visits": [None] * 6,
            "illness": ["new"] * 6,
        }
    ).astype(frame.dtypes.to_dict())
    assert len(ps.apply(strange, ps.generalize(frame, quasi=quasi, k=5, sensitive=["illness"], method="mondrian")).frame) == 6
