"""Names, addresses and organisations in Latin letters as letters, forms and chats write them, with the tagger of the package.

Text with «marked» findings: P person, A address, L place, O organisation; all of them invented.
"""

from __future__ import annotations

import pytest

from piiscrub.recognize.named import find_named
from piiscrub.recognize.ner.tagger import default_tagger
from tests.recognize.test_named import marked

ADDRESSES = (
    "moved from «A58B Test Crescent, Testham BA2 4QN», let us know",
    "She has «AFlat 6, Tester Court, 31 Sample Road, Testham G12 8PQ».",
    "lives at «ARose Cottage, Mill Lane, Little Testing, Testham TE1 9ZZ» now",
    "joint tenants at «ATop Floor Flat, 18 Sample Road, Testham BN3 3WA».",
    "sold «ALot 7, 880 Old Mill Rd, Testville, North Carolina 28803» in March",
    "Premises: «AUnit 12/48 Sample Parade, Testville NSW 2066»",
    "He is at «A#23, 4th Cross, Testnagar, Bengaluru 560038».",
    "«AFlat No. 402, Testpur Apartments, Sample Road, Near City Mall, Mumbai 400058». PAN on file",
    "«ACalle 8 No. 14, Apt 201, Miami, FL 33135» | home",
    "«ARural Route 2, Box 118, Stillwater, OK 74074»",
    "«ABlk 215 Sample Avenue 1 #04-887 Singapore 560215»",
    "they live at «Aapt 9, 300 sample pkwy, testham ny 11218». ok",
    "Customer,Street,City,Zip\nJane Doe,«A82 Birch Ave»,«LTestland»,«A97201»",
    "at «A7 Sample Terrace, Howth, Co. Dublin».",
    "Write to «AHauptstraße 12, 10115 Berlin, Germany»",
    "Write to «ACalle Mayor 5, 2º B, 28013 Madrid»",
    "of «AFlat 2B, 101 Sample Street, Wellington 6011, New Zealand»",
    "«A9 Sample Row, Dublin 2, D02 XK51»",
    "to «A900 Sample Pkwy, Reno NV 89502» Attn Receiving",
    "STREET ADDRESS: «A4410 N. SAMPLE AVE UNIT 2»\nCITY: «LCHICAGO» ZIP: 60641",
    "W/o JANE ROE, R/o «AH.No. 221, Sector 14, Testnagar, Haryana 122001», is the owner",
    "met at «Athe corner of 5th and Main». License on file",
    "a card: «A24-5 Testan-ro, Suyeong-gu, Busan 48303».",
    "Ship to:\n«PJANE ROE»\n«APO BOX 4521\nTESTHAM TX 78201»\nUSA",
    '{"street":"«A12-14 Harbour View»","city":"«LGalway»"}',
)
NO_ADDRESS = (
    "go 5 miles down the road, 3 of us on the way",
    "MR Flight QX departs at gate 12",
    "Chase up the invoice. Pat the dough dry, page 2 of 3. New Wi-Fi, CHF and COPD noted.",
    "ACN 004 085 616, ABN 51 824 753 556",
    "The order 2 of 3, Page 4, Item 123456",
)
NAMES = (
    "Patient: «PDoe, Jane Q.» Attending: «PMarcus Roe», MD",
    "Employee: «PRoe, Sofia»  Emp ID: E-20931  Manager: «PNg, Wai Kit»  Location: «LSingapore»",
    "«PJane Doe», «OTestco Widgets Inc.», asked for it",
    "We met «PJane Roe» of «OTestham Savings Bank».",
    "Customer Relations, «OTestco Mutual Insurance plc»",
    "From: «PVan Dyke, Pieter»\nTo: «POchoa, Lucía»; «PMcAdams, Bill»\nSubject: lunch",
    "Husband, «PRobert», was seen by Nurse «PJohnson».",
    "Patient: «PDOE, JOHN A.»  DOB 01/02/1980",
    "My kid «PTommy» (8) is ill",
    "LAST NAME: «POyelowo» FIRST NAME: «PAdaeze» MIDDLE INITIAL: C",
    "GP Dr «PH Singh», «OTester Hinton Surgery».",
    "the driver is «PLOPEZ ROMERO, LUIS ALBERTO», residing at home",
    "Interviewed «PCHEN, Wei-Ling»'s supervisor",
    "Counsel: «OKessler, Dunne & Roth LLP»",
    "Mr. «PAbernathy»'s wife called",
    "My driver, «PBekzod», came late; it was checked by «PJulia» on the phone",
    "seats: «PO'TESTER/AOIFE» MRS, «PDA TESTA/JOAO PEDRO» MR",
    "cc: «PRoe, P.»; «PDoe, Lakshmi»",
    "Note: pt «PGloria R.» c/o pain",
    "«PXiaoming Li», «PJ.R.R. Roe» and the rest of the «LU.S.» team",
    "Dr. «PAnn Lee», MD, saw her",
    "NHS no 943 476 5919, GP Dr «PAnn Lee»",
    "Regards,\n\n«PAnjali Deshpande»\nSr. Product Manager",
    "Joint account holders: «PMargit» & «PLars Thorvaldsen»",
    "A supervisor called «PHope» said so, and «PJordan» from billing agreed",
    "The technician («PPawel», I believe) was late",
    "Can «PYusuf» join the call? Looping in «PYusuf Demirtas».",
    "The Vendor, «OKestrel Dairy Co-operative», agreed",
    "c/o Mrs. «PEleanor Vance», «AThe Old Rectory, Church Road, Little Testing, Norfolk NR21 0JP»",
)
LABELS = (
    "Cc: finance team; Adm. MAC 00:00:5E:00:53:01, the MAC address of the laptop",
    "SSN: <SSN>, NHS No: <NHS>, DOB: <DOB>, ACN [REDACTED], MRN ####, IBAN on file, NINO n/a. Please re-send.",
    "ACN 004 085 616, ABN 51 824 753 556, TFN on file; SSN: ***-**-6789",
)


def findings(text):
    return [(f.entity, f.start, f.end) for f in find_named(text, default_tagger())]


@pytest.mark.parametrize("case", range(len(ADDRESSES)))
def test_an_address_from_its_flat_to_its_postcode(case):
    text, spans = marked(ADDRESSES[case])
    found = [f for f in findings(text) if f[0] in ("ADDRESS", "LOCATION")]
    assert found == [s for s in spans if s[0] in ("ADDRESS", "LOCATION")]


@pytest.mark.parametrize("case", range(len(NO_ADDRESS)))
def test_what_only_looks_like_an_address(case):
    assert not [f for f in findings(NO_ADDRESS[case]) if f[0] == "ADDRESS" and f[2] - f[1] > 20]


@pytest.mark.parametrize("case", range(len(NAMES)))
def test_names_and_firms_beside_commas_and_labels(case):
    text, spans = marked(NAMES[case])
    assert findings(text) == spans


@pytest.mark.parametrize("case", range(len(LABELS)))
def test_the_label_of_a_value_is_no_name(case):
    assert not [f for f in findings(LABELS[case]) if f[0] in ("PERSON", "ORGANIZATION", "LOCATION")]


def test_the_label_of_a_number_is_no_part_of_an_address():
    for text in ("His Aadhaar 5485 5000 8000 and he lives in Mumbai", "Customer Aadhaar 5485 5000 8000, Mumbai"):
        assert not [f for f in findings(text) if f[1] < text.index("5485") < f[2]]
