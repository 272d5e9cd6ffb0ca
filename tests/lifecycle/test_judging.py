"""Retention, row by row: no held row is ever overdue, and no overdue row is missed."""

from __future__ import annotations

from datetime import date, timedelta

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from piiscrub.errors import DefinitionError, InputError, PlanError
from piiscrub.lifecycle.judging import Judge, Status, Tally
from piiscrub.lifecycle.periods import Period, read_date
from piiscrub.lifecycle.retention import retention
from piiscrub.lifecycle.rules import Hold, Minimum, RetentionRules, Rule, minimums, read

TODAY = date(2026, 11, 22)
days = st.dates(min_value=date(1990, 1, 1), max_value=date(2040, 12, 31))
periods = st.builds(Period, months=st.integers(0, 240), days=st.integers(0, 60))
rule = st.builds(
    Rule,
    id=st.just("r"),
    table=st.just("*"),
    basis=st.sampled_from(["a", "b"]),
    period=periods,
    minimums=st.lists(st.builds(Minimum, id=st.just("m"), period=periods, source=st.just("law")), max_size=2).map(tuple),
)
hold = st.builds(
    Hold,
    id=st.just("h"),
    table=st.just("*"),
    column=st.just("case"),
    values=st.frozensets(st.sampled_from("12345"), min_size=1),
    until=st.none() | days,
)
row = st.tuples(st.none() | days, st.none() | days, st.sampled_from("123456789"))


@settings(max_examples=1000, deadline=None)
@given(st.lists(rule, min_size=1, max_size=3), st.lists(hold, max_size=3), st.lists(row, min_size=1, max_size=8))
def test_holds_win_and_nothing_overdue_is_missed(
    rules: list[Rule], holds: list[Hold], rows: list[tuple[date | None, date | None, str]]
) -> None:
    batch = pa.RecordBatch.from_pydict(
        {
            "a": [r[0] and r[0].isoformat() for r in rows],
            "b": [r[1] and r[1].isoformat() for r in rows],
            "case": [r[2] for r in rows],
        }
    )
    judge = Judge.of(RetentionRules(rules=tuple(rules), holds=tuple(holds)), "t", ["a", "b", "case"], today=TODAY)
    assert judge is not None
    status, _ = judge(batch)
    for (a, b, case), got in zip(rows, status.tolist(), strict=True):
        bases = [a if one.basis == "a" else b for one in rules]
        ends = [
            (one.period.after(day), [m.period.after(day) for m in one.minimums])
            for one, day in zip(rules, bases, strict=True)
            if day
        ]
        held = any(case in one.values and (one.until is None or one.until >= TODAY) for one in holds)
        over = len(ends) == len(rules) and all(end < TODAY and all(m < TODAY for m in legal) for end, legal in ends)
        assert (got == Status.OVERDUE) == (over and not held)
        assert (got == Status.HELD) == (over and held)
        assert (got == Status.UNDATED) == (len(ends) < len(rules))


@given(days, periods)
def test_a_period_ends_no_earlier_than_it_begins_and_grows(day: date, period: Period) -> None:
    end = period.after(day)
    assert end >= day and Period(period.months, period.days + 1).after(day) == end + timedelta(days=1)


def test_what_falls_due_next_is_told() -> None:
    rules = RetentionRules(rules=(Rule(id="r", table="*", basis="d", period=Period(months=12)),))
    judge = Judge.of(rules, "t", ["d"], today=TODAY)
    assert judge is not None
    tally = Tally()
    tally.add(*judge(pa.RecordBatch.from_pydict({"d": ["2025-12-01", "2026-01-31", "2020-01-01", "?", None]})))
    found = tally.result("t", judge)
    assert found.counts == {"running": 2, "overdue": 1, "undated": 2} and found.overdue == 1
    assert found.next_due == {"2026-12": 1, "2027-02": 1}


def test_a_table_without_a_rule_is_not_judged_and_a_missing_column_is_told() -> None:
    rules = RetentionRules(rules=(Rule(id="r", table="orders*", basis="d", period=Period(months=1)),))
    assert Judge.of(rules, "customers", ["d"], today=TODAY) is None
    with pytest.raises(PlanError, match="'d'"):
        Judge.of(rules, "orders.csv", ["x"], today=TODAY)


def test_every_legal_minimum_has_a_source() -> None:
    assert minimums()["aml"].period == Period(months=120)
    assert all(one.source for one in minimums().values())


