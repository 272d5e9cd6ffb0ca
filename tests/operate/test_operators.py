"""Every operator: frozen, says what it leaks, and only keep lets a value through."""

from __future__ import annotations

import dataclasses
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscrub.errors import OperatorError
from piiscrub.keys.bound import BoundKeys
from piiscrub.keys.ring import KeyRing
from piiscrub.model import entities
from piiscrub.model.finding import Finding
from piiscrub.operate.hash import Hash
from piiscrub.operate.keep import Keep
from piiscrub.operate.mask import Mask
from piiscrub.operate.protocol import DocumentState, Operator, start
from piiscrub.operate.redact import Redact
from piiscrub.operate.replace import Replace

KEYS = BoundKeys(KeyRing(bytes(range(32)), {1: bytes(32)}))
OTHER_KEYS = BoundKeys(KeyRing(bytes(range(1, 33)), {1: bytes(32)}))
HIDING: list[Operator] = [
    Redact(),
    Redact(text=""),
    Replace(),
    Replace(numbered=False),
    Mask(style="full"),
    Hash(),
    Hash(encoding="base32"),
]
ALL: list[Operator] = [Keep(), Mask(), Mask(keep_last=4), *HIDING]


def finding(entity: str = "CN_MOBILE") -> Finding:
    return Finding(entity, 0, 1, 0.9, "test")


@pytest.mark.parametrize("operator", ALL, ids=[f"{one.name}-{i}" for i, one in enumerate(ALL)])
def test_every_operator_is_frozen_and_says_what_it_does(operator: Operator) -> None:
    assert operator.leaks.endswith(".")
    assert operator.reversible is False
    assert operator.permissive is (operator.name in ("keep", "mask") and operator not in HIDING)
    assert isinstance(operator.streams, bool)
    assert dataclasses.is_dataclass(operator)
    with pytest.raises((AttributeError, TypeError)):
        operator.name = "other"  # type: ignore[misc]  # that it is frozen is what is tested


@pytest.mark.parametrize("operator", ALL, ids=[f"{one.name}-{i}" for i, one in enumerate(ALL)])
@pytest.mark.parametrize("junk", ["", " ", "\x00", "⑱", "3²", "\ud800", "\u200b", "@", "a" * 10_000], ids=range(9))
def test_no_operator_stumbles_over_junk(operator: Operator, junk: str) -> None:
    work = start(operator, DocumentState(keys=KEYS))
    for entity in entities.tree():
        assert isinstance(work(junk, finding(entity)), str)


@given(st.text(min_size=1, max_size=30), st.sampled_from(sorted(entities.tree())))
def test_nothing_but_keep_lets_a_value_through(value: str, entity: str) -> None:
    tags = f"[REDACTED]<{entity}_1>******"
    for operator in HIDING:
        result = start(operator, DocumentState(keys=KEYS))(value, finding(entity))
        # A short value may stand in a tag by chance ("A" in [REDACTED]) or in a hash ("7").
        assert value in tags or (operator.name == "hash" and len(value) < 4) or value not in result


def test_keep_keeps() -> None:
    assert Keep()("Example Ltd", finding("ORGANIZATION")) == "Example Ltd"


def test_redact_puts_a_fixed_text() -> None:
    assert Redact()("a", finding()) == Redact()("abc", finding()) == "[REDACTED]"
    assert Redact(text="")("abc", finding()) == ""
    with pytest.raises(OperatorError, match="redact: text takes text, not int"):
        Redact(text=1)  # type: ignore[arg-type]  # wrong on purpose


def test_numbers_are_given_per_entity_in_order_and_kept_for_the_same_value() -> None:
    work = start(Replace(), DocumentState())
    seen = [
        work("14200000001", finding("CN_MOBILE")),
        work("14200000002", finding("CN_MOBILE")),
        work("张三", finding("PERSON")),
        work("１４２-0000 0001", finding("CN_MOBILE")),
        work("张 三", finding("PERSON")),
    ]
    assert seen == ["<CN_MOBILE_1>", "<CN_MOBILE_2>", "<PERSON_1>", "<CN_MOBILE_1>", "<PERSON_1>"]


@pytest.mark.parametrize(
    ("entity", "one", "other"),
    [
        ("SECRET_JWT", "eyJa", "eyJA"),
        ("URL", "https://example.com/a", "https://example.com/A"),
        ("WECHAT_ID", "some-name", "somename"),
        ("EMAIL_ADDRESS", "a-b@example.com", "ab@example.com"),
        ("IP_ADDRESS", "192.0.2.1", "192.0.21"),
    ],
    ids=["case of a secret", "case of a path", "hyphen of a name", "hyphen of a mailbox", "dots of an address"],
)
def test_different_values_are_not_taken_for_one(entity: str, one: str, other: str) -> None:
    work = start(Replace(), DocumentState())
    assert work(one, finding(entity)) != work(other, finding(entity))


