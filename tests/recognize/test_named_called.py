"""Names beside what somebody is, in brackets and letter by letter, and things and addresses around them, with the tagger.

Text with «marked» findings: P person, A address, L place, O organisation; all of them invented.
"""

from __future__ import annotations

import pytest

from piiscrub.recognize.named import find_named
from piiscrub.recognize.names_again import names_again
from piiscrub.recognize.ner.tagger import default_tagger
from tests.recognize.test_named import marked

FOUND = (
    "Pickup: dad «PDieter» or au pair «PBirgit» only",
    "between «PPaweł Testek» & «POla Testek» (tenants)",
    "Manager line (Mum «PFatou» (daughter «PRosa») came)",
    "Contact: «PTestovic, Bruno»",
    "spelled «PT-I-E-R-N-E-Y», ok",
    "Surname «PROE»  Forename(s) «PJANE MAUD»  Sex F",
    "raised by «Pj.smith», closed at nine",
    "the «PMiller» family came",
    "To: «PJane Roe»; «PLindiwe»\nSubject: lunch",
    "«PShayna» at the front desk was kind",
    "Action by 15 Nov. «PKjersti» noted it",
    "PC 4471 «PTestgreaves» attended «A62 Sample Close»",
    "to «AUnit 7, 210 Sample Road, Testburn NSW 2144» PH 0491 570 157",
    "at gate 4; «APier 17, Shed B, Testmantle WA 6160»; seen",
    "i am at «Aforty one twelve maple street uh apartment two b» now",
    '{"city":"«LAsheville»","zip":"28801"}',
    "State of origin: «LKano»",
    "billed by «OTester Croft Surveyors» twice",
)
NOBODY = (
    "Dear Parents of the class, Dear Homeowners, Rgds",
    "T as in Tom, B for Bravo",
    "class Baker(Person):\n    pass",
    "Hudson, Maven and Gradle are build tools",
    "Megan's Law and a Kocher incision, Mallampati II, Nash equilibria",
    "Nash 均衡与 Johnson 电机",
    "Sky Bar (owner), (Paris, Texas), PLAN A-B-C-D",
    "thanks man",
)


def _found(text: str) -> list[tuple[str, int, int]]:
    return [(f.entity, f.start, f.end) for f in find_named(text, default_tagger())]


@pytest.mark.parametrize("case", range(len(FOUND)), ids=str)
def test_what_stands_beside_a_role_is_found(case: int) -> None:
    text, spans = marked(FOUND[case])
    assert set(spans) <= set(_found(text))


@pytest.mark.parametrize("case", range(len(NOBODY)), ids=str)
def test_things_and_labels_are_nobody(case: int) -> None:
    assert [entity for entity, _, _ in _found(NOBODY[case]) if entity == "PERSON"] == []


def test_a_surname_met_again_is_no_street_and_no_word() -> None:
    text = "Ms Jane Unheardof came. Unheardof said no. Unheardof Street. Jane Unheardof of the unheardof kind."
    persons = [f for f in find_named(text, default_tagger()) if f.entity == "PERSON"]
    assert [text[f.start : f.end] for f in names_again(text, persons)] == []  # the word stands in small letters too
    text = text.replace("unheardof kind", "rare kind")
    found = [text[f.start : f.end] for f in find_named(text, default_tagger()) if f.entity == "PERSON"]
    assert "Unheardof" in found
    assert "Unheardof Street" not in found
