"""Chance from a key: the same key gives the same numbers, and without it they cannot be told from chance."""

from __future__ import annotations

import builtins
import math
from collections.abc import MutableSequence
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    import numpy as np
    from cryptography.hazmat.primitives.ciphers import CipherContext

_BLOCK = 4096


class KeyedStream:
    """An endless stream of bytes: AES-256 in counter mode under a key used for nothing else.

    >>> dice = KeyedStream(bytes(32))
    >>> sorted({dice.below(6) for _ in range(200)})
    [0, 1, 2, 3, 4, 5]
    """

    __slots__ = ("_at", "_buffer", "_cipher", "_key", "_next_normal")

    def __init__(self, key: builtins.bytes) -> None:
        self._key = key
        self._cipher: CipherContext | None = None
        self._buffer = b""
        self._at = 0
        self._next_normal: float | None = None

    def bytes(self, count: int) -> builtins.bytes:
        """The next ``count`` bytes."""
        end = self._at + count
        if end > len(self._buffer):
            rest = self._buffer[self._at :]
            # Most streams serve one value and need a few bytes; one that is read again is read much.
            step = 64 if self._cipher is None else _BLOCK
            self._buffer = rest + self._more(max(count - len(rest), step))
            self._at, end = 0, count
        part = self._buffer[self._at : end]
        self._at = end
        return part

    def below(self, limit: int) -> int:
        """A whole number from 0 up to but not ``limit``, each as likely as the others."""
        if limit < 1:
            raise ValueError("below takes a limit of 1 or more.")
        bits = (limit - 1).bit_length()
        size = (bits + 7) // 8
        while True:
            number = int.from_bytes(self.bytes(size), "big") >> (size * 8 - bits)
            if number < limit:
                return number

    def random(self) -> float:
        """A number from 0 up to but not 1, with 53 bits."""
        return (int.from_bytes(self.bytes(7), "big") >> 3) * 2.0**-53

    def normal(self) -> float:
        """A number of the normal distribution with mean 0 and standard deviation 1 (Box and Muller)."""
        if self._next_normal is not None:
            number, self._next_normal = self._next_normal, None
            return number
        radius = math.sqrt(-2.0 * math.log(1.0 - self.random()))
        angle = 2.0 * math.pi * self.random()
        self._next_normal = radius * math.sin(angle)
        return radius * math.cos(angle)

    def shuffle(self, items: MutableSequence[Any]) -> None:
        """Bring a list into another order, in place (Fisher and Yates)."""
        for last in range(len(items) - 1, 0, -1):
            other = self.below(last + 1)
            items[last], items[other] = items[other], items[last]

    def generator(self) -> np.random.Generator:
        """A numpy generator for many numbers at once: Philox, keyed with 128 bits of this stream.

        Philox is fast and no cipher: it is right for noise and order, not for what must not be guessed from other
        outputs of the same generator. What it gives is the same for one version of numpy.
        """
        import numpy as np

        return np.random.Generator(np.random.Philox(key=int.from_bytes(self.bytes(16), "big")))

    def _more(self, count: int) -> builtins.bytes:
        if self._cipher is None:
            from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

            self._cipher = Cipher(algorithms.AES(self._key), modes.CTR(bytes(16))).encryptor()
        return self._cipher.update(bytes(count))

    def __repr__(self) -> str:
        return "<KeyedStream>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A keyed stream is not pickled.")
