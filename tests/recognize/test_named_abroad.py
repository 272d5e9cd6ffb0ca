"""Names of many origins and addresses of many countries in English text, with the tagger of the package.

Text with «marked» findings: P person, A address; all of them invented.
"""

from __future__ import annotations

import pytest

from piiscrub.recognize.addresses_abroad import addresses_abroad
from piiscrub.recognize.named import find_named
from piiscrub.recognize.ner.tagger import default_tagger
from tests.recognize.test_named import marked

NAMES = (
    "«POonagh» rang again, «PUfuk» has not paid.",
    "I talked to «PMo» about it. «PAitor», can you call «PKwaku» back?",
    "Assigned to «PBassel»",
    "Have you heard from «PSelam»? We are waiting for «PRagnhild» to sign.",
    "The nurse gave «PDawit» his tablets. «PWassim»'s appointment is on Tuesday.",
    "[10:14] «PEsi»: on my way",
    "ping «PJoost» about the deploy",
    "Please add «PNguyen Van An» and «PDang Thi Be» to the list.",
    "The witness, «PDO THI LAN HUONG», signed it.",
    "«PPark Seo-hyun» and «PSeo-hyun Park» saw «PChoi Ji Won» there.",
    "Spoke with «PMehmet Can Testov» this morning.",
    "Next of kin is «PIoan Testescu-Pop» (sister).",
    "Dear «PYaw Boakye Testo»,",
    "Present: «PABEBE TESTU», «PJane Smith»",
)
NOBODY = (
    "Sales said no, Jenkins called it a day and Siri told me so.",
    "Assigned to Support. We are waiting for Kubernetes to start. According to Reuters, it rose.",
    "10:14 Info: cache cleared. Siri, can you play music?",
    "Toyota has not answered, Paris has not signed.",
)
ADDRESSES = (
    "My landlord owns «AMeir 41, 2000 Antwerpen», but he is away.",
    "The nurse went to «AIm Grund 4, 53819 Neunkirchen» this morning.",
    "Package for Jane Doe, «AKerkstraat 12, 1017 GL Amsterdam».",
    "He has lived at «AHauptstr. 12a, 79100 Freiburg» since 2015.",
    "Her flat is «AStorgatan 33, 582 23 Linköping, Sweden».",
    "Deliver it to «ANørrebrogade 18, 3. th, 2200 København N».",
    "Forward it to «A27 bis avenue du Général Test, 33000 Bordeaux, France».",
    "Address: «A15, avenue des Tests, 75017 Paris»",
    "Send it to «ATravessa das Flores 9, 4050-270 Porto, Portugal».",
    "She lives at «ARua Testa, 1508, apto 42, Consolação, São Paulo - SP, 01304-001» now.",
    "He rents «ACalle de los Tests 17, 3º B, 28012 Madrid».",
    "They own «ACarrera 15 # 88-21, Bogotá».",
    "Her flat: «A3-14-7 Testmachi, Setagaya-ku, Tokyo 158-0091, Japan».",
    "He is at «A12 Dongho-ro 8-gil, Jung-gu, Seoul».",
    "Address: «AAtatürk Caddesi No: 15 Daire 4, Kadıköy, İstanbul»",
    "Address: «A240 rue Sainte-Teste, Gatineau (Québec) J8X 2L1»",
    "Ship to:\n«ASchillerstraße 9\n50968 Köln»",
    "The flat is at «AAm Testbach 3, 83022 Rosenheim», second floor.",
    "of «AFlat No 302, Testpur Apts, Kothrud, Pune, Maharashtra 411038».",
    "He lives at «A15 Cnoc na Greine, Kilcock, Co. Kildare W23 HX40».",
)
NO_ADDRESS = (
    "With Python 3, 10000 Lines took a second.",
    "We need Form 12, 10115 Copies please. Windows 11, 23000 Devices updated.",
    "On March 14, 2000 Sydney hosted the games; see Annex 4, 1234 AB standard.",
    "The World Cup 98, 3000 Fans came..",
    "Order 10 screws, 4 Allen keys and a knife. Flat 20 percent fee.",
)


def findings(text, entity):
    return [f[:3] for f in ((f.entity, f.start, f.end) for f in find_named(text, default_tagger())) if f[0] == entity]


@pytest.mark.parametrize("case", range(len(NAMES)))
def test_a_name_is_found_whole(case):
    text, spans = marked(NAMES[case])
    assert findings(text, "PERSON") == spans


@pytest.mark.parametrize("case", range(len(NOBODY)))
def test_what_does_something_and_is_nobody(case):
    assert not findings(NOBODY[case], "PERSON")


@pytest.mark.parametrize("case", range(len(ADDRESSES)))
def test_an_address_from_its_street_to_its_city(case):
    text, spans = marked(ADDRESSES[case])
    assert findings(text, "ADDRESS") == spans


@pytest.mark.parametrize("case", range(len(NO_ADDRESS)))
def test_numbers_before_words_with_capitals(case):
    assert not findings(NO_ADDRESS[case], "ADDRESS")


@pytest.mark.parametrize("piece", ["Rua Aa Bb Cc Dd ", "Rua " + "A" * 60 + " ", "Rua A 1, Aa, Bb, ", "R. ", "1-2-3 Aa, Bb-ku, "])
def test_a_long_text_of_beginnings_is_read_in_one_go(piece):
    text = (piece * 20_000)[:200_000]
    assert sum(1 for _ in addresses_abroad(text, 0, len(text))) <= len(text)
