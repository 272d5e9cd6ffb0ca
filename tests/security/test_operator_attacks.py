"""Attacks on keyed operators by somebody who knows everything but the key: a dictionary of numbers, and two recipients' files."""

from __future__ import annotations

import hashlib
import hmac
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from piiscrub.keys.bound import BoundKeys
from piiscrub.keys.ring import KeyRing
from piiscrub.keys.vault import Vault
from piiscrub.model.policy import OperatorSpec
from piiscrub.operate import spaces
from piiscrub.operate.encrypt import Encrypt
from piiscrub.operate.fpe import Fpe
from piiscrub.operate.hash import Hash
from piiscrub.operate.protocol import DocumentState, Many
from piiscrub.operate.pseudonym import Pseudonym
from piiscrub.operate.token import Token
from piiscrub.registry.policies import load_policy
from piiscrub.scrubber.pipeline import Scrubber

RING = KeyRing(hashlib.sha256(b"a key for these tests").digest(), {1: hashlib.sha256(b"a salt").digest()})
TO_ONE = BoundKeys(RING, recipient="Example Ltd", purpose="billing")
TO_ANOTHER = BoundKeys(RING, recipient="Another Ltd", purpose="billing")
KEYED = [Hash(), Hash(bits=80, encoding="base32"), Hash(algorithm="sm3"), Encrypt(), Encrypt(pad=16), Fpe(), Pseudonym()]
SEGMENT = spaces.Prefixed(("1420", "1540"), 11)  # of numbers that nobody has; the attack sees no difference
DICTIONARY = [SEGMENT.unrank(n) for n in random.Random(5).sample(range(SEGMENT.size), 5000)]
SECRET = DICTIONARY[::50]
MOBILES = [spaces.mobiles("mobile").unrank(n) for n in random.Random(6).sample(range(10**9), 2000)]


def values_for(operator: Many) -> tuple[list[str], list[str]]:
    """The dictionary and the secret numbers in it; fpe takes numbers of assigned segments only."""
    return (MOBILES, MOBILES[::40]) if isinstance(operator, Fpe) else (DICTIONARY, SECRET)


@pytest.mark.parametrize("operator", KEYED, ids=range(len(KEYED)))
def test_a_dictionary_of_mobiles_finds_nothing_without_the_key(operator: Many) -> None:
    """Whoever has the code, the recipient's and the purpose's name, the key id and every number tries what can be tried."""
    dictionary, secret = values_for(operator)
    released = set(operator.many(secret, "CN_MOBILE", DocumentState(keys=TO_ONE)))
    tried: list[BoundKeys] = []
    for master in (bytes(32), b"\xff" * 32, hashlib.sha256(RING.id.encode()).digest(), RING.id.encode().ljust(32, b"\0")[:32]):
        for salt in (bytes(32), hashlib.sha256(b"Example Ltd").digest(), hashlib.sha256(b"a salt").digest()):
            tried.append(BoundKeys(KeyRing(master, {1: salt}), recipient="Example Ltd", purpose="billing"))
    tried.append(BoundKeys(KeyRing.ephemeral(), recipient="Example Ltd", purpose="billing"))
    for keys in tried:
        guesses = operator.many(dictionary, "CN_MOBILE", DocumentState(keys=keys))
        assert len(released & set(guesses)) <= chance(operator)


@pytest.mark.parametrize("size", [20, 32, 64])
def test_no_plain_hash_is_released(size: int) -> None:
    released = set(Hash(bits=size * 4 if size > 20 else 80).many(SECRET, "CN_MOBILE", DocumentState(keys=TO_ONE)))
    salts = (b"", b"piiscrub", b"CN_MOBILE", RING.id.encode(), b"Example Ltd", b"billing")
    for make in (hashlib.sha256, hashlib.md5, hashlib.sha1, hashlib.sha512):
        for value in SECRET:
            raw = value.encode()
            for salt in salts:
                for digest in (make(salt + raw), make(raw + salt), hmac.new(salt, raw, make)):
                    assert digest.hexdigest()[:size] not in released


