"""Several texts as one: what none of them holds is looked for once, and in their words rather than in their characters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING

from piiscrub.recognize.reading import Reading
from piiscrub.recognize.words import vocabulary
from piiscrub.text.classes import places

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WALL = "\n\n\n"
"""Stands between two texts; in ``letters`` as spaces, one more than a phrase may hold."""

SIGN = 4
"""The bit of the characters that needles are looked for by."""

_PLAIN_WALL, _LETTERS_WALL = WALL.encode(), b"   "
_text, _plain, _letters = attrgetter("text"), attrgetter("plain"), attrgetter("letters")


class Together:
    """Texts that are read side by side.

    ``text``, ``plain`` and ``letters`` are those of all, behind one another with a wall between; ``vocabulary`` are the words of
    letters in them as they are written, and ``words`` the same in small letters.
    ``marks`` are the sets that each character of ``text`` belongs to, as bits, and ``signs`` which ones with the bit SIGN there
    are; None if nobody has looked.
    """

    __slots__ = ("_starts", "letters", "marks", "plain", "readings", "signs", "text", "vocabulary", "words")

    def __init__(self, readings: Sequence[Reading], marks: NDArray[np.uint8] | None = None) -> None:
        self.readings = readings
        self._starts = list(accumulate([len(one.text) + len(WALL) for one in readings], initial=0))
        if len(readings) == 1:
            one = readings[0]
            self.text, self.plain, self.letters = one.text, one.plain, one.letters
        else:
            self.text = WALL.join(map(_text, readings))
            self.plain = _PLAIN_WALL.join(map(_plain, readings))
            self.letters = _LETTERS_WALL.join(map(_letters, readings))
        self.vocabulary = vocabulary(self.letters)
        self.words = b" ".join(self.vocabulary).lower().split()
        self.marks = marks
        self.signs = None if marks is None else {self.text[at] for at in places(marks & SIGN).tolist()}

    def place(self, at: int) -> tuple[int, int]:
        """Which text a place of ``text`` lies in, and where that one begins."""
        position = bisect_right(self._starts, at) - 1
        return position, self._starts[position]

    def holding(self, needle: bytes) -> Iterator[int]:
        """The positions of the texts that hold this in ``plain``."""
        starts, find = self._starts, self.plain.find
        at = find(needle)
        while at >= 0:
            position = bisect_right(starts, at) - 1
            yield position
            at = find(needle, starts[position + 1])

    def holding_by(self, sign: str, needle: str) -> Iterator[int]:
        """The positions of the texts that hold this in ``text``, told by one character of it: a tenth of the price of two."""
        starts, text, find = self._starts, self.text, self.text.find
        offset = needle.index(sign)
        at = find(sign)
        while at >= 0:
            if text.startswith(needle, at - offset):
                position = bisect_right(starts, at) - 1
                yield position
                at = find(sign, starts[position + 1])
            else:
                at = find(sign, at + 1)
