"""Names in Latin letters that a list of names and what stands around them tell, with the tagger of the package.

Text with «marked» findings: P person, A address, L place; all of them invented.
"""

from __future__ import annotations

import pytest

from piiscrub.recognize.named import find_named
from piiscrub.recognize.ner.tagger import default_tagger
from tests.recognize.test_named import marked

FOUND = (
    "Assigned to: «PNikhil Roe»   Reporter: «PWill Tester»   Priority: High",
    "Bride: «PElowen Bannister»   Groom: «PPiran Bannister»",
    "Caller: «PWendell Roe». Wants a call back",
    "first name: «Pwill»\nlast name: «Pbannister»",
    "recipient: «Pjane roe», order 7731",
    "Please wire it to «PHugo», he's out till Monday.",
    "Congrats to «PZainab» & «PIdris» on the new baby!!",
    "the driver («PKofi») was lovely, Daughter («PPaloma») too",
    "panel: «PStu», «PLindiwe», «PR. Doe».",
    "This is «PTor» from upstairs.",
    "so my name's «Parthur» um «Parthur roe» and i'm calling",
    "Employee\tManager\tOffice\n«PJonas Roe»\t«PCarla Doe»\tRemote",
    "Guardian's name: «Pde la Cruz, Maria»",
    "Local baker «PAnnika Roe», 52, won it.",
    "Taken at «A52 Sample Street». He left.",
    "lives at «A909 Sample Dr, Mobile, AL 36608».",
)
NOTHING = (
    "Customer: May I have the receipt? Agent: Will that be all?",
    "Owner: Unassigned | Driver: Bluetooth Audio | Host: Web Server 2",
    "name: required, first name: string, recipient: see below",
    "Victoria sponge, Jasmine rice, Foley catheter in place, Glasgow coma scale 15",
    "When in Rome, do as they do; no coals to Newcastle",
    "In April, she was late. Error at Line 42 in Main",
)


@pytest.mark.parametrize("case", range(len(FOUND)))
def test_a_name_told_by_its_field_or_its_neighbours(case: int) -> None:
    text, spans = marked(FOUND[case])
    assert [(f.entity, f.start, f.end) for f in find_named(text, default_tagger())] == spans


@pytest.mark.parametrize("case", range(len(NOTHING)))
def test_words_of_fields_and_set_phrases_name_nobody(case: int) -> None:
    assert find_named(NOTHING[case], default_tagger()) == []


def test_small_letters_behind_a_label_are_found_without_a_tagger() -> None:
    assert [(f.start, f.end) for f in find_named("name: jane roe", None)] == [(6, 14)]
