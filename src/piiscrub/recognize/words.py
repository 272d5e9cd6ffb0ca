"""Context words filed so that a text is asked for all of them at once: by pairs of characters, or as words of letters.

Chinese words stand in running text and are found by a pair of characters; Latin ones are whole words.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from piiscrub.text.classes import LONG, places

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WORD = re.compile(r"[A-Za-z]+")

_LETTERS = bytes(code if chr(code).isalpha() else 32 for code in range(128)) + b" " * 128

_EIGHT = 8  # letters that make a number

_KINDS = bytes(48 if chr(code).isdigit() else 97 if chr(code).isalpha() else 32 for code in range(128)) + b" " * 128


class Filed(NamedTuple):
    """The words of one pair: where the pair may stand in them and how long they then are, longest first; owners as bits.

    A word is told by its length and one look-up: 65 words end in 编号, of five lengths.
    """

    sizes: Sequence[tuple[int, int]]
    owners: Mapping[str, int]


class Listed(NamedTuple):
    """The words of all owners: Chinese ones as written, Latin ones as their words in small letters."""

    han: dict[str, set[int]]
    latin: dict[tuple[str, ...], set[int]]


def listed(words: Mapping[int, Iterable[str]]) -> Listed:
    """Sort the words of each owner; a Chinese word with letters in it counts in either case."""
    han: dict[str, set[int]] = defaultdict(set)
    latin: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for owner, own in words.items():
        for word in own:
            if word.isascii():
                tokens = tuple(token.lower() for token in WORD.findall(word))
                if tokens:
                    latin[tokens].add(owner)
            else:
                for form in {word, word.upper(), word.lower()}:
                    han[form].add(owner)
    return Listed(han, latin)


def plain(text: str) -> bytes:
    """A text as ASCII, a question mark for every other character: each keeps its place."""
    return text.encode("ascii", "replace")


def kinds(text: bytes) -> bytes:
    """A plain text with "0" for every digit, "a" for every letter and a space for the rest: find() then sees runs of them."""
    return text.translate(_KINDS)


def letters(text: bytes) -> bytes:
    """The letters of a plain text, a space for every other character: words fall out by split()."""
    return text.translate(_LETTERS)


def vocabulary(flat: bytes) -> set[bytes]:
    """The words of the letters of a text.

    Words of up to eight letters are told apart as numbers where numpy is loaded: a text has few of them many times over, and
    to make each one for that costs twice as much.

    >>> sorted(vocabulary(b"the order of the day"))
    [b'day', b'of', b'order', b'the']
    """
    if len(flat) < LONG or "numpy" not in sys.modules:
        return set(flat.split())
    import numpy as np

    padded = b" %b%b" % (flat, b" " * _EIGHT)
    letter = np.frombuffer(padded, np.uint8) != ord(" ")
    edges = (letter[1:] != letter[:-1]).nonzero()[0] + 1
    starts, sizes = edges[::2], edges[1::2] - edges[::2]
    long = (sizes > _EIGHT).nonzero()[0]
    eights = np.ndarray(len(padded) - _EIGHT + 1, "<u8", padded, strides=(1,))  # what begins at each place
    own = np.array([*((1 << 8 * size) - 1 for size in range(_EIGHT + 1)), 0], np.uint64)  # nothing of a longer word
    numbers = eights[starts] & own.take(sizes, mode="clip")
    numbers.sort()
    found = set(numbers[np.diff(numbers, prepend=np.uint64(0)) > 0].view(f"S{_EIGHT}").tolist())
    found.update([padded[at : at + size] for at, size in zip(starts[long].tolist(), sizes[long].tolist(), strict=True)])
    return found


def by_first_pair(words: Mapping[str, int]) -> dict[str, Filed]:
    """Words by their first pair with a Chinese character in it: 微信 by 微信, SWIFT代码 by T代.

    A pair of letters would send the search to half of all English words.
    """
    return _by_pair(words, _first_pair)


def first_pairs(words: Iterable[str]) -> set[str]:
    """The pairs that these words are filed by."""
    return {word[at : at + 2] for word in words for at in (_first_pair(word),)}


def _first_pair(word: str) -> int:
    foreign = next((i for i, ch in enumerate(word) if not ch.isascii()), 0)  # none in STRASSE, the capitals of straße
    return max(0, foreign - 1)


def by_last_pair(words: Mapping[str, int]) -> dict[str, Filed]:
    """Words by their last two characters."""
    return _by_pair(words, lambda word: max(0, len(word) - 2))


def _by_pair(words: Mapping[str, int], place: Callable[[str], int]) -> dict[str, Filed]:
    filed: dict[str, dict[str, int]] = defaultdict(dict)
    for word, owners in words.items():
        filed[word[place(word) : place(word) + 2]][word] = owners
    return {
        pair: Filed(sorted({(place(word), len(word)) for word in owners}, key=lambda size: -size[1]), owners)
        for pair, owners in filed.items()
    }


def pair_finder(filed: Iterable[str]) -> Callable[[str, int, int], re.Match[str] | None]:
    """Search for the second character of a filed pair with a first one before it, which may lie outside the bounds.

    The search stops at characters of one class, and second ones are rarer: 人, 有 and 工 begin words, 务, 况 and 业 end them.
    """
    first, second = _ends(filed)
    if not first:
        return lambda text, low, high: None
    return re.compile(f"[{re.escape(second)}](?<=[{re.escape(first)}].)").search


class PairPlaces:
    """Where filed pairs may begin in a whole text: wherever a first character of one stands before a second of one.

    ``ends`` are these first and second characters.
    """

    __slots__ = ("_search", "ends")

    def __init__(self, filed: Iterable[str]) -> None:
        keys = list(filed)
        self._search = pair_finder(keys)
        self.ends = _ends(keys)

    def __call__(self, text: str, marks: NDArray[np.uint8] | None = None) -> Sequence[int]:
        """The places, in order. ``marks`` has the bits 1 and 2 at the characters of ``ends``, if somebody has looked."""
        if marks is None:
            return list(self._searched(text))
        found: list[int] = places(marks[:-1] & marks[1:] >> 1 & 1).tolist()
        return found

    def _searched(self, text: str) -> Iterator[int]:
        size = len(text)
        m = self._search(text, 0, size)
        while m:
            yield m.start() - 1
            m = self._search(text, m.end(), size)


def _ends(filed: Iterable[str]) -> tuple[str, str]:
    """The first characters of the pairs, and the second ones."""
    keys = [key for key in filed if len(key) == 2]
    return "".join(sorted({key[0] for key in keys})), "".join(sorted({key[1] for key in keys}))
