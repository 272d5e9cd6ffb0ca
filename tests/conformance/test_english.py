"""English sentences, letters, logs and records, some with Chinese in them: exact spans, and nothing else found.

All values are published specimens, test numbers of the card networks, or reserved (rule book G12). Failures print case
names, offsets and entities, never a value.
"""

from __future__ import annotations

import re

import pytest

import piiscrub

PATTERNS = piiscrub.Scrubber(policy="review", ner=None)


# name, text with the values between « and », their entities in order
SENTENCES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "support ticket",
        "Hi, this is about my card «4012888888881881». You can mail me at «wang.wei@example.com» or ring «(202) 555-0101».",
        ("CREDIT_CARD", "EMAIL_ADDRESS", "PHONE_NUMBER"),
    ),
    (
        "signature block",
        "Best regards,\nJ. Doe\n«+44 20 7946 0958» mobile\n«202-555-0142x22» office\n«01632 960 123» fax\n«www.example.com»",
        ("PHONE_NUMBER", "PHONE_NUMBER", "PHONE_NUMBER", "URL"),
    ),
    (
        "angle brackets",
        "From: Wang Wei <«wang.wei@example.net»>\nTo: o'brien <«o'brien@example.com»>\nReply-To: «no-reply+7@mail.example.org»",
        ("EMAIL_ADDRESS", "EMAIL_ADDRESS", "EMAIL_ADDRESS"),
    ),
    (
        "patient record",
        "Patient is a «54»-year-old male, DOB «03/09/1969», SSN «536-90-4399», admitted «2023-11-02 08:15».",
        ("AGE", "DATE_OF_BIRTH", "US_SSN", "DATE_TIME"),
    ),
    (
        "biography",
        "She was born on «5 January 1950», moved at the age of «19» and, when she was «64», retired.",
        ("DATE_OF_BIRTH", "AGE", "AGE"),
    ),
    (
        "bank transfer",
        "Please send it to IBAN «GB82 WEST 1234 5698 7654 32» before «January 5, 2024»; my old one was «de97500105170000000001».",
        ("IBAN_CODE", "DATE_TIME", "IBAN_CODE"),
    ),
    (
        "web server log",
        '«192.0.2.1» - - "GET /a" 200 512 "«https://example.com/b?c=1»" from «2001:db8::1» at «2024-03-05T10:22:31.123Z»',
        ("IP_ADDRESS", "URL", "IP_ADDRESS", "DATE_TIME"),
    ),
    (
        "network gear",
        "Vlan10 «0000.5e00.5303» on Gi0/1; host «00:00:5E:00:53:01» has address «198.51.100.23».",
        ("MAC_ADDRESS", "MAC_ADDRESS", "IP_ADDRESS"),
    ),
    (
        "cards of several brands",
        "visa «4111 1111 1111 1111», amex «3782 822463 10005», mastercard «5555-5555-5555-4444», card no «6011111111111117»",
        ("CREDIT_CARD", "CREDIT_CARD", "CREDIT_CARD", "CREDIT_CARD"),
    ),
    (
        "typing error in a card",
        "My credit card «4012888888881882» was refused.",
        ("CREDIT_CARD",),
    ),
    (
        "phones of several countries",
        "Mobile: «+33 1 99 00 12 34»\nDesk: «+41 (0)44 668 18 00»\nFax: «+1-202-555-0143x567»\nHome phone: «0496 00 00 70»",
        ("PHONE_NUMBER", "PHONE_NUMBER", "PHONE_NUMBER", "PHONE_NUMBER"),
    ),
    (
        "order beside a phone",
        "Order 202555014299 has shipped; call me at «2025550142» if nobody answers.",
        ("PHONE_NUMBER",),
    ),
    (
        "JSON",
        '{"email": "«a@example.org»", "phone": "«+12025550101»", "dob": "«1950-01-05»", "ip": "«203.0.113.7»", "age": «42»}',
        ("EMAIL_ADDRESS", "PHONE_NUMBER", "DATE_OF_BIRTH", "IP_ADDRESS", "AGE"),
    ),
    (
        "token in a header",
        "Authorization: Bearer «eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.c3ludGhldGlj»\nHost: localhost",
        ("SECRET_JWT",),
    ),
    (
        "Hong Kong",
        "致電«+852 2345 0000»或 WhatsApp «2345 0001»，電郵«info@example.hk»",
        ("PHONE_NUMBER", "PHONE_NUMBER", "EMAIL_ADDRESS"),
    ),
    (
        "Chinese around English values",
        "我的card是«4012888888881881»，邮箱«a@example.com»，从«192.0.2.1»登录，DOB«1950-01-05»，网站«https://example.com/u»。",
        ("CREDIT_CARD", "EMAIL_ADDRESS", "IP_ADDRESS", "DATE_OF_BIRTH", "URL"),
    ),
    (
        "words behind the number",
        "«28-00-66-98» fax\n«5550 0142» office\n«(898) 555-0136» mobile",
        ("PHONE_NUMBER", "PHONE_NUMBER", "PHONE_NUMBER"),
    ),
    (
        "Markdown",
        "See [the page](«https://example.com/u/42») or mail [us](mailto:«us@example.com»).",
        ("URL", "EMAIL_ADDRESS"),
    ),
)

