"""encrypt: round trips, what is bound in, what equal values show, and nothing opens that was changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscrub.errors import OperatorError
from piiscrub.model.finding import Finding
from piiscrub.operate.encrypt import Encrypt
from piiscrub.operate.protocol import start
from tests.operate.held import KEYS, OTHERS, document

FORMS = [Encrypt(), Encrypt(pad=16), Encrypt(mode="random"), Encrypt(mode="random", cipher="sm4"), Encrypt(mode="random", pad=32)]


@pytest.mark.parametrize("operator", FORMS, ids=range(len(FORMS)))
@given(st.lists(st.text(max_size=30), max_size=5))
def test_what_is_encrypted_comes_back(operator: Encrypt, values: list[str]) -> None:
    sealed = operator.many(values, "PERSON", document())
    assert operator.undo(sealed, "PERSON", document()) == values
    work = start(operator, document())
    alone = [work(value, Finding("PERSON", 0, 1, 0.9, "test")) for value in values]
    assert operator.undo(alone, "PERSON", document()) == values
    assert all(one.isascii() and len(one) >= 22 for one in sealed)
    assert not any(value in one for value, one in zip(values, sealed, strict=True) if len(value) > 3)


def test_equal_values_show_only_where_asked_for() -> None:
    fixed, random = Encrypt(), Encrypt(mode="random")
    assert len(set(fixed.many(["a", "a"], "PERSON", document()))) == 1
    assert fixed.many(["a"], "PERSON", document()) == fixed.many(["a"], "PERSON", document())
    assert len(set(random.many(["a"] * 50, "PERSON", document()))) == 50
    assert random.many(["a"], "PERSON", document())[0][:10] != random.many(["a"], "PERSON", document())[0][:10]


def test_padding_hides_the_length() -> None:
    assert len({len(one) for one in Encrypt(pad=32).many(["", "王", "x" * 31], "PERSON", document())}) == 1
    assert len({len(one) for one in Encrypt().many(["", "王", "x" * 31], "PERSON", document())}) == 3


@pytest.mark.parametrize("operator", FORMS, ids=range(len(FORMS)))
def test_nothing_opens_elsewhere_or_changed(operator: Encrypt) -> None:
    (sealed,) = operator.many(["Zaphod Example"], "PERSON", document())
    wrong = [("ADDRESS", document(), sealed), ("PERSON", document(OTHERS), sealed), ("PERSON", document(group="x"), sealed)]
    for at in range(len(sealed) - 1):  # the last character may hold bits that are not used
        wrong.append(("PERSON", document(), sealed[:at] + ("A" if sealed[at] != "A" else "B") + sealed[at + 1 :]))
    wrong += [("PERSON", document(), text) for text in ("", "A", sealed[:-4], sealed + "AAAA", "<PERSON_1>", "…")]
    for entity, held, text in wrong:
        with pytest.raises(OperatorError, match="does not decrypt"):
            operator.undo([text], entity, held)
    others = [form for form in FORMS if form != operator]
    for other in others:
        with pytest.raises(OperatorError, match="does not decrypt"):
            other.undo([sealed], "PERSON", document())


def test_a_linkage_group_is_one_column() -> None:
    sealed = Encrypt().many(["a"], "CN_MOBILE", document(group="people"))
    assert Encrypt().undo(sealed, "PHONE_NUMBER", document(group="people")) == ["a"]


def test_another_epoch_is_another_key() -> None:
    assert KEYS.epoch == 1
    (sealed,) = Encrypt().many(["a"], "PERSON", document())
    assert "epoch" not in sealed
    with pytest.raises(OperatorError, match="the key is missing"):
        Encrypt().many(["a"], "PERSON", type(document())())


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"mode": "cbc"}, "mode takes one of 'deterministic', 'random'"),
        ({"cipher": "sm4"}, "sm4 goes with mode = 'random'"),
        ({"pad": 256}, "pad takes a whole number, 0 to 255"),
    ],
    ids=range(3),
)
def test_wrong_parameters_are_refused(params: dict[str, object], message: str) -> None:
    with pytest.raises(OperatorError) as caught:
        Encrypt(**params)  # type: ignore[arg-type]  # wrong on purpose
    assert message in str(caught.value)
