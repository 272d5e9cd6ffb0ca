"""Vietnamese and Korean names in Latin letters: a surname, then syllables that taggers cut off or take for English words.

Nguyen Van An, Dang Thi Be; Park Seo-hyun, Seo-hyun Park, Choi Ji Won. In Vietnam a middle word (Van, Thi) stands between surname
and given name, in Korea the given name is two syllables of a small stock.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from piiscrub.parse.latin import LETTER, UPPER
from piiscrub.reference.words import cue_words
from piiscrub.text.late import late

_MIDDLE = late(r" (?:Van|Văn|Thi|Thị|VAN|VĂN|THI|THỊ) ")
_LAST_WORD = late(rf"(?<![\w'’.-])[{UPPER}][{LETTER}]{{1,6}}$")
_GIVEN = late(rf"(?P<one>[{UPPER}][{LETTER}]{{1,6}})(?![\w'’@-])(?: (?P<two>[{UPPER}][{LETTER}]{{1,6}})(?![\w'’@:-]))?")
_BEHIND_HYPHEN = late(r"-[A-Za-z]{1,6}(?![\w@'’-])")
_BEFORE_HYPHEN = late(r"(?<![\w@#.'’-])[A-Z][A-Za-z]{1,6}$")
_THREE_WORDS = late(  # Choi Ji Won; the words behind the first are only looked at, so that each word may be the first
    r"[A-Z](?<![\w@#.'’-][A-Z])[A-Za-z]{1,5}(?= (?P<one>[A-Z][A-Za-z]{1,5}) (?P<two>[A-Z][A-Za-z]{1,5})(?![\w@'’-]))"
)
_NEXT = late(rf" (?P<word>[{UPPER}][{LETTER}]{{1,6}})(?![\w'’@-])")


def vietnamese(text: str) -> Iterator[tuple[int, int]]:
    """Surname, Van or Thi, and one or two words.

    >>> text = "Nguyen Van An and Dang Thi Be met Jean Van Damme, LE THI MAI HOA too"
    >>> [text[start:end] for start, end in vietnamese(text)]
    ['Nguyen Van An', 'Dang Thi Be', 'LE THI MAI HOA']
    """
    if not (" Van " in text or " Thi " in text or " VAN " in text or " THI " in text or not text.isascii()):
        return
    for m in _MIDDLE.finditer(text):
        before = _LAST_WORD.search(text, max(0, m.start() - 9), m.start())
        if before is None or before.group().lower() not in cue_words("vietnamese"):
            continue
        if (given := _GIVEN.match(text, m.end())) and _one_case(text, m.start() + 1, given.end("one")):
            two = given["two"] and _one_case(text, m.start() + 1, given.end("two")) and given["two"].lower() not in _ends()
            yield before.start(), given.end("two") if two else given.end("one")


def _one_case(text: str, start: int, end: int) -> bool:
    """Whether all of the words are in capitals or none is: VAN AN, not Van AN."""
    words = text[start:end].split()
    return len({word.isupper() for word in words}) == 1


@cache
def _ends() -> frozenset[str]:
    return cue_words("no_name") | cue_words("next_field")


def korean(text: str) -> Iterator[tuple[int, int]]:
    """Two syllables with a hyphen beside a surname, or behind one as words.

    >>> text = "Park Seo-hyun and Seo-hyun Park saw Choi Ji Won, Han-na Testova and the Lee Sung test"
    >>> [text[start:end] for start, end in korean(text)]
    ['Park Seo-hyun', 'Seo-hyun Park', 'Choi Ji Won']
    """
    surnames = cue_words("korean")
    for m in _BEHIND_HYPHEN.finditer(text):
        first = _BEFORE_HYPHEN.search(text, max(0, m.start() - 8), m.start())
        if first is None or not _syllables(first.group(), m.group()[1:]):
            continue
        start = first.start()
        before = _LAST_WORD.search(text, max(0, start - 9), start - 1) if text[start - 1 : start] == " " else None
        if before and before.group().capitalize() in surnames:
            yield before.start(), m.end()
        elif (after := _NEXT.match(text, m.end())) and after["word"].capitalize() in surnames:
            yield start, after.end()
    for m in _THREE_WORDS.finditer(text):
        one, two = m["one"], m["two"]
        if (
            m.group().capitalize() not in surnames
            or not _syllables(one, two)
            or {one.lower(), two.lower()} <= cue_words("english")
        ):
            continue
        if _one_case(text, m.start(), m.end("two")):
            yield m.start(), m.end("two")


def _syllables(one: str, two: str) -> bool:
    known = cue_words("korean_given")
    return one.lower() in known and two.lower() in known