NOTHING: tuple[tuple[str, str], ...] = (
    ("versions", "Upgrade from 1.2.3 to version 2.10.4.1 of left-pad@1.3.0."),
    ("amounts", "Revenue grew to 1,234,567.89 from 1 204 500, or 12.5 %."),
    ("years", "Founded in 1977, it won the 1998-2001 seasons on a Tuesday."),
    ("angles and pages", "Turn 90 degrees; she turned 20 pages and read page 64 of 350."),
    ("scores", "They won 3-2, 6-4 and 10-8."),
    ("code", "std::vector a[1::2] = f(0x1F, 1e10); // see x.py:120"),
    ("order", "Order no. 4012888888881881 and invoice 2025550142 are paid."),
    ("a trace", "trace 4012888888881881 ended after 350 ms"),
    ("times", "Open 09:00-17:30, closed 12:30:45 sharp."),
    ("unit prices", "12 x 330 ml at 0.99 each, 24 for 20"),
    ("handles", "@example on the first floor, room 12-34-56"),
    ("broken", "mail zs@ or https:// or 256.1.1.1 or 2001:db8::1::2"),
    ("durations", "5 years of experience in 12 months"),
)


def _unmark(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without marks, and where the marked values stand."""
    text, spans = "", []
    for i, part in enumerate(re.split("[«»]", marked)):
        if i % 2:
            spans.append((len(text), len(text) + len(part)))
        text += part
    return text, spans


@pytest.mark.parametrize("case", SENTENCES, ids=[name for name, _, _ in SENTENCES])
def test_every_value_of_a_sentence_is_found_and_nothing_else(case: tuple[str, str, tuple[str, ...]]) -> None:
    _, marked, wanted = case
    text, spans = _unmark(marked)
    findings = PATTERNS.scan(text).findings
    found = {(f.start, f.end, entity) for f in findings for entity in (f.entity, *(other.entity for other in f.alternatives))}
    wants = {(start, end, entity) for (start, end), entity in zip(spans, wanted, strict=True)}
    assert wants - found == set(), "lost"
    assert {(f.start, f.end, f.entity) for f in findings if (f.start, f.end) not in spans} == set(), "too much"


@pytest.mark.parametrize("case", NOTHING, ids=[name for name, _ in NOTHING])
def test_look_alikes_are_left_alone(case: tuple[str, str]) -> None:
    assert [(f.start, f.end, f.entity) for f in PATTERNS.scan(case[1]).findings] == []


def test_a_typing_error_is_said_to_be_one() -> None:
    [finding] = PATTERNS.scan("My credit card 4012888888881882 was refused.").findings
    assert (finding.entity, finding.check) == ("CREDIT_CARD", "failed")
    assert finding.context
