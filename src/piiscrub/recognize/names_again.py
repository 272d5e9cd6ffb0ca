"""Parts of a full name that stand alone further on: Jane Roe … Roe went home, and Jane in a line of its own as a signature.

Taggers see them where a sentence speaks of somebody; in captions, headings and quoted mail they do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from piiscrub.model.finding import Finding
from piiscrub.recognize import named_scores as worth
from piiscrub.recognize.near import Near
from piiscrub.reference.words import cue_words
from piiscrub.text.late import late

_ID = "names"
_PART = late(r"[A-ZÀ-ÞĀ-ſ](?:[a-zß-ſ]{2,19}|[A-ZÀ-ÞĀ-ſ]{3,19})(?:-[A-ZÀ-ÞĀ-ſ][A-Za-zß-ſ]{2,19})?")
_MOST = 50  # surnames in one text; in a register of names they stand in other names
_LONG = 4  # letters
_CAPITAL_BEFORE = late(r"(?:[A-ZÀ-ÞĀ-ſ][\w'’-]*|(?<![A-Za-z])[A-Z]\.|&) ?$|[@#/.'’-]$")
_CAPITAL_AFTER = late(
    r" (?:& |and )?[A-Z](?!\w*\.? v)|[-@&'’](?!s\b)| (?:Street|Road|Ltd|Inc|(?:was|were) founded|manufactures?|sells|employs)\b"
)
_GLUES = frozenset("_@#/.'’-")
_ALONE_BEFORE = late(r"(?:^|\n)[ \t>|*–—-]{0,12}$")
_ALONE_AFTER = late(r"[ \t.]{0,3}(?:\r?\n|$)")


def names_again(text: str, persons: Sequence[Finding]) -> Iterator[Finding]:
    r"""Surnames of full names, and given names that fill a line.

    >>> text = "Ms Jane Unheardof rang. RE: Unheardof v Testco. Unheardof Street is near.\n> Jane\n"
    >>> [text[f.start : f.end] for f in names_again(text, [Finding("PERSON", 3, 17, 0.93, "names")])]
    ['Unheardof', 'Jane']
    """
    surnames: set[str] = set()
    given: set[str] = set()
    for f in persons:
        if f.score < worth.UNSEEN or f.pattern == "again":
            continue
        words = text[f.start : f.end].split(" ")
        if len(persons) < _MOST and text.count(words[0]) == text.count(words[-1]) == 1:
            continue  # as most: none of them stands again
        if len(words) < 2 or "," in text[f.start : f.end] or not all(_PART.fullmatch(word) for word in (words[0], words[-1])):
            continue
        if f.score >= worth.GREETING and len(words[-1]) >= _LONG and not _a_word(words[-1]):
            surnames.add(words[-1])
        given.add(words[0])
    both = {name for name in surnames | given if text.count(name) > 1} if len(surnames) < _MOST else set()
    if not both:
        return
    surnames &= both
    small = {name.lower() for name in surnames}
    hits: list[tuple[int, int]] = []
    for place in sorted((p for name in both | small for p in _standing(text, name)), key=lambda p: (p[0], -p[1])):
        if not hits or place[0] >= hits[-1][1]:  # Roe-Poe, and no Roe in it
            hits.append(place)
    known = Near(persons)
    words_too = {text[start:end] for start, end in hits} & small
    for start, end in hits:
        name = text[start:end]
        if name in small or known(start, end):
            continue
        alone = _ALONE_BEFORE.search(text, max(0, start - 14), start) and _ALONE_AFTER.match(text, end)
        again = (
            name in surnames
            and name.lower() not in words_too
            and not _CAPITAL_BEFORE.search(text, max(0, start - 20), start)
            and not _CAPITAL_AFTER.match(text, end)
        )
        if alone or again:
            yield Finding("PERSON", start, end, worth.REPEATED, _ID, "again", context=("repetition",))


def _standing(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where a name stands as a word: a few names are sooner found one by one than by a pattern made for this text."""
    at = text.find(name)
    while at >= 0:
        before, behind = text[at - 1 : at], text[at + len(name) : at + len(name) + 1]
        if not (before.isalnum() or behind.isalnum() or before in _GLUES or behind == "_"):
            yield at, at + len(name)
        at = text.find(name, at + 1)


@cache
def _words() -> frozenset[str]:
    return frozenset().union(*map(cue_words, ("small_word", "place_too", "no_place", "no_name", "title")))


def _a_word(name: str) -> bool:
    return name.lower() in _words()
