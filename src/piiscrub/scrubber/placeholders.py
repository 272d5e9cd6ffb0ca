r"""The placeholders of a vault in a text, as they were written and as they come back.

Between handing a text out and getting it back, an editor, a model or a web page may rewrite ``<PERSON_1>``. These forms are
read as the same, and nothing else is:

- other case: ``<Person_1>``
- full-width brackets: ``＜PERSON_1＞``
- HTML escapes: ``&lt;PERSON_1&gt;``
- Markdown escapes: ``<PERSON\_1>``, ``\<PERSON\_1\>``
- a space or a hyphen for ``_``: ``<PERSON 1>``, ``<PERSON-1>``
- no brackets at all: ``PERSON_1`` or ``PERSON\_1``, in capitals, of an entity of the tree, with no letter, digit, ``_`` or
  bracket beside it

All but the last may be combined.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

import regex

from piiscrub.model import entities

LITERAL = "LITERAL"
"""The entity of text that only looks like a placeholder: it gets one of its own, and so comes back as it was."""

_OR = r"\\?_"
_SEPARATOR = rf"(?:{_OR}|[ -])"
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
_ANY_CASE = (
    rf"[A-Za-z][A-Za-z0-9]{{0,31}}(?:{_SEPARATOR}[A-Za-z0-9]{{1,32}}){{0,7}}"
    rf"{_SEPARATOR}(?:[0-9]{{1,7}}|[{_LETTERS}{_LETTERS.lower()}]{{12}})"
)
_CAPITALS = rf"[A-Z][A-Z0-9]{{0,31}}(?:{_OR}[A-Z0-9]{{1,32}}){{0,7}}{_OR}(?:[0-9]{{1,7}}|[{_LETTERS}]{{12}})"
_WORD = "A-Za-z0-9０-９Ａ-Ｚａ-ｚ_"
_PATTERN = (
    rf"<({_ANY_CASE})>|＜({_ANY_CASE})＞|&lt;({_ANY_CASE})&gt;|\\<({_ANY_CASE})\\>"
    rf"|(?<![{_WORD}<＜])(?<!&lt;)({_CAPITALS})(?![{_WORD}>＞]|\\[_>]|&gt;)"
)
_FORMS = re.compile(_PATTERN)
_BEGUN = regex.compile(_PATTERN, regex.VERSION0)  # the same; this engine can say that a match has begun
_FIRST = re.compile(r"[<＜&\\A-Z]")
_BARE = 5  # the group of the form without brackets
_SPELLING = str.maketrans({" ": "_", "-": "_", "\\": None})

AROUND = 4
"""How many characters beside a placeholder without brackets say whether it stands alone: as many as ``&gt;`` has."""
LONGEST = 400
"""No form is longer."""


class Place(NamedTuple):
    """A stretch of text that may be a placeholder, and the token it would stand for."""

    start: int
    end: int
    token: str

    @property
    def entity(self) -> str:
        return self.token.rpartition("_")[0]


def places(text: str, start: int = 0) -> Iterator[Place]:
    """Where placeholders may stand, whether or not they were ever issued.

    >>> [place.token for place in places("&lt;person 1&gt; 和 ＜CN-MOBILE-2＞、PERSON_3，不是 PERSON 4")]
    ['PERSON_1', 'CN_MOBILE_2', 'PERSON_3']
    """
    for found in _FORMS.finditer(text, start):
        token = found[found.lastindex or 0].translate(_SPELLING).upper()
        place = Place(*found.span(), token)
        if found.lastindex != _BARE or known(place.entity):
            yield place


def known(entity: str) -> bool:
    """Whether this is the name of an entity, or of escaped text."""
    return entity == LITERAL or entity in entities.tree()


def begun(text: str, start: int) -> int:
    """From where on a placeholder may have begun that is not whole yet; ``len(text)`` if none has."""
    for first in _FIRST.finditer(text, max(start, len(text) - LONGEST)):
        found = _BEGUN.match(text, first.start(), partial=True)
        if found is not None and (found.partial or (found.lastindex == _BARE and found.end() > len(text) - AROUND)):
            return first.start()
    return len(text)


def escape(text: str, issued: Collection[tuple[int, int]], put: Callable[[str, str], str]) -> tuple[str, int]:
    """Give everything that looks like a placeholder and is none a placeholder of its own.

    Args:
        text: the text, scrubbed.
        issued: where the placeholders stand that were issued for values.
        put: issues a placeholder for an entity and a text.

    Returns:
        The text, and how many were replaced.
    """
    pieces: list[str] = []
    at = count = 0
    for place in places(text):
        if (place.start, place.end) not in issued:
            pieces += (text[at : place.start], put(LITERAL, text[place.start : place.end]))
            at, count = place.end, count + 1
    return ("".join([*pieces, text[at:]]), count) if count else (text, 0)