def test_rules_of_one_document_share_the_numbers_and_documents_do_not() -> None:
    document = DocumentState()
    first, second = start(Replace(), document), start(Replace(), document)
    assert [first("张三", finding("PERSON")), second("李四", finding("PERSON"))] == ["<PERSON_1>", "<PERSON_2>"]
    assert start(Replace(), DocumentState())("李四", finding("PERSON")) == "<PERSON_1>"


def test_without_numbers_or_without_a_document_the_tag_is_plain() -> None:
    assert start(Replace(numbered=False), DocumentState())("张三", finding("PERSON")) == "<PERSON>"
    assert Replace()("张三", finding("PERSON")) == "<PERSON>"
    with pytest.raises(OperatorError, match="replace: numbered takes true or false, not str"):
        Replace(numbered="yes")  # type: ignore[arg-type]  # wrong on purpose


def test_the_state_of_a_document_is_not_pickled_nor_shown() -> None:
    document = DocumentState(keys=KEYS)
    document.number("PERSON", "Zaphod Example")
    assert "Zaphod" not in repr(document)
    with pytest.raises(TypeError):
        pickle.dumps(document)


def hashed(value: str, entity: str = "CN_MOBILE", keys: BoundKeys = KEYS, operator: Hash | None = None, group: str = "") -> str:
    document = DocumentState(keys=keys, group=group)
    return start(operator or Hash(), document)(value, finding(entity))


def test_hash_is_the_same_for_the_same_value_entity_and_key_only() -> None:
    code = hashed("14200000000")
    assert code == hashed("142 0000 0000")
    others = [
        hashed("14200000001"),
        hashed("14200000000", "PHONE_NUMBER"),
        hashed("14200000000", keys=OTHER_KEYS),
        hashed("14200000000", keys=BoundKeys(KEYS.ring, recipient="Example Ltd")),
        hashed("14200000000", group="customers"),
        hashed("14200000000", operator=Hash(algorithm="sm3")),
    ]
    assert code not in others
    assert len(set(others)) == len(others)


def test_hash_joins_numbers_that_lost_their_zeros_where_it_is_told_to() -> None:
    ignoring = Hash(leading_zeros="ignore")
    assert hashed("0000123456", "MEMBER_NUMBER", operator=ignoring) == hashed("123456", "MEMBER_NUMBER")
    assert hashed("0000123456", "MEMBER_NUMBER") != hashed("123456", "MEMBER_NUMBER")
    assert len({hashed(value, "MEMBER_NUMBER", operator=ignoring) for value in ("0", "A01", "A1", "01")}) == 4


def test_hash_joins_a_number_and_what_a_float_made_of_it() -> None:
    assert hashed("14200000000.0") == hashed("14200000000") != hashed("14200000000.5")


def test_a_linkage_group_joins_entities() -> None:
    assert hashed("14200000000", "CN_MOBILE", group="customers") == hashed("14200000000", "PHONE_NUMBER", group="customers")
    assert hashed("14200000000", group="customers") != hashed("14200000000", group="orders")


def test_hash_separates_its_fields() -> None:
    assert hashed("Xabc", "PERSON") != hashed("abc", "PERSONX")


@given(st.lists(st.text(max_size=12)), st.sampled_from(["CN_MOBILE", "PERSON", "URL", "EMAIL_ADDRESS"]))
def test_many_values_give_what_each_gives_alone(values: list[str], entity: str) -> None:
    for operator in ALL:
        document = DocumentState(keys=KEYS)
        work = start(operator, DocumentState(keys=KEYS))
        assert operator.many(values, entity, document) == [work(value, finding(entity)) for value in values]  # type: ignore[attr-defined]  # all of ALL have it


@pytest.mark.parametrize(
    ("bits", "encoding", "length"), [(80, "hex", 20), (128, "hex", 32), (256, "hex", 64), (80, "base32", 16)]
)
def test_hash_writes_lowercase_without_padding(bits: int, encoding: str, length: int) -> None:
    code = hashed("14200000000", operator=Hash(bits=bits, encoding=encoding))
    assert len(code) == length
    assert code.isalnum()
    assert code == code.lower()


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"bits": 79}, "bits takes a whole number, 80 to 256, not 79"),
        ({"bits": 64}, "bits takes a whole number, 80 to 256, not 64"),
        ({"bits": 512}, "bits takes a whole number, 80 to 256, not 512"),
        ({"bits": 100}, "bits takes a multiple of 8, not 100"),
        ({"bits": True}, "not bool"),
        ({"encoding": "base23"}, "Did you mean 'base32'"),
        ({"algorithm": "md5"}, "algorithm takes one of 'sha256', 'sm3'"),
    ],
    ids=range(7),
)
def test_hash_refuses_wrong_parameters(params: dict[str, object], message: str) -> None:
    with pytest.raises(OperatorError) as caught:
        Hash(**params)  # type: ignore[arg-type]  # wrong types on purpose
    assert message in str(caught.value)


def test_hash_has_no_key_of_its_own() -> None:
    with pytest.raises(OperatorError, match="the key is missing"):
        Hash()("14200000000", finding())
    with pytest.raises(OperatorError, match="the key is missing"):
        start(Hash(), DocumentState())("14200000000", finding())