@pytest.mark.parametrize("operator", KEYED, ids=range(len(KEYED)))
def test_the_order_of_numbers_says_nothing(operator: Many) -> None:
    dictionary, _ = values_for(operator)
    ordered = sorted(dictionary[:2000])
    released = operator.many(ordered, "CN_MOBILE", DocumentState(keys=TO_ONE))
    assert abs(correlation(range(len(ordered)), ranks(released))) < 0.1
    neighbours = operator.many(["14200000000", "14200000001"], "PHONE_NUMBER", DocumentState(keys=TO_ONE))
    assert sum(a != b for a, b in zip(*neighbours, strict=False)) >= 3


@pytest.mark.parametrize("operator", KEYED, ids=range(len(KEYED)))
def test_two_recipients_cannot_join_a_column(operator: Many) -> None:
    dictionary, _ = values_for(operator)
    one = operator.many(dictionary, "CN_MOBILE", DocumentState(keys=TO_ONE))
    other = operator.many(dictionary, "CN_MOBILE", DocumentState(keys=TO_ANOTHER))
    assert sum(a == b for a, b in zip(one, other, strict=True)) <= 1
    assert len(set(one) & set(other)) <= chance(operator)
    assert abs(correlation(ranks(one), ranks(other))) < 0.1
    again = operator.many(dictionary, "CN_MOBILE", DocumentState(keys=TO_ONE))
    assert again == one  # within one recipient they join, which is what they are for


def test_names_of_two_recipients_meet_by_chance_only() -> None:
    names = [surname + first + second for surname in "赵钱孙李周" for first in "建国志强秀英文武" for second in "东南西北"]
    one = Pseudonym().many(names, "PERSON", DocumentState(keys=TO_ONE))
    other = Pseudonym().many(names, "PERSON", DocumentState(keys=TO_ANOTHER))
    assert sum(a == b for a, b in zip(one, other, strict=True)) <= 1


def test_tokens_are_not_computed_from_the_value(tmp_path: Path) -> None:
    with Vault(tmp_path / "one.sqlite", TO_ONE) as first, Vault(tmp_path / "two.sqlite", TO_ONE) as second:
        order = SECRET[::-1]
        one = Token(random=True).many(SECRET, "CN_MOBILE", DocumentState(keys=TO_ONE, vault=first.scope("a")))
        other = Token(random=True).many(SECRET, "CN_MOBILE", DocumentState(keys=TO_ONE, vault=second.scope("a")))
        assert not set(one) & set(other)
        numbered = Token().many(order, "CN_MOBILE", DocumentState(keys=TO_ONE, vault=first.scope("b")))
        assert numbered == [f"<CN_MOBILE_{n}>" for n in range(1, len(order) + 1)]


@pytest.mark.parametrize("name", ["hash", "encrypt", "pseudonym"])
def test_two_recipients_cannot_join_spans_in_text(name: str) -> None:
    policy = load_policy("strict").replace(default=OperatorSpec(name, (), False), rules=())
    scrubber = Scrubber(policy=policy)
    texts = [f"客户手机：{number}，已回访。" for number in ("13800138000", "13800138001", "13800138002")]
    results: list[list[str]] = []
    for keys in (TO_ONE, TO_ANOTHER):
        document = scrubber.document(keys=keys)
        results.append([scrubber.scrub(text, document=document).text for text in texts])
    for one, other, text in zip(*results, texts, strict=True):
        assert one != other
        assert text[5:16] not in one + other
    assert not set(results[0]) & set(results[1])


def chance(operator: Many) -> int:
    """How many of some thousand released values may meet guesses by chance: forms of numbers are few."""
    return 2 if isinstance(operator, Fpe | Pseudonym) else 0


def ranks(values: Sequence[str]) -> list[int]:
    order: Callable[[int], str] = values.__getitem__
    found = [0] * len(values)
    for rank, at in enumerate(sorted(range(len(values)), key=order)):
        found[at] = rank
    return found


def correlation(one: Sequence[int], other: Sequence[int]) -> float:
    middle = (len(one) - 1) / 2
    spread = sum((a - middle) ** 2 for a in one)
    return sum((a - middle) * (b - middle) for a, b in zip(one, other, strict=True)) / spread
