"""Chance for one value: drawn from its keyed code, so that it is the same for the same value and key, and for nobody else."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from functools import cache
from typing import TypeVar

from piiscrub.reference.tables import rows

T = TypeVar("T")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"  # as base32


class Draws:
    """512 bits of chance for a value under a key: some fifty choices from word lists, each biased by less than 2^-64.

    >>> Draws(bytes(32), "a").below(100) == Draws(bytes(32), "a").below(100)
    True
    """

    __slots__ = ("_left",)

    def __init__(self, key: bytes, value: str) -> None:
        digest = hmac.digest(key, value.encode("utf-8", "surrogatepass"), hashlib.sha512().name)
        self._left = int.from_bytes(digest, "big")

    def below(self, limit: int) -> int:
        """A whole number from 0 up to but not ``limit``."""
        self._left, drawn = divmod(self._left, limit)
        return drawn

    def one(self, words: Sequence[T]) -> T:
        """One of the words, each as likely."""
        return words[self.below(len(words))]

    def letters(self, count: int) -> str:
        """Small letters and digits 2 to 7, five bits each."""
        left = self._left
        self._left = left >> 5 * count
        left &= (1 << 5 * count) - 1
        return "".join([_ALPHABET[left >> at & 31] for at in range(0, 5 * count, 5)])


@cache
def words(kind: str) -> tuple[str, ...]:
    """The words, or for given names the characters, of one kind of ``surrogate_words.tsv``."""
    (listed,) = (row[1] for row in rows("surrogate_words") if row[0] == kind)
    found = tuple(listed.split(" ")) if " " in listed else tuple(listed)
    return tuple(dict.fromkeys(found))
