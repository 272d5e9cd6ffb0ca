"""Texts that each predefined recognizer of Presidio finds something in: made from its own patterns, or published specimens."""

from __future__ import annotations

import inspect
import random
import re
from functools import cache
from pathlib import Path
from re import _constants as sre
from re import _parser as parser

from presidio_analyzer import EntityRecognizer, PatternRecognizer, predefined_recognizers

PUBLISHED = {
    "CreditCardRecognizer": ["4111 1111 1111 1111", "5555555555554444"],
    "CryptoRecognizer": ["16Yeky6GMjeNkAiNcBY7ZhrLoMSgg1BoyZ"],  # of Presidio's own tests
    "EmailRecognizer": ["info@example.com", "first.last@example.co.uk"],
    "IbanRecognizer": ["GB82 WEST 1234 5698 7654 32", "DE89370400440532013000"],  # ISO 13616
    "PhoneRecognizer": ["(212) 555-0123", "+44 20 7946 0123"],  # reserved for fiction
    "UkNinoRecognizer": ["AB123456C", "AB 12 34 56 C"],  # HMRC shows this form
    "UrlRecognizer": ["https://www.example.com/a", "www.example.org"],
    "ZaMobileNumberRecognizer": ["+27 71 123 4567"],  # the example number of phonenumbers
    "ZaTelephoneNumberRecognizer": ["010 123 4567"],
}
LISTED = Path(__file__).with_name("specimens.tsv")
TRIES, ENOUGH = 4000, 3


@cache
def recognizers(language: str = "en") -> tuple[EntityRecognizer, ...]:
    """One of every predefined recognizer that needs no model and no service."""
    found = [c for _, c in inspect.getmembers(predefined_recognizers, inspect.isclass) if issubclass(c, EntityRecognizer)]
    wanted = [c for c in found if ".country_specific." in c.__module__ or ".generic." in c.__module__]
    return tuple(c(supported_language=language) for c in sorted(wanted, key=lambda c: c.__name__))


@cache
def texts() -> dict[str, list[tuple[str, int, int]]]:
    """By recognizer: texts, and where its value stands in them. Made by ``python -m tests.presidio.specimens``."""
    found: dict[str, list[tuple[str, int, int]]] = {}
    for line in LISTED.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, start, end, text = line.split("\t", 3)
            found.setdefault(name, []).append((text, int(start), int(end)))
    return found


def make(name: str) -> tuple[tuple[str, int, int], ...]:
    """(text, start, end) of values that the recognizer of that name finds by itself."""
    (recognizer,) = (one for one in recognizers() if one.name == name)
    found: list[tuple[str, int, int]] = []
    for value in PUBLISHED.get(name, ()):
        found += _found(recognizer, "", value)
    if not found and isinstance(recognizer, PatternRecognizer):
        rng = random.Random(name)
        for pattern in recognizer.patterns:
            trees = parser.parse(pattern.regex.replace("(?i)", ""))
            here: list[tuple[str, int, int]] = []
            for _ in range(TRIES):
                before, value = sample(trees, rng)
                if recognizer.validate_result(value) is not False and not recognizer.invalidate_result(value):
                    here += _found(recognizer, before, value)
                if len(here) >= ENOUGH:
                    break
            found += here
    return tuple(found)


def _found(recognizer, before, value):
    text = f"{before or 'Ref '}{value} ok"
    start = len(text) - len(value) - 3
    results = recognizer.analyze(text, recognizer.supported_entities, None)
    return [(text, r.start, r.end) for r in results if r.start <= start + 2 and r.end > r.start][:1]


def sample(tree, rng):
    """(what a look-behind asks for before it, one string of a regex), by chance."""
    before: list[str] = []
    groups: dict[int, str] = {}
    value = _some(tree, rng, groups, before)
    return "".join(before), value


def _some(items, rng, groups, before):
    out = ""
    for op, value in items:
        if op is sre.LITERAL:
            out += chr(value)
        elif op is sre.NOT_LITERAL:
            out += "a" if value != ord("a") else "b"
        elif op is sre.ANY:
            out += rng.choice("ab1 ")
        elif op is sre.IN:
            out += _one(value, rng)
        elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            low, high, body = value
            for _ in range(rng.randint(low, min(int(high), low + 4))):
                out += _some(body, rng, groups, before)
        elif op is sre.SUBPATTERN:
            inner = _some(value[-1], rng, groups, before)
            groups[value[0]] = inner
            out += inner
        elif op is sre.BRANCH:
            out += _some(rng.choice(value[1]), rng, groups, before)
        elif op is sre.GROUPREF:
            out += groups.get(value, "")
        elif op is sre.ASSERT and value[0] < 0 and not out:
            before.append(_some(value[1], rng, groups, before))
    return out


ALL = "".join(map(chr, range(32, 127)))


def _one(items, rng):
    pool = [c for c in ALL if _has(items, c)]
    return rng.choice(pool or [chr(next((v for o, v in items if o is sre.LITERAL), 97))])


def _has(items, char):
    negated, held, code = False, False, ord(char)
    for op, value in items:
        if op is sre.NEGATE:
            negated = True
        elif op is sre.LITERAL:
            held = held or value == code
        elif op is sre.RANGE:
            held = held or value[0] <= code <= value[1]
        elif op is sre.CATEGORY:
            kind = {sre.CATEGORY_DIGIT: r"\d", sre.CATEGORY_WORD: r"\w", sre.CATEGORY_SPACE: r"\s"}.get(value, r"\W")
            held = held or bool(re.match(kind, char))
    return held != negated


if __name__ == "__main__":
    lines = ["# source: made by chance from the patterns of presidio-analyzer 2.2.366, and published specimens; no person's"]
    for one in recognizers():
        lines += (
            f"{one.name}\t{start}\t{end}\t{text}" for text, start, end in make(one.name) if not re.search(r"[\t\n\r\f\v]", text)
        )
    LISTED.write_text("\n".join(lines) + "\n", encoding="utf-8")
