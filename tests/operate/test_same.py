"""What is done to a whole column at once is what is done value by value."""

from __future__ import annotations

import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscrub.keys.bound import BoundKeys
from piiscrub.operate.hash import Hash
from piiscrub.operate.protocol import DocumentState
from piiscrub.operate.same import encoded, same, same_all
from tests.operate.held import KEYS, finding

ENTITIES = ("CN_MOBILE", "EMAIL_ADDRESS", "SECRET")  # one of each way to compare
VALUES = st.lists(st.text(st.sampled_from("aBX01. -()\t\0\x1c王（１\u200b\u00a0\ue000\ud800"), max_size=6), max_size=6)


@pytest.mark.parametrize("entity", ENTITIES)
@given(values=VALUES)
def test_a_column_compares_like_its_values(entity: str, values: list[str]) -> None:
    assert same_all(entity, values) == [same(entity, value) for value in values]


@given(VALUES)
def test_a_column_is_encoded_like_its_values(values: list[str]) -> None:
    assert encoded(values) == [value.encode("utf-8", "surrogatepass") for value in values]


@pytest.mark.parametrize("encoding", ["hex", "base32", "base64"])
@given(values=VALUES)
def test_a_column_is_hashed_like_its_values(encoding: str, values: list[str]) -> None:
    operator = Hash(encoding=encoding)
    work = operator.start(DocumentState(keys=KEYS))
    expected = [work(value, finding("CN_MOBILE")) for value in values]
    assert operator.many(values, "CN_MOBILE", DocumentState(keys=KEYS)) == expected


@given(st.text(max_size=200))
def test_the_hash_is_hmac_sha256(value: str) -> None:
    class Told(BoundKeys):
        def key(self, use: str, group: str) -> bytes:
            return b"k" * 32

    made = Hash(bits=256).many([value], "SECRET", DocumentState(keys=Told(KEYS.ring)))
    form = same("SECRET", value).encode()
    assert made == [hmac.digest(b"k" * 32, form, "sha256").hex()]
