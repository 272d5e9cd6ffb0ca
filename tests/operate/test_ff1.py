"""FF1: the sample vectors of NIST (SP 800-38G examples), permutations, and small domains refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscrub.errors import OperatorError
from piiscrub.operate.ff1 import FF1, Permutation

KEY = "2B7E151628AED2A6ABF7158809CF4F3C"
KEYS = {16: KEY, 24: KEY + "EF4359D8D580AA4F", 32: KEY + "EF4359D8D580AA4F7F036D6F04FC6A94"}
ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
T10, T11 = "39383736353433323130", "3737373770717273373737"
# FF1samples.pdf of the Cryptographic Standards and Guidelines project
SAMPLES = [
    (16, 10, "", "0123456789", "2433477484"),
    (16, 10, T10, "0123456789", "6124200773"),
    (16, 36, T11, "0123456789abcdefghi", "a9tv40mll9kdu509eum"),
    (24, 10, "", "0123456789", "2830668132"),
    (24, 10, T10, "0123456789", "2496655549"),
    (24, 36, T11, "0123456789abcdefghi", "xbj3kv35jrawxv32ysr"),
    (32, 10, "", "0123456789", "6657667009"),
    (32, 10, T10, "0123456789", "1001623463"),
    (32, 36, T11, "0123456789abcdefghi", "xs8a0azh2avyalyzuwd"),
]


def text(number: int, radix: int, length: int) -> str:
    digits = []
    for _ in range(length):
        number, digit = divmod(number, radix)
        digits.append(ALPHABET[digit])
    return "".join(reversed(digits))


@pytest.mark.parametrize(("size", "radix", "tweak", "plain", "cipher"), SAMPLES, ids=range(1, 10))
def test_sample_vectors_of_nist(size: int, radix: int, tweak: str, plain: str, cipher: str) -> None:
    ff1 = FF1(bytes.fromhex(KEYS[size]), radix, len(plain), bytes.fromhex(tweak))
    number, *_ = ff1.encrypt([int(plain, radix)] * 10)
    assert text(number, radix, len(plain)) == cipher
    assert {text(one, radix, len(plain)) for one in ff1.decrypt([number] * 10)} == {plain}
    assert ff1._one(int(plain, radix), forward=True) == number  # the way of long numbers agrees with the way of many


@given(st.integers(2, 36), st.binary(max_size=40), st.lists(st.integers(0, 10**6 - 1), min_size=8), st.data())
def test_both_ways_agree_and_lead_back(radix: int, tweak: bytes, numbers: list[int], data: st.DataObject) -> None:
    least = next(n for n in range(2, 40) if radix**n >= 10**6)
    length = data.draw(st.integers(least, least + 12))
    ff1 = FF1(bytes(16), radix, length, tweak)
    image = ff1.encrypt(numbers)
    assert image == [ff1._one(number, forward=True) for number in numbers]
    assert ff1.decrypt(image) == numbers
    assert all(0 <= number < radix**length for number in image)
    assert len(set(image)) == len(set(numbers))


@given(st.integers(10**6, 2**80), st.data())
def test_a_permutation_of_any_size(size: int, data: st.DataObject) -> None:
    numbers = data.draw(st.lists(st.integers(0, size - 1), unique=True, max_size=50))
    mixed = Permutation(bytes(32), size)
    image = mixed.encrypt(numbers)
    assert len(set(image)) == len(numbers)
    assert all(0 <= number < size for number in image)
    assert mixed.decrypt(image) == numbers


@pytest.mark.parametrize(("radix", "length"), [(10, 5), (36, 3), (2, 19), (10**6, 1)])
def test_small_domains_are_refused(radix: int, length: int) -> None:
    with pytest.raises(OperatorError, match="fewer than a million"):
        FF1(bytes(32), radix, length)
    with pytest.raises(OperatorError, match="fewer than a million"):
        Permutation(bytes(32), 10**6 - 1)
