"""What was taken out, remembered column by column under a key that lives as long as the object: eight bytes a value.

Millions of values pass here, so everything works on whole columns. The hash is multilinear (Lemire and Kaser, "Strongly
universal string hashing is fast", 2014) with random factors: without them nothing can be told from it, two values meet with a
chance of 2**-64, and it is never stored. What is stored, or leaves the process, is keyed by ``fingerprints`` instead.
"""

from __future__ import annotations

import os
import re
from collections import Counter

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from piiscrub.handing_over.fingerprints import LEAST, merged, plain

Prints = npt.NDArray[np.uint64]
Mask = npt.NDArray[np.bool_]

LONGEST = 200
"""Characters of a value that is looked for; longer ones are texts, and searched for what they hold."""
SHORT = 8
"""Digits of a number that many things share: a postcode, an amount, a staff number; shorter ones meet by chance."""
_BYTES = 4 * LONGEST
_FLUSH = 1 << 20  # prints kept unsorted before doubles are thrown out
_SEPARATORS = np.zeros(256, np.bool_)
_SEPARATORS[[*b" \t\n\r\f\v\x1c\x1d\x1e\x1f-./,:;|_'\"()[]<>"]] = True
_LOWER = np.arange(256, dtype=np.uint8)
_LOWER[ord("A") : ord("Z") + 1] += 32
_DIGITS = np.zeros(256, np.bool_)
_DIGITS[ord("0") : ord("9") + 1] = True
_LETTERS = np.zeros(256, np.bool_)
_LETTERS[[*range(ord("a"), ord("z") + 1), *range(ord("A"), ord("Z") + 1), *range(128, 256)]] = True
# First bytes of characters that folding may touch: everything beyond ASCII but the ideographs (E4 to E9).
_FOLDS = np.zeros(256, np.bool_)
_FOLDS[[*range(0xC0, 0xE4), *range(0xEA, 0x100)]] = True
_HAN_DIGITS = "[〇零○一二三四五六七八九壹贰叁肆伍陆柒捌玖幺两洞拐勾]{7}"
_DATE = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{4,6})?")


class Column:
    """Texts with their plain forms (``fingerprints.plain``), and what can be told of each by its bytes."""

    __slots__ = ("_at", "_data", "forms", "texts")

    def __init__(self, texts: pa.Array | list[str]) -> None:
        self.texts: pa.Array = _strings(texts)
        self.forms: pa.Array = _plain(self.texts)
        self._data, self._at = _bytes(self.forms)

    def __len__(self) -> int:
        return len(self.texts)

    def digits(self) -> npt.NDArray[np.int64]:
        """How many digits each form has."""
        return _count(_DIGITS[self._data], self._at)

    def mail(self) -> Mask:
        """Whether there is an @ in it."""
        return np.asarray(_count(self._data == ord("@"), self._at) > 0)

    def letters(self) -> Mask:
        """Whether anything but digits and signs is in it."""
        return _count(_LETTERS[self._data], self._at) > 0

    def lengths(self) -> npt.NDArray[np.int64]:
        """Characters of each form."""
        return np.asarray(pc.utf8_length(self.forms).cast(pa.int64()))

    def split(self) -> Mask:
        """Whether the text is more than its form: it has separators, or was folded."""
        return np.asarray(pc.not_equal(pc.binary_length(self.texts), pc.binary_length(self.forms)))

    def worth(self) -> Mask:
        """Which are looked for wherever they stand: six significant characters, and no plain word, date or small number.

        A date, an amount, a category is too common to give anybody away; a number, a code, an e-mail, a full address is not.
        """
        digits, lengths = self.digits(), self.lengths()
        fits = (lengths >= LEAST) & np.asarray(pc.less_equal(pc.utf8_length(self.texts), LONGEST))
        numbers = (digits >= LEAST) | ((digits >= 2) & (digits < lengths))
        told = fits & (numbers | ((digits == 0) & self.mail()))
        for i in np.flatnonzero(told & (digits == lengths) & np.isin(lengths, (8, 12, 13, 14))).tolist():
            told[i] = not _DATE.fullmatch(self.forms[i].as_py())
        return np.asarray(told)

    def shapes(self) -> npt.NDArray[np.int64]:
        """Kinds of writing: how many digits, if there is nothing else; -1 an e-mail, -2 a code, -3 in other script."""
        digits, lengths = self.digits(), self.lengths()
        beyond = np.asarray(pc.not_equal(pc.binary_length(self.forms).cast(pa.int64()), pa.array(lengths)))
        return np.where(digits == lengths, lengths, np.where(self.mail(), -1, np.where(beyond, -3, -2)))

    def filter(self, mask: Mask) -> Column:
        """Those of a mask."""
        return self if mask.all() else self.take(np.flatnonzero(mask))

    def take(self, places: npt.NDArray[np.int64]) -> Column:
        """Those at some places."""
        made = Column.__new__(Column)
        at = pa.array(places, pa.int64())
        made.texts, made.forms = self.texts.take(at), self.forms.take(at)
        made._data, made._at = _bytes(made.forms)
        return made