@pytest.mark.parametrize("text", ["", "3", "three years", "-1 days", "1 decade"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        Period.parse(text)


@pytest.mark.parametrize(("text", "day"), [("2024/2/29", date(2024, 2, 29)), ("20240229", date(2024, 2, 29)), ("1/2/2024", None)])
def test_dates_in_cells(text: str, day: date | None) -> None:
    assert read_date(text) == day


@pytest.mark.parametrize(
    "text",
    ["2024-11", "2024/12", "2024年11月", "202411", "2024.11", "1710121800", "1710121800000", "1710121800.0", "0001-01-01",
     "2020-01-01~2025-12-31", "20200101-20251231", "2024-01-315", "2024111", "110105194912310021"],
    ids=range(14),
)  # fmt: skip
def test_what_is_no_single_day_is_none(text: str) -> None:
    """A month read as its year's first day, or an epoch as a day of 1710, would be overdue years too soon."""
    assert read_date(text) is None


@pytest.mark.parametrize("time", ["T10:00:00Z", " 10:00:00.123456-05:00", "104500", "日 星期二", ".0"])
def test_a_time_behind_the_day_is_left_out(time: str) -> None:
    assert read_date(("2024年11月5" if time.startswith("日") else "2024-11-05" if ":" in time else "20241105") + time) == date(
        2024, 11, 5
    )


HEAD = "schema = 1\n"
RULE = '[[rules]]\nid = "a"\ntable = "t"\nbasis = "d"\nperiod = "1 year"\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "schema"), (HEAD + "rule = 1", "rules"),
        (HEAD + RULE + 'minimum = ["amll"]', "aml"), (HEAD + RULE + "perod = 1", "period"),
        (HEAD + RULE.replace("1 year", "soon"), "rules\\[0\\].period"), (HEAD + RULE + 'action = "burn"', "delete or anonymise"),
        (HEAD + RULE + RULE, "same id"), (HEAD + '[[holds]]\nid="h"\ntable="t"\nvalues=["x"]', "go together"),
        (HEAD + '[[holds]]\nid="h"\ntable="t"\nuntil="2020"', "2027-12-31"), ("schema = ", "TOML"),
        (HEAD + '[[holds]]\nid="h"\ntable="t"\nuntil=2027-12-31T00:00:00', "2027-12-31"),
    ],
)  # fmt: skip
def test_a_wrong_file_says_where(text: str, says: str) -> None:
    with pytest.raises(DefinitionError, match=says):
        read(text)


def test_a_held_value_shows_nowhere() -> None:
    held = read(HEAD + '[[holds]]\nid="h"\ntable="t"\ncolumn="phone"\nvalues=["13800138000"]')
    assert "138" not in repr(held)


@pytest.mark.parametrize("cell", ["KH-1001", "ＫＨ１００１", "kh1001", " KH 1001 ", "KH\u200b1001"], ids=range(5))
def test_a_hold_holds_in_any_spelling(cell: str) -> None:
    """Held rows in another spelling were deleted."""
    rules = read(HEAD + RULE + '[[holds]]\nid="h"\ntable="T"\ncolumn="case"\nvalues=["KH1001"]')
    judge = Judge.of(rules, "t", ["d", "case"], today=TODAY)
    assert judge is not None
    status, _ = judge(pa.RecordBatch.from_pydict({"d": ["2000-01-01"] * 2, "case": [cell, "KH1002"]}))
    assert [Status(one).name for one in status] == ["HELD", "OVERDUE"]
    numbers = read(HEAD + RULE + '[[holds]]\nid="h"\ntable="t"\ncolumn="case"\nvalues=[1001]')
    held = Judge.of(numbers, "t", ["d", "case"], today=TODAY)
    assert held is not None
    status, _ = held(pa.RecordBatch.from_pydict({"d": ["2000-01-01"] * 3, "case": ["1001.0", "1001", "11001"]}))
    assert [Status(one).name for one in status] == ["HELD", "HELD", "OVERDUE"]


def test_a_hold_that_holds_nothing_is_told() -> None:
    """The name of a case misspelled, and its rows would go with nobody having heard of it."""
    hold = '[[holds]]\nid="{id}"\ntable="{table}"\ncolumn="case"\nvalues=["{value}"]\n{until}\n'
    holds = [
        hold.format(id="fits", table="t", value="x", until=""),
        hold.format(id="misspelled", table="t", value="xx", until=""),
        hold.format(id="elsewhere", table="u", value="x", until=""),
        hold.format(id="over", table="u", value="x", until="until=2000-01-01"),
        '[[holds]]\nid="whole"\ntable="t"\n',
    ]
    table = pa.table({"d": ["2000-01-01", "2000-01-01"], "case": ["x", "y"]})
    report = retention({"t": table}, read(HEAD + RULE + "".join(holds)), now=TODAY)
    assert report.idle == ("misspelled", "elsewhere")
    assert report.to_dict()["idle"] == ["misspelled", "elsewhere"]
    assert "misspelled" in report.to_html() and "elsewhere" in report.to_html("zh")
