"""Addresses read backwards from their postcode: phrases between commas, up to the one that begins the address.

Rose Cottage, Mill Lane, Testham TE1 9ZZ and Flat No. 4, Test Apartments, 4th Cross, Testnagar, Testpur 560001 have no house
number with a street type behind it from which one could read on; what they end with is sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from piiscrub.model.finding import Finding
from piiscrub.recognize import named_scores as worth
from piiscrub.reference.words import street_words
from piiscrub.text.late import late

_ID = "addresses_en"
_UP = "A-ZÀ-ÞĀ-ſ"
_CODE = late(
    r"[ ,](?=[A-Z0-9 –-])(?<=[A-Za-zÀ-ž.)0-9][ ,])(?:[ ]?[-–][ ]|[ ])?"
    r"(?P<code>[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][ABD-HJLNP-UW-Z]{2}"  # United Kingdom
    r"|[ABCEGHJ-NPRSTVXY][0-9][A-Z] ?[0-9][A-Z][0-9]"  # Canada
    r"|[AC-FHKNPRTV-Y][0-9][0-9W] [0-9AC-FHKNPRTV-Y]{4}"  # Ireland
    r"|[0-9]{5}-[0-9]{3}"  # Brazil
    r"|(?:NSW|VIC|QLD|TAS|ACT|WA|SA|NT) [0-9]{4}"  # Australia
    r"|(?<!0[0-9]{2} )(?<!0[0-9]{3} )[1-8][0-9]{2} ?[0-9]{3}"  # India, Singapore; 0491 570 156 is a telephone
    r")(?![0-9A-Za-z@%/-]|[.,][0-9])"
)
_LAST_PLACE = late(
    r", (?P<code>Hong Kong|Kowloon|New Territories|N\.?T\.?, Hong Kong|HK|Macau|Macao|Dubai"
    r"|Abu Dhabi|Sharjah|Doha|Singapore|Kuala Lumpur)(?![A-Za-z0-9])"
)
_FRENCH = "rue|boulevard|avenue|chemin|place|impasse|allée|rang"  # of Canada
_PHRASE = late(
    rf"(?:(?:[Nn]ear|[Oo]pp(?:osite)?\.?|[Bb]ehind|[Oo]ff|[Nn]ext to)[ ])?"
    rf"(?:#?[{_UP}0-9(][\w./&'’()#-]{{0,24}}|(?:{_FRENCH})(?=[ ]))"
    rf"(?:[ ](?:#?[{_UP}0-9(][\w./&'’()#-]{{0,24}}|of|the|and|on|upon|under|in|no\.|{_FRENCH}"
    rf"|de|du|des|la|le|les)){{0,5}}"
)
_FIRST = late(
    r"(?:#[ ]?[0-9]|(?:(?:[Ff]lat|[Pp]lot|[Hh]ouse|[Dd]oor|[Ss]hop|[Ss]ite|[Vv]illa|[Uu]nit|[Aa]pt|[Aa]partment|[Ss]uite"
    r"|[Ll]evel|[Ll]ot|[Rr]oom|[Bb]lk|[Bb]lock|[Tt]ower|[Pp]ier|[Hh]angar|[Bb]erth|[Ww]arehouse"
    r"|[HD])\.?[ ]?(?:[Nn]o|[Nn]umber)?\.?[ ]?[:#-]?[ ]?|[Nn]o\.?[ ]?)"
    r"[A-Z]?-?[0-9]"
    r"|(?:[Ff]lat|[Uu]nit|[Rr]oom|[Ss]hop|[Bb]lock|[Tt]ower) [A-Z](?![A-Za-z'’])"
    r"|[A-Z]-?[0-9]{1,4}(?![A-Za-z])"
    r"|[0-9]{1,5}[A-Za-z]?(?:[-/][0-9A-Za-z]{1,5}){0,3}(?![0-9A-Za-z:]|st\b|nd\b|rd\b|th\b))"
)
_AREA = frozenset(
    "road hills"
    " nagar colony layout cross main marg sector phase enclave society apartments vihar puram chowk bazar bazaar gali ward taluk"
    " dist district mandal estate cottage house farm lodge towers residency heights".split()
)
_HOME = frozenset("flat house door villa apt apartment hno blk pier hangar berth warehouse".split())
_RESIDENT = late(r"(?<![A-Za-z])[RC]/[oO][ :]{1,2}(?=[A-Z0-9#])")  # W/o Jane Roe, R/o House No. 2
_STREETS = frozenset(_FRENCH.split("|")) - {"place"}
_REACH = 170
_FEWEST = 2  # phrases


def from_the_postcode(text: str, low: int, high: int) -> Iterator[Finding]:
    """Addresses on one line that end with a postcode.

    >>> text = "She moved to Rose Cottage, Mill Lane, Testham TE1 9ZZ in May"
    >>> [text[f.start : f.end] for f in from_the_postcode(text, 0, len(text))]
    ['Rose Cottage, Mill Lane, Testham TE1 9ZZ']
    """
    for m in _LAST_PLACE.finditer(text, low, high):
        floor = max(low, text.rfind("\n", low, m.start()) + 1, m.start() - _REACH)
        start = _begin(text, floor, m.start(), numbered=True)
        if start is not None:
            yield Finding("ADDRESS", start, m.end("code"), worth.ADDRESS_EN_LOOSE, _ID, "last place", context=("place",))
    for m in _CODE.finditer(text, low, high):
        floor = max(low, text.rfind("\n", low, m.start()) + 1, m.start() - _REACH)
        start = _begin(text, floor, m.start())
        if start is not None:
            if resident := _RESIDENT.search(text, start, m.start()):
                start = resident.end()
            yield Finding("ADDRESS", start, m.end("code"), worth.ADDRESS_EN, _ID, "postcode", context=("postcode",))


def _begin(text: str, floor: int, end: int, *, numbered: bool = False) -> int | None:
    """Where the phrases before a postcode begin; None if they are no address. ``numbered``: they must begin with a number."""
    best: int | None = None
    street = number = False
    count, at = 0, end
    while at > floor:
        comma = text.rfind(",", floor, at)
        begin = comma + 1 if comma >= 0 else floor
        while begin < at and text[begin] == " ":
            begin += 1
        phrase = text[begin:at]
        whole = _PHRASE.fullmatch(phrase) is not None
        inner = begin if whole else _inner(text, begin, at)
        if inner is None:
            break
        count += 1
        words = text[inner:at].lower().replace(".", "").split()
        street = (
            street
            or (len(words) > 1 and words[-1] in street_words("suffix"))
            or not _AREA.isdisjoint(words)
            or not _STREETS.isdisjoint(words)
        )
        street = street or (count > _FEWEST and words[0] in _HOME)  # Flat No 302, Testapts, Testpur
        first = _FIRST.match(text, inner, at) is not None
        number = number or first
        if count >= _FEWEST and (first if numbered else street and (first or not number)):
            best = inner
        if not whole or comma < 0:
            break
        at = comma
    return best


def _inner(text: str, begin: int, end: int) -> int | None:
    """The last part of a phrase that begins an address: who lives at | Flat 4."""
    best: int | None = None
    for m in _WORD_START.finditer(text, begin, end):
        if _PHRASE.fullmatch(text, m.start(), end):
            if _FIRST.match(text, m.start(), end):
                return m.start()
            best = m.start() if best is None else best
    return best


_WORD_START = late(rf"(?<![^ :(\"'])[{_UP}0-9#]")


_ROOM = late(
    r"(?<![\w-])(?:(?:(?:flat|unit|apt|apartment|suite|ste|level|floor|lot|room|rm|shop|plot|block|blk|building|bldg"
    r"|tower|villa|door|house)"
    r"\.?(?: no\.?)? ?#?[a-z]?[0-9]{1,4}[a-z]?|#[0-9]{1,5}[a-z]?"
    r"|(?:[0-9]{1,2}(?:st|nd|rd|th)|top|ground|first|second|third|upper|lower|basement|garden) (?:floor|flat)(?: flat)?)"
    r"(?:,[ ]?|[ ])"
    r"|(?:flat|unit|lot|plot|shop|house|blk|block|no\.|room|rm|suite|level|floor|villa|door|building|bldg|tower|gate|bay)[ ])$",
    re.IGNORECASE,
)
_NAMED_HOUSE = late(
    rf"(?<![\w'’.-])(?:[{_UP}][\w'’]{{1,16}}[ ]){{1,3}}(?<!Supreme )(?<!High )(?<!District )(?<!County )(?<!Superior )(?<!Crown )"
    r"(?:Cottage|House|Court|Lodge|Farm|Farmhouse|Apartments|Towers|Mansions|Manor|Chambers|Barn|Residency|Heights),[ ]$"
)
# What a room or a floor ends with: asked first, since the words before it are many.
_BEFORE_HOUSE = late(
    r"(?:[0-9][a-z]?|floor|flat|unit|lot|plot|shop|house|blk|block|no\.|room|rm|suite|level|villa|door|building|bldg|tower|gate|bay)"
    r",?[ ]?$",
    re.IGNORECASE,
)
_SHORT = 10  # characters of the longest of these with a comma
_TO_THE_LEFT = 60


def leftwards(text: str, start: int, low: int) -> int:
    """Where an address begins that was read from its house number on: the flat, the floor, the name of the house before it.

    >>> text = "She has Flat 6, Ashgrove Court, 31 Test Road"
    >>> leftwards(text, text.index("31"), 0)
    8
    """
    for _ in range(3):
        floor = max(low, start - _TO_THE_LEFT)
        m = _ROOM.search(text, floor, start) if _BEFORE_HOUSE.search(text, max(floor, start - _SHORT), start) else None
        if m is None and text.endswith(", ", floor, start):
            m = _NAMED_HOUSE.search(text, floor, start)
        if m is None:
            break
        start = m.start()
    return start
