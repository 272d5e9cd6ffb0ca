"""Addresses in Latin letters: street lines, flats, boxes, cities, regions and postcodes of US, UK, CA, AU and alike.

``read`` reads on from a place and says how far the address goes and what speaks for one; whether that is enough is the
caller's business.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from piiscrub.reference.words import street_words

_UP = "A-ZÀ-ÖØ-ÞĀ-ſΑ-ΩΆΈΉΊΌΎΏА-ЯЁ"
_LOW = "a-zß-öø-ÿά-ώа-яё"
_LETTER = f"{_UP}{_LOW}Ā-ſ"
POSTCODE = re.compile(
    r"(?:[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][ABD-HJLNP-UW-Z]{2}|[ABCEGHJ-NPRSTVXY][0-9][A-Z][ -]?[0-9][A-Z][0-9]|[0-9]{5"
    r"}(?:-[0-9]{4})?|[1-8][0-9]{5}|[0-9]{4}|[0-9]{3} ?[0-9]{2}|[0-9]{4} ?[A-Z]{2})(?![0-9A-Za-z])"
)
_UNIT = re.compile(
    rf"(?:(?:[Aa]pt|APT|[Aa]partment|[Ss]uite|SUITE|[Ss]te|STE|[Uu]nit|UNIT|[Ff]lat|[Ff]loor|[Ll]evel|[Ll]ot|[Rr]oom|"
    rf"[Rr]m|[Bb]uilding|[Bb]ldg|[Bb]lock|[Ss]hop)\.?[ ]?#?[ ]?[A-Z]?[0-9]{{1,5}}[A-Za-z]?"
    rf"|(?:#|[Nn][o°º]\.)[ ]?[0-9]{{1,5}}(?:-[0-9]{{1,4}})?[A-Za-z]?"
    rf"|[0-9]{{1,2}}[ºª](?:[ ]?[A-Z](?![{_LETTER}]))?|[0-9]{{1,2}}(?:st|nd|rd|th)[ ][Ff](?:loor|l\.?))(?![0-9{_LETTER}])"
)
_BOX = re.compile(
    r"(?:Rural Route|RR|R\.R\.|HC) ?#?[0-9]{1,3},? Box #?[0-9A-Z]{1,6}|"
    r"(?:P\.? ?O\.? ?Box|PO BOX|GPO Box|Post Office Box|Locked Bag|Private Bag) ?[0-9]{1,7}|(?:PSC|CMR|Unit|USNS|USS"
    r"|USCGC) [0-9A-Z][0-9A-Za-z]{0,15},? Box [0-9]{1,6}|(?:USNS|USS|USNV|USCGC) [A-Z][a-z]{2,15}(?=[\s,]"
    r"+[FAD]PO)"
)
_MILITARY = re.compile(r"[FAD]PO,? A[AEP] [0-9]{5}(?:-[0-9]{4})?", re.IGNORECASE)
_NUMBER = re.compile(rf"[0-9]{{1,6}}(?:[-/][0-9]{{1,5}})?[A-Za-z]?(?:½)?\.?(?![0-9{_LETTER}@%:])")
_WORD = re.compile(
    rf"(?:[{_UP}][{_LETTER}'’-]{{0,24}}|(?:d'|l'|O')[{_UP}][{_LETTER}]{{1,20}})\.?|[0-9]{{1,3}}(?:st|nd|rd|th|ST|ND|RD|TH"
    rf")(?![{_LETTER}])"
)
_PARTICLE = re.compile(
    "(?:de|del|della|delle|di|da|do|dos|das|du|des|la|le|les|el|of|the|van|von|der|den|zu|zur|am|an|im|in|u|y|e|i|na|na"
    "d|pod|ul|al|os|upon|on|sur|por|og|och|ved|af|av)(?![A-Za-zÀ-ž])\\.?"
)
_SMALL_SUFFIX = re.compile(rf"[{_LOW}Ā-ſ]{{1,12}}\.?(?![{_LETTER}])")
_GAP = re.compile(r"[ \t]{1,4}|,[ \t]{0,4}(?:\r?\n[ \t>?|*]{0,8})?|[ \t]{0,4}\r?\n[ \t>?|*]{0,8}(?:,[ \t]{0,4})?")
_CELL_STARTS = frozenset({",", ";", "\t"})
_LONGEST, _MOST = 220, 22


# A blank line, then country and code: forms leave a line for the region.
_LAST_LINE = re.compile(rf"[ \t]*\n[ \t>]*\n[ \t>]*[{_UP}][{_LETTER}() .'-]{{2,40}} [0-9]{{4,5}}(?=\s|$)")


class Reading(NamedTuple):
    """``end``: where the address ends. The rest counts what speaks for one. ``lines``: how many lines it covers."""

    end: int
    suffix: bool
    foreign: bool
    unit: bool
    box: bool
    postcode: bool
    numbers: int
    words: int


@cache
def _suffixes() -> frozenset[str]:
    return street_words("suffix")


@cache
def _no_place() -> frozenset[str]:
    return street_words("no_place") | street_words("date")


@cache
def foreign_words() -> tuple[frozenset[str], tuple[str, ...], frozenset[str]]:
    """Words that end a street name abroad, endings that do, words that begin one."""
    endings = (*sorted(w for w in street_words("foreign") if len(w) > 2), *sorted(street_words("ending")))
    return street_words("foreign"), endings, street_words("prefix")


def read(text: str, start: int) -> Reading | None:
    """How far an address goes that begins at ``start``; None if nothing like one does.

    >>> text = "12 Example Street, Apt. 4, Springfield, IL 62704 is"
    >>> text[: read(text, 0).end]
    '12 Example Street, Apt. 4, Springfield, IL 62704'
    """
    at, end = start, start
    suffix = foreign = unit = box = postcode = False
    numbers = words = since = 0
    prefix_open = broken = False
    low = min(len(text), start + _LONGEST)
    no_place, strong = _no_place(), street_words("strong")
    for _ in range(_MOST):
        if m := _BOX.match(text, at, low):
            box, end, since = True, m.end(), 0
        elif m := _MILITARY.match(text, at, low):
            postcode, end, since = True, m.end(), 0
            break
        elif m := _UNIT.match(text, at, low):
            unit, end, since = True, m.end(), 0
        elif (
            (words or box)
            and (m := POSTCODE.match(text, at, low))
            and (broken or unit or not m.group().isdigit())
            and _ends_block(text, m)
        ):
            postcode, end, since = True, m.end(), 0
            if not _country(text, m.end()):
                break
        elif m := _NUMBER.match(text, at, low):
            numbers, end, since = numbers + 1, m.end(), 0
            if text[end - 1] == "." and not text[end : end + 1].isspace():
                end -= 1
        elif m := _WORD.match(text, at, low):
            word = m.group().rstrip(".").lower()
            known = _kind(word)
            mobile = word == "mobile" and text.startswith(", A", m.end())  # the city
            idaho = word == "id" and _ZIP.match(text, m.end())
            if word in no_place and not (words and (known == "suffix" or mobile or idaho)):
                break
            if text.startswith((":", "=", "："), m.end()):
                break  # the label of the next field
            words += 1
            since += 1
            if (known == "suffix" and words > 1) or word == "broadway":
                if word in strong or unit or postcode:
                    suffix = True
                end, since, prefix_open = m.end(), 0, False
                if m.group().endswith(".") and word in street_words("no_dot"):
                    end -= 1  # the end of a sentence
                    break
            elif known == "foreign":
                foreign, end, since = True, m.end(), 0
            elif known == "prefix":
                foreign = prefix_open = True
            elif prefix_open or (word.upper() in street_words("region") and m.group().isupper()):
                end, since = m.end(), 0
            if m.group().endswith(".") and known is None and len(word) > 3:
                m = None  # the end of a sentence
                break
        elif numbers and not words and (m := _SMALL_SUFFIX.match(text, at, low)) and _kind(m.group()) == "prefix":
            words, foreign, prefix_open = 1, True, True
        elif words and ((m := _PARTICLE.match(text, at, low)) or (m := _SMALL_SUFFIX.match(text, at, low))):
            word = m.group().rstrip(".").lower()
            if not _PARTICLE.match(text, at, low):
                known = _kind(word)
                if word in street_words("no_place") or known == "prefix":
                    break
                since += 2
                if known is not None:
                    suffix, foreign = suffix or (known == "suffix" and word in strong), foreign or known == "foreign"
                    end, since = m.end(), 0
        else:
            break
        if since > 5:
            break
        gap = _GAP.match(text, m.end(), low)
        if gap is None:
            if unit and (last := _LAST_LINE.match(text, m.end(), m.end() + 80)):
                postcode, end = True, last.end()
            break
        if gap.group() == "," and text[start - 1 : start] in _CELL_STARTS:
            break  # the next cell of a row
        if "," in gap.group() or "\n" in gap.group():
            prefix_open, broken = False, True
        at = gap.end()
    if end == start:
        return None
    if (suffix or foreign or unit or (numbers > 1 and words)) and not postcode:
        end = _tail(text, end)
    while text[end - 1] in " ,\n":
        end -= 1
    return Reading(end, suffix, foreign, unit, box, postcode, numbers, words)


_TAIL = re.compile(
    rf"(?:,?[ ]?\n[ \t>]{{0,4}},?[ ]?|,[ ])(?:Co\.[ ])?(?:[{_UP}][{_LETTER}'’-]{{1,24}})(?:[ -](?:[{_UP}][{_LETTER}'’-]{{0,2"
    rf"4}}|\([{_UP}][{_LETTER}]+\)|de|del|di|da|do|la|le|sur|nad|na|u|am|an|of|og|v|ob|and|the)){{0,4}}(?=[,.;!?)\n]"
    rf"|[ ]?$)"
)
_CODE_FIRST = re.compile(r",[ ][0-9]{4,5}$")  # Hauptstraße 12, 10115 Berlin
_CITY = re.compile(rf"(?:[ ][{_UP}][{_LETTER}'’-]{{2,24}}){{1,3}}(?=[,.;:!?)\n]|[ ]?$|[ ][a-z])")
_CODE_AND_CITY = re.compile(
    rf",[ ](?:[A-Z]{{1,2}}-)?(?:[0-9]{{2}}-[0-9]{{3}}|[0-9]{{4,5}}|[0-9]{{3}} [0-9]{{2}})"
    rf"(?:[ ][{_UP}][{_LETTER}'’-]{{2,24}}){{1,3}}"
    r"(?=[,.;:!?)\n]|[ ]?$|[ ][a-z])"
)
_ZIP = re.compile("[ ]83[2-8][0-9]{2}(?![0-9])")
_OUTCODE = re.compile("[ ](?:[NEWS][EW]?|[EW]C|[A-Z]{1,2})[0-9]{1,2}[A-Z]?(?=[,.;:!?)\n]|[ ]?$)")
_LOOSE_TAIL = re.compile(rf"(?:[ ][{_UP}][{_LETTER}'’-]{{2,24}}){{1,4}}(?=[.?!]|[ ]?$)")


def _tail(text: str, end: int) -> int:
    """City, region and country behind a street, each between commas or on its own line."""
    no_place = _no_place()
    for _ in range(3):
        m = _TAIL.match(text, end, end + 120)
        if m is None:
            break
        words = re.findall(rf"[{_LETTER}]+", m.group())
        if "\n\n" in m.group() or any(word.lower() in no_place for word in words):
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


def _ends_block(text: str, m: re.Match[str]) -> bool:
    """A postcode ends a line, a phrase or the block; 4 or 5 digits before a capital are a house number."""
    following = text[m.end() : m.end() + 2]
    return (
        not following.strip()
        or following[0] in ",.;:)\n?!"
        or not (following[0] == " " and following[1:2].isupper() and m.group().isdigit())
    )


def _country(text: str, at: int) -> bool:
    return bool(
        re.match(
            r"(?:, ?|\s?\n[ \t]{0,4})(?:USA|U\.S\.A|UK|United|Canada|Australia|England|Ireland|Germany|France)",
            text[at : at + 20],
        )
    )


def _kind(word: str) -> str | None:
    if word in _suffixes():
        return "suffix"
    whole, endings, prefixes = foreign_words()
    if word in whole or (len(word) > 6 and word.endswith(endings)):
        return "foreign"
    return "prefix" if word in prefixes else None
