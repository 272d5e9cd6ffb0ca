"""Addresses as other countries write them: house number last, code before the city, wards and prefectures.

Meir 41, 2000 Antwerpen has no word for a street; its number before a comma, with a code and a city behind it, is what tells.
Rua das Flores, 250, apto 31 puts a comma before the number; Japan counts blocks (3-14-7 Testcho, Testgaya-ku).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from piiscrub.model.finding import Finding
from piiscrub.parse.address_en_city import no_place, with_country
from piiscrub.parse.latin import LOWER, UPPER, holds
from piiscrub.recognize import named_scores as worth
from piiscrub.reference.words import name_cues, street_words
from piiscrub.text.late import late

_ID = "addresses_en"
_CAP = rf"[{UPPER}][\w'’-]{{1,24}}"
_INNER = "am|an der|bei|de|de la|del|di|den|der|im|la|le|les|nad|of|sur|upon|v|z"
_CITY = (
    rf"(?=\w[{LOWER}'’]|[A-Z]{{3}}){_CAP}(?:[ /](?:(?:{_INNER})[ ])?{_CAP}){{0,3}}(?: (?:[A-Z]{{1,2}}|[0-9]{{1,2}})(?![\w-]))?"
)
_CODE = r"(?:[A-Z]{1,2}-)?(?:[0-9]{5}|[0-9]{4} ?[A-Z]{2}|[0-9]{4}-[0-9]{3}|[0-9]{2}-[0-9]{3}|[0-9]{3} [0-9]{2}|[0-9]{3,4})"
_END = r"(?=[,.;:!?)\n\"|]|[ ]?$|[ ][a-z(–-])"


@cache
def _code_city() -> re.Pattern[str]:
    return re.compile(rf"(?:,[ ]|,?[ ]?\n[ \t>]{{0,4}})(?P<code>{_CODE})[ ](?P<city>{_CITY}){_END}")


_CODE_AHEAD = late(r"[,\n][ \n\t>]{0,5}(?:[A-Z]{1,2}-)?[0-9]{2}[0-9-]")
_YEAR = late("(?:19|20)[0-9]{2}")
_REACH = 80
_HOUSE = late(
    r"[0-9]{1,4} ?[A-Za-z]?(?:[-/][0-9]{1,4}[A-Za-z]?){0,2}(?: (?:bis|ter|[A-Z])(?: [0-9]{1,3})?)?$"
)  # 12, 12a, 2/7, 41-2, 20 A 12
_FLAT = late(
    r",? (?:(?:app?|apto?|int|lok|m|st|bus|bte|boîte|étage|piso|lgh|tr|Top|Stiege|Tür)\.? ?[0-9A-Z]{1,4}"
    r"|[0-9]{1,2}\.? ?(?:tv|th|mf|sal|etg|OG|Stock|floor)\.?|[0-9]{1,2} ?[ºª°]\.? ?[\w.]{0,10}|[0-9]{1,2}-[0-9]{1,2})$"
)
_PARTICLES = frozenset(
    "de del los las della di da do dos das du des la le les el van von der den zu zur zum am an auf im in na nad pod u y e i und"
    " het ten ter".split()
)
_HOME = late(r"(?:\b(?:at|to|owns?|address)[ ]|[:(][ ]?)$")
_TOLD = late(r"(?:\b(?:at|to|owns?|address|in|near|from|of|is|for|on)[ ]|[:(,][ ]?|\n[ \t>]{0,4}|^[ ]?)$")

_STREETS = (  # with a capital, before the name of the street
    r"Rua|R\.|Av\.|Avda\.?|Avenida|Travessa|Alameda|Praça|Estrada|Largo|Via|Viale|Corso|Piazza|Calle|C/|Paseo|Plaza|Carrer"
    r"|Carrera|Strada|Calea|Jalan|Jln?\.?|Lorong|Soi|Chaussée|Rue"
)
_LEAD = late(rf"[RACTEPLVJSC](?<=(?=(?:{_STREETS})[ ]).)")  # a look ahead, cheap where there is none
_PART = (
    r"[0-9]{1,2} ?[ºª°]\.? ?[\w.]{0,10}|[0-9]{1,2}-[0-9]{1,3}(?![\w-])"
    r"|(?:apto?|ap|app|int|piso|bloco|bl|cj|sala|lote|casa|lt|dto|[Cc]ol|RT|RW)\.? ?[0-9]{1,4}[A-Z]?"
    rf"|[A-Z]{{2}}(?: [0-9]{{5}}-[0-9]{{3}})?(?![\w-])|{_CODE} {_CITY}|[0-9]{{5}}-[0-9]{{3}}"
    rf"|(?:Col\. )?{_CITY}(?:,? (?:[0-9]{{5}}-[0-9]{{3}}|[0-9]{{4,5}})(?![\w-]| [{UPPER}]))?"
)
_NAME = rf"(?:(?:{'|'.join(sorted(_PARTICLES))})(?=[ ])|[{UPPER}][\w'’.-]{{0,24}})"


@cache
def _named_first() -> re.Pattern[str]:
    return re.compile(
        rf"[RACTEPLVJSC](?<![\w.@-][RACTEPLVJSC])(?<=(?=(?:{_STREETS})[ ]).)[^\s,]{{0,9}}[ ]{_NAME}(?:[ ]{_NAME}){{0,5}}?"
        r"(?P<number>,?[ ](?:[Nn][º°o.]{1,2} ?|# ?)?[0-9]{1,5}[A-Za-z]?(?:[-/][0-9]{1,4}[A-Za-z]?)?"
        r"(?P<block> # ?[0-9]{1,3}[A-Z]?-[0-9]{1,3})?)(?![\w-])"
        rf"(?P<rest>(?:(?:,? [-–] |, )(?:{_PART})(?![\w@])){{0,7}})"
    )


@cache
def _ward() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w.-])(?:(?:Room|Apt\.?|Unit|#)[ ]?[0-9]{{1,4}},? (?:{_CAP}(?: {_CAP}){{0,2}}, )?)?"
        rf"[0-9]{{1,2}}-[0-9]{{1,3}}(?:-[0-9]{{1,4}})?,? {_CAP}(?: [\w-]{{1,16}}){{0,2}}(?:, {_CAP}){{1,3}}"
        r"(?: [0-9]{3}-[0-9]{4}(?![\w-]))?"
    )


@cache
def _seoul() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w.-])(?:[0-9]{{1,4}}(?:-[0-9]{{1,3}})?,? )?{_CAP}-(?:ro|daero|gil)(?: [0-9]{{1,3}}(?:beon)?-gil)?"
        rf"(?:,? [0-9]{{1,4}}(?:-[0-9]{{1,3}})?)?(?:, {_CAP}-(?:gu|dong|si|gun|do)){{1,3}}(?:, {_CAP})?(?: [0-9]{{5}}(?![\w-]))?"
    )


_OF_WARDS = late(r"[a-z]-(?:ku|shi|cho|chome|machi|gun|son|to|fu|ken)\b| [0-9]{3}-[0-9]{4}$")
_WARDS = ("-ku", "-shi", "-cho", "-machi", "-gun", "Tokyo", "Japan", "Osaka", "Kyoto", "Sapporo")


@cache
def _turkish() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{_CAP}[ ]){{1,3}}(?:(?P<whole>Caddesi|Sokak|Sokağı|Bulvarı)|Cad\.|Cd\.|Sok\.|Sk\.|Blv\.),? "
        r"(?:[Nn][oO][:.]? ?)?[0-9]{1,4}(?:/[0-9A-Z]{1,3})?"
        rf"(?:,? (?:Daire|D\.?|Kat|K\.?)[: ]{{0,2}}[0-9]{{1,3}}){{0,2}}(?:,? [0-9]{{5}})?(?P<place>(?:[ ,/]{{1,2}}{_CAP}){{0,3}})"
    )


def addresses_abroad(text: str, low: int, high: int) -> Iterator[Finding]:
    """Addresses by the orders of other countries.

    >>> text = "He owns Meir 41, 2000 Antwerpen, rents Rua das Flores, 250, Testpolis - SP, or 3-14-7 Testcho, Testgaya-ku"
    >>> [text[f.start : f.end] for f in addresses_abroad(text, 0, len(text))]
    ['Meir 41, 2000 Antwerpen', 'Rua das Flores, 250, Testpolis - SP', '3-14-7 Testcho, Testgaya-ku']
    """
    for m in _code_city().finditer(text, low, high) if _CODE_AHEAD.search(text, low, high) else ():
        start = _street(text, max(low, m.start() - _REACH, text.rfind("\n", low, m.start()) + 1), m)
        if start is not None:
            yield _found(text, start, m.end("city"), "code and city")
    for m in _named_first().finditer(text, low, high) if _LEAD.search(text, low, high) else ():
        if m["rest"] or m["block"]:
            yield _found(text, m.start(), m.end(), "street first")
    if holds(text, low, high, "-") and holds(text, low, high, *_WARDS):
        for m in _ward().finditer(text, low, high):
            if _OF_WARDS.search(m.group()) or text.startswith(", Japan", m.end()):
                yield _found(text, m.start(), m.end(), "ward")
    if holds(text, low, high, "-gu", "-si"):
        for m in _seoul().finditer(text, low, high):
            yield _found(text, m.start(), m.end(), "ward")
    if holds(text, low, high, "Cad", "Sok", "Bulvar", "Blv", "Cd.", "Sk."):
        for m in _turkish().finditer(text, low, high):
            if m["place"] or m["whole"]:
                yield _found(text, m.start(), m.end(), "street first")


def _found(text: str, start: int, end: int, pattern: str) -> Finding:
    return Finding("ADDRESS", start, with_country(text, end), worth.ADDRESS_EN, _ID, pattern, context=("street",))


@cache
def _no_street() -> frozenset[str]:
    return no_place() | frozenset(word.lower() for word in name_cues("numbered").split("|"))


def _street(text: str, floor: int, m: re.Match[str]) -> int | None:
    """Where the street begins that ends with its house number before a code and a city; None if there is none."""
    end = m.start()
    if flat := _FLAT.search(text, floor, end):
        end = flat.start() if _HOUSE.search(text, floor, flat.start()) else end
    house = _HOUSE.search(text, floor, end)
    number_first = None
    if house is None or house.start() == floor:
        number_first = _number_first().search(text, floor, end)
        return number_first.start() if number_first else None
    start, capitals, foreign = house.start(), 0, False
    for word in reversed(text[floor : house.start()].split(" ")[:-1] if text[house.start() - 1] == " " else []):
        low = word.lower().rstrip(".")
        low = low[:-3] + "straße" if low.endswith("str") else low
        kind = low in street_words("prefix") or low in street_words("foreign") or word in street_words("prefix")
        if not (
            kind or low in _PARTICLES or (word[:1].isupper() and word.rstrip(".'’-").replace("'", "").replace("-", "").isalpha())
        ):
            break
        if (low in _no_street() and low not in _PARTICLES) or (word.endswith(".") and not kind and len(word) > _ABBREVIATED):
            break
        start -= len(word) + 1
        capitals += word[0].isupper()
        foreign = foreign or kind or low.endswith(tuple(street_words("ending")))
    first = text[start : house.start()].split(" ")
    while len(first) > 1 and first[0] in _PARTICLES and first[0] not in street_words("prefix"):
        start += len(first.pop(0)) + 1
    if start >= house.start() or not (capitals or foreign):
        return None
    if foreign:
        return start
    year = _YEAR.fullmatch(m["code"]) and not _HOME.search(text, max(0, start - 12), start)
    short = m["code"].isdigit() and (len(m["code"]) < _FOUR or year)
    things = m["city"].endswith("s") and " " not in m["city"]  # Testphone 12, 10000 Lines
    told = _TOLD.search(text, max(0, start - 12), start) is not None
    return start if told and not things and (not short or m["city"].startswith("Reykjav")) else None


_ABBREVIATED, _FOUR = 6, 4


@cache
def _number_first() -> re.Pattern[str]:
    """12 bis rue des Tests, 14, avenue Testier."""
    prefixes = "|".join(sorted((re.escape(word) for word in street_words("prefix") if len(word) > 2), key=lambda w: (-len(w), w)))
    return re.compile(
        rf"(?<![\w.,/-])[0-9]{{1,4}} ?[A-Za-z]?(?: ?(?:bis|ter|quater))?,? (?:{prefixes})[ ](?:[dl]['’])?[\w'’. -]{{2,50}}$",
        re.IGNORECASE,
    )
