"""What counts as the name of a field or column, and which of the words in it is the label."""

from __future__ import annotations

from typing import NamedTuple

from piiscrub.recognize.context import ContextIndex
from piiscrub.recognize.hits import AGAINST, Hits, owners_of
from piiscrub.reference.labels import field_words, role_words
from piiscrub.text.late import late


class Place(NamedTuple):
    """A value at ``start`` to ``end`` and where its label stands: the line or cell from ``low`` to ``high``.

    ``how``: ``question``, ``line above`` or ``column``. ``hits`` are the words of the label.
    """

    start: int
    end: int
    low: int
    high: int
    how: str
    hits: Hits


MARKUP = "<>{}[]()=:：*#|/>-–_,，.。?？\"'“”‘’「」`~ \t\r"
"""What may stand around a name without being part of it."""

_LONGEST = 30  # characters of a name
_MOST_WORDS = 4
_MOST_HAN = 10
_WORD = late("[A-Za-z]+")
_SMALL_WORD = late("[a-z']+")
_DIGIT = late("[0-9]")


def name_of(text: str, flat: bytes, start: int, end: int, context: ContextIndex, *, sure: bool = False) -> Hits | None:
    """The words of a name that recognizers listen to, none where nobody does; None where it is no name.

    Args:
        sure: it is a name whatever its words are, if it is short.
    """
    if not 0 < end - start <= _LONGEST or _DIGIT.search(text, start, end):
        return None
    words = _WORD.findall(text, start, end)
    if len(words) > _MOST_WORDS or end - start - sum(map(len, words)) > _MOST_HAN:
        return None
    hits = nearest(context.before(text, flat, end), 0)
    if hits or sure or is_field(text[start:end]):
        return [] if owners_of(hits) & AGAINST else hits
    return None


def nearest(hits: Hits, reach: int) -> Hits:
    """The words nearest to a place, no further off than ``reach``, as its label."""
    best = min((distance for distance, _, _ in hits), default=reach + 1)
    return [(0, owners, word) for distance, owners, word in hits if distance == best] if best <= reach else []


def is_field(name: str) -> bool:
    """Whether forms call a field so.

    >>> is_field("入职日期"), is_field("Date of birth"), is_field("Will Roe")
    (True, True, False)
    """
    name = name.strip(MARKUP).lower()
    return name in field_words() or (name.isascii() and name != "" and field_words().issuperset(_SMALL_WORD.findall(name)))


def is_role(name: str) -> bool:
    """Whether a field's name also says who speaks: 客户, Customer."""
    return name.strip(MARKUP).lower() in role_words()
