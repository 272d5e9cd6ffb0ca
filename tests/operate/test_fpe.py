"""fpe: round trips, forms kept, check digits right, small domains and wrong check digits refused."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscrub.errors import OperatorError
from piiscrub.operate import spaces
from piiscrub.operate.fpe import Fpe
from piiscrub.operate.values import FAILED
from piiscrub.validators import cn_id_card, cn_mobile, cn_uscc, iban, imei, luhn
from tests.operate.held import OTHERS, document

ID_SPACE, MOBILE_SPACE = spaces.known_id_cards(), spaces.mobiles("mobile")
mobiles = st.integers(0, MOBILE_SPACE.size - 1).map(MOBILE_SPACE.unrank)
id_cards = st.integers(0, ID_SPACE.size - 1).map(ID_SPACE.unrank)
bodies = st.integers(12, 18).flatmap(lambda n: st.text(string.digits, min_size=n, max_size=n))
cards = bodies.map(lambda body: body + luhn.check_digit(body))


def turned(values: list[str], entity: str, operator: Fpe | None = None) -> list[str]:
    operator = operator or Fpe()
    made = operator.many(values, entity, document())
    assert operator.undo(made, entity, document()) == values
    assert len(set(made)) == len(set(values))
    work = operator.work(entity, document())
    assert [work(value) for value in values] == made
    return made


@given(st.lists(mobiles, min_size=1, max_size=20))
def test_phones_keep_the_kind_of_their_segment(values: list[str]) -> None:
    for value, made in zip(values, turned(values, "CN_MOBILE"), strict=True):
        assert cn_mobile.is_valid(made)
        assert spaces.mobile_kind(made) == spaces.mobile_kind(value) == "mobile"


def test_how_a_phone_is_written_stays() -> None:
    (made,) = turned(["+86 138-0013-8000"], "CN_MOBILE")
    assert made[:5] == "+86 1"
    assert made[7] == made[12] == "-"
    assert made.replace(" ", "").replace("-", "")[3:] == turned(["13800138000"], "CN_MOBILE")[0]


@given(st.lists(id_cards, min_size=1, max_size=20))
def test_identity_numbers_stay_well_formed(values: list[str]) -> None:
    assert all(cn_id_card.is_valid(made) for made in turned(values, "CN_ID_CARD"))


@given(st.lists(cards, min_size=1, max_size=20))
def test_cards_keep_length_and_check_digit(values: list[str]) -> None:
    for value, made in zip(values, turned(values, "CREDIT_CARD"), strict=True):
        assert luhn.is_valid(made)
        assert len(made) == len(value)
    assert Fpe(keep_first=4).permissive and not Fpe().permissive
    kept = turned(values, "CN_BANK_CARD", Fpe(keep_first=4))
    assert [one[:4] for one in kept] == [one[:4] for one in values]
    assert all(luhn.is_valid(one) for one in kept)


@pytest.mark.parametrize(
    "value",
    ["GB82WEST12345698765432", "DE89 3704 0044 0532 0130 00", "NL91-ABNA-0417-1643-00"],
    ids=["solid", "spaces", "hyphens"],
)
def test_an_iban_keeps_country_and_structure(value: str) -> None:
    (made,) = turned([value], "IBAN_CODE")
    assert made[:2] == value[:2]
    assert made != value
    assert iban.is_valid(made)
    assert Fpe().many([value[:-1] + "9"], "IBAN_CODE", document()) == [FAILED]


@pytest.mark.parametrize("value", ["91110101MA0000007T", "91350100M000100Y43"], ids=["firm", "trade"])
def test_a_credit_code_keeps_where_it_was_given(value: str) -> None:
    (made,) = turned([value], "CN_USCC")
    assert made[:8] == value[:8]
    assert made != value
    assert cn_uscc.is_valid(made)
    assert Fpe().many([value[:-1] + "0", value.lower()], "CN_USCC", document()) == [FAILED, FAILED]


def test_an_imei_keeps_its_check_digit() -> None:
    assert imei.is_valid(turned(["490154203237518"], "IMEI")[0])


@given(st.text("AZaz09-/ 王", min_size=1, max_size=30))
def test_anything_else_keeps_its_shape(value: str) -> None:
    try:
        (made,) = turned([value], "CN_EMPLOYEE_ID")
    except AssertionError:
        assert Fpe().many([value], "CN_EMPLOYEE_ID", document()) == [FAILED]
        with pytest.raises(OperatorError, match="too short"):
            Fpe().work("CN_EMPLOYEE_ID", document())(value)
        return
    classes = (str.isdigit, str.isupper, str.islower)
    for one, other in zip(value, made, strict=True):
        assert [test(one) for test in classes] == [test(other) for test in classes]
        assert one == other or (one.isascii() and one.isalnum())


@pytest.mark.parametrize(
    ("alphabet", "value"),
    [("numeric", "AB-12345678"), ("hex", "00ff00ff"), ("upper", "AB12CD34"), ("xyz", "xyzzyxyzzyxyzzy")],
    ids=range(4),
)
def test_an_alphabet_is_one_number(alphabet: str, value: str) -> None:
    (made,) = turned([value], "CN_EMPLOYEE_ID", Fpe(alphabet=alphabet))
    assert made != value


@pytest.mark.parametrize(
    ("entity", "value"),
    [("CN_MOBILE", "14200000000"), ("CN_ID_CARD", "110105194912310021"), ("CREDIT_CARD", "4111111111111112"), ("X", "12345")],
    ids=["segment", "check character", "check digit", "too short"],
)
def test_what_does_not_fit_is_refused_and_counted(entity: str, value: str) -> None:
    held = document()
    assert Fpe().many([value], entity, held) == [FAILED]
    assert held.failures == {"fpe": 1}
    with pytest.raises(OperatorError, match="fpe: "):
        Fpe().work(entity, held)(value)


def test_two_recipients_get_different_values() -> None:
    assert Fpe().many(["13800138000"], "CN_MOBILE", document()) != Fpe().many(["13800138000"], "CN_MOBILE", document(OTHERS))


def test_wrong_parameters_are_refused() -> None:
    with pytest.raises(OperatorError, match="2 to 95 different"):
        Fpe(alphabet="aa")
    with pytest.raises(OperatorError, match="keep_first takes a whole number"):
        Fpe(keep_first=-1)
