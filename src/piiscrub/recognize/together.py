"""Several texts as one: what none of them holds is looked for once, and in their words rather than in their characters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING

from piiscrub.packs.literal import rarest
from piiscrub.recognize.reading import Reading
from piiscrub.recognize.words import letters
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

    ``text``, ``plain`` and ``letters`` are those of all, behind one another with a wall between; ``words`` are the words of
    letters in them, in small letters, and ``vocabulary`` the same as they are written, with a space before and behind each.
    ``marks`` are the sets that each character of ``text`` belongs to, as bits, and ``signs`` which ones with the bit SIGN there
    are; None if nobody has looked.
    """

    __slots__ = ("_starts", "letters", "marks", "plain", "readings", "signs", "text", "vocabulary", "words")

    def __init__(self, readings: Sequence[Reading], marks: NDArray[np.uint8] | None = None) -> None:
        self.readings = readings
        self._starts = list(accumulate([len(one.text) + len(WALL) for one in readings], initial=0))
        if len(readings) == 1:
            one = readings[0]
            self.text, self.plain, self.letters, self.vocabulary = one.text, one.plain, one.letters, one.letters
        else:
            self.text = WALL.join(map(_text, readings))
            self.plain = _PLAIN_WALL.join(map(_plain, readings))
            self.letters = _LETTERS_WALL.join(map(_letters, readings))
            self.vocabulary = b" ".join((b"", *set(self.letters.split()), b""))
        self.words = self.vocabulary.lower().split()
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


class Needles:
    """Short texts with a number each, looked for behind their rarest character.

    To look for one character costs a tenth of looking for several, and for an ASCII one in bytes a tenth of that again.
    """

    __slots__ = ("_plain", "_signs", "_words")

    def __init__(self, numbers: Mapping[str, int]) -> None:
        told = [(rarest(text), text, number) for text, number in numbers.items()]
        self._plain = [(ord(sign), text.encode(), number) for sign, text, number in told if text.isascii()]
        self._signs = [one for one in told if not one[1].isascii()]
        self._words = [_longest_word(letters(text)) for _, text, _ in self._plain]

    @property
    def signs(self) -> set[str]:
        """The characters by which those are looked for that are not all ASCII."""
        return {sign for sign, _, _ in self._signs}

    def within(self, together: Together) -> Iterator[tuple[int, int]]:
        """The position of each text that holds one of them, with its number; by number."""
        vocabulary, plain, known = (
            together.vocabulary,
            together.plain,
            together.text if together.signs is None else together.signs,
        )
        if len(together.readings) == 1:  # nothing to tell apart, and a call for each needle costs more than the search
            for code, needle, number in self._plain:
                if code in plain and needle in plain:
                    yield 0, number
        else:
            for (code, needle, number), word in zip(self._plain, self._words, strict=True):
                if code in plain and word in vocabulary:
                    for position in together.holding(needle):
                        yield position, number
        for sign, other, number in self._signs:
            if sign in known:
                for position in together.holding_by(sign, other):
                    yield position, number


def _longest_word(flat: bytes) -> bytes:
    """The longest word of a needle, with the spaces beside it: the live of k_live_ is not that of delivery.

    >>> _longest_word(b"k live "), _longest_word(b"AKIA"), _longest_word(b"   ")
    (b' live ', b'AKIA', b'')
    """
    word = max(flat.split(), key=len, default=b"")
    at = flat.find(word)
    return flat[max(0, at - 1) : at + len(word) + 1] if word else word
