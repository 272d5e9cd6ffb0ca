"""Every measure against a slow calculation written from its definition."""

from __future__ import annotations

import math
from collections import Counter, defaultdict

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscrub.errors import InputError, UnknownNameError
from piiscrub.risk import coding
from piiscrub.risk.causes import alone_in, column_risks, unique_sets
from piiscrub.risk.classes import Classes, classes, sizes_of_keys
from piiscrub.risk.coding import coded, columns_of, joint
from piiscrub.risk.disclosure import sensitive_risk
from piiscrub.risk.estimate import population_uniques
from piiscrub.risk.grade import grades
from piiscrub.risk.linkage import has_table, recoding, translated
from piiscrub.risk.reidentify import against_population, marketer
from piiscrub.risk.utility import association, column_utility

ROWS = st.lists(
    st.tuples(st.integers(0, 3) | st.none(), st.sampled_from("ab"), st.integers(0, 4), st.sampled_from(["x", "y", "z"])),
    min_size=1,
    max_size=40,
)


def table(rows):
    names = ("q1", "q2", "number", "word")
    return [coded(pa.array([row[at] for row in rows]), name) for at, name in enumerate(names)]


@given(ROWS)
def test_classes_are_rows_equal_in_every_column(rows):
    q1, q2, *_ = table(rows)
    wanted = Counter((row[0], row[1]) for row in rows)
    found = classes([q1, q2])
    assert sorted(found.sizes.tolist()) == sorted(wanted.values())
    assert found.size_of_row.tolist() == [wanted[row[0], row[1]] for row in rows]
    assert sorted(sizes_of_keys(*joint([q1, q2])).tolist()) == sorted(wanted.values())
    assert alone_in([q1, q2]).tolist() == [wanted[row[0], row[1]] == 1 for row in rows]


@given(ROWS)
def test_keys_numbered_anew_are_the_same_classes(rows):
    columns = table(rows)
    wide = classes(columns).size_of_row.tolist()
    room, coding._ROOM = coding._ROOM, 8
    try:
        assert classes(columns).size_of_row.tolist() == wide
    finally:
        coding._ROOM = room


@given(ROWS)
def test_diversity_and_closeness(rows):
    q1, q2, number, word = table(rows)
    groups = defaultdict(list)
    for row in rows:
        groups[row[0], row[1]].append(row)
    for column, at in ((number, 2), (word, 3)):
        values = sorted({row[at] for row in rows})
        whole = Counter(row[at] for row in rows)
        least_l = min(len({row[at] for row in group}) for group in groups.values())
        entropy, recursive, t, alpha = [], [], [], []
        for group in groups.values():
            counts = Counter(row[at] for row in group)
            shares = [counts[v] / len(group) for v in values]
            table_shares = [whole[v] / len(rows) for v in values]
            entropy.append(-sum(p * math.log(p) for p in shares if p))
            falling = sorted(counts.values(), reverse=True)
            recursive.append(falling[0] / sum(falling[least_l - 1 :]) if least_l > 1 else math.inf)
            alpha.append(max(shares))
            differences = [q - p for q, p in zip(shares, table_shares, strict=True)]
            if at == 2:
                moved = np.abs(np.cumsum(differences)).sum()
                t.append(moved / (len(values) - 1) if len(values) > 1 else 0.0)
            else:
                t.append(sum(abs(d) for d in differences) / 2)
        risk = sensitive_risk(classes([q1, q2]), column)
        assert risk.l == least_l
        assert risk.entropy_l == pytest.approx(math.exp(min(entropy)))
        assert risk.recursive_c == pytest.approx(max(recursive))
        assert risk.t == pytest.approx(max(t), abs=1e-12)
        assert risk.alpha == pytest.approx(max(alpha))
        assert risk.exposed == sum(len(g) for g in groups.values() if len({row[at] for row in g}) == 1)


@given(ROWS)
def test_minimal_unique_sets(rows):
    columns = table(rows)
    sets, per_row, _, looked = unique_sets(columns)
    assert looked == len(columns)
    wanted = Counter()
    for at in range(len(rows)):
        minimal = []
        for mask in range(1, 16):
            chosen = tuple(i for i in range(4) if mask >> i & 1)
            if sum(all(other[i] == rows[at][i] for i in chosen) for other in rows) == 1:
                minimal.append(set(chosen))
        minimal = [one for one in minimal if not any(other < one for other in minimal)]
        assert per_row[at] == len(minimal)
        wanted.update(tuple(columns[i].name for i in sorted(one)) for one in minimal)
    assert {one.columns: one.minimal for one in sets} == dict(wanted)


def test_what_a_column_adds():
    age, sex = coded(pa.array([30, 30, 41, 41]), "age"), coded(pa.array(["f", "m", "m", "m"]), "sex")
    first, second = column_risks([age, sex])
    assert (first.distinct, first.unique_without, first.k_without) == (2, 1, 1)
    assert (second.unique, second.unique_without, second.k_without) == (1, 0, 2)


