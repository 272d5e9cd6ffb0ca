"""Addresses in Latin letters: street lines, flats, boxes, cities, regions and postcodes of US, UK, CA, AU and alike.

``read`` reads on from a place and says how far the address goes and what speaks for one; whether that is enough is the
caller's business.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from piiscrub.parse.address_en_city import no_place, tail
from piiscrub.parse.latin import LETTER, LOWER, UPPER
from piiscrub.reference.words import street_words
from piiscrub.text.late import late

POSTCODE = late(
    r"(?:[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][ABD-HJLNP-UW-Z]{2}|[AC-FHKNPRTV-Y][0-9][0-9W] [0-9AC-FHKNPRTV-Y]{4}"
    r"|[ABCEGHJ-NPRSTVXY][0-9][A-Z][ -]?[0-9][A-Z][0-9]|[0-9]{5"
    r"}(?:-[0-9]{4})?|[1-8][0-9]{5}|[0-9]{4}|[0-9]{3} ?[0-9]{2}|[0-9]{4} ?[A-Z]{2})(?![0-9A-Za-z])"
)
_UNIT = late(
    rf"(?:(?:[Aa]pt|APT|[Aa]partment|[Ss]uite|SUITE|[Ss]te|STE|[Uu]nit|UNIT|[Ff]lat|[Ff]loor|[Ll]evel|[Ll]ot|[Rr]oom|"
    rf"[Rr]m|[Bb]uilding|[Bb]ldg|[Bb]lock|[Ss]hop)\.?[ ]?#?[ ]?[A-Z]?[0-9]{{1,5}}[A-Za-z]?"
    rf"|(?:#|[Nn][o°º]\.)[ ]?[0-9]{{1,5}}(?:-[0-9]{{1,4}})?[A-Za-z]?"
    rf"|[0-9]{{1,2}}[ºª](?:[ ]?[A-Z](?![{LETTER}]))?|[0-9]{{1,2}}(?:st|nd|rd|th)[ ][Ff](?:loor|l\.?))(?![0-9{LETTER}])"
)
_BOX = late(
    r"(?:Rural Route|RR|R\.R\.|HC) ?#?[0-9]{1,3},? Box #?[0-9A-Z]{1,6}|"
    r"(?:P\.? ?O\.? ?Box|PO BOX|GPO Box|Post Office Box|Locked Bag|Private Bag) ?[0-9]{1,7}|(?:PSC|CMR|Unit|USNS|USS"
    r"|USCGC) [0-9A-Z][0-9A-Za-z]{0,15},? Box [0-9]{1,6}|(?:USNS|USS|USNV|USCGC) [A-Z][a-z]{2,15}(?=[\s,]"
    r"+[FAD]PO)"
)
_BOX_BEGINS, _MILITARY_BEGINS = frozenset("CGHLPRU"), frozenset("FADfad")  # nearly no piece of an address begins so
_MILITARY = late(r"[FAD]PO,? A[AEP] [0-9]{5}(?:-[0-9]{4})?", re.IGNORECASE)
_NUMBER = late(rf"[0-9]{{1,6}}(?:[-/][0-9]{{1,5}})?[A-Za-z]?(?:½)?(?:[ ](?:bis|ter)(?![A-Za-z]))?\.?(?![0-9{LETTER}@%:])")
_WORD = late(
    rf"(?:[{UPPER}][{LETTER}'’-]{{0,24}}|(?:d'|l'|O')[{UPPER}][{LETTER}]{{1,20}})\.?|[0-9]{{1,3}}(?:st|nd|rd|th|ST|ND|RD|TH"
    rf")(?![{LETTER}])"
)
_PARTICLE = late(
    "(?:de|del|della|delle|di|da|do|dos|das|du|des|la|le|les|el|of|the|van|von|der|den|zu|zur|am|an|im|in|u|y|e|i|na|na"
    "d|pod|ul|al|os|upon|on|sur|por|og|och|ved|af|av)(?![A-Za-zÀ-ž])\\.?"
)
_SMALL_SUFFIX = late(rf"[{LOWER}Ā-ſ]{{1,12}}\.?(?![{LETTER}])")
_GAP = late(r"[ \t]{1,4}|,[ \t]{0,4}(?:\r?\n[ \t>?|*]{0,8})?|[ \t]{0,4}\r?\n[ \t>?|*]{0,8}(?:,[ \t]{0,4})?")
_CELL_STARTS = frozenset({",", ";", "\t"})
_LONGEST, _MOST = 220, 22
_ZIP = late("[ ]83[2-8][0-9]{2}(?![0-9])")  # of Idaho
_ASTRAY = 5  # words in a row that no address is sure to have
_COUNTRY = late(
    r"(?:, ?|\s?\n[ \t]{0,4})(?:USA|U\.S\.A|UK|United|Canada|Australia|England|Ireland|Germany|France)"
)  # behind a postcode the country may still come

# A blank line, then country and code: forms leave a line for the region.
_SENTENCE = late(r" [A-Z][a-z]")
_SECOND = 2
_THEN_A_WORD = late(" [A-Za-z]")
_THEN_A_NUMBER = late(r" [0-9]")
_CALLED = late(r"[.:]? ?\+?\(?[0-9]{2,5}\)?[ -][0-9]{3}")  # PH 0491 570 156
_TELEPHONES = frozenset(("ph", "phn", "mob", "cell", "hp", "m", "t", "p"))
_COMPASS = frozenset("north south east west n s e w ne nw se sw".split())
_LAST_LINE = late(rf"[ \t]*\n[ \t>]*\n[ \t>]*[{UPPER}][{LETTER}() .'-]{{2,40}} [0-9]{{4,5}}(?=\s|$)")


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
    return _Reader(text, start).read()


class _Reader:
    """One address on its way: what spoke for it so far, and where it ends as far as is known."""

    __slots__ = (
        "astray", "box", "broken", "end", "foreign", "low", "numbers", "postcode", "prefix_open", "since", "start", "suffix",
        "text", "unit", "weak", "words",
    )  # fmt: skip  # a list of names

    def __init__(self, text: str, start: int) -> None:
        self.text, self.start, self.end = text, start, start
        self.low = min(len(text), start + _LONGEST)
        self.suffix = self.foreign = self.unit = self.box = self.postcode = False
        self.numbers = self.words = self.since = 0  # since: words behind the last that was surely a part
        self.astray = False  # a word in small letters that is no part of an address
        self.prefix_open = self.broken = self.weak = False  # weak: a suffix that is a word of places too; a postcode makes it one

    def read(self) -> Reading | None:
        at = self.start
        for _ in range(_MOST):
            behind = self._piece(at)
            if behind is None or self.since > _ASTRAY:
                break
            following = self._over_gap(behind)
            if following is None:
                break
            at = following
        end = self.end
        if end == self.start:
            return None
        if (self.suffix or self.foreign or self.unit or (self.numbers > 1 and self.words)) and not self.postcode:
            end = tail(self.text, end)
        while self.text[end - 1] in " ,\n":
            end -= 1
        suffix = self.suffix or (self.weak and self.postcode and self.numbers > 0)
        return Reading(end, suffix, self.foreign, self.unit, self.box, self.postcode, self.numbers, self.words)

    def _piece(self, at: int) -> int | None:
        """Read one piece; where to read on, None if the address ends."""
        text, low = self.text, self.low
        first = text[at : at + 1]
        if first in _BOX_BEGINS and (m := _BOX.match(text, at, low)):
            self.box = True
            return self._part(m.end())
        if first in _MILITARY_BEGINS and (m := _MILITARY.match(text, at, low)):
            self.postcode = True
            self._part(m.end())
            return None
        if m := _UNIT.match(text, at, low):
            self.unit = True
            return self._part(m.end())
        if (m := POSTCODE.match(text, at, low)) and self._is_postcode(m):
            self.postcode = True
            self._part(m.end())
            return m.end() if _COUNTRY.match(text, m.end(), m.end() + 20) else None
        if first.isdigit() and (m := _NUMBER.match(text, at, low)):
            if self.astray and not (self.foreign or self.unit) and _THEN_A_WORD.match(text, m.end()):
                return None  # 12 Roe went to 14 Test Road
            self.numbers += 1
            self._part(m.end())
            if text[m.end() - 1] == ".":
                if not text[m.end() : m.end() + 1].isspace():
                    self.end -= 1
                elif self._over(m):
                    self.end -= 1
                    return None  # 12 Test Road 4. Then
            return m.end()
        if m := _WORD.match(text, at, low):
            return self._word(m)
        return self._small_word(at)

    def _over(self, number: re.Match[str]) -> bool:
        """Whether a dot behind a number ends the sentence; behind Test u. 97. the next part comes, as in Hungary."""
        if not self.words or self.numbers < _SECOND or self.foreign or self.text[number.start() - 2] == ".":
            return False
        return _SENTENCE.match(self.text, number.end()) is not None

    def _part(self, end: int) -> int:
        """The address goes at least to here."""
        self.end, self.since = end, 0
        return end

    def _is_postcode(self, m: re.Match[str]) -> bool:
        told = self.broken or self.unit or not m.group().isdigit()
        return bool((self.words or self.box) and told and _ends_block(self.text, m))

    def _word(self, m: re.Match[str]) -> int | None:
        """A word with a capital."""
        text, behind = self.text, m.end()
        word = m.group().rstrip(".").lower()
        known = _kind(word)
        mobile = word == "mobile" and text.startswith(", A", behind)  # the city
        idaho = word == "id" and _ZIP.match(text, behind)
        if word in no_place() and not (self.words and (known == "suffix" or mobile or idaho)):
            return None
        if text.startswith((":", "=", "："), behind) or (word in _TELEPHONES and _CALLED.match(text, behind)):
            return None  # the label of the next field
        self.words += 1
        self.since += 1
        if (known == "suffix" and self.words > 1) or word == "broadway":
            if word in street_words("strong") or self.unit or self.postcode:
                self.suffix = True
            else:
                self.weak = True
            self.prefix_open = False
            self._part(behind)
            if m.group().endswith(".") and word in street_words("no_dot"):
                self.end -= 1  # the end of a sentence
                return None
        elif known == "foreign":
            self.foreign = True
            self._part(behind)
        elif known == "prefix":
            self.foreign = self.prefix_open = True
        elif word in _COMPASS and (self.suffix or self.weak) and self.end == m.start() - 1:
            self._part(behind)  # Test Road East
        elif self.prefix_open or (word.upper() in street_words("region") and m.group().isupper()):
            self._part(behind)
        if m.group().endswith(".") and known is None and len(word) > 3:
            return None  # the end of a sentence
        return behind

    def _small_word(self, at: int) -> int | None:
        """A word without a capital: ``rue`` behind a number, ``de`` and ``straat`` behind a word."""
        small = _SMALL_SUFFIX.match(self.text, at, self.low)
        if not self.words:
            if small is None or not self.numbers or _kind(small.group()) != "prefix":
                return None
            self.words, self.foreign, self.prefix_open = 1, True, True
            return small.end()
        if particle := _PARTICLE.match(self.text, at, self.low):
            if self.suffix and _THEN_A_NUMBER.match(self.text, particle.end()):
                return None  # 31 Test Street on 30 November
            return particle.end()
        if small is None:
            return None
        word = small.group().rstrip(".").lower()
        known = _kind(word)
        if word in street_words("no_place") or known == "prefix":
            return None
        if known is None and small.group().endswith(".") and len(word) > 3:
            return None  # the end of a sentence
        self.since += 2
        self.astray = self.numbers > 0 and known is None
        if known is not None:
            self.suffix = self.suffix or (known == "suffix" and word in street_words("strong"))
            self.foreign = self.foreign or known == "foreign"
            self._part(small.end())
        return small.end()

    def _over_gap(self, at: int) -> int | None:
        """Where the next piece may begin; None if what follows is no part of an address."""
        text = self.text
        gap = _GAP.match(text, at, self.low)
        if gap is None:
            if self.unit and (last := _LAST_LINE.match(text, at, at + 80)):
                self.postcode, self.end = True, last.end()
            return None
        if gap.group() == "," and text[self.start - 1 : self.start] in _CELL_STARTS:
            return None  # the next cell of a row
        if "," in gap.group() or "\n" in gap.group():
            self.prefix_open, self.broken = False, True
        return gap.end()


def _ends_block(text: str, m: re.Match[str]) -> bool:
    """A postcode ends a line, a phrase or the block; 4 or 5 digits before a capital are a house number."""
    following = text[m.end() : m.end() + 2]
    return (
        not following.strip()
        or following[0] in ",.;:)\n?!"
        or not (following[0] == " " and following[1:2].isupper() and m.group().isdigit())
    )


def _kind(word: str) -> str | None:
    if word in _suffixes():
        return "suffix"
    whole, endings, prefixes = foreign_words()
    if word in whole or (len(word) > 6 and word.endswith(endings)):
        return "foreign"
    return "prefix" if word in prefixes else None
