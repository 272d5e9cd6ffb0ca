"""Names, addresses, places and organisations of one text: rules and the spans of a tagger together."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from piiscrub.model.finding import Finding
from piiscrub.parse.address_en_city import with_city
from piiscrub.parse.codes import of_a_thing
from piiscrub.parse.labels_en import behind_label, degree, label
from piiscrub.parse.latin import latin_stretches
from piiscrub.parse.listings import in_listing
from piiscrub.parse.official_numbers import official_numbers
from piiscrub.parse.organisations import no_organisation, part_of_token
from piiscrub.parse.set_phrases import in_set_phrase
from piiscrub.parse.things import called_after, car, of_no_person
from piiscrub.recognize import named_scores as worth
from piiscrub.recognize import tagged_en, tagged_zh
from piiscrub.recognize.addresses import AddressRecognizer
from piiscrub.recognize.addresses_en import english_addresses, one_with_city
from piiscrub.recognize.named_curves import share_right
from piiscrub.recognize.names import NameRecognizer
from piiscrub.recognize.names_fields import small_names
from piiscrub.recognize.names_told import told_names
from piiscrub.recognize.near import Near
from piiscrub.recognize.ner.gate import has_han
from piiscrub.recognize.ner.tagger import ADDRESS, ENTITIES, LOCATION, PERSON, Span, Tagger
from piiscrub.recognize.organisations import OrganisationRecognizer
from piiscrub.recognize.tagged_en_kinds import settled
from piiscrub.recognize.vocabulary import heads, words_of
from piiscrub.reference.places import countries
from piiscrub.reference.scripts import simplified
from piiscrub.reference.words import name_cues, street_words
from piiscrub.text.late import late

_ADDRESSES, _NAMES, _ORGANISATIONS = AddressRecognizer(), NameRecognizer(), OrganisationRecognizer()


def find_named(text: str, tagger: Tagger | None, wanted: frozenset[str] | None = None) -> list[Finding]:
    """Everything named in a folded text, in the order of the text.

    Args:
        text: folded (text/folding.py).
        tagger: None for the rules alone; it is asked only if the text can hold what it looks for.
        wanted: entities to report; None for all.

    >>> [f.entity for f in find_named("收件人：王小明，地址：海淀区测试路12号", None)]
    ['PERSON', 'CN_ADDRESS']
    """
    if wanted is not None and wanted.isdisjoint(ENTITIES):
        return []
    spans = tagger.tag([text])[0] if tagger is not None and text and tagger.needs(text) else None
    return named_from(text, spans, wanted)


def named_from(text: str, spans: Sequence[Span] | None, wanted: frozenset[str] | None = None) -> list[Finding]:
    """The same with the spans of a tagger at hand, for callers that tag many texts at once.

    Where a tagger ran, a score is the share of right findings among such ones (named_curves.py).
    """
    text = simplified(text)  # the tagger has read it as it is written; words and tables are looked for in one script
    found = uncalibrated(text, spans)
    if spans is not None:
        found = [f._replace(score=share_right(f.entity, _script(text, f), f.score)) for f in found]
    return found if wanted is None else [f for f in found if f.entity in wanted]


def _script(text: str, f: Finding) -> str:
    return "han" if has_han(text[f.start : f.end]) else "latin"


def uncalibrated(text: str, spans: Sequence[Span] | None) -> list[Finding]:
    """Everything named, under scores that say what the evidence weighs (named_scores.py)."""
    if not spans and text.isascii() and _CAPITAL.search(text) is None:
        if not _LETTER.search(text):
            return []
        return [
            f
            for f in (*english_addresses(text, words_of(text)), *small_names(text), *told_names(text))
            if f.score >= worth.REPORT
        ]
    if spans:
        spans = settled(text, spans)
        known = [s for s in spans if not (label(text, s.start, s.end) or (s.label == LOCATION and degree(text, s.start, s.end)))]
        spans = sorted(tagged_en.corrected(text, list(tagged_zh.corrected(text, known))))
    organisations = _ORGANISATIONS.find(text, spans)
    tagged, words = spans or (), words_of(text)
    places = [*_outside(_ADDRESSES.find(text, tagged), organisations), *_streets(text, tagged, words)]
    places += _outside(_countries(text, words), sorted([*places, *organisations], key=lambda f: f.end))
    places += _outside(_latin_places(text, tagged), sorted(places, key=lambda f: f.end))
    places = one_with_city(text, places)
    kept = _not_within(organisations, [p for p in places if p.entity != "LOCATION"])
    names = _NAMES.find(text, spans, [*places, *kept])
    if told := [f for f in names if f.pattern in _OVER_PLACES]:
        places = [p for p in places if p.entity != "LOCATION" or not any(f.start <= p.start and p.end <= f.end for f in told)]
    persons = {(f.start, f.end): f.score for f in names}
    kept = [f for f in kept if f.entity != "ORGANIZATION" or persons.get((f.start, f.end), 0.0) <= f.score]
    found = [*places, *kept, *names]
    found = [f for f in _outside_numbers(text, found) if f.entity not in _IN_PHRASES or not _of_a_thing(text, f)]
    found.sort(key=lambda f: (f.start, f.end))
    return found


_OVER_PLACES = ("place", "parallel")  # names that a tagger took for places: 揭大庆
_IN_PHRASES = frozenset(("PERSON", "PERSON_REFERENCE", "LOCATION", "ORGANIZATION"))
_OWN_CONTEXT = frozenset(("rule", "repetition"))  # what is no label of a name


def _outside_numbers(text: str, found: Sequence[Finding]) -> Sequence[Finding]:
    """Findings that are no part of the number of a case or a paper; its office and its court are nobody's address."""
    numbers = official_numbers(text) if found else ()
    if not numbers:
        return found
    covered = {at for start, end in numbers for at in range(start, end)}
    return [f for f in found if not (f.start in covered and f.end - 1 in covered)]


