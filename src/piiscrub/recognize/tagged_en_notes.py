"""What notes say about a tagger's English span: loop in Kev, plumber Bob, nadine tues, a card of Chase, 300 Kelvin."""

from __future__ import annotations

import re
from functools import cache

from piiscrub.recognize import named_scores as worth
from piiscrub.recognize.ner.tagger import PERSON, Span
from piiscrub.reference.words import cue_words, is_listed, name_cues
from piiscrub.text.late import late

_TWICE = late(
    r"(?<![A-Za-z] )(?<![A-Za-z&])(?P<one>[A-Z][a-z'’-]+) (?P<of>[A-Z][A-Za-z'’-]+)"
    r" & (?P<two>[A-Z][a-z'’-]+) (?P<family>[A-Z][A-Za-z'’-]+)(?![A-Za-z])(?!,? (?:Inc|LLC|Ltd|LLP|Co|PLC|plc|[A-Z&]))"
)
_TRADE = late(r"(?P<who>[a-z]{3,16}) (?=[A-ZÀ-Þ][a-zß-ÿ]+$)")
_SHOP = late(
    r"['’]s(?=$|[.,;:!?)\n]| (?:and|or|near|at|in|on|for|is|was|has|had|earnings|store|shares|stock|receipt|order|card)\b)"
)
_UNITS = frozenset(("kelvin",))
_NUMBER = late("[0-9] ?$")


@cache
def _said_to() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{name_cues('said_to')}) $", re.IGNORECASE)


@cache
def _soon() -> re.Pattern[str]:
    return re.compile(rf"(?<=[a-z]{{3}}) (?:{name_cues('soon')})$")


@cache
def _call() -> re.Pattern[str]:
    return re.compile(rf"(?:{name_cues('asked')}) (?=[A-ZÀ-Þ])")


def spoken_of(text: str, span: Span) -> bool:
    """Whether a given name that a tagger takes for a place stands behind what is done with somebody.

    >>> spoken_of("loop in Kev", Span(8, 11, "LOCATION", 0.9)), spoken_of("drove to Kev", Span(9, 12, "LOCATION", 0.9))
    (True, False)
    """
    return (
        is_listed(text[span.start : span.end], "given")
        and _said_to().search(text, max(0, span.start - 14), span.start) is not None
    )


def listed_behind(text: str, before: Span, span: Span) -> bool:
    """Whether a given name that a tagger half takes for a place ends a list of persons: Jane, Ali, Mateo."""
    listed = before.label == PERSON and text[before.end : span.start] == ", " and "," in text[before.start : before.end]
    return listed and span.score < worth.SURE_STRANGE and is_listed(text[span.start : span.end], "given")


def tidied(text: str, span: Span) -> Span:
    """A person's span without the trade before one word with a capital, and without the day behind small letters.

    >>> tidied("plumber Bob", Span(0, 11, "PERSON", 0.9)).start, tidied("nadine tues", Span(0, 11, "PERSON", 0.9)).end
    (8, 6)
    """
    if m := _call().match(text, span.start, span.end):
        span = span._replace(start=m.end())  # ping Joost
    if not text[span.start].islower():
        return span
    m = _TRADE.match(text, span.start, span.end)
    if m and m["who"] in cue_words("somebody"):
        return span._replace(start=m.end())
    if text[span.start : span.end].islower() and (m := _soon().search(text, span.start, span.end)):
        return span._replace(end=m.start())
    return span


def couple(text: str, span: Span) -> bool:
    """Whether two given names or one surname twice stand around a sign that joins firms.

    >>> text = "Jane Roe & Ali Roe, of Smith & Wesson"
    >>> couple(text, Span(0, 8, "PERSON", 0.9)), couple(text, Span(23, 28, "PERSON", 0.9))
    (True, False)
    """
    m = _TWICE.search(text, max(0, span.start - 40), span.end + 40)
    if m is None or not (m.start() <= span.start and span.end <= m.end()):
        return False
    return m["of"] == m["family"] or (is_listed(m["one"], "given") and is_listed(m["two"], "given"))


def shop(text: str, end: int) -> bool:
    """Whether 's ends a name as in that of a shop: at Wendy's, but no Wendy's mother."""
    return _SHOP.match(text, end) is not None


