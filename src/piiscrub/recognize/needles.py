"""Short texts that tell whether a text is worth a closer look, such as the @ of an address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from piiscrub.packs.literal import rarest
from piiscrub.recognize.together import Together
from piiscrub.recognize.words import letters

_MEMO = 20_000  # words of texts remembered; a text of random words must not grow it without end
_LONGEST = 64  # letters of one that is
_MOST = 2000  # words of one look that are asked; from here on all needles are looked for, which costs as much


class Needles:
    """Short texts with a number each, looked for where a word of theirs stands, behind their rarest character.

    Which of them a word of letters may be part of is remembered for each word: most are part of none, and to tell so for all
    words of a text costs less than to look for ten needles. To look for one character costs a tenth of looking for several,
    and for an ASCII one in bytes a tenth of that again.
    """

    __slots__ = ("_any", "_dull", "_known", "_plain", "_signs", "_wordless", "_words")

    def __init__(self, numbers: Mapping[str, int]) -> None:
        told = [(rarest(text), text, number) for text, number in numbers.items()]
        self._plain = [(ord(sign), text.encode(), number) for sign, text, number in told if text.isascii()]
        self._signs = [one for one in told if not one[1].isascii()]
        self._words = [_longest_word(letters(text)) for _, text, _ in self._plain]
        self._wordless = [at for at, word in enumerate(self._words) if not word]
        self._any = re.compile(b"|".join(re.escape(word) for word in self._words if word) or b"(?!)")
        self._known: dict[bytes, Sequence[int]] = {}  # word of a text → the needles that it may be part of
        self._dull: set[bytes] = set()  # those that are part of none

    @property
    def signs(self) -> set[str]:
        """The characters by which those are looked for that are not all ASCII."""
        return {sign for sign, _, _ in self._signs}

    def within(self, together: Together) -> Iterator[tuple[int, int]]:
        """The position of each text that holds one of them, with its number; by number."""
        plain, known = together.plain, together.text if together.signs is None else together.signs
        words = together.vocabulary.difference(self._dull)
        asked = set(self._wordless if len(words) <= _MOST else range(len(self._plain)))
        for word in islice(words, _MOST):
            asked.update(self._known.get(word) or self._of(word))
        alone = len(together.readings) == 1
        for at in sorted(asked):
            code, needle, number = self._plain[at]
            if code in plain:
                if alone:
                    if needle in plain:
                        yield 0, number
                else:
                    for position in together.holding(needle):
                        yield position, number
        for sign, other, number in self._signs:
            if sign in known:
                for position in together.holding_by(sign, other):
                    yield position, number

    def _of(self, word: bytes) -> Sequence[int]:
        """The needles that a word of a text may be part of."""
        if len(word) > _LONGEST:
            return range(len(self._plain))
        spaced = b" %b " % word
        if not self._any.search(spaced):
            if len(self._dull) < _MEMO:
                self._dull.add(word)
            return ()
        found = [at for at, part in enumerate(self._words) if part and part in spaced]
        if len(self._known) < _MEMO:
            self._known[word] = found
        return found


def _longest_word(flat: bytes) -> bytes:
    """The longest word of a needle, with the spaces beside it: the live of k_live_ is not that of delivery.

    >>> _longest_word(b"k live "), _longest_word(b"AKIA"), _longest_word(b"   ")
    (b' live ', b'AKIA', b'')
    """
    word = max(flat.split(), key=len, default=b"")
    at = flat.find(word)
    return flat[max(0, at - 1) : at + len(word) + 1] if word else word
