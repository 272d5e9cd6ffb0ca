"""What English words may name: towns of the world, firms, or nothing at all; no list proves anything alone.

The towns and the ordinary words lie as fingerprints in weights/en_lists.npz (training/en/lists.py makes it).
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from zlib import crc32

from piiscrub.reference.tables import alternatives, rows

_FILE = Path(__file__).with_name("weights") / "en_lists.npz"
_PLAIN = str.maketrans({"’": "'", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "ı": "i"})


def plain(name: str) -> str:
    """A name in small letters without accents, as the lists hold it.

    >>> plain("Tromsø"), plain("Sainsbury’s")
    ('tromso', "sainsbury's")
    """
    name = name.lower().translate(_PLAIN)
    if name.isascii():
        return name
    return "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))


def fingerprint(word: str) -> int:
    """The number that stands for a word in the file: of 30,000 towns, one other word in 100,000 has one of theirs."""
    return crc32(word.encode("utf-8", "surrogatepass"))


@cache
def _fingerprints() -> dict[str, frozenset[int]]:
    from piiscrub.recognize.ner.arrays import read_arrays

    return {name: frozenset(values.tolist()) for name, values in read_arrays(_FILE).items()}


def is_place(name: str) -> bool:
    """Whether a town, a city or a state of the world is called so, whatever its capitals and accents.

    >>> is_place("Windhoek"), is_place("Medellín"), is_place("Table")
    (True, True, False)
    """
    return fingerprint(plain(name)) in _fingerprints()["places"]


def is_small_word(word: str) -> bool:
    """Whether a word of three letters and more is an ordinary one, in its plural too; no proof that it names nothing.

    >>> is_small_word("Meetings"), is_small_word("Zalando")
    (True, False)
    """
    word, known = plain(word), _fingerprints()["small_words"]
    return fingerprint(word) in known or (word.endswith("s") and fingerprint(word[:-1]) in known)


@cache
def _firms() -> frozenset[str]:
    return frozenset(name for row in rows("firm_names") for name in alternatives("firm_names", row[0]).split("|"))


def is_firm(name: str) -> bool:
    """Whether a well-known firm, shop, bank, school or public body is called so.

    >>> is_firm("Sainsbury’s"), is_firm("Table")
    (True, False)
    """
    return plain(name) in _firms()
