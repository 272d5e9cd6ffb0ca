"""What stands behind a street in Latin letters: city, region and country, or code and city."""

from __future__ import annotations

import re
from functools import cache

from piiscrub.parse.latin import LETTER, UPPER
from piiscrub.reference.places import countries
from piiscrub.reference.words import street_words
from piiscrub.text.late import late

_TAIL = late(
    rf"(?:,?[ ]?\n[ \t>]{{0,4}},?[ ]?|,[ ])(?:Co\.[ ])?(?:[{UPPER}][{LETTER}'’-]{{1,24}})(?:[ -](?:[{UPPER}][{LETTER}'’-]{{0,2"
    rf"4}}|\([{UPPER}][{LETTER}]+\)|de|del|di|da|do|la|le|sur|nad|na|u|am|an|of|og|v|ob|and|the)){{0,4}}(?=[,.;!?)\n]"
    rf"|[ ]?$)"
)
_CODE_FIRST = late(r",[ ][0-9]{4,5}$")  # Hauptstraße 12, 10115 Berlin
_CITY = late(rf"(?:[ ][{UPPER}][{LETTER}'’-]{{2,24}}){{1,3}}(?=[,.;:!?)\n]|[ ]?$|[ ][a-z])")
_CODE_AND_CITY = late(
    rf",[ ](?:[A-Z]{{1,2}}-)?(?:[0-9]{{2}}-[0-9]{{3}}|[0-9]{{4,5}}|[0-9]{{3}} [0-9]{{2}})"
    rf"(?:[ ][{UPPER}][{LETTER}'’-]{{2,24}}){{1,3}}"
    r"(?=[,.;:!?)\n]|[ ]?$|[ ][a-z])"
)
_OUTCODE = late("[ ](?:[NEWS][EW]?|[EW]C|[A-Z]{1,2})[0-9]{1,2}[A-Z]?(?=[,.;:!?)\n]|[ ]?$)")
_LOOSE_TAIL = late(rf"(?:[ ][{UPPER}][{LETTER}'’-]{{2,24}}){{1,4}}(?=[.?!]|[ ]?$)")


@cache
def no_place() -> frozenset[str]:
    """Words that are no part of an address: names of fields, words of sentences, months and days."""
    return street_words("no_place") | street_words("date")


def tail(text: str, end: int) -> int:
    """The end of an address with city, region and country behind a street, each between commas or on its own line.

    >>> text = "12 Example Street, Springfield. Then"
    >>> text[: tail(text, text.index(","))]
    '12 Example Street, Springfield'
    """
    elsewhere = no_place()
    for _ in range(3):
        m = _TAIL.match(text, end, end + 120)
        if m is None:
            break
        words = re.findall(rf"[{LETTER}]+", m.group())
        if "\n\n" in m.group() or any(word.lower() in elsewhere for word in words):
            break
        end = m.end()
    if _CODE_FIRST.search(text, max(0, end - 8), end) and (m := _CITY.match(text, end, end + 60)):
        return m.end()
    m = _LOOSE_TAIL.match(text, end, end + 100)
    if m is not None and not any(word.lower() in street_words("no_place") for word in m.group().split()):
        end = m.end()
    return end


def with_city(text: str, end: int) -> int:
    """The end of an address with the code and the city behind a comma, or with the first half of a British postcode.

    >>> text = "ul. Testowa 84 m. 14, 00-999 Testowo."
    >>> text[: with_city(text, text.index(","))]
    'ul. Testowa 84 m. 14, 00-999 Testowo'
    """
    m = _CODE_AND_CITY.match(text, end, end + 90) or _OUTCODE.match(text, end, end + 12)
    return m.end() if m else end


_COUNTRY = late(r",[ ](?:[Tt]he )?(?P<name>[A-Z][A-Za-z.]+(?:[ ][A-Z][A-Za-z]+){0,2})(?=[.,;:!?)\n\"|]|[ ]?$|[ ][a-z(|-])")
_SHORT = frozenset({"USA", "U.S.A", "UK", "U.K", "UAE"})


def with_country(text: str, end: int) -> int:
    """The end of an address with the country behind its last comma.

    >>> text = "Testgasse 12, 1090 Wien, Austria, and"
    >>> text[: with_country(text, text.index(", Austria"))]
    'Testgasse 12, 1090 Wien, Austria'
    """
    m = _COUNTRY.match(text, end, end + 40)
    return m.end() if m and (m["name"] in countries() or m["name"].rstrip(".") in _SHORT) else end
