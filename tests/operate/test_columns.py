"""Operators on columns and tables: what stays, what changes, the same for the same plan, another for another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscrub.errors import OperatorError
from piiscrub.model.finding import Finding
from piiscrub.operate.choose import Choose
from piiscrub.operate.conditions import Condition
from piiscrub.operate.date_shift import DateShift
from piiscrub.operate.microaggregate import Microaggregate
from piiscrub.operate.noise import Noise
from piiscrub.operate.pram import Pram
from piiscrub.operate.protocol import ColumnContext
from piiscrub.operate.sample import Sample
from piiscrub.operate.shuffle import Shuffle
from piiscrub.operate.suppress import Suppress, SuppressRows
from piiscrub.operate.swap import Swap
from piiscrub.operate.time_part import TimePart
from piiscrub.operate.truncate import Truncate
from tests.operate.held import KEYS, OTHERS, document, finding

NOON = datetime(1990, 5, 4, 12)
COLUMN = [DateShift(), Noise(scale=10), Microaggregate(), Shuffle(), Swap(), Pram(), Suppress(rare=2)]
amounts = st.lists(st.one_of(st.none(), st.integers(-1000, 1000)), min_size=1, max_size=60)


def context(by: list[Any] | None = None, name: str = "amount", plan: str = "plan", keys: Any = KEYS) -> ColumnContext:
    return ColumnContext(name=name, keys=keys, by=by, plan=plan)


@pytest.mark.parametrize("operator", COLUMN, ids=lambda one: one.name)
@given(amounts)
def test_length_and_missing_cells_stay(operator: Any, values: list[int | None]) -> None:
    before = list(values)
    by = ["a"] * len(values)
    done = operator.column(values, context(by))
    assert values == before
    assert len(done) == len(values)
    assert all(new is None for old, new in zip(values, done, strict=True) if old is None)
    assert done == operator.column(values, context(by))


@pytest.mark.parametrize("operator", [Noise(scale=10), Shuffle(), Swap(percent=50), Pram(keep=0.0)], ids=lambda one: one.name)
def test_chance_follows_key_plan_and_column(operator: Any) -> None:
    values = list(range(200))
    done = operator.column(values, context())
    others = [context(name="other"), context(plan="other"), context(keys=OTHERS)]
    assert all(operator.column(values, one) != done for one in others)


@given(amounts)
def test_shuffle_and_swap_keep_the_values(values: list[int | None]) -> None:
    for operator in (Shuffle(), Swap(percent=100)):
        assert Counter(operator.column(values, context())) == Counter(values)
    grouped = [None if value is None else value % 3 for value in values]
    done = Shuffle().column(values, context(grouped))
    assert [None if value is None else value % 3 for value in done] == grouped


@given(st.lists(st.integers(-(10**6), 10**6), min_size=20, max_size=200, unique=True), st.integers(1, 30))
def test_swap_goes_no_further_than_its_window(values: list[int], percent: int) -> None:
    order = {value: at for at, value in enumerate(sorted(values))}
    window = max(1, round(len(values) * percent / 100))
    for old, new in zip(values, Swap(percent=percent).column(values, context()), strict=True):
        assert abs(order[old] - order[new]) <= window


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=100), st.integers(2, 8))
def test_microaggregates_are_shared_by_k(values: list[int], k: int) -> None:
    as_floats = [float(value) for value in values]
    done = Microaggregate(k=k).column(as_floats, context())
    assert min(Counter(done).values()) >= min(k, len(values))
    assert abs(sum(done) - sum(as_floats)) < 1e-6
    assert len(set(Microaggregate(k=len(values) + 1).column(as_floats, context()))) == 1


def test_noise_is_of_its_scale_and_keeps_types_and_bounds() -> None:
    done = Noise(scale=10, distribution="gaussian").column([0.0] * 4000, context())
    assert 9 < (sum(x * x for x in done) / len(done)) ** 0.5 < 11
    assert all(type(new) is int for new in Noise(scale=5).column([1, 2, 3], context()))
    decimals = Noise(scale=5).column([Decimal("1.50"), "2.5", "3"], context())
    assert decimals[0].as_tuple().exponent == -2
    assert len(decimals[1].partition(".")[2]) == 1
    assert "." not in decimals[2]
    bounded = Noise(scale=100, low=0, high=5).column([3.0] * 200, context())
    assert min(bounded) == 0.0
    assert max(bounded) == 5.0
    with pytest.raises(OperatorError, match=r"noise: row 1 holds no number\.$"):
        Noise().column([1, "x"], context())


@given(st.lists(st.tuples(st.sampled_from("abc"), st.dates(date(1950, 1, 1), date(2030, 1, 1))), min_size=1, max_size=30))
def test_a_person_moves_alike_and_intervals_stay(rows: list[tuple[str, date]]) -> None:
    who = [one for one, _ in rows]
    days = [day for _, day in rows]
    done = DateShift(days=30).column(days, context(who, name="visit"))
    texts = DateShift(days=30).column([str(day) for day in days], context(who, name="birth"))
    assert texts == [str(day) for day in done]
    offsets = {(one, (new - old).days) for one, old, new in zip(who, days, done, strict=True)}
    assert len(offsets) == len(set(who))
    assert all(1 <= abs(offset) <= 30 for _, offset in offsets)
    weeks = DateShift(days=30, weekdays=True).column(days, context(who))
    assert all((new - old).days % 7 == 0 for old, new in zip(days, weeks, strict=True))


def test_dates_keep_their_form() -> None:
    forms = [
        "1990-05-04 12:30:00",
        "1990年5月4日",
        "19900504",
        "05/04/1990",
        "4.5.1990",
        "4 May 1990",
        datetime(1990, 5, 4, 12),
        "soon",
    ]
    done = DateShift(days=3).column(forms, context(["a"] * len(forms)))
    assert [len(str(one)) for one in done[:3]] == [19, 9, 8]
    assert done[0].endswith(" 12:30:00") and done[1].endswith("日")
    assert done[3][2] == done[3][5] == "/" and done[4].count(".") == 2
    assert done[5].count("-") == 2 and done[6].hour == 12 and done[7] is None
    assert DateShift().column(["1990-05-04"], context([None])) == [None]
    assert DateShift().column(["1990-05-04"] * 2, context(["", float("nan")])) == [None, None]
    with pytest.raises(OperatorError, match="whose dates these are"):
        DateShift().column(["1990-05-04"], context())


def test_a_person_is_the_same_person_where_the_number_went_through_a_float() -> None:
    same = [1001, 1001.0, "1001", "1001.0", Decimal("1001.00"), " 1001"]
    assert len(set(DateShift().column(["1990-05-04"] * len(same), context(same)))) == 1
    whole = list(range(40))
    by_number = Sample(fraction=0.5, by="id").keep_rows({"id": whole}, 40, KEYS)
    assert (Sample(fraction=0.5, by="id").keep_rows({"id": [float(n) for n in whole]}, 40, KEYS) == by_number).all()


def test_dates_as_numbers_are_dates() -> None:
    done = DateShift(days=3).column([19900504, 19900504.0, 123, True], context(["a"] * 4))
    assert done[0] == done[1] != 19900504 and [type(one) for one in done[:2]] == [int, float]
    assert done[2:] == [None, None]


def test_dates_that_could_be_read_two_ways_are_read_as_the_others_of_their_column() -> None:
    forms = ["05/04/1990", "06/04/1990", "30/04/1990 10:00"]
    done = [day.partition(" ")[0].split("/") for day in DateShift(days=30).column(forms, context(["a"] * 3))]
    one, next_day, last = (date(int(year), int(month), int(day)) for day, month, year in done)
    assert ((next_day - one).days, (last - one).days) == (1, 25)


def test_numbers_of_many_digits_are_compared_exactly() -> None:
    account = 6222021234567890128
    cells = [account, account + 1, str(account + 1), Decimal(account + 1)]
    assert Suppress(when=f"value = {account}").column(cells, context()) == [None, *cells[1:]]
    assert Suppress(when="value = 0.1").column([0.1, Decimal("0.1"), "0.10"], context()) == [None] * 3


def test_pram_keeps_the_share_it_is_told() -> None:
    values = ["甲", "乙"] * 2000
    done = Pram(keep=0.6).column(values, context())
    assert 0.76 < sum(a == b for a, b in zip(values, done, strict=True)) / len(values) < 0.84  # 0.6 and half of the rest
    assert set(done) == set(values)
    assert Pram(keep=1.0).column(values, context()) == values


CONDITIONS: list[tuple[str, Mapping[str, Any], bool]] = [
    ("age > 90", {"age": 91}, True),
    ("age > 90", {"age": "90"}, False),
    ("age >= 90 and city = 上海", {"age": 90, "city": "上海"}, True),
    ("age > 90 or (city = '上 海' and not amount < 1e3)", {"age": 1, "city": "上 海", "amount": "1,000"}, True),
    ("born < 2010-01-01", {"born": date(2009, 12, 31)}, True),
    ("born < 2010-01-01", {"born": "2010年1月1日"}, False),
    ('name contains "and"', {"name": "brandy"}, True),
    ("name != x", {"name": "y"}, True),
    ("name != x", {"name": None}, False),
    ("name missing", {"name": ""}, True),
    ("name exists", {"name": float("nan")}, False),
    ("'and' = 'or'", {"and": "or"}, True),
]


@pytest.mark.parametrize(("text", "row", "expected"), CONDITIONS, ids=range(len(CONDITIONS)))
def test_conditions(text: str, row: Mapping[str, Any], expected: bool) -> None:
    assert Condition("suppress", text).holds(row.get) is expected


@pytest.mark.parametrize(
    "text", ["", "age", "age >", "age > 90 and", "(age > 90", "age > 90 )", "age ~ 90", "> 90", "age > 'x", "age > 90 city = x"]
)
def test_unreadable_conditions_are_refused(text: str) -> None:
    with pytest.raises(OperatorError, match="suppress: the condition cannot be read at"):
        Condition("suppress", text)


def test_cells_and_rows_are_suppressed() -> None:
    assert Suppress().column([1, None, "x"], context()) == [None, None, None]
    assert Suppress(when="value > 1 and by = f").column([1, 2, 3], context(["f", "f", "m"])) == [1, None, 3]
    assert Suppress(rare=2).column(["a", "b", "a"], context()) == ["a", None, "a"]
    with pytest.raises(OperatorError, match="called value"):
        Suppress(when="age > 1")
    with pytest.raises(OperatorError, match="names a column 'by'"):
        Suppress(when="by = 1").column([1], context())
    rows = SuppressRows(when="age > 90 or age missing").keep_rows({"age": [91, 15, None]}, 3, KEYS)
    assert rows.tolist() == [False, True, False]
    with pytest.raises(OperatorError, match="a column 'agee', which the table does not have"):
        SuppressRows(when="agee > 90").keep_rows({"age": [1]}, 1, KEYS)


def test_samples_are_of_their_size_and_keep_people_whole() -> None:
    assert 150 < int(Sample(fraction=0.2).keep_rows({}, 1000, KEYS).sum()) < 250
    who = [str(n % 100) for n in range(1000)]
    kept = Sample(fraction=0.3, by="who").keep_rows({"who": who}, 1000, KEYS)
    assert {sum(kept[n::100]) for n in range(100)} == {0, 10}
    again = Sample(fraction=0.3, by="who").keep_rows({"who": who[::-1]}, 1000, KEYS)
    assert kept.tolist() == again.tolist()[::-1]
    assert int(Sample(fraction=1.0).keep_rows({}, 5, KEYS).sum()) == 5


def test_parts_cuts_and_words() -> None:
    parts = {"year": "2024", "quarter": "2", "month": "5", "week": "18", "day": "4", "weekday": "6", "hour": "13"}
    for part, expected in parts.items():
        assert TimePart(part=part)("2024年5月4日13:30", finding("DATE_TIME")) == expected
    assert TimePart()("soon", finding("DATE_TIME")) == "*"
    assert Truncate(length=2).many(["E11.9", "E1"], "X", document()) == ["E1", "*"]
    assert Truncate(length=2, end=True).many(["E11.9"], "X", document()) == [".9"]
    drawn = Choose(words="甲|乙|丙").many([str(n) for n in range(300)], "OCCUPATION", document())
    assert min(Counter(drawn).values()) > 60 and len(set(drawn)) == 3


@pytest.mark.parametrize("operator", [*COLUMN, SuppressRows(), Sample()], ids=lambda one: one.name)
def test_they_do_not_work_on_a_value_in_a_text(operator: Any) -> None:
    with pytest.raises(OperatorError, match=f"{operator.name}: this operator works on"):
        operator("a", Finding("PERSON", 0, 1, 0.9, "test"))


@pytest.mark.parametrize(
    "build",
    [
        lambda: DateShift(days=0), lambda: DateShift(days=5, weekdays=True), lambda: Noise(scale=0), lambda: Noise(low=2, high=1),
        lambda: Noise(distribution="uniform"), lambda: Microaggregate(k=1), lambda: Swap(percent=0), lambda: Pram(keep=1.5),
        lambda: Sample(fraction=-0.1), lambda: Truncate(length=0), lambda: Choose(words="a"), lambda: TimePart(part="second"),
        lambda: Suppress(rare=-1), lambda: SuppressRows(when="x"),
    ],
    ids=range(14),
)  # fmt: skip
def test_wrong_parameters_are_refused(build: Any) -> None:
    with pytest.raises(OperatorError):
        build()
