"""What was removed, remembered as eight keyed bytes a value, so that it can be looked for and never be read back.

The key is thrown away with the object. Spellings of one value agree: width, case, separators and zero-width characters do
not count. Eight bytes a distinct value are kept; a value that was never added is taken for one that was with a chance of
n / 2**64.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from piiscrub.text.folding import fold

LEAST = 6
"""Significant characters of a number or code that is looked for wherever it stands."""
_SEPARATORS = re.compile(r"[\s\-./,;:|_'\"()\[\]<>·]+")
_SIZE = 8
_FLUSH = 1 << 20  # values kept unsorted before doubles are thrown out


def plain(value: str) -> str:
    """The value in the form that is compared: folded, in small letters, without separators.

    >>> plain("１３８-0013 8000"), plain("Ann@Example.com")
    ('13800138000', 'ann@examplecom')
    """
    return _SEPARATORS.sub("", fold(value).folded).casefold()


class Fingerprints:
    """A set of values that cannot be listed.

    >>> removed = Fingerprints()
    >>> removed.add(["138 0013 8000"])
    >>> removed.has(["13800138000", "13900139000"]).tolist()
    [True, False]
    """

    __slots__ = ("_key", "_new", "_pending", "_sorted")

    def __init__(self, key: bytes | None = None) -> None:
        self._key = os.urandom(32) if key is None else key
        self._new: list[npt.NDArray[np.uint64]] = []
        self._pending = 0
        self._sorted: npt.NDArray[np.uint64] = np.empty(0, dtype=np.uint64)

    @classmethod
    def of(cls, prints: npt.NDArray[np.uint64], key: bytes) -> Fingerprints:
        """The set that :meth:`to_array` gave, under its key."""
        made = cls(key)
        made._sorted = np.unique(np.asarray(prints, np.uint64))
        return made

    def __len__(self) -> int:
        self._sort()
        return len(self._sorted)

    def __repr__(self) -> str:
        return f"<Fingerprints: {len(self)}>"

    def add(self, values: Iterable[str]) -> None:
        """Remember values; those with nothing but separators are left out."""
        self.add_forms([form for form in map(plain, values) if form])

    def add_forms(self, forms: Sequence[str]) -> None:
        """Remember values that are in their plain form already."""
        made = b"".join(
            [hashlib.blake2b(form.encode("utf-8", "surrogatepass"), digest_size=_SIZE, key=self._key).digest() for form in forms]
        )
        self._new.append(np.frombuffer(made, "<u8").astype(np.uint64, copy=False))
        self._pending += len(forms)
        if self._pending >= _FLUSH:
            self._sort()

    def has(self, values: Iterable[str]) -> npt.NDArray[np.bool_]:
        """Whether each value was added."""
        self._sort()
        wanted = self.prints_of(values)
        if not len(self._sorted):
            return np.zeros(len(wanted), dtype=np.bool_)
        at = np.searchsorted(self._sorted, wanted)
        return np.asarray(self._sorted[np.minimum(at, len(self._sorted) - 1)] == wanted)

    def prints_of(self, values: Iterable[str]) -> npt.NDArray[np.uint64]:
        """The fingerprint of each value under the key of this set, in their order."""
        return np.fromiter((self._print(plain(value)) for value in values), dtype=np.uint64)

    def to_array(self) -> npt.NDArray[np.uint64]:
        """The fingerprints themselves, sorted; they say nothing without the key."""
        self._sort()
        return self._sorted

    def _print(self, form: str) -> int:
        data = form.encode("utf-8", "surrogatepass")
        return int.from_bytes(hashlib.blake2b(data, digest_size=_SIZE, key=self._key).digest(), "little")

    def _sort(self) -> None:
        if self._new:
            self._sorted, self._pending = merged(self._sorted, self._new), 0

    def __reduce__(self) -> str:
        raise TypeError("Fingerprints are not pickled: their key lives as long as they do.")


def merged(known: npt.NDArray[np.uint64], new: list[npt.NDArray[np.uint64]]) -> npt.NDArray[np.uint64]:
    """All values once, sorted; ``known`` is so already, and ``new`` is let go: it is far less, so only one copy is made.

    >>> merged(np.array([2, 5], np.uint64), [np.array([9, 5], np.uint64), np.array([1, 9], np.uint64)]).tolist()
    [1, 2, 5, 9]
    """
    fresh = np.concatenate(new)
    new.clear()
    fresh.sort()  # and then each once: np.unique takes ten times as long
    first = np.ones(len(fresh), np.bool_)
    np.not_equal(fresh[1:], fresh[:-1], out=first[1:])
    fresh = fresh[first]
    if not len(known):
        return np.asarray(fresh)
    at = np.searchsorted(known, fresh)
    absent = known[np.minimum(at, len(known) - 1)] != fresh
    return np.insert(known, at[absent], fresh[absent])
