"""Street addresses whose house number is written in words, as transcripts of calls have them: forty one twelve maple street."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piiscrub.model.finding import Finding
from piiscrub.recognize import named_scores as worth
from piiscrub.reference.words import street_words
from piiscrub.text.late import late

_ID = "addresses_en"
_NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
    " twenty thirty forty fifty sixty seventy eighty ninety hundred thousand oh zero".split()
)
_NUMBER = f"(?:{'|'.join(_NUMBERS)})"
_SPOKEN = frozenset(_NUMBERS)
_KINDS = ("street", "avenue", "road", "boulevard", "drive", "court", "crescent", "parkway", "terrace", "circle", "lane", "place")
_KIND = late(rf" (?=[abcdlprst])(?:{'|'.join(_KINDS)})(?![\w'’-])", re.IGNORECASE)
_BEFORE = late(
    rf"(?<![A-Za-z-])(?P<number>{_NUMBER}(?:[ -]{_NUMBER}){{1,5}}) "
    r"(?P<name>(?:(?:north|south|east|west) )?[A-Za-z][a-z'’]{1,15}(?: [A-Za-z][a-z'’]{1,15})?)$",
    re.IGNORECASE,
)
_UNIT = late(
    rf",?(?: uh,?| um,?)? (?:apartment|apt|unit|suite|flat|number) (?:{_NUMBER}(?:[ -]{_NUMBER}){{0,3}}|[0-9]{{1,5}})"
    r"(?: ?[a-z])?(?![\w'’-])",
    re.IGNORECASE,
)
_REACH = 90  # characters before the kind of street


def read_out(words: frozenset[str]) -> bool:
    """Whether the words of a text are such that an address may be read out in it."""
    return not (words.isdisjoint(_KINDS) or words.isdisjoint(_NUMBERS))


def read_out_addresses(text: str, low: int, high: int) -> Iterator[Finding]:
    """Two and more words of a number, one or two of a name, and the kind of street, with the flat behind it.

    >>> text = "I'm at forty one twelve maple street uh apartment two b, one of two lanes, a four lane road"
    >>> [text[f.start : f.end] for f in read_out_addresses(text, 0, len(text))]
    ['forty one twelve maple street uh apartment two b']
    """
    for m in _KIND.finditer(text, low, high):
        before = max(low, m.start() - _REACH)
        if _SPOKEN.isdisjoint(text[before : m.start()].lower().replace("-", " ").split(" ")):
            continue  # as most: 12 Test Street
        front = _BEFORE.search(text, before, m.start())
        if front is None or not street_words("sentence").isdisjoint(front["name"].lower().split()):
            continue
        unit = _UNIT.match(text, m.end(), high)
        yield Finding(
            "ADDRESS",
            front.start("number"),
            unit.end() if unit else m.end(),
            worth.ADDRESS_EN_LOOSE,
            _ID,
            "read out",
            context=("street",),
        )
