"""The words of a text: where none of them is what a pattern begins with, nobody needs to search.

A pattern that begins with a look back or in either case is tried at every character; most texts hold none of its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from piiscrub.recognize.words import letters, plain

_RUN = re.compile("[A-Za-z]+")


def words_of(text: str) -> frozenset[str]:
    """Every run of ASCII letters in small ones.

    >>> sorted(words_of("Dr. Roe's 2nd flat")), sorted(words_of("联系Dr王"))
    (['dr', 'flat', 'nd', 'roe', 's'], ['dr'])
    """
    return frozenset(letters(plain(text)).lower().decode("ascii").split())


def heads(cues: Iterable[str]) -> frozenset[str]:
    """The first run of letters of each cue, in small ones: where none is a word of the text, no cue stands in it alone.

    >>> sorted(heads(("Mr", "au pair", "fiancé")))
    ['au', 'fianc', 'mr']
    """
    return frozenset(run.group().lower() for cue in cues if (run := _RUN.search(cue)))
