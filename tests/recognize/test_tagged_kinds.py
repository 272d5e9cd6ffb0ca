"""What a tagger was unsure of is weighed with lists and the words beside it. Names are invented, or those of firms and towns."""

from __future__ import annotations

import pytest

from piiscrub.recognize.named import find_named
from piiscrub.recognize.ner.en import EnglishTagger
from piiscrub.recognize.ner.en_capitals import with_capitals
from piiscrub.recognize.ner.tagger import LABELS, UNSURE, DoubtedSpan, Span, default_tagger
from piiscrub.recognize.tagged_en_kinds import settled

DOUBT = (0.3, 0.2, 0.2, 0.0)  # what a tagger gives a name that it never met
# Text with a «stretch» at which a tagger hints with such doubts; what it is called, "" for nothing.
HINTS = (
    ("neighbor «Testy» said no", "PERSON"),
    ("Keyworker: «Testine».", "PERSON"),
    ("told «Testine» to wait", "PERSON"),
    ("Pharmacy: «Testgreens» on the corner", "ORGANIZATION"),
    ("she works at «Testmore Poultry»", "ORGANIZATION"),
    ("orders from «Klarna» are late", "ORGANIZATION"),
    ("day 3 «Windhoek»; rest", "LOCATION"),
    ("moved to «Testhamvlei» in spring", "LOCATION"),
    ("seen on «Testham Rd» today", "LOCATION"),
    ('{"employer":"«Testro»","id":4}', "ORGANIZATION"),
    ('{"city":"«Testro»","id":4}', "LOCATION"),
    ("name;company;city\nA B;«Testro»;Brno", "ORGANIZATION"),
    ("name;company;city\nA B;Testro;«Testno»", "LOCATION"),
    ("May: «Will» that be all?", ""),
    ("the «Meeting» was long", ""),
    ("press «Start» now", ""),
    ("send the «PDF» again", ""),
    ("an old «poem» of hers", ""),
)


@pytest.mark.parametrize("case", range(len(HINTS)))
def test_a_hint_is_what_lists_and_words_say(case: int) -> None:
    marked, label = HINTS[case]
    start, end = marked.index("«"), marked.index("»") - 1
    text = marked.replace("«", "").replace("»", "")
    found = settled(text, [DoubtedSpan.of((start, end, UNSURE, 0.3), DOUBT)])
    assert [(s.start, s.end, s.label) for s in found] == ([(start, end, label)] if label else [])


def test_what_a_tagger_is_sure_of_stays() -> None:
    text = "Jane Testine met the team"
    span = DoubtedSpan.of((0, 12, "PERSON", 0.97), (0.97, 0.01, 0.01, 0.0))
    assert [s[:3] for s in settled(text, [span])] == [span[:3]]
    assert settled(text, [Span(0, 12, "PERSON", 0.97)]) == [Span(0, 12, "PERSON", 0.97)], "a tagger that tells no kinds"


def test_the_name_begins_behind_the_role_and_ends_before_a_bracket() -> None:
    text = "Mother Testine (ID 12) came"
    assert [(s.start, s.end) for s in settled(text, [DoubtedSpan.of((0, 21, UNSURE, 0.3), DOUBT)])] == [(7, 14)]


def test_the_kinds_of_the_tagger_are_shares() -> None:
    spans = EnglishTagger().tag(["Ask Testine Rhoe at Testol Ltd in Windhoek about it"])[0]
    assert spans
    for span in spans:
        assert isinstance(span, DoubtedSpan)
        assert len(span.kinds) == len(LABELS)
        assert 0 < sum(span.kinds) <= 1.001


def test_no_hint_is_a_finding() -> None:
    text = "Our PMH and Flag of the Oaths, 3-7 Aug"
    assert all(f.entity in ("PERSON", "LOCATION", "ORGANIZATION", "ADDRESS") for f in find_named(text, default_tagger()))


def test_only_lines_without_capitals_get_some() -> None:
    words = ["ask", "jorge", "about", "will", "\n", "Ask", "jorge", "now", "\n", "hi", "jorge"]
    assert with_capitals(words) == ["ask", "Jorge", "about", "will", "\n", "Ask", "jorge", "now", "\n", "hi", "jorge"]


def test_names_in_small_letters_are_found_at_their_places() -> None:
    text = "the guy from vodafone was rude, i told megan to complain"
    found = {(f.entity, f.start, f.end) for f in find_named(text, default_tagger())}
    assert {("ORGANIZATION", 13, 21), ("PERSON", 39, 44)} <= found


@pytest.mark.parametrize("text", ["14 July並，", "3rd of May並，"], ids=["day", "ordinal"])
def test_a_month_behind_its_day_is_nobody(text: str) -> None:
    assert all(f.entity != "PERSON" for f in find_named(text, default_tagger()))
