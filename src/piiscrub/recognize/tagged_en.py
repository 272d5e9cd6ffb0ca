"""What the words around a tagger's English span say about it: where somebody flew to is a place, whom one works for a firm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from piiscrub.recognize import named_scores as worth
from piiscrub.recognize.names_social import social
from piiscrub.recognize.near import Near
from piiscrub.recognize.ner.en_lists import is_small_word
from piiscrub.recognize.ner.gate import has_han
from piiscrub.recognize.ner.tagger import ADDRESS, LOCATION, ORGANIZATION, PERSON, DoubtedSpan, Span
from piiscrub.recognize.tagged_code import of_a_program
from piiscrub.recognize.tagged_en_notes import (
    behind_a_day,
    couple,
    listed_behind,
    measured,
    no_address,
    no_subject,
    shop,
    spoken_of,
    tidied,
    value_of_a_place,
    with_telephone,
)
from piiscrub.recognize.tagged_en_things import among_things, an_ordinary_word, of_no_person, part_of_a_paper
from piiscrub.reference.places import countries
from piiscrub.reference.tables import rows
from piiscrub.reference.words import cue_words, is_listed, name_cues, street_words
from piiscrub.text.late import late

_UP = "A-ZÀ-ÞĀ-ſ"
_WORD = f"[{_UP}][A-Za-zÀ-ž'’-]{{1,24}}"
_SHIP = late(r"\b(?:USNS|USNV|USCGC|USS|HMS|RMS|MV|SS)\.? ?$", re.IGNORECASE)
_POST_OF_A_SHIP = late(r"[\s,]{1,12}[FAD]PO\b", re.IGNORECASE)
_AND_CO = late(" & [A-Z]|,? (?:Inc|LLC|Ltd|LLP|GmbH|PLC|plc|Corp|and Sons)\\b")
_DRAWN_OUT = late(r"(.)\1\1")  # yesss
_SECOND = late("[A-Z][a-z]+ & $")
_FIRM_LIST = late(rf"[{_UP}](?<![A-Za-z].)[A-Za-zÀ-ž'’-]{{1,24}}, {_WORD},? (?:and|&) {_WORD}(?![A-Za-z]| [{_UP}])")
_ALONE = late(rf"(?m)^[ \t>|?*]*(?P<name>{_WORD}-{_WORD})[ \t]*$")
_NEXT_LINE = late(r"[ \t]*\n[\s>|?*]{0,8}(?P<country>[A-Z][A-Za-z ]{2,30}?)(?: [0-9]{4,6})?[ \t]*(?:\n|$)")
_LINE_START = late(r"(?:^|\n)[\s>|?*]*$")
_REACH = 110  # characters read behind a span
_LEAD = 40  # characters of the words that announce a place
_BEFORE_PLACES = tuple(f"{last} " for last in "to from in at near outside of city birth origin place town : BIRTH ORIGIN".split())
_CAPITAL = late(f"[ ](?=[{_UP}])")
_AT_A_STREET = late(r"\b(?:at|on|along|off|of|in|to|from|near|outside) $")
_ITS_PLACE = late(r", (?:[A-Z][a-z]+|[A-Z]{2})(?![a-z])")
_SHORT = 3  # letters of an abbreviation; St behind a name is a saint as often
_NUMBERED = late(r"[0-9]{1,6} (?=(?P<first>[A-Z][a-z'’-]+) (?P<last>[A-Z][A-Za-z'’-]+)$)")
_CODE = late(r"[a-z]{2,} [A-Z]{3,6}")  # ticker ABCD


@cache
def _no_names() -> frozenset[str]:
    return frozenset(name for row in rows("not_names_en") for name in row[1].split("|"))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """The patterns made of the words of the table."""
    where = (
        rf"\b(?:(?:{name_cues('travel')})(?: here| back| over| up| down)? (?:to|from)"
        rf"|(?:{name_cues('stay')})(?: here)? (?:in|at|near|outside)|{name_cues('origin')}) "
    )
    # What stands before a place is looked at from the place: a capital is rarer than the letters that these words begin with.
    few = r"(?:'s)? (?:is|was) (?:an?|the|one of the) (?:[A-Za-z0-9,-]+ ){0,8}?"
    place = rf"(?P<place>{_WORD}(?:(?: de| del| la| do| da| am| an der| upon)?[ -]{_WORD}){{0,3}})"
    return {
        "to a place": re.compile(rf"{where}$", re.IGNORECASE),
        "place": re.compile(place),
        "before a place": re.compile(rf"{where}\Z"),
        "for a firm": re.compile(rf"\b(?:{name_cues('firm')}) $"),
        "is a firm": re.compile(rf"{few}(?:{name_cues('is_firm')})\b|,? (?:{name_cues('firm_says')})\b"),
        "is a work": re.compile(rf"{few}(?:{name_cues('is_work')})\b"),
        "place after": re.compile(rf" (?:{name_cues('place_after')})\b"),
        "firm after": re.compile(rf" (?:{name_cues('firm_after')})\b"),
        "institution": re.compile(rf"(?:[ ][A-Z][a-z]+)?[ ](?:{name_cues('institution_after')})\b(?! of\b)"),
        "ends as an institution": re.compile(rf"[ ](?:{name_cues('institution_after')})$"),
        "people": re.compile(rf"(?:(?:{name_cues('people')})(?: (?:are|were))?:? |\bby )$"),
        "ends as a firm": re.compile(rf" (?:{name_cues('firm_after')})$"),
        "order": re.compile(
            rf"(?:{name_cues('order')}) (?:up |down |off )?(?:the|a|an|all|your|my|our|it|them|each|both)\b"
            rf"(?! (?:{name_cues('somebody')})\b)"
        ),
        "badge": re.compile(rf"(?<![A-Za-z])(?:{name_cues('badge')})(?: (?:no\.?|number|#))? ?$"),
        "street": re.compile(f" (?:{'|'.join(sorted(word.title() for word in street_words('strong') if len(word) > _SHORT))})$"),
        "lead": re.compile(rf"(?:{name_cues('lead')}) (?=[A-ZÀ-Þ])"),
        "plural": re.compile(rf",? (?:{name_cues('plural')})\b"),
    }


def corrected(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """The spans, each under the label that its surroundings leave it.

    >>> text = "She flew to Quimper and works for Veltrona"
    >>> [s.label for s in corrected(text, [Span(12, 19, "PERSON", 0.8), Span(34, 42, "PERSON", 0.8)])]
    ['LOCATION', 'ORGANIZATION']
    """
    if not spans:
        return
    firms = Near(Span(start, end, ORGANIZATION, 0.0) for start, end in _firms(text))
    named = frozenset(text[s.start : s.end] for s in spans if s.label == PERSON)
    last = Span(-9, -9, "", 0.0)
    for span in spans:
        before, last = last, span
        if of_a_program(text, span) or no_subject(text, span):
            continue
        if span.label != PERSON and span.label != ADDRESS and part_of_a_paper(text, span.start, span.end):
            continue
        if span.label in (ORGANIZATION, PERSON) and value_of_a_place(text, span.start):
            yield span._replace(label=LOCATION, score=max(span.score, worth.PLACE_ANNOUNCED))
        elif span.label == ORGANIZATION and " " not in text[span.start : span.end] and _announced_as_place(text, span.start):
            yield span._replace(label=LOCATION)
        elif span.label == ORGANIZATION and span.score < worth.SURE_OTHER and _surname(text[span.start : span.end]):
            yield from _person(text, span._replace(label=PERSON))
        elif span.label == LOCATION and (end := _institution(text, span)):
            yield span._replace(end=end, label=ORGANIZATION)
        elif span.label == LOCATION and " " in text[span.start : span.end] and _named_before(text, span, named):
            yield span._replace(label=PERSON)
        elif span.label == LOCATION and (spoken_of(text, span) or listed_behind(text, before, span)):
            yield from _person(text, span._replace(label=PERSON))
        elif span.label == ORGANIZATION and _patterns()["ends as an institution"].search(text, span.start, span.end):
            yield span._replace(score=max(span.score, worth.INSTITUTION))
        elif span.label == ADDRESS and no_address(text, span):
            continue
        elif span.label == ADDRESS and (end := with_telephone(text, span)):
            yield span._replace(end=end, label=PERSON)
        elif span.label == ADDRESS and (start := behind_a_day(text, span)):
            yield from _person(text, span._replace(start=start, label=PERSON))
        elif span.label == ADDRESS and (start := _behind_a_badge(text, span)):
            yield span._replace(start=start, label=PERSON)
        elif span.label != PERSON or has_han(text[span.start : span.end]):
            yield span
        elif not (firms and any(firm.start <= span.start and span.end <= firm.end for firm in firms(span.start, span.end))):
            yield from _person(text, span)
    persons = Near(s for s in spans if s.label == PERSON)
    for firm in firms:
        if partners := persons(firm.start, firm.end):
            yield firm._replace(score=max(s.score for s in partners) * worth.FIRM_OF_NAMES)


_SAINTS = frozenset(("st", "st.", "saint"))
_SURNAME = 5  # capitals; what is shorter is an abbreviation as often


def _surname(word: str) -> bool:
    """Whether a word is a surname in capitals, as forms and signatures write it, which a tagger takes for an abbreviation."""
    return len(word) >= _SURNAME and word.isalpha() and word.isupper() and is_listed(word, "surname")


def _named_before(text: str, span: Span, named: frozenset[str]) -> bool:
    """Whether a place begins with the given name of a person of the text: Jane called. Looping in Jane Testy."""
    first = text[span.start : span.end].split(" ")[0]
    return first in named and is_listed(first, "given")


def _behind_a_badge(text: str, span: Span) -> int:
    """Where the person begins in Badge 4471 Jane Roe, which looks like a house number and its street; 0 if it is none."""
    m = _NUMBERED.match(text, span.start, span.end)
    if (
        m is None
        or not is_listed(m["first"], "given")
        or not _patterns()["badge"].search(text, max(0, span.start - 20), span.start)
    ):
        return 0
    return m.end()


def _institution(text: str, span: Span) -> int:
    """Where the name of an institution ends that begins as a place: Testham Surgery; 0 if it is a place."""
    found = _patterns()
    if found["ends as an institution"].search(text, span.start, span.end):
        return span.end
    m = found["institution"].match(text, span.end)
    return m.end() if m else 0


def places(text: str) -> Iterator[tuple[int, int]]:
    """What follows words that only a place follows: start and end.

    >>> text = "She returned to QUIMPER on Monday"
    >>> [text[start:end] for start, end in places(text)]
    ['QUIMPER']
    """
    done = 0
    for capital in _CAPITAL.finditer(text):
        start = capital.end()
        if start > done and text.endswith(_BEFORE_PLACES, done, start) and (m := _announced(text, start, done)):
            done = m.end()
            if _may_be_a_place(m["place"]):
                yield start, done


def _announced(text: str, start: int, low: int = 0) -> re.Match[str] | None:
    """The words with a capital that begin at ``start``, if what stands before them announces a place."""
    found = _patterns()
    return found["place"].match(text, start) if found["before a place"].search(text, max(low, start - _LEAD), start) else None


def _announced_as_place(text: str, start: int) -> bool:
    m = _announced(text, start) if text.endswith(_BEFORE_PLACES, 0, start) else None
    return m is not None and _may_be_a_place(m["place"])


def _may_be_a_place(name: str) -> bool:
    words = name.split()
    return cue_words("no_place").isdisjoint(map(str.lower, words)) and not _is(words[0], "given")


_UNIT = late(r"(?<=[/0-9])[a-z]\. (?=[A-ZÀ-Þ])|(?<=[/0-9] )[a-z]\. (?=[A-ZÀ-Þ])")  # 25 km/h. Frost
_TRADE = late(r"[a-z]{4,16} (?=[A-ZÀ-Þ][a-zß-ÿ]+ [A-ZÀ-Þ])")  # baker Jane Roe
_NO_SUBJECT = late(r"(?:^|[.!?:;,•*-] |\n)$")
_TYPED_WITH_CAPITALS = late("[A-Z][a-z]")


def _person(text: str, span: Span) -> Iterator[Span]:
    if m := _patterns()["lead"].match(text, span.start, span.end):
        span = span._replace(start=m.end())
    span = tidied(text, span)
    if text[span.start].islower():
        for begins in (_UNIT, _TRADE):
            if m := begins.match(text, span.start, span.end):
                span = span._replace(start=m.end())
    if _patterns()["order"].match(text, span.start) and _NO_SUBJECT.search(text, max(0, span.start - 2), span.start):
        return
    start, end = span.start, span.end
    small = text[start:end].islower() and " " not in text[start:end]
    if small and (span.score < worth.SMALL_LETTERS or an_ordinary_word(text, start, end)) and _TYPED_WITH_CAPITALS.search(text):
        return  # hazel in a text whose writer knows capitals
    if of_no_person(text, start, end) or among_things(text, start, end):
        return
    whole = text[start:end].lower().replace("’", "'")
    words = whole.split()
    if measured(text, start, whole) or (shop(text, end) and f"{whole}'s" in _no_names()):
        return  # 300 Kelvin; at Wendy's, but Wendy's mother
    if not words or whole in _no_names() or (len(words) == 1 and _DRAWN_OUT.search(whole)):
        return
    second = text.endswith(" & ", 0, start) and _SECOND.search(text, max(0, start - 20), start)
    if (second or _AND_CO.match(text, end)) and not couple(text, span):
        return  # Johnson & Johnson
    if _patterns()["ends as a firm"].search(text, start, end):
        yield span._replace(label=ORGANIZATION)
        return
    given, family = _is(words[0], "given"), _is(words[-1], "surname")
    if _CODE.fullmatch(text, start, end) and not family:
        return
    street = not given and _patterns()["street"].search(text, start, end) and _ITS_PLACE.match(text, end)
    if street and _AT_A_STREET.search(text, max(0, start - 9), start):
        yield span._replace(label=LOCATION)  # of Chapel Lane, Great Testing
        return
    if not (len(words) > 1 and given):
        label = _other(text, span, words[0])
        if label != PERSON:
            if label:
                yield span._replace(label=label)
            return
    found = _patterns()
    if m := found["place after"].match(text, end):
        yield span._replace(end=m.end(), label=LOCATION)
    elif words[0] in _SAINTS and text.startswith(("'s ", "’s "), end) and (m := found["firm after"].match(text, end + 2)):
        yield span._replace(end=m.end(), label=ORGANIZATION)  # St Aldhelm's Hospice
    elif m := found["firm after"].match(text, end) or found["institution"].match(text, end):
        yield span._replace(end=m.end(), label=ORGANIZATION)
    elif len(words) > 1 and given and family:
        yield span._replace(score=max(span.score, worth.NAMES_KNOWN))
    elif len(words) > 1 and not _any_listed(text[start:end]):
        if not social(text):
            yield span if span.score >= worth.SURE_STRANGE else span._replace(score=span.score * worth.NAMES_UNKNOWN)
    elif given or family or len(words) > 1:
        yield span
    else:
        strange = isinstance(span, DoubtedSpan) and not (social(text) or is_small_word(whole) or whole in cue_words("no_place"))
        yield span._replace(score=span.score * (worth.NAMES_STRANGE if strange else worth.NAMES_UNKNOWN))


def _any_listed(name: str) -> bool:
    """Whether a list of names holds one of the words; in a name with capitals a small word is a particle and says nothing."""
    words = [word for word in name.split() if not word[0].islower()] or name.split()
    return any(_is(word, kind) for word in words for kind in ("given", "surname"))


def _other(text: str, span: Span, first: str) -> str:
    """What a name that is no given name and surname is by its surroundings; "" for nothing worth a report."""
    found = _patterns()
    before, end = text[max(0, span.start - 40) : span.start], span.end
    if _SHIP.search(before) or _SHIP.fullmatch(first) or _POST_OF_A_SHIP.match(text, end):
        return ""
    if found["is a work"].match(text, end, end + _REACH):
        return ""
    if (before.lower().endswith(_BEFORE_PLACES) and found["to a place"].search(before)) or _line_of_a_city(text, span):
        return LOCATION
    if (before.endswith(" ") and found["for a firm"].search(before)) or found["is a firm"].match(text, end, end + _REACH):
        return ORGANIZATION
    return PERSON


def _line_of_a_city(text: str, span: Span) -> bool:
    """Whether the span is a line, and the next line a country."""
    m = _NEXT_LINE.match(text, span.end, span.end + 60)
    if m is None or m["country"] not in countries():
        return False
    return _LINE_START.search(text, max(0, span.start - 12), span.start) is not None


def _is(word: str, kind: str) -> bool:
    return is_listed(word, kind) or ("-" in word and any(is_listed(part, kind) for part in word.split("-")))


def _firms(text: str) -> Iterator[tuple[int, int]]:
    """Firms called by surnames: three in a list of which nothing is said in the plural, two with a hyphen alone in a line."""
    found = _patterns()
    for m in _FIRM_LIST.finditer(text) if ", " in text and (" and " in text or " & " in text) else ():
        parts = re.split(r",? (?:and|&) |, ", m.group())
        surnames = any(_is(part, "surname") and not _is(part, "given") for part in parts)
        people = found["people"].search(text, max(0, m.start() - 20), m.start()) or found["plural"].match(text, m.end())
        if surnames and not people:
            yield m.span()
    if "\n" in text and "-" in text:
        for m in _ALONE.finditer(text):
            first, _, second = m["name"].partition("-")
            if _is(first, "surname") and _is(second, "surname"):
                yield m.span("name")