def test_missing_is_a_value_of_its_own():
    column = coded(pa.array([1.0, None, float("nan"), 1.0]))
    assert classes([column]).size_of_row.tolist() == [2, 2, 2, 2]


def test_a_dictionary_with_a_value_twice_and_one_too_many():
    twice = pa.DictionaryArray.from_arrays(pa.array([0, 1, 2]), pa.array(["a", "a", "b", "unused"]))
    assert classes([coded(twice)]).size_of_row.tolist() == [2, 2, 1]


def test_a_repr_shows_no_value():
    assert "secret" not in repr(coded(pa.array(["secret"]), "c"))


def test_wrong_columns_are_named():
    with pytest.raises(UnknownNameError, match="Did you mean 'age'"):
        columns_of(pa.table({"age": [1]}), ["agee"])
    with pytest.raises(InputError, match="list"):
        columns_of(pa.table({"l": [[1]]}), ["l"])


class TestGrades:
    """GB/T 42460-2023 annex D."""

    @staticmethod
    def of(*sizes):
        sizes = np.array(sizes)
        return Classes(np.repeat(np.arange(len(sizes)), sizes), sizes)

    @pytest.mark.parametrize(("sizes", "wanted"), [((20, 40), (3, 3, 3)), ((19, 40), (2, 3, 3)), ((4, 50), (2, 2, 2))])
    def test_by_the_smallest_class(self, sizes, wanted):
        found = grades(self.of(*sizes), direct=False, quasi=True, context=0.5)
        assert tuple(one.grade for one in found) == wanted

    def test_one_class_above_the_threshold_makes_the_risk_one(self):
        public, agreement, enclave = grades(self.of(4, 20, 20, 20), direct=False, quasi=True)
        assert (public.r_a, public.risk, public.r_b) == (0.25, 1.0, 0.25)
        assert agreement.risk == 1.0
        assert (enclave.r_a, enclave.risk) == (0.0, pytest.approx((1 / 4 + 3 / 20) / 4))

    def test_context_lowers_what_is_not_public(self):
        public, agreement, _ = grades(self.of(20, 20), direct=False, quasi=True, context=0.1)
        assert (public.risk, agreement.risk) == (pytest.approx(0.05), pytest.approx(0.005))

    def test_direct_identifiers_are_grade_one_and_nothing_is_grade_four(self):
        assert {one.grade for one in grades(self.of(100), direct=True, quasi=True)} == {1}
        assert {one.grade for one in grades(self.of(100), direct=False, quasi=False)} == {4}


def test_population():
    mine, people = [coded(pa.array(["a", "b", "z"]))], [coded(pa.array(["a", "a", "b", "c", "c"]))]
    found = classes(mine)
    risk, fitting = against_population(found, mine, people)
    assert (risk.k_map, risk.absent, risk.delta_min, risk.delta_max) == (1, 1, 0.0, 1.0)
    assert fitting.tolist() == [2, 1, 1]
    assert marketer(found, fitting) == pytest.approx((1 / 2 + 1 + 1) / 3)


@pytest.mark.parametrize(("rows", "spread"), [(10_000, 0.7), (60_000, 0.7), (60_000, 1.1)])
def test_the_estimate_of_population_uniques_is_near(rows, spread):
    chance = np.random.default_rng(5)
    people = 200_000
    columns = []
    for size in (90, 3000):
        share = 1 / np.arange(1, size + 1) ** spread
        columns.append(chance.choice(size, people, p=share / share.sum()))
    truth = classes([coded(pa.array(one)) for one in columns]).unique
    drawn = chance.choice(people, rows, replace=False)
    found = population_uniques(classes([coded(pa.array(one[drawn])) for one in columns]), people)
    assert found.estimator == ("pitman" if rows == 10_000 else "zayatz")
    assert truth / 2 < found.number < truth * 2


def test_linkage_by_a_table():
    found = has_table([coded(pa.array([1, 1, 2, 3]))], [coded(pa.array([1, 2, 2, 3, 9]))])
    assert (found.people, found.matched, found.reidentified) == (5, 4, 1)
    assert found.expected == pytest.approx(1 / 2 + 1 + 1)


def test_the_attacker_recodes_as_the_table_was():
    raw, wide = coded(pa.array([31, 38, 45, None])), coded(pa.array(["30-39", "30-39", "40-49", None]))
    his = translated(coded(pa.array([38, 45, 77])), raw, wide)
    assert has_table([wide], [his]).matched == 2
    assert recoding(raw, coded(pa.array(["a", "b", "c", "d"]))) is not None
    assert recoding(coded(pa.array([1, 1])), coded(pa.array(["a", "b"]))) is None


def test_cost_of_a_column():
    raw = coded(pa.array(["p", "p", "q", "r"]))
    assert column_utility(raw, raw).ncp == 0
    all_one = column_utility(raw, coded(pa.array(["*"] * 4)))
    assert (all_one.ncp, all_one.distance) == (1.0, pytest.approx(1 / 2 - 1 / 3))
    assert association(raw, coded(pa.array(["same"] * 4))) == 0
