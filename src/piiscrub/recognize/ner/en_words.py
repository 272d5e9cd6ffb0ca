"""From words to the rows of the embedding tables: the hashes and word shapes that spaCy's models are built on.

A word is looked up by four features (its norm, first letter, last three letters and shape) in hashed tables, and by itself
among the word vectors. Hashing follows spaCy 3 (MIT) so that weights trained there can be read here.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_MASK = (1 << 64) - 1
_MULTIPLIER = 0xC6A4A7935BD1E995
_SHAPE_LIMIT = 100

Ids = NDArray[np.uint64]


def string_id(text: str) -> int:
    """MurmurHash64A of the UTF-8 bytes with seed 1, zero for the empty string.

    >>> string_id("") == 0, string_id("apple") == 8566208034543834098
    (True, True)
    """
    if not text:
        return 0
    data = text.encode("utf-8", "surrogatepass")
    size = len(data)
    value = 1 ^ (size * _MULTIPLIER & _MASK)
    whole = size - size % 8
    for place in range(0, whole, 8):
        key = int.from_bytes(data[place : place + 8], "little") * _MULTIPLIER & _MASK
        key = (key ^ key >> 47) * _MULTIPLIER & _MASK
        value = (value ^ key) * _MULTIPLIER & _MASK
    if whole < size:
        value = (value ^ int.from_bytes(data[whole:], "little")) * _MULTIPLIER & _MASK
    value = (value ^ value >> 47) * _MULTIPLIER & _MASK
    return value ^ value >> 47


def shape(word: str) -> str:
    """Letters as X and x, digits as d, the rest as it is; runs are cut after four.

    >>> shape("McDonald"), shape("3rd"), shape("Inc.")
    ('XxXxxxx', 'dxx', 'Xxx.')
    """
    if len(word) >= _SHAPE_LIMIT:
        return "LONG"
    made: list[str] = []
    last, run = "", 0
    for char in word:
        kind = ("X" if char.isupper() else "x") if char.isalpha() else "d" if char.isdigit() else char
        run = run + 1 if kind == last else 0
        last = kind
        if run < 4:
            made.append(kind)
    return "".join(made)


def table_rows(ids: Ids, seed: int, size: int) -> NDArray[np.int64]:
    """The four rows of a hashed table that stand for each id: MurmurHash3 (128 bits, x86-64 variant) cut in four."""
    with np.errstate(over="ignore"):
        first = ids * np.uint64(0x87C37B91114253D5)
        first = (first << np.uint64(31)) | (first >> np.uint64(33))
        first *= np.uint64(0x4CF5AD432745937F)
        first ^= np.uint64(seed) ^ np.uint64(8)
        second = np.full_like(first, np.uint64(seed) ^ np.uint64(8))
        first += second
        second += first
        first, second = _mix(first), _mix(second)
        first += second
        second += first
    low = np.uint64(0xFFFFFFFF)
    keys = np.stack([first & low, first >> np.uint64(32), second & low, second >> np.uint64(32)], axis=1)
    return (keys % np.uint64(size)).astype(np.int64)


def _mix(value: Ids) -> Ids:
    value = value ^ (value >> np.uint64(33))
    value = value * np.uint64(0xFF51AFD7ED558CCD)
    value = value ^ (value >> np.uint64(33))
    value = value * np.uint64(0xC4CEB9FE1A85EC53)
    return value ^ (value >> np.uint64(33))
