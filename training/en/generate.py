"""Fills the templates: ``generate(count, seed)`` yields (text, spans), spans as (start, end, label)."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import names
import places
from templates import DOCUMENTS, JOBS, PLAIN, PRODUCTS, SENTENCES, WORDS

Spans = list[tuple[int, int, str]]
_SLOT = re.compile(r"\{([NLGFTOPASehdcnmjxw])\}|\{\{|\}\}")
_LABEL = {"N": "PERSON", "L": "PERSON", "G": "PERSON", "F": "PERSON", "O": "ORG", "P": "GPE", "A": "ADDRESS", "S": "ADDRESS"}
_MONTHS = "January February March April May June July August September October November December".split()


def _date(rng: random.Random) -> str:
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(1940, 2026)
    name = _MONTHS[month - 1]
    return rng.choice(
        (
            f"{day} {name} {year}",
            f"{name} {day}, {year}",
            f"{name} {day}",
            f"{month}/{day}/{year}",
            f"{year}-{month:02}-{day:02}",
            "Friday",
            "Monday",
        )
    )


def _email(rng: random.Random) -> str:
    return (
        f"{names.given(rng)}.{names.family(rng)}@example.{rng.choice(('com', 'org', 'net'))}".lower()
        .replace(" ", "")
        .replace("'", "")
    )


def _phone(rng: random.Random) -> str:
    return rng.choice(
        ("555-01{:02}", "(212) 555-01{:02}", "+1 415 555 01{:02}", "020 7946 00{:02}", "+44 7700 9000{:02}")
    ).format(rng.randint(0, 99))


def _value(slot: str, rng: random.Random) -> str:
    makers = {
        "N": names.full, "L": names.listed, "G": names.given, "F": names.family, "O": places.organisation, "P": places.place,
        "A": places.address, "S": places.street, "e": _email, "h": _phone, "d": _date,
    }  # fmt: skip
    if slot in makers:
        return makers[slot](rng)
    if slot == "n":
        return str(rng.randint(1, 10 ** rng.randint(1, 8)))
    if slot == "c":
        return rng.choice(("{}:{:02}", "{}:{:02} pm", "{}.{:02}")).format(rng.randint(1, 12), rng.randint(0, 59))
    if slot == "m":
        return rng.choice(("${}", "{} USD", "EUR {}", "£{}", "{} dollars")).format(rng.randint(1, 99999))
    return rng.choice({"T": names.TITLES, "j": JOBS, "x": PRODUCTS, "w": WORDS}[slot])


def _line(template: str) -> str:
    return template.replace("\\t", "\t").replace("\\n", "\n")


def fill(template: str, rng: random.Random) -> tuple[str, Spans]:
    """The template with every slot filled, and where the names went."""
    text, spans, last, length = [], [], 0, 0
    for match in _SLOT.finditer(template):
        before = template[last : match.start()]
        slot = match.group(1)
        value = match.group()[0] if slot is None else _value(slot, rng)
        text += [before, value]
        length += len(before)
        if slot in _LABEL:
            spans.append((length, length + len(value), _LABEL[slot]))
        length += len(value)
        last = match.end()
    text.append(template[last:])
    return "".join(text), spans


def document(rng: random.Random) -> tuple[str, Spans]:
    """A letter, form, table or chat, its free places filled with whole sentences first."""
    template = rng.choice(DOCUMENTS)
    while "%s" in template:
        template = template.replace("%s", rng.choice(PLAIN if rng.random() < 0.4 else SENTENCES), 1)
    return fill(_line(template), rng)


def recase(text: str, spans: Spans, rng: random.Random) -> str:
    """Sometimes all lower or all upper case, or only the names so; length never changes."""
    how = rng.random()
    if how < 0.10:
        changed = text.lower()
    elif how < 0.16:
        changed = text.upper()
    elif how < 0.20:
        changed = text
        for start, end, _ in spans:
            part = changed[start:end]
            changed = changed[:start] + (part.lower() if how < 0.18 else part.upper()) + changed[end:]
    else:
        return text
    return changed if len(changed) == len(text) else text


def generate(count: int, seed: int) -> Iterator[tuple[str, Spans]]:
    """So many texts; the same for the same seed.

    A share is cut into single sentences, another joins several, the rest are documents.
    """
    rng = random.Random(seed)  # noqa: S311  # chance of training, not of secrets
    for _ in range(count):
        how = rng.random()
        if how < 0.45:
            text, spans = fill(_line(rng.choice(SENTENCES)), rng)
        elif how < 0.60:
            text, spans = fill(rng.choice(PLAIN), rng)
        elif how < 0.75:
            text, spans = "", []
            for _ in range(rng.randint(2, 4)):
                more, found = fill(_line(rng.choice(PLAIN if rng.random() < 0.3 else SENTENCES)), rng)
                text += " " if text else ""
                spans += [(start + len(text), end + len(text), label) for start, end, label in found]
                text += more
        else:
            text, spans = document(rng)
        yield recase(text, spans, rng), spans
