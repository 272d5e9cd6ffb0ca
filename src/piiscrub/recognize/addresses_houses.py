"""Addresses in Latin letters without a house number to read on from: a named house and its street, blocks as the police name
them, and mail that is called for.

What they begin with is rare, and searched for by a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from piiscrub.model.finding import Finding
from piiscrub.parse.address_en_city import tail
from piiscrub.parse.latin import holds
from piiscrub.recognize import named_scores as worth
from piiscrub.recognize.vocabulary import heads
from piiscrub.reference.words import street_words
from piiscrub.text.late import late

_ID = "addresses_en"
_UP = "A-ZÀ-ÞĀ-ſ"
_KINDS = (
    "Cottage", "Cottages", "Rectory", "Vicarage", "Farm", "Farmhouse", "Lodge", "Barn", "Manor", "Grange", "House", "Villa",
    "Hall", "Mill", "Stables", "Bungalow", "Croft", "Nursing Home", "Care Home",
)  # fmt: skip  # a list of words
_IN_ENDS = heads(_KINDS)
_ENDS = tuple(f"{kind}, " for kind in _KINDS)
_NAME = late(rf"(?<![\w'’.&-])(?:The )?(?:[{_UP}][\w'’-]{{1,16}} ){{1,3}}?$")
_BLOCK = late(
    r"[0-9]{2,5} (?:blk|BLK|block|BLOCK|Block)\.? (?:of )?(?:[NSEW]{1,2}\.? )?"
    rf"(?:[{_UP}][\w'’-]{{2,16}}|[0-9]{{1,3}}(?:st|nd|rd|th))(?: (?:[{_UP}][\w'’-]{{1,16}}))?"
)
_CALLED_FOR = late(
    rf"(?:General Delivery|Poste Restante),? (?:[{_UP}][\w'’.-]{{1,16}}(?: (?:or|of|and|de|la|el|in))?,? ){{1,4}}"
    r"(?:[A-Z]{2,3},? )?(?:[0-9]{4,5}(?:-[0-9]{4})?|[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}"
    r"|[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9])(?!\w)"
)


@cache
def _street() -> re.Pattern[str]:
    """One to three words and the kind of street behind the comma."""
    kinds = "|".join(sorted((word.title() for word in street_words("strong") if len(word) > 3), key=lambda w: (-len(w), w)))
    return re.compile(rf"(?:[{_UP}][\w'’.-]{{1,16}} ){{1,3}}?(?:{kinds})(?=[,.;)\n]|$| [a-z])")


def house_addresses(text: str, low: int, high: int, words: frozenset[str]) -> Iterator[Finding]:
    """Named houses with their street, blocks of a street, and mail that is called for. ``words`` are those of the text.

    >>> from piiscrub.recognize.vocabulary import words_of
    >>> text = "late of The Old Rectory, Church Street, Testham. At 700 blk of S. Mulberry; General Delivery, Testham NM 87901"
    >>> [text[f.start : f.end] for f in house_addresses(text, 0, len(text), words_of(text))]
    ['The Old Rectory, Church Street, Testham', '700 blk of S. Mulberry', 'General Delivery, Testham NM 87901']
    """
    for end in _ENDS if not words.isdisjoint(_IN_ENDS) else ():
        at = text.find(end, low, high)
        while at >= 0:
            name = _NAME.search(text, max(low, at - 56), at)
            street = _street().match(text, at + len(end), high) if name else None
            if name and street:
                yield Finding(
                    "ADDRESS",
                    name.start(),
                    tail(text, street.end()),
                    worth.ADDRESS_EN_LOOSE,
                    _ID,
                    "named house",
                    context=("street",),
                )
            at = text.find(end, at + 1, high)
    if holds(text, low, high, " blk", " BLK", " block of ", " BLOCK OF ", " Block of "):
        for m in _BLOCK.finditer(text, low, high):
            yield Finding("ADDRESS", *m.span(), worth.ADDRESS_EN_LOOSE, _ID, "block", context=("block",))
    if holds(text, low, high, "General Delivery", "Poste Restante"):
        for m in _CALLED_FOR.finditer(text, low, high):
            yield Finding("ADDRESS", *m.span(), worth.ADDRESS_EN, _ID, "called for", context=("mail",))
