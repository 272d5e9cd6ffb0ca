"""Dates: every written form, what the calendar does not have, and birth dates."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscrub.validators import _dates, birth_date, calendar_date
from piiscrub.validators._base import InvalidComponent, InvalidFormat

TODAY = date(2026, 11, 21)

SAME_DAY = (
    "1990-01-02", "1990/1/2", "1990.1.2", "19900102", "1990年1月2日", "1990 年 1 月 2 日", "1990年01月02号", "1990年一月二日",
    "一九九〇年一月二日", "一九九零年一月二日", "一九九○年一月二日", "01/02/1990", "1/2/1990", "2.1.1990", "02.01.1990",
    "1-2-1990",
    "January 2, 1990", "january 2 1990", "Jan 2nd 1990", "Jan. 2nd, 1990", "2 January 1990", "2-Jan-1990",
    "2nd of January, 1990", "2 Jan. 1990",
    "1990-01-02 11:34:35", "1990-01-02T11:34:35Z", "1990-01-02T11:34:35.123+08:00", "1990-01-02 9:05", "1/2/1990 11:34 PM",
    "1990年1月2日上午9时30分", "1990年1月2日 11:34:35", "19900102T113435Z", "1990-01-02 09:30:00 UTC", " 1990-01-02 ", "1/2/90",
)  # fmt: skip


@pytest.mark.parametrize("number", range(len(SAME_DAY)))
def test_every_form_means_the_same_day(number: int) -> None:
    text = SAME_DAY[number]
    assert calendar_date.compact(text) == calendar_date.validate(text) == "1990-01-02"
    assert calendar_date.is_valid(text)


def test_han_tens() -> None:
    forms = ("二〇二四年十二月三十一日", "二零二四年十二月卅一日", "二〇二四年十二月三十一号")
    assert {calendar_date.compact(text) for text in forms} == {"2024-12-31"}
    assert calendar_date.compact("二〇二四年十月廿日") == "2024-10-20"


def test_a_month_without_a_day() -> None:
    assert {calendar_date.compact(t) for t in ("1990年1月", "一九九〇年一月", "1990-01", "1990.1", "January 1990")} == {"1990-01"}


def test_day_and_month_are_told_apart_where_they_can_be() -> None:
    assert calendar_date.parse("31/12/1981")[:3] == calendar_date.parse("12/31/1981")[:3] == (1981, 12, 31)
    assert calendar_date.parse("31/12/1981").order == "dmy"
    assert calendar_date.parse("12/31/1981").order == "mdy"


NOT_IN_THE_CALENDAR = (
    "1990-13-02", "1990-02-30", "19900230", "1990年2月30日", "一九九〇年二月三十日", "31/31/1981", "2001-02-29", "1900-02-29",
    "30 February 1990", "April 31, 1990", "0000-01-01", "1990-00-10", "1990-01-00", "1990年13月", "一九九〇年二二月一日",
)  # fmt: skip
NOT_A_DATE = (
    "", "1990", "Tuesday", "19:34", "192.0.2.1", "199001022", "1990-01-02-03", "1990-01/02", "1990-01-02 25:00",
    "1990-01-02 11:60", "June",
    "12/1981/1", "1990年1月2日下", "½/1/1990", "１９９０-01-02", "January 2, 90x", "May be 1990",
)  # fmt: skip


@pytest.mark.parametrize("number", range(len(NOT_IN_THE_CALENDAR)))
def test_what_the_calendar_does_not_have(number: int) -> None:
    with pytest.raises(InvalidComponent):
        calendar_date.validate(NOT_IN_THE_CALENDAR[number])
    assert not calendar_date.is_valid(NOT_IN_THE_CALENDAR[number])


@pytest.mark.parametrize("number", range(len(NOT_A_DATE)))
def test_what_is_no_date(number: int) -> None:
    with pytest.raises(InvalidFormat):
        calendar_date.validate(NOT_A_DATE[number])
    assert not calendar_date.is_valid(NOT_A_DATE[number])


@given(st.dates())
def test_every_day_is_read_back(day: datetime) -> None:
    iso = day.strftime("%Y-%m-%d").zfill(10)
    for text in (iso, iso.replace("-", ""), iso.replace("-", "/"), f"{iso[:4]}年{day.month}月{day.day}日"):
        assert calendar_date.compact(text) == iso


@given(st.text(alphabet="0123456789-/.年月日 :TZJanuary一二十", max_size=24))
def test_any_text_gets_an_answer_and_both_ways_agree(text: str) -> None:
    said = ""
    try:
        calendar_date.validate(text)
    except (InvalidFormat, InvalidComponent) as error:
        said = str(error)
    assert calendar_date.is_valid(text) is not bool(said)
    assert len(text) < 4 or text not in said
    assert calendar_date.is_valid(text) or not birth_date.is_valid(text)


def test_nobody_is_born_tomorrow_or_before_1850() -> None:
    assert birth_date.is_valid("2026-11-21", today=TODAY)
    assert birth_date.is_valid("1850-01-01", today=TODAY)
    for text in ("2026-11-22", "2026-12-01", "2027-01-01", "1849-12-31"):
        assert not birth_date.is_valid(text, today=TODAY)
        with pytest.raises(InvalidComponent):
            birth_date.validate(text, today=TODAY)
    assert not birth_date.is_valid("2999-01-01")


def test_two_digit_birth_years_lie_in_the_past() -> None:
    assert birth_date.validate("12/1/45", today=TODAY) == "1945-12-01"
    assert birth_date.validate("12/1/05", today=TODAY) == "2005-12-01"
    assert birth_date.validate("11/21/26", today=TODAY) == "2026-11-21"
    assert birth_date.validate("11/22/26", today=TODAY) == "1926-11-22"
    assert birth_date.is_valid("12/1/45", today=TODAY)


def test_the_day_is_that_of_the_place_where_it_begins_first(monkeypatch: pytest.MonkeyPatch) -> None:
    noon = 1_795_262_400  # 2026-11-21 12:00 UTC, when the next day has begun at UTC+14 only
    monkeypatch.setattr("piiscrub.validators._dates.time.time", lambda: noon)
    assert _dates.today() == date(2026, 11, 22)
    monkeypatch.setattr("piiscrub.validators._dates.time.time", lambda: noon - 7_200 - 1)
    assert _dates.today() == TODAY
