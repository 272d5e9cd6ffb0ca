"""FF1 of NIST SP 800-38G: encryption of numbers onto numbers of the same length, and keyed permutations of any size.

A mode of AES, which comes from ``cryptography``; why the mode is written here stands in docs/explanation/decisions.md. Many
numbers go through a round together: the block cipher sees all their blocks in one call, numpy does the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from numpy.typing import NDArray

from piiscrub.errors import OperatorError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers import CipherContext

LEAST = 10**6
"""The smallest domain: the second draft of SP 800-38G revision 1 (2025) requires a million."""
_ROUNDS = 10
_CHUNK = 65536
_FEW = 8  # below that, numpy costs more than it saves
Numbers = NDArray[np.uint64]


class FF1:
    """Encrypts numbers below radix ** length, each read as ``length`` numerals with the first the highest.

    ``key`` is an AES key of 16, 24 or 32 bytes. One object is one permutation and may be used by several threads.

    >>> cipher = FF1(bytes(32), 10, 11)
    >>> cipher.decrypt(cipher.encrypt([13800138000, 14200000000]))
    [13800138000, 14200000000]

    Raises:
        OperatorError: the domain has fewer than a million numbers.
    """

    def __init__(self, key: bytes, radix: int, length: int, tweak: bytes = b"") -> None:
        if length < 2 or radix**length < LEAST:
            raise OperatorError("fpe: the value is too short: fewer than a million values of this length and alphabet exist.")
        self._key, self.radix, self.length = key, radix, length
        self._u, self._v = length // 2, length - length // 2
        self._b = ((radix**self._v - 1).bit_length() + 7) // 8
        self._d = 4 * ((self._b + 3) // 4) + 4
        u_byte = self._u % 256
        p = bytes((1, 2, 1)) + radix.to_bytes(3, "big") + bytes((10, u_byte)) + length.to_bytes(4, "big")
        self._p = p + len(tweak).to_bytes(4, "big")
        self._head = tweak + bytes(-(len(tweak) + self._b + 1) % 16)

    def encrypt(self, numbers: Sequence[int]) -> list[int]:
        """Each number under the permutation."""
        return self._all(numbers, forward=True)

    def decrypt(self, numbers: Sequence[int]) -> list[int]:
        """Each number back."""
        return self._all(numbers, forward=False)

    def _all(self, numbers: Sequence[int], *, forward: bool) -> list[int]:
        if len(numbers) < _FEW or self.radix**self.length >= 2**63 or self.radix**self._v >= 2**48:
            return [self._one(number, forward=forward) for number in numbers]
        done: list[int] = []
        for at in range(0, len(numbers), _CHUNK):
            done += self.array(np.array(numbers[at : at + _CHUNK], dtype=np.uint64), forward=forward).tolist()
        return done

    def array(self, numbers: Numbers, *, forward: bool) -> Numbers:
        """As ``encrypt`` and ``decrypt``, for a domain below 2^63."""
        low = np.uint64(self.radix**self._v)
        a, b = numbers // low, numbers % low
        for i in range(_ROUNDS) if forward else range(_ROUNDS - 1, -1, -1):
            m = np.uint64(self.radix ** (self._u if i % 2 == 0 else self._v))
            if forward:
                a, b = b, (a + self._rounds(i, b, m)) % m
            else:
                a, b = (b + m - self._rounds(i, a, m)) % m, a
        return a * low + b

    def _rounds(self, i: int, half: Numbers, m: np.uint64) -> Numbers:
        """The round function of SP 800-38G steps 6i to 6vi for many halves, modulo m."""
        head = self._head + bytes((i,))
        cut = (len(head) + self._b) // 16 * 16 - 16
        block = np.empty((len(half), 16), dtype=np.uint8)
        block[:, : 16 - self._b] = np.frombuffer(head[cut:], dtype=np.uint8)
        block[:, 16 - self._b :] = half.astype(">u8").view(np.uint8).reshape(-1, 8)[:, 8 - self._b :]
        block ^= np.frombuffer(self._chain(head[:cut]), dtype=np.uint8)
        r = np.frombuffer(self._aes().update(block.tobytes()), dtype=np.uint8).reshape(-1, 16)
        y = r[:, :8].copy().view(">u8").reshape(-1).astype(np.uint64) % m
        for at in range(8, self._d, 2):
            y = (y * np.uint64(65536) + r[:, at : at + 2].copy().view(">u2").reshape(-1).astype(np.uint64)) % m
        return y

    def _one(self, number: int, *, forward: bool) -> int:
        low: int = self.radix**self._v
        a, b = divmod(number, low)
        for i in range(_ROUNDS) if forward else range(_ROUNDS - 1, -1, -1):
            m: int = self.radix ** (self._u if i % 2 == 0 else self._v)
            if forward:
                a, b = b, (a + self._round(i, b)) % m
            else:
                a, b = (b - self._round(i, a)) % m, a
        return a * low + b

    def _round(self, i: int, half: int) -> int:
        r = self._chain(self._head + bytes((i,)) + half.to_bytes(self._b, "big"))
        s = r
        for j in range(1, -(-self._d // 16)):
            s += self._aes().update((int.from_bytes(r, "big") ^ j).to_bytes(16, "big"))
        return int.from_bytes(s[: self._d], "big")

    def _chain(self, blocks: bytes) -> bytes:
        """The last block of CBC over P and the blocks given (PRF of SP 800-38G)."""
        state = self._start
        for at in range(0, len(blocks), 16):
            mixed = int.from_bytes(state, "big") ^ int.from_bytes(blocks[at : at + 16], "big")
            state = self._aes().update(mixed.to_bytes(16, "big"))
        return state

    @cached_property
    def _start(self) -> bytes:
        return self._aes().update(self._p)

    def _aes(self) -> CipherContext:
        """The bare block cipher; FF1 is the mode."""
        return self._cipher.encryptor()

    @cached_property
    def _cipher(self) -> Cipher[modes.ECB]:
        return Cipher(algorithms.AES(self._key), modes.ECB())  # noqa: S305  # single blocks of FF1's round function

    def __repr__(self) -> str:
        return f"<FF1: radix {self.radix}, length {self.length}>"


class Permutation:
    """A keyed permutation of 0 … size - 1: FF1 on bits, walked on until the number lies below the size.

    >>> mixed = Permutation(bytes(32), 3_000_000)
    >>> image = mixed.encrypt([0, 1, 2_999_999])
    >>> max(image) < 3_000_000, mixed.decrypt(image)
    (True, [0, 1, 2999999])
    """

    def __init__(self, key: bytes, size: int, tweak: bytes = b"") -> None:
        if size < LEAST:
            raise OperatorError("fpe: the value is too short: fewer than a million values of its shape exist.")
        self.size = size
        self._cipher = FF1(key, 2, max((size - 1).bit_length(), 20), tweak)

    def encrypt(self, numbers: Sequence[int]) -> list[int]:
        """Where each number goes."""
        return self._walk(numbers, forward=True)

    def decrypt(self, numbers: Sequence[int]) -> list[int]:
        """Where each number came from."""
        return self._walk(numbers, forward=False)

    def _walk(self, numbers: Sequence[int], *, forward: bool) -> list[int]:
        if len(numbers) < _FEW or self.size >= 2**63:
            return [self._walk_one(number, forward=forward) for number in numbers]
        done: list[int] = []
        for at in range(0, len(numbers), _CHUNK):
            now = self._cipher.array(np.array(numbers[at : at + _CHUNK], dtype=np.uint64), forward=forward)
            while len(outside := np.flatnonzero(now >= np.uint64(self.size))):
                now[outside] = self._cipher.array(now[outside], forward=forward)
            done += now.tolist()
        return done

    def _walk_one(self, number: int, *, forward: bool) -> int:
        step = self._cipher.encrypt if forward else self._cipher.decrypt
        (number,) = step([number])
        while number >= self.size:
            (number,) = step([number])
        return number
