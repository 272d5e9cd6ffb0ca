"""What the checks promise: one wrong sign never passes, and the fast way gives the answers of the slow one."""

import string
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn as stdnum_luhn
from stdnum.iso7064 import mod_11_2
from stdnum.tw import ubn as stdnum_ubn

from piiscrub.validators import cn_id_card, cn_id_card_15, cn_mobile, cn_uscc, iban, luhn, payment_card, tw_ubn, us_ssn
from piiscrub.validators._base import InvalidComponent
from piiscrub.validators._dates import is_past, today

DIGITS = string.digits
USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def _change(number, place, signs, shift):
    """Another sign in one place; shift is 1 to len(signs) - 1."""
    new = signs[(signs.index(number[place]) + shift) % len(signs)]
    return number[:place] + new + number[place + 1 :]


@given(body=st.text(DIGITS, min_size=11, max_size=18), place=st.integers(0, 18), shift=st.integers(1, 9))
def test_one_wrong_digit_breaks_luhn(body, place, shift):
    number = body + luhn.check_digit(body)
    assert luhn.is_valid(number)
    assert not luhn.is_valid(_change(number, place % len(number), DIGITS, shift))


@given(number=st.text(DIGITS, min_size=2, max_size=30))
def test_luhn_agrees_with_stdnum(number):
    assert luhn.is_valid(number) == stdnum_luhn.is_valid(number)


@given(body=st.text(DIGITS, min_size=17, max_size=17), place=st.integers(0, 16), shift=st.integers(1, 9))
def test_one_wrong_digit_changes_the_check_character_of_an_id(body, place, shift):
    check = cn_id_card.check_character(body)
    assert check == mod_11_2.calc_check_digit(body)
    assert check != cn_id_card.check_character(_change(body, place, DIGITS, shift))


births = st.dates(date(1900, 1, 1), date(1905, 12, 31)).map(lambda day: day.strftime("%Y%m%d"))


@given(day=births, order=st.integers(0, 999), place=st.integers(0, 16), shift=st.integers(1, 9))
def test_one_wrong_digit_breaks_an_id(day, order, place, shift):
    body = f"110101{day}{order:03d}"
    number = body + cn_id_card.check_character(body)
    assert cn_id_card.is_valid(number)
    assert not cn_id_card.is_valid(_change(body, place, DIGITS, shift) + number[17])


@given(account=st.text(DIGITS, min_size=18, max_size=18), place=st.integers(4, 21), shift=st.integers(1, 9))
def test_one_wrong_digit_breaks_an_iban(account, place, shift):
    # D and E are 13 and 14; the two places of the check digits stand at the end
    number = f"DE{98 - int(account + '131400') % 97:02d}{account}"
    assert iban.is_valid(number)
    assert not iban.is_valid(_change(number, place, DIGITS, shift))


@given(body=st.text(USCC_SIGNS, min_size=8, max_size=8), place=st.integers(0, 17), shift=st.integers(1, 30))
def test_one_wrong_sign_breaks_a_credit_code(body, place, shift):
    number = f"91110101M{body}"  # the letter keeps it from being all digits
    number += cn_uscc.check_character(number)
    assert cn_uscc.is_valid(number)
    assert not cn_uscc.is_valid(_change(number, place, USCC_SIGNS, shift))


@given(day=births, order=st.integers(0, 999))
def test_fifteen_places_become_eighteen(day, order):
    number = cn_id_card_15.to_18(f"110101{day[2:]}{order:03d}")
    assert cn_id_card.is_valid(number)
    assert number[6:14] == day


@given(st.dates(date(1850, 1, 1), date(2025, 12, 31)))
def test_every_past_day_exists(day):
    assert is_past(day.strftime("%Y%m%d"))


@pytest.mark.parametrize("text", ["19000229", "20230229", "19010431", "19011301", "19010001", "19010100", "18491231"])
def test_days_that_never_were(text):
    assert not is_past(text)


def test_today_is_the_last_day():
    day = date(2026, 11, 21)
    assert is_past("20261121", today=day)
    assert not is_past("20261122", today=day)
    body = "11010120261122001"
    number = body + cn_id_card.check_character(body)
    with pytest.raises(InvalidComponent):
        cn_id_card.validate(number, today=day)
    assert not cn_id_card.is_valid(number, today=day)
    assert cn_id_card.validate(number, today=day + timedelta(days=1)) == number


def test_the_clock_is_asked_when_no_day_is_given():
    soon = today() + timedelta(days=2)  # two days, so that midnight during the test changes nothing
    assert not is_past(soon.strftime("%Y%m%d"))


@pytest.mark.parametrize("separator", [" ", "-"])
@pytest.mark.parametrize(
    ("check", "groups"),
    [
        (cn_id_card, ("110105", "19491231", "002X")),
        (cn_mobile, ("138", "0013", "8000")),
        (payment_card, ("4111", "1111", "1111", "1111")),
        (us_ssn, ("001", "01", "0001")),
    ],
    ids=["cn_id_card", "cn_mobile", "payment_card", "us_ssn"],
)
def test_separators_change_nothing(check, groups, separator):
    assert check.validate(separator.join(groups)) == "".join(groups)


def test_the_old_rule_of_taiwan_is_part_of_the_new_one():
    """What is divisible by ten is divisible by five."""
    for number in (f"{i:08d}" for i in range(0, 100_000_000, 99_991)):
        assert tw_ubn.is_valid(number) or not stdnum_ubn.is_valid(number)
