"""pseudonym: the same for the same value, nobody's, never the original, no collision of numbers, kept what is asked for."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscrub.errors import OperatorError
from piiscrub.keys.vault import Vault
from piiscrub.model import entities
from piiscrub.operate import people, spaces
from piiscrub.operate.draws import words
from piiscrub.operate.protocol import DocumentState, start
from piiscrub.operate.pseudonym import Pseudonym
from piiscrub.parse import names_zh, pinyin
from piiscrub.reference.divisions import codes
from piiscrub.validators import cn_id_card, cn_mobile, luhn, payment_card
from tests.operate.held import KEYS, OTHERS, document, finding

KNOWN = {
    "CN_MOBILE": spaces.mobiles("any"),
    "CN_LANDLINE": spaces.landlines(12),
    "CN_ID_CARD": spaces.known_id_cards(),
    "CREDIT_CARD": spaces.known_cards(16),
    "CN_BANK_CARD": spaces.known_cards(19),
    "PHONE_NUMBER": spaces.Prefixed(("202555",), 10),
}


def made(values: list[str], entity: str, operator: Pseudonym | None = None, held: DocumentState | None = None) -> list[str]:
    return (operator or Pseudonym()).many(values, entity, held or document())


def one(value: str, entity: str, operator: Pseudonym | None = None) -> str:
    return made([value], entity, operator)[0]


@pytest.mark.parametrize("entity", KNOWN)
@given(st.data())
def test_numbers_never_meet_and_belong_to_nobody(entity: str, data: st.DataObject) -> None:
    space = KNOWN[entity]
    values = data.draw(st.lists(st.integers(0, space.size - 1).map(space.unrank), unique=True, min_size=1, max_size=40))
    results = made(values, entity)
    assert len(set(results)) == len(values)
    assert not set(results) & set(values)
    for value, result in zip(values, results, strict=True):
        assert space.rank(result) is None
        assert not cn_mobile.is_valid(result)
        if entity == "CN_ID_CARD":
            assert cn_id_card.is_valid(result)
            assert result[:6] not in codes()
        elif entity != "PHONE_NUMBER":
            assert len(result) == len(value)
        if "CARD" in entity and entity != "CN_ID_CARD":
            assert luhn.is_valid(result)
            assert not payment_card.is_valid(result)


@given(st.sampled_from(sorted(entities.tree())), st.lists(st.text(max_size=12), max_size=4), st.randoms(use_true_random=False))
def test_every_entity_every_order_every_way(entity: str, values: list[str], order: random.Random) -> None:
    results = dict(zip(values, made(values, entity), strict=True))
    shuffled = list(results)
    order.shuffle(shuffled)
    assert dict(zip(shuffled, made(shuffled, entity), strict=True)) == results
    work = start(Pseudonym(), document())
    for value, result in results.items():
        assert work(value, finding(entity)) == result != value
        assert len(value) < 5 or value not in result or value in f"<{entity}_"


def test_spellings_and_recipients() -> None:
    assert one("13800138000", "CN_MOBILE") == one("１３８００１３８０００", "CN_MOBILE")
    assert one("138-0013-8000", "CN_MOBILE").replace("-", "") == one("13800138000", "CN_MOBILE")
    assert one("4111 1111 1111 1111", "CREDIT_CARD").replace(" ", "") == one("4111111111111111", "CREDIT_CARD")
    assert one("John Smith", "PERSON") == one("JOHN  SMITH", "PERSON").title()
    assert one("Smith, John", "PERSON").split(", ")[::-1] == one("John Smith", "PERSON").split(" ")
    assert one("张 三", "PERSON") == one("张三", "PERSON")
    for entity, value in (("CN_MOBILE", "13800138000"), ("PERSON", "张三"), ("EMAIL_ADDRESS", "a@example.com")):
        assert Pseudonym().many([value], entity, document()) != Pseudonym().many([value], entity, document(OTHERS))
        assert one(value, entity) == Pseudonym().many([value], entity, document())[0]


@pytest.mark.parametrize("name", ["张三", "欧阳小红", "王小明", "单于建国", "李思"])
def test_length_and_sex_of_chinese_names_are_kept_on_request(name: str) -> None:
    parts = names_zh.split(name)
    assert parts is not None
    result = one(name, "PERSON", Pseudonym(keep_length=True))
    assert len(result) == len(name)
    assert (result[:2] in people._surnames()[2]) == (len(parts.surname) == 2)
    assert not names_zh.ordinary(result)


@pytest.mark.parametrize(("name", "sex"), [("建国", "male"), ("秀英", "female"), ("玉兰", "female"), ("志强", "male")])
def test_sex_is_kept_on_request(name: str, sex: str) -> None:
    for surname in "赵钱孙李周吴郑王":
        given = one(surname + name, "PERSON", Pseudonym(keep_sex=True, keep_length=True))[1:]
        opposite = {"male": "female", "female": "male"}[sex]
        assert people.sex_of(given) != opposite
    assert people.english_sex(one("Mary Example", "PERSON", Pseudonym(keep_sex=True)).split()[0]) in ("female", "")
    for card in ("11010519491231002X", "440524188001010014"):
        if spaces.known_id_cards().rank(card) is not None:
            assert int(one(card, "CN_ID_CARD", Pseudonym(keep_sex=True))[16]) % 2 == int(card[16]) % 2


def test_names_keep_script_and_order() -> None:
    assert pinyin.split(one("ZHANG Wei", "PERSON")).order == "surname first"  # type: ignore[union-attr]  # it is one
    assert one("ZHANG Wei", "PERSON").split()[0].isupper()
    assert one("Zhāng Wěi", "PERSON") == one("Zhang Wei", "PERSON")
    assert sorted(one("Xiaoming Zhang", "PERSON").split()) == sorted(one("Zhang Xiaoming", "PERSON").split())
    assert "·" in one("买买提·艾力", "PERSON")
    assert one("Dr. Ann Example", "PERSON").startswith("Dr. ")
    assert one("张经理", "PERSON_REFERENCE").endswith("经理") and one("张经理", "PERSON_REFERENCE")[0] != "张"


def test_a_mailbox_is_named_like_the_surrogate_of_the_name_in_it() -> None:
    name = one("Zhang Wei", "PERSON").lower().replace(" ", ".")
    assert one("zhang.wei@mail.example", "EMAIL_ADDRESS").startswith(name + ".")
    assert one("x1@mail.example", "EMAIL_ADDRESS").partition("@")[2] in ("example.com", "example.net", "example.org")


def test_characters_of_given_names_stand_in_one_list() -> None:
    lists = [words(kind) for kind in ("given_male", "given_female", "given_either")]
    assert sum(map(len, lists)) == len(set().union(*lists))


def test_an_iban_is_of_no_country_and_has_right_check_digits() -> None:
    result = one("GB82 WEST 1234 5698 7654 32", "IBAN_CODE")
    assert result.replace(" ", "").startswith("XX")
    assert result.count(" ") == 5
    compact = result.replace(" ", "")
    assert int("".join(str(int(c, 36)) for c in compact[4:] + compact[:4])) % 97 == 1
    assert result.replace(" ", "") == one("GB82WEST12345698765432", "IBAN_CODE")


def test_one_phone_is_one_pseudonym_whatever_its_column_is_called() -> None:
    held = document(group="people")
    (mobile,) = Pseudonym().many(["13800138000"], "CN_MOBILE", held)
    assert Pseudonym().many(["13800138000", "8613800138000"], "PHONE_NUMBER", held) == [mobile, mobile]
    assert Pseudonym().many(["+1 202 555 0123"], "PHONE_NUMBER", held)[0].startswith("+999")


def test_the_city_is_kept_on_request_and_then_the_operator_is_permissive() -> None:
    keeping = Pseudonym(keep_city=True)
    assert one("广东省深圳市南山区科技园路1号", "CN_ADDRESS", keeping).startswith("广东省深圳市")
    assert one("12 Example St, Springfield, IL 62704", "ADDRESS", keeping).endswith("Springfield, IL 62704")
    assert keeping.permissive and not Pseudonym().permissive
    assert "市" in one("广东省深圳市南山区科技园路1号3栋501室", "CN_ADDRESS")


def test_lifelike_mobiles_lie_in_segments_nobody_has_and_never_meet() -> None:
    held, lifelike, free = document(), Pseudonym(lifelike=True), spaces.mobiles("unassigned")
    assert free.rank(one("13800138000", "CN_MOBILE", lifelike)) is not None
    values = [f"138{n:08d}" for n in range(0, 10**8, 500)] + [f"142{n:08d}" for n in range(0, 10**8, 10_000)]
    results = made(values, "CN_MOBILE", lifelike, held)
    assert len(set(results)) == len(values) and not set(results) & set(values)
    elsewhere = [result for result in results if free.rank(result) is None]
    assert 0 < len(elsewhere) == held.widened["CN_MOBILE"] < 80  # about 17 pairs of 210,000 among 1.2 thousand million
    assert all(result.startswith("9") and len(result) == 11 for result in elsewhere)
    spelled = made(["138-0013-8000", "+86 13800138000"], "CN_MOBILE", lifelike)
    assert spelled[0].replace("-", "") == one("13800138000", "CN_MOBILE", lifelike) and spelled[1].endswith(
        spelled[0].replace("-", "")
    )
    work = start(lifelike, document())
    assert [work(value, finding("CN_MOBILE")) for value in values[:30]] == made(values[:30], "CN_MOBILE", lifelike)


def test_people_meet_and_are_counted() -> None:
    held = document()
    names = [surname + first + second for surname in "赵钱孙李" for first in "甲乙丙丁戊" * 20 for second in "子丑寅卯辰"]
    results = made(names * 1, "PERSON", held=held)
    assert held.collisions["PERSON"] == len(set(names)) - len(set(results))


def test_unique_names_are_numbered_by_the_vault(tmp_path: Path) -> None:
    names = [f"{surname}{first}{second}" for surname in "赵钱孙李周吴" for first in "建国志强秀英" for second in "文武思安"]
    with Vault(tmp_path / "vault.sqlite", KEYS) as vault:
        held = DocumentState(keys=KEYS, vault=vault.scope("one"))
        for operator in (Pseudonym(unique=True), Pseudonym(unique=True, keep_sex=True)):
            results = made(names, "PERSON", operator, held)
            assert len(set(results)) == len(set(names))
            assert made(names[::-1], "PERSON", operator, held) == results[::-1]
        assert one_name(held).count(" ") == 2
    with pytest.raises(OperatorError, match="unique names are numbered by a vault"):
        made(["张三"], "PERSON", Pseudonym(unique=True))
    with pytest.raises(OperatorError, match="do not go together"):
        Pseudonym(unique=True, keep_length=True)


def one_name(held: DocumentState) -> str:
    return made(["John Example"], "PERSON", Pseudonym(unique=True), held)[0]