_NUMBERED_THING = late(
    r"(?:[Rr]oom|[Hh]omeroom|[Bb]us|[Gg]rade|[Bb]ed|[Ww]ard|[Tt]able|[Ss]eat|[Gg]ate|[Pp]latform|[Cc]abin|[Rr]oute|[Yy]ear|[Ff]light"
    r"|[Tt]rain|[Tt]rack|[Pp]age|[Pp]eriod|[Cc]lass|[Ff]orm|[Tt]heatre)"
    r" #?[0-9]{1,4}[A-Z]?(?:, [a-z]{3,10} [0-9]{1,4}[A-Z]?)?"
)
_DOSE = late(r"[0-9] ?(?:mg|mcg|ml|mL|g|kg|IU|units?|mm|cm|km|miles?|lbs?|oz|kcal|mmHg|bpm|tabs?|hrs?|mins?)$")
_TELEPHONE = late(r"(?P<name>[A-Z][a-z'’-]{1,14}(?: [A-Z][a-z'’-]{1,14}){0,2}) \+?[0-9]{9,12}$")
_COLOURED = late(r"(?:black|blk|white|red|blue|grey|gray|green|silver|gold|yellow|orange|brown|beige) [A-Z]")
_DAY = late(
    r"[0-9]{1,2}(?:st|nd|rd|th)? (?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|January|February|March|April|May|June|July"
    r"|August|September|October|November|December)(?:\.|,|\. )? ?(?=[A-ZÀ-Þ][a-zß-ÿ]+$)"
)
_PLACE_KEY = late(
    r"(?:city|town|county|country|province|birth_?place|place_of_birth|municipality|village|suburb|locality)[\"']?\s?[:=]\s?[\"']$",
    re.IGNORECASE,
)
_QUOTES = ("'", '"')
_LETTER_AS_IN = late(r"(?<![A-Za-z])[B-HJ-Z] (?:as in|for|like) $")
_AS_IN = (" as in ", " for ", " like ")  # nearly nothing ends so: asked before the pattern
_TURN = late(r"[QA]\. (?P<word>[A-Z][A-Za-z]*)")


def no_address(text: str, span: Span) -> bool:
    """Whether what a tagger takes for an address is a numbered thing or a dose: Bus 14, Testol 1000 mg.

    >>> [no_address(text, Span(0, len(text), "ADDRESS", 0.9)) for text in ("Room 12", "Testol 1000 mg", "12 Test Road")]
    [True, True, False]
    """
    return (
        _NUMBERED_THING.fullmatch(text, span.start, span.end) is not None or _DOSE.search(text, span.start, span.end) is not None
    )


def with_telephone(text: str, span: Span) -> int:
    """Where the name ends that a tagger takes for a street, with a telephone number for that of the house; 0 if it is none.

    >>> with_telephone("Jane Roe 2025550142", Span(0, 19, "ADDRESS", 0.9)), with_telephone("Test 12", Span(0, 7, "ADDRESS", 0.9))
    (8, 0)
    """
    m = _TELEPHONE.match(text, span.start, span.end)
    return m.end("name") if m else 0


def behind_a_day(text: str, span: Span) -> int:
    """Where the person begins whom a tagger takes for a street behind the day of a month; 0 if there is none.

    >>> behind_a_day("15 Nov. Jane", Span(0, 12, "ADDRESS", 0.9)), behind_a_day("15 Nova Road", Span(0, 12, "ADDRESS", 0.9))
    (8, 0)
    """
    m = _DAY.match(text, span.start, span.end)
    return m.end() if m else 0


def value_of_a_place(text: str, start: int) -> bool:
    """Whether the key of a place stands before a value: "city": "Testham".

    >>> value_of_a_place('{"city":"Testham"}', 9), value_of_a_place("the city is Testham", 12)
    (True, False)
    """
    return text[start - 1 : start] in _QUOTES and _PLACE_KEY.search(text, max(0, start - 30), start) is not None


def no_subject(text: str, span: Span) -> bool:
    """Whether a span is a thing of some colour, the word that spells a letter (T as in Tom), or the mark of
    question and answer with the word behind it.

    >>> [no_subject(text, Span(0, len(text), "PERSON", 0.9)) for text in ("blk Ford", "A. My", "A. Roe")]
    [True, True, False]
    >>> no_subject("T as in Tom", Span(8, 11, "PERSON", 0.9))
    True
    """
    if _COLOURED.match(text, span.start, span.end):
        return True
    if text.endswith(_AS_IN, 0, span.start) and _LETTER_AS_IN.search(text, max(0, span.start - 12), span.start):
        return True
    m = _TURN.fullmatch(text, span.start, span.end)
    return m is not None and m["word"].lower() in cue_words("no_name")


def measured(text: str, start: int, name: str) -> bool:
    """Whether a name in small letters is a unit behind its number: 300 Kelvin."""
    return name in _UNITS and _NUMBER.search(text, max(0, start - 2), start) is not None
