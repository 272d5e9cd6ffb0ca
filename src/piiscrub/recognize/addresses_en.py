"""Where addresses in Latin letters begin, and whether enough speaks for one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from piiscrub.model.finding import Finding
from piiscrub.parse.address_en import Reading, foreign_words, read
from piiscrub.parse.address_en_city import with_city, with_country
from piiscrub.parse.latin import holds, latin_stretches
from piiscrub.recognize import named_scores as worth
from piiscrub.recognize.addresses_abroad import addresses_abroad
from piiscrub.recognize.addresses_back import from_the_postcode, leftwards
from piiscrub.recognize.addresses_fields import field_addresses
from piiscrub.recognize.addresses_houses import house_addresses
from piiscrub.recognize.addresses_read_out import read_out, read_out_addresses
from piiscrub.recognize.addresses_small import small_addresses
from piiscrub.recognize.near import Near
from piiscrub.recognize.vocabulary import heads
from piiscrub.recognize.words import plain
from piiscrub.reference.places import countries
from piiscrub.text.late import late

_ID = "addresses_en"
_HOUSE = late(
    r"[0-9](?<![0-9A-Za-z_.$€£¥#/:%+@-][0-9])[0-9]{0,5}(?:[-/][0-9]{1,5})?[A-Za-z]?(?: bis| ter)?,?[ ](?=[A-ZÀ-ÞĀ-ſ0-9]"
    r"|de |la |le |ul|rue |via |calle |avenue |rua |allée |chemin |impasse |boulevard |cours |quai |place |route )"
)
_BOX = late(
    r"[PGLUFADCRH](?<![A-Za-z0-9][PGLUFADCRH])(?:ural Route [0-9]|R [0-9]|\.R\. [0-9]|C [0-9]{1,3},? Box"
    r"|\.? ?O\.? ?B|SC [0-9]|SNS |SS |SCGC |nit [0-9]{1,5},? Box|MR [0-9]|PO ?,?"
    r" A[AEP] [0-9]|PO Box|ocked Bag|rivate Bag|ost Office Box)"
)
_UNIT_FIRST = late(
    r"[ASUFL](?<![A-Za-z0-9][ASUFL])(?:pt|partment|uite|nit|lat|evel)\.?[ ]#?[A-Z]?[0-9]{1,5}[A-Za-z]?,?[ \n](?=[A-Z0-9]"
    r")"
)
_CUE = late(
    # What these words begin with, and the words seen from there: a set in front lets the search run at memory speed.
    r"[ABCDHLMNOPRSWabcdhlmnoprswſ](?i:(?<![A-Za-z].))(?<=(?=(?P<cue>(?i:"
    r"(?:(?:billing |shipping |home |mailing |postal |street |delivery |current |new |office |residenti"
    r"al |work |registered |correspondence |permanent )?address(?:es)?(?: is| are|:| is:| to| for| of [A-Z][^,.\n]{1"
    r",40} is)?"
    r"|lives? (?:at|on|in)|living at|lived (?:at|in|on)|resid(?:es|ing|ed) at|resident of|located (?:at|on)|moved (?"
    r":to|from)|meet (?:you |me |us )?at|sent to|send (?:it |them )?to|deliver(?:ed)? to|ship(?:ped)? to|mail(?:ed)?"
    r" to|return to"
    r"|based at|situated at|domiciled at|premises at|property at)[ :]{1,3}(?:the |our |new )?(?:corner "
    r"of )?\n?[ \t]{0,4}(?=[A-ZÀ-ÞĀ-ſ0-9])))).)"
)


# In small letters, one stands in every match: to look for them costs a twentieth of the search.
_IN_CUES = (
    b"ddress", b"lives ", b"live at", b"live on", b"live in", b"lived ", b"living at", b"resid", b"located ", b"moved ", b"meet ",
    b"sent to", b"send to", b"send it", b"send them", b"deliver to", b"delivered to", b"ship to", b"shipped to", b"mail to",
    b"mailed to", b"return to", b"based at", b"situated at", b"domiciled at", b"premises at", b"property at",
)  # fmt: skip  # a list of words
_SHORTEST = 8  # characters of a stretch that holds no address
_CORNER = late(r"(?:[Tt]he )?[Cc]orner of (?=[A-ZÀ-Þ0-9a-z])")
_STREET_NAME = late(
    r"[0-9]{0,5} ?(?:[A-ZÀ-ÞĀ-ſa-zß-ÿ][^\s,]{0,24}[ ]?){1,5}?[0-9]{0,5}\.? and (?:[A-ZÀ-ÞĀ-ſa-z0-9][^\s,.;!?]{0,24}[ ]?){1,5"
    r"}?[0-9]{0,5}(?=[.,;!?\n]|$)"
)
_NAME_LINE = late(r"[A-ZÀ-Þ][^\n0-9,]{2,40}\n[ \t>?|*]{0,8}(?=[0-9]|(?i:p\.? ?o\.? ?box|apt|unit|flat|suite|level|lot)\b)")
_TRAILING = late(r"[0-9](?<=[a-zß-ÿά-ώ.]\s[0-9])[0-9]{0,4}[A-Za-z]?(?![0-9A-Za-z:/%-])")
_WORDS_BACK = late(
    r"(?:(?:[A-ZÀ-ÞĀ-ſ][^\s,.:;!?()]{0,24}|de|del|della|delle|di|da|do|dos|la|le|du|des|ul\.|al\.|u|[A-Z]\.)[ ]){0,4}[A-"
    r"ZÀ-ÞĀ-ſ]?[^\s,:;!?()]{1,24}$"
)


_LONGEST_END = 20  # characters of a word that ends the name of a street
_NUMBERED_STREETS = frozenset({"calle", "carrera", "cra", "avenida", "avda"})


@cache
def _street_name_heads() -> frozenset[str]:
    return heads(foreign_words()[2])


@cache
def _street_name_ends() -> tuple[str, ...]:
    whole, endings, _ = foreign_words()
    return (*whole, *endings)


def _by_street_name(text: str, low: int, high: int, words: frozenset[str]) -> Iterator[int]:
    """Streets whose name tells (Testgasse 12, Via Test 3): where they begin. ``words`` are those of the text."""
    begun = not words.isdisjoint(_street_name_heads())
    whole, endings, prefixes = foreign_words()
    for m in _TRAILING.finditer(text, low, high):
        end = m.start() - 1
        if not (begun or text[max(0, end - _LONGEST_END) : end].lower().rstrip(".").endswith(_street_name_ends())):
            continue
        back = _WORDS_BACK.search(text, max(0, text.rfind("\n", end - 70 if end > 70 else 0, end) + 1, end - 70), end)
        if back is None:
            continue
        names = back.group().split()
        last = names[-1].lower().rstrip(".")
        at = next((i for i, w in enumerate(names) if w.lower().rstrip(".") in prefixes and len(w) > 1), None)
        if at is not None and (at < len(names) - 1 or last in _NUMBERED_STREETS):
            yield back.start() + back.group().index(names[at])
        elif last in whole or (len(last) > 5 and last.endswith(endings)):
            yield back.start()


def english_addresses(text: str, words: frozenset[str]) -> Iterator[Finding]:
    """Street addresses, boxes and blocks in Latin letters, without overlaps. ``words`` are those of the text."""
    stretches = [(low, high) for low, high in latin_stretches(text) if high - low > _SHORTEST]
    if not stretches:
        return
    small = plain(text).lower()
    told, spoken = any(map(small.__contains__, _IN_CUES)), read_out(words)
    for low, high in stretches:
        found = [
            *_within(text, low, high, words, told=told),
            *small_addresses(text, low, high),
            *field_addresses(text, low, high),
        ]
        if spoken:
            found += read_out_addresses(text, low, high)
        blocks = [
            *from_the_postcode(text, low, high),
            *addresses_abroad(text, low, high),
            *house_addresses(text, low, high, words),
        ]
        yield from _grown(found, blocks)


def _grown(found: list[Finding], blocks: list[Finding]) -> Iterator[Finding]:
    """The findings; those that touch a block read back from its postcode are one with it."""
    known = Near(found)
    for block in blocks:
        touching = known(block.start, block.end)
        if any(f.start <= block.start and f.end >= block.end for f in touching):
            continue
        start, end = min([block.start, *(f.start for f in touching)]), max([block.end, *(f.end for f in touching)])
        whole = block._replace(start=start, end=end, score=max([block.score, *(f.score for f in touching)]))
        known.put(whole, touching)
    last = -1
    for f in sorted(known, key=lambda f: (f.start, -f.end)):
        if f.start >= last:
            yield f
            last = f.end


_DOCTOR = late(r"[0-9][.,][ ](?:[A-Z][A-Za-z]*[ ]){0,2}Dr\.?[ ][A-Z][a-z]")  # 943 476 5919, GP Dr Roe: no drive


_GROUPS = late(r"[0-9]{2,6}(?: [0-9]{3,6}){2,}(?![0-9A-Za-z])")  # of digits: a telephone or an account, no house


def _within(text: str, low: int, high: int, words: frozenset[str], *, told: bool) -> Iterator[Finding]:
    """``words``: those of the text; ``told``: whether some that announce an address may stand there."""
    seeds: dict[int, str] = {}
    for m in _HOUSE.finditer(text, low, high):
        seeds[m.start()] = ""
    for m in _BOX.finditer(text, low, high):
        seeds[m.start()] = ""
    for m in _UNIT_FIRST.finditer(text, low, high):
        seeds.setdefault(m.start(), "")
    for start in _by_street_name(text, low, high, words):
        seeds.setdefault(start, "")
    behind = low
    for m in _CUE.finditer(text, low, high) if told else ():
        if m.start() >= behind:
            behind = m.end("cue")
            seeds[behind] = m["cue"].strip().split(" ")[0].lower()
    done = 0
    for start in sorted(seeds):
        if start < done:
            continue
        if groups := _GROUPS.match(text, start):
            done = groups.end()
            continue
        if seeds[start] and (line := _NAME_LINE.match(text, start, high)):
            seeds[line.end()] = seeds[start]  # billing address: Jane Doe, and the street in the next line
            start = line.end()  # noqa: PLW2901  # the address begins there
        reading = read(text, start)
        if reading is None:
            continue
        doctor = not reading.postcode and _DOCTOR.search(text, start, reading.end + 2)
        score = 0.0 if doctor else _score(reading, seeds[start])
        if score >= worth.REPORT and reading.end - start > 5:
            before, done = done, reading.end
            cue = (seeds[start],) if seeds[start] else ()
            begin, end = leftwards(text, start, max(low, before)), with_country(text, with_city(text, reading.end))
            yield from _by_line(text, Finding("ADDRESS", begin, end, score, _ID, "grammar", context=cue or ("street",)))
            if text[begin - 1 : begin] in (",", ";", "\t") and (cells := _NEXT_CELLS.match(text, end, high)):
                yield Finding("LOCATION", *cells.span("place"), worth.PLACE_SHORT, _ID, "cell")
                yield Finding("ADDRESS", *cells.span("code"), worth.ADDRESS_EN_LOOSE, _ID, "postcode", context=("cell",))
    if _CODE_ENDS_LINE.search(text, low, high):
        yield from _country_lines(text, low, high, done)
    for m in _CORNER.finditer(text, low, high) if holds(text, low, high, "orner of ") else ():
        if names := _STREET_NAME.match(text, m.end(), m.end() + 120):
            yield Finding("ADDRESS", m.start(), names.end(), worth.ADDRESS_EN_LOOSE, _ID, "corner", context=("corner of",))


def one_with_city(text: str, places: list[Finding]) -> list[Finding]:
    """The findings; an address and the city behind its comma are one: 14 Test Approach, Testham.

    >>> found = [Finding("ADDRESS", 0, 16, 0.9, "a"), Finding("LOCATION", 18, 25, 0.8, "a")]
    >>> [(f.start, f.end) for f in one_with_city("14 Test Approach, Testham", found)]
    [(0, 25)]
    """
    places = list(places)
    ends = {f.end: number for number, f in enumerate(places) if f.entity == "ADDRESS"}
    if not ends:
        return places
    joined: set[int] = set()
    for number, city in sorted(((n, f) for n, f in enumerate(places) if f.entity == "LOCATION"), key=lambda nth: nth[1].start):
        at = ends.get(city.start - 2)
        if at is None or text[city.start - 2 : city.start] != ", " or "\n" in text[places[at].start : city.end]:
            continue
        places[at] = places[at]._replace(end=city.end)
        ends[city.end] = at
        joined.add(number)
    return [f for number, f in enumerate(places) if number not in joined]


_NEXT_CELLS = late(
    r"[,;\t](?P<place>[A-ZÀ-Þ][A-Za-zÀ-ž .'’-]{2,30})[,;\t](?:[A-Z]{2,3}[,;\t])?(?P<code>[0-9]{4,6}(?:-[0-9]{4})?"
    r"|[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}|[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9])(?=[,;\t\r\n]|$)"
)
_CODE_ENDS_LINE = late(r"[0-9][0-9]{3}[ \t]*(?:\n|\Z)")
_COUNTRY_LINE = late(r"(?m)^[ \t>,?|*]*(?P<country>[A-Z][A-Za-z ]{2,30}?),? (?P<code>[0-9]{4,6})[ \t]*$")


def _country_lines(text: str, low: int, high: int, done: int) -> Iterator[Finding]:
    """A country and a postcode alone in a line."""
    for m in _COUNTRY_LINE.finditer(text, low, high):
        if m.start("country") >= done and m["country"] in countries():
            yield Finding("LOCATION", *m.span("country"), worth.PLACE_FULL, _ID, "country")
            yield Finding("ADDRESS", *m.span("code"), worth.ADDRESS_EN_LOOSE, _ID, "postcode", context=("country",))


_LINE = late(r"[^\n]+")
_MARKS = late(r"[\s>,?|*]*")
_CITY_CODE = late(r"(?P<place>[^0-9]{3,40}?)[ ](?P<code>[0-9]{4,5}(?:-[0-9]{4})?)$")


def _by_line(text: str, block: Finding) -> Iterator[Finding]:
    """A block of three lines and more line by line, so that the layout stays; a city or country alone is a place.

    An address that begins within a sentence is one, however many lines it takes.
    """
    lines = list(_LINE.finditer(text, block.start, block.end))
    line_start = text.rfind("\n", 0, block.start) + 1
    in_sentence = text[line_start : block.start].strip(" \t>?|*") != ""
    if len(lines) < 3 or in_sentence or any(line.group().lstrip(" \t>?|*").startswith(",") for line in lines):
        yield block
        return
    for line in lines:
        lead = _MARKS.match(text, line.start(), line.end())
        start = lead.end() if lead else line.start()
        end = line.start() + len(line.group().rstrip(" ,"))
        if end <= start:
            continue
        code = None if _BOX.match(text, start) else _CITY_CODE.match(text, start, end)
        if line is lines[0] or (code is None and any(c.isdigit() for c in text[start:end])):
            yield block._replace(start=start, end=end)
        elif code is None:
            yield block._replace(entity="LOCATION", start=start, end=end, score=worth.PLACE_SHORT)
        else:
            yield block._replace(entity="LOCATION", start=start, end=code.end("place"), score=worth.PLACE_SHORT)
            yield block._replace(start=code.start("code"), end=end)


def _score(r: Reading, cue: str) -> float:
    if r.box:
        return worth.ADDRESS_EN
    if not r.words or not r.numbers:
        return worth.ADDRESS_EN_LOOSE if r.unit and (r.postcode or (cue and r.suffix)) else 0.0
    points = 2 * r.suffix + 1.5 * r.foreign + 1.5 * r.unit + 1.5 * r.postcode + (1 if r.numbers > 1 else 0) + (1 if cue else 0)
    if points >= 3:
        return min(worth.ADDRESS_EN + 0.02 * points, 0.97)
    if points >= 2:
        return worth.ADDRESS_EN - 0.05 if r.suffix else worth.ADDRESS_EN_LOOSE
    return 0.0
