"""English words and what they name: ordinary words, places of the world, firms; they only say what a word may be."""

from __future__ import annotations

import unicodedata
from functools import cache

from piiscrub.reference.tables import alternatives, rows
from piiscrub.reference.words import whole

_PLAIN = str.maketrans({"’": "'", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "ı": "i", "_": " "})


def plain(name: str) -> str:
    """A name in small letters without accents, as the tables hold it.

    >>> plain("Tromsø"), plain("Sainsbury’s")
    ('tromso', "sainsbury's")
    """
    name = name.lower().translate(_PLAIN)
    if name.isascii():
        return name
    return "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))


@cache
def _front_coded(table: str) -> frozenset[str]:
    return frozenset(name.replace("_", " ") for row in rows(table) for name in whole(row[1]))


def is_place(name: str) -> bool:
    """Whether a town, a city or a state of the world is called so, whatever its capitals and accents.

    >>> is_place("Windhoek"), is_place("Medellín"), is_place("Table")
    (True, True, False)
    """
    return plain(name) in _front_coded("latin_places")


def is_small_word(word: str) -> bool:
    """Whether a word of three letters and more is an ordinary one, in its plural too; no proof that it names nothing.

    >>> is_small_word("Poultry"), is_small_word("Zalando")
    (True, False)
    """
    word = plain(word)
    known = _front_coded("small_words")
    return word in known or (word.endswith("s") and word[:-1] in known)


@cache
def _firms() -> frozenset[str]:
    return frozenset(name for row in rows("firm_names") for name in alternatives("firm_names", row[0]).split("|"))


def is_firm(name: str) -> bool:
    """Whether a well-known firm, shop, bank, school or public body is called so.

    >>> is_firm("Sainsbury’s"), is_firm("Table")
    (True, False)
    """
    return plain(name) in _firms()
