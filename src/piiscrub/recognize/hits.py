"""Context words near a place, each with its owners as bits.

A word such as 账号 has twenty owners, and most are never asked about: one number for all of them is made and tested at the
price of one owner.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias, TypeVar

Whole = TypeVar("Whole", str, tuple[str, ...])
"""A Chinese word by its characters, or a phrase by its words."""

Hit: TypeAlias = tuple[int, str]
"""A context word near a span for one owner: its distance in characters, and the word."""

Hits: TypeAlias = list[tuple[int, int, str]]
"""Context words near a span: distance in characters, owners as bits, the word. Plain tuples: dozens are made per kilobyte."""

NEGATIVE = -1
"""Owner of the words that speak against a number being personal (order, invoice …)."""


def bit(owner: int) -> int:
    """The bit of one owner."""
    return 1 << (owner + 1)


AGAINST = bit(NEGATIVE)


def bits(owners: Iterable[int]) -> int:
    """The bits of several owners."""
    together = 0
    for owner in owners:
        together |= bit(owner)
    return together


def shared(words: Mapping[Whole, Iterable[int]]) -> dict[Whole, int]:
    """For each word or phrase its owners and those of every one it holds, as bits: 身份证号码 counts for whoever listed 身份证.

    >>> shared({"身份证号": [], "身份证": [0], "证号": [1]})
    {'身份证号': 6, '身份证': 2, '证号': 4}
    """
    owned = {word: bits(owners) for word, owners in words.items()}
    together = {}
    for word, owners in owned.items():
        for i in range(len(word)):
            for j in range(i + 1, len(word) + 1):
                owners |= owned.get(word[i:j], 0)  # noqa: PLW2901  # what has come together so far
        together[word] = owners
    return together


def owners_of(hits: Hits) -> int:
    """The bits of every owner that has a word there."""
    together = 0
    for _, owners, _ in hits:
        together |= owners
    return together


def nearest(hits: Hits, owner: int) -> Hit | None:
    """The nearest word of one owner, given as its bit; of two as near the first."""
    found: Hit | None = None
    for distance, owners, word in hits:
        if owners & owner and (found is None or distance < found[0]):
            found = distance, word
    return found


def by_owner(hits: Hits) -> dict[int, Hit]:
    """The nearest word of every owner that has one.

    >>> by_owner([(3, bits((0, 2)), "手机"), (1, bits((2,)), "号")])
    {0: (3, '手机'), 2: (1, '号')}
    """
    found: dict[int, Hit] = {}
    for owner in range(NEGATIVE, owners_of(hits).bit_length()):
        hit = nearest(hits, bit(owner))
        if hit is not None:
            found[owner] = hit
    return found