def _of_a_thing(text: str, f: Finding) -> bool:
    """Whether a name is that of a thing: Parkinson disease, Victoria sponge, 罗红霉素; unless its label says somebody's."""
    if f.entity == "PERSON_REFERENCE":
        return in_listing(text, f.start, f.end)
    if in_set_phrase(text, f.start, f.end):
        return True
    told = f.entity == "PERSON" and f.context and f.context[0] not in _OWN_CONTEXT
    if f.entity == "PERSON" and not told and in_listing(text, f.start, f.end):
        return True
    if not has_han(text[f.start : f.end]):
        return called_after(text, f.start, f.end) or (f.entity == "PERSON" and car(text, f.start, f.end))
    if told:
        return False
    return of_no_person(text, f.start, f.end, brands=f.entity == "PERSON")


@cache
def _numbered() -> re.Pattern[str]:
    return re.compile(rf"(?:{name_cues('numbered')}) [0-9.]+(?: of [0-9]+)?")


_COUNTED = late("[0-9]+(?:[.][0-9]|, Level [0-9]+, State [0-9])")  # 2.2 s; Msg 2627, Level 14, State 1, Line 3
_DIGIT = late("[0-9]")
_CAPITAL = late("[A-Z]")
_LETTER = late("[a-z]")


def _streets(text: str, spans: Sequence[Span], words: frozenset[str]) -> Iterator[Finding]:
    """Addresses in Latin letters by rule, and those of the tagger that no rule sees."""
    persons = Near(s for s in spans if s.label == PERSON)
    found = [_behind_person(text, f, persons) for f in english_addresses(text, words) if not _COUNTED.match(text, f.start)]
    yield from found
    known = Near(found)
    for s in spans:
        if s.label != ADDRESS or s.score < worth.TAGGED_WHOLE or has_han(text[s.start : s.end]):
            continue
        free = not known(s.start, s.end)
        if (start := behind_label(text, s.start, s.end)) > s.start:  # Aadhaar 1000 1000, Testpur
            if not any(ch.isalpha() for ch in text[start : s.end]):
                continue
            s = s._replace(start=start)  # noqa: PLW2901  # the same address, without the label of a number before it
        if _numbered().fullmatch(text, s.start, s.end) or _COUNTED.match(text, s.start) or _things(text[s.start : s.end]):
            continue
        if of_a_thing(text, s.start, s.end):
            continue
        if free and s.end - s.start > 5 and _DIGIT.search(text, s.start, s.end) and not part_of_token(text, s.start, s.end):
            yield Finding("ADDRESS", s.start, with_city(text, s.end), s.score * worth.TAGGED_ADDRESS, "addresses_en", "tagger")