class Remembered:
    """A set of values that cannot be listed, by their plain forms.

    >>> removed = Remembered()
    >>> removed.add(Column(["138 0013 8000"]))
    >>> removed.has(Column(["１３８００１３８０００", "13900139000"])).tolist(), len(removed)
    ([True, False], 1)
    """

    __slots__ = ("_factors", "_new", "_pending", "_sorted", "kinds", "numbers")

    def __init__(self) -> None:
        self._factors = np.frombuffer(os.urandom(16 * (_BYTES + 2)), np.uint64).reshape(2, _BYTES + 2)
        self._new: list[Prints] = []
        self._pending = 0
        self._sorted: Prints = np.empty(0, np.uint64)
        self.kinds: set[tuple[int, bool]] = set()
        """Lengths of the forms, each with whether it has an @: what is of no such kind need not be looked up."""
        self.numbers: Counter[int] = Counter()
        """How many plain numbers of each length were added, at most: those of several batches count again."""

    def __len__(self) -> int:
        self._sort()
        return len(self._sorted)

    def __repr__(self) -> str:
        return f"<Remembered: {len(self)}>"

    def add(self, values: Column) -> None:
        """Remember values; those with nothing but separators are left out."""
        lengths = values.lengths()
        self.kinds |= set(zip(lengths.tolist(), values.mail().tolist(), strict=True))
        self.numbers.update(lengths[(values.digits() == lengths) & (lengths < SHORT)].tolist())
        self._new.append(self._prints(values)[lengths > 0])
        self._pending += len(self._new[-1])
        if self._pending >= _FLUSH:
            self._sort()

    def has(self, values: Column) -> Mask:
        """Whether each value was added."""
        self._sort()
        found = np.zeros(len(values), np.bool_)
        may = np.flatnonzero(np.isin(values.lengths() * 2 + values.mail(), [2 * n + mail for n, mail in self.kinds]))
        if not len(self._sorted) or not len(may):
            return found
        wanted = self._prints(values if len(may) == len(values) else values.take(may))
        at = np.minimum(np.searchsorted(self._sorted, wanted), len(self._sorted) - 1)
        found[may] = self._sorted[at] == wanted
        return found

    def _prints(self, values: Column) -> Prints:
        data, at = values._data, values._at
        starts, lengths = at[:-1], np.minimum(np.diff(at), _BYTES)
        one, two = (np.full(len(starts), row[0], np.uint64) + lengths.astype(np.uint64) * row[1] for row in self._factors)
        order = np.argsort(lengths, kind="stable")
        by_length = lengths[order]
        for i in range(int(by_length[-1]) if len(order) else 0):
            left = order[np.searchsorted(by_length, i, side="right") :]
            byte = data[starts[left] + i].astype(np.uint64)
            one[left] += byte * self._factors[0, i + 2]
            two[left] += byte * self._factors[1, i + 2]
        return np.asarray((one & np.uint64(0xFFFFFFFF00000000)) | (two >> np.uint64(32)), np.uint64)

    def _sort(self) -> None:
        if self._new:
            self._sorted, self._pending = merged(self._sorted, self._new), 0

    def __reduce__(self) -> str:
        raise TypeError("Remembered is not pickled: its key lives as long as it does.")


def _strings(texts: pa.Array | list[str]) -> pa.Array:
    if isinstance(texts, list):
        return pa.array([one.encode("utf-8", "replace").decode() for one in texts] if not _utf8(texts) else texts, pa.string())
    return texts if texts.type == pa.string() else texts.cast(pa.string())


def _utf8(texts: list[str]) -> bool:
    return not any("\ud800" <= c <= "\udfff" for one in texts if not one.isascii() for c in one)


def _bytes(values: pa.Array) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """All bytes, and where each value begins and ends in them."""
    if not len(values):
        return np.empty(0, np.uint8), np.zeros(1, np.int64)
    _, offsets, data = values.buffers()
    at = np.frombuffer(offsets, np.int32, len(values) + 1, values.offset * 4).astype(np.int64)
    whole = np.frombuffer(data, np.uint8) if data is not None and data.size else np.empty(0, np.uint8)
    return whole[at[0] : at[-1]], at - at[0]


def _count(which: Mask, at: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    sums = np.concatenate([[0], np.cumsum(which)])
    return np.asarray(sums[at[1:]] - sums[at[:-1]], np.int64)


def _plain(texts: pa.Array) -> pa.Array:
    data, at = _bytes(texts)
    kept = ~_SEPARATORS[data]
    ends = np.concatenate([[0], np.cumsum(kept)])[at].astype(np.int32)
    forms = pa.Array.from_buffers(
        pa.string(), len(texts), [None, pa.py_buffer(ends.tobytes()), pa.py_buffer(_LOWER[data[kept]].tobytes())]
    )
    beyond = _count(data >= 128, at) > 0
    if not beyond.any():
        return forms
    slow = _count(_FOLDS[data], at) > 0
    some = np.flatnonzero(beyond & ~slow)
    if len(some):
        slow[some[np.asarray(pc.match_substring_regex(texts.take(pa.array(some)), _HAN_DIGITS))]] = True
    if not slow.any():
        return forms
    mask = pa.array(slow)
    return pc.replace_with_mask(forms, mask, pa.array([plain(one) for one in texts.filter(mask).to_pylist()], pa.string()))
