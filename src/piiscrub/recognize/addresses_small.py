"""Street addresses in small letters, as chats and quick notes write them: 300 test pkwy, testham ny 11218."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from piiscrub.model.finding import Finding
from piiscrub.recognize import named_scores as worth
from piiscrub.reference.words import street_words
from piiscrub.text.late import late

_ID = "addresses_en"
_STREET = (
    "street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|crescent|cres|parkway|pkwy|terrace|ter|close|highway|hwy|square|sq"
    "|place|pl|way|gardens|grove|mews"
)
_PATTERN = late(
    r"[0-9](?<![\w.,$€£/:#%+-][0-9])[0-9]{0,4}[a-z]?(?:[-/][0-9]{1,4})?[ ]"
    r"(?P<name>(?:(?:[nsew]|ne|nw|se|sw)\.?[ ])?(?:[a-z][a-z'’-]{1,15}\.?[ ]|[0-9]{1,3}(?:st|nd|rd|th)[ ]){1,3}?)"
    rf"(?P<kind>{_STREET})(?![\w'’-])\.?"
    r"(?P<unit>,?[ ](?:apt|apartment|unit|suite|ste|flat|room|rm|#)\.?[ ]?#?[a-z]?[0-9]{1,5}[a-z]?(?!\w))?"
    r"(?P<city>,?[ ](?P<words>[a-z][a-z.'’-]{2,15}(?:[ ][a-z][a-z'’-]{2,15}){0,2}?),?[ ](?P<state>[a-z]{2,3})?"
    r",?[ ]?(?P<code>[0-9]{5}(?:-[0-9]{4})?"
    r"|[0-9]{4}|[a-z]{1,2}[0-9][0-9a-z]?[ ]?[0-9][a-z]{2}|[a-z][0-9][a-z][ ]?[0-9][a-z][0-9])(?!\w))?"
)
_BEFORE = late(r"(?:address(?: is)?|live[sd]?(?: at| on)?|living at|at|to|is|from|@|street)[ :]{1,3}(?:the )?$")
_ROOM = late(r"(?<![\w-])(?:apt|apartment|unit|suite|flat|room|#)\.?[ ]?#?[a-z]?[0-9]{1,5}[a-z]?,?[ ]$")


@cache
def _states() -> frozenset[str]:
    return frozenset(word.lower() for word in street_words("region"))


def small_addresses(text: str, low: int, high: int) -> Iterator[Finding]:
    """Number, name and street type in small letters, with unit, city, state and postcode behind them.

    >>> text = "they live at apt 9, 300 test pkwy, testham ny 11218. ok"
    >>> [text[f.start : f.end] for f in small_addresses(text, 0, len(text))]
    ['apt 9, 300 test pkwy, testham ny 11218']
    """
    sentence, clear = street_words("sentence"), street_words("clear")
    for m in _PATTERN.finditer(text, low, high):
        words = m["name"].replace(".", "").split()
        if not sentence.isdisjoint(words):
            continue
        city = (
            m["city"] is not None and sentence.isdisjoint(m["words"].split()) and (m["state"] is None or m["state"] in _states())
        )
        end = m.end() if city else m.end("unit") if m["unit"] else m.end("kind")
        room = _ROOM.search(text, max(low, m.start() - 16), m.start())
        said = _BEFORE.search(text, max(low, m.start() - 20), m.start()) is not None
        if not (city or m["unit"] or room or said or m["kind"] in clear):
            continue
        sure = city or m["unit"] or room or (said and m["kind"] in clear)
        start = room.start() if room else m.start()
        score = worth.ADDRESS_EN if sure else worth.ADDRESS_EN_LOOSE
        yield Finding("ADDRESS", start, end, score, _ID, "small letters", context=("street",))