_SMALL_END = late(r"(?:[0-9]+ [A-Z][a-z]+|[A-Z][a-z]+ [0-9]+) (?P<last>[a-z]{3,})")


def _things(address: str) -> bool:
    """Whether what a tagger takes for an address is a number of things: 4 Allen keys, Flat 20 percent."""
    m = _SMALL_END.fullmatch(address)
    return m is not None and m["last"] not in street_words("suffix") | street_words("foreign")


_HOUSES = frozenset("cottage farm farmhouse apartments lodge manor barn rectory vicarage mansions villa".split())


def _behind_person(text: str, f: Finding, persons: Near[Span]) -> Finding:
    """An address without the person whom its first phrase names: Jane Doe, The Old Test House, Testham TE1 9ZZ."""
    for s in persons(f.start, f.start + 8):
        if (
            f.start <= s.start
            and text.startswith(", ", s.end)
            and " " in text[s.start : s.end]
            and not _DIGIT.search(text, f.start, s.end)  # Test-Straße 14b
            and text[s.start : s.end].split(" ")[0].lower() not in street_words("prefix")  # Rua Testa, 12
            and text[s.start : s.end].rpartition(" ")[2].lower() not in _HOUSES  # Rose Cottage
        ):
            return f._replace(start=s.end + 2)
    return f


_COUNTRY_WORD = late(r"[A-Z][a-z]{2,}(?![A-Za-z0-9@_])")


@cache
def _country_starts() -> frozenset[str]:
    return frozenset(name.split(" ")[0] for name in countries())


@cache
def _country_heads() -> frozenset[str]:
    return heads(_country_starts())


def _countries(text: str, words: frozenset[str]) -> list[Finding]:
    """Names of countries in Latin letters. ``words`` are those of the text."""
    if words.isdisjoint(_country_heads()):
        return []
    known, firsts = countries(), _country_starts()
    out = []
    for low, high in latin_stretches(text):
        for m in _COUNTRY_WORD.finditer(text, low, high):
            if m.group() not in firsts or text[max(0, m.start() - 1) : m.start()].isalnum():
                continue
            for size in (4, 3, 2, 1):
                name = " ".join(text[m.start() : m.start() + 40].split(" ")[:size]).rstrip(".,;:!?)\"'")
                if name in known and not text[m.start() + len(name) : m.start() + len(name) + 1].isalnum():
                    out.append(Finding("LOCATION", m.start(), m.start() + len(name), worth.PLACE_FULL, "addresses_en", "country"))
                    break
    return out


def _latin_places(text: str, spans: Sequence[Span]) -> list[Finding]:
    """Places in Latin letters that stand in no address: the tagger's, and what words of travel announce."""
    sure = Near(s for s in spans if s.score >= worth.SURE_OTHER)
    announced = [
        Finding("LOCATION", start, end, worth.PLACE_ANNOUNCED, "addresses_en", "announced")
        for low, high in latin_stretches(text)
        for start, end in ((a + low, b + low) for a, b in tagged_en.places(text[low:high]))
        if not sure(start, end)
    ]
    return announced + [
        Finding("LOCATION", s.start, s.end, s.score * worth.PLACE_TAGGED, "addresses_en", "tagger")
        for s in spans
        if s.label == LOCATION
        and s.score * worth.PLACE_TAGGED >= worth.REPORT
        and not no_organisation(text[s.start : s.end])
        and not part_of_token(text, s.start, s.end)
        and not has_han(text[s.start : s.end])
    ]


def _not_within(inner: Sequence[Finding], outer: Sequence[Finding]) -> list[Finding]:
    """Findings that lie in none of the others."""
    ordered = sorted(outer, key=lambda f: f.start)
    starts = [o.start for o in ordered]
    out = []
    for f in inner:
        at = bisect_right(starts, f.start) - 1
        if at < 0 or ordered[at].end < f.end:
            out.append(f)
    return out


def _outside(places: Sequence[Finding], organisations: Sequence[Finding]) -> list[Finding]:
    """Places that are no part of an organisation's name."""
    ends = [o.end for o in organisations]
    out = []
    for p in places:
        at = bisect_right(ends, p.start)
        if p.entity != "LOCATION" or at == len(ends) or organisations[at].start >= p.end:
            out.append(p)
    return out
