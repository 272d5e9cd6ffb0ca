"""Several texts as one: what none of them holds is looked for once, and in their words rather than in their characters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from piiscrub.packs.literal import rarest
from piiscrub.recognize.reading import Reading
from piiscrub.recognize.words import letters

WALL = "   "
"""Stands between two texts: one space more than a phrase may hold."""
_PLAIN_WALL = WALL.encode()
_text, _plain, _letters = attrgetter("text"), attrgetter("plain"), attrgetter("letters")


class Together:
    """Texts that are read side by side.

    ``text``, ``plain`` and ``letters`` are those of all, behind one another with a wall between; ``words`` are the words of
    letters in them, in small letters, and ``vocabulary`` the same as they are written, with spaces between.
    """

    __slots__ = ("letters", "plain", "readings", "text", "vocabulary", "words")

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.readings = readings
        if len(readings) == 1:
            one = readings[0]
            self.text, self.plain, self.letters, self.vocabulary = one.text, one.plain, one.letters, one.letters
        else:
            self.text = WALL.join(map(_text, readings))
            self.plain = _PLAIN_WALL.join(map(_plain, readings))
            self.letters = _PLAIN_WALL.join(map(_letters, readings))
            self.vocabulary = b" ".join(set(self.letters.split()))
        self.words = self.vocabulary.lower().split()


class Needles:
    """Short texts with a number each, looked for behind their rarest character.

    To look for one character costs a tenth of looking for several, and for an ASCII one in bytes a tenth of that again.
    """

    __slots__ = ("_plain", "_signs", "_words")

    def __init__(self, numbers: Mapping[str, int]) -> None:
        told = [(rarest(text), text, number) for text, number in numbers.items()]
        self._plain = [(ord(sign), text.encode(), number) for sign, text, number in told if text.isascii()]
        self._signs = [one for one in told if not one[1].isascii()]
        self._words = [max(letters(text).split(), key=len, default=b"") for _, text, _ in self._plain]

    def within(self, together: Together) -> Iterator[tuple[int, int]]:
        """The position of each text that holds one of them, with its number."""
        plain, signs = self._plain, self._signs
        if len(together.readings) > 1:  # most of them are in none of a hundred texts
            vocabulary, whole, text = together.vocabulary, together.plain, together.text
            plain = [one for one, word in zip(plain, self._words, strict=True) if word in vocabulary and one[0] in whole]
            signs = [one for one in signs if one[0] in text]
        for position, reading in enumerate(together.readings):
            whole, text = reading.plain, reading.text
            for code, needle, number in plain:
                if code in whole and needle in whole:
                    yield position, number
            for sign, other, number in signs:
                if sign in text and other in text:
                    yield position, number
