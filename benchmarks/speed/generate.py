"""Chinese and English text with a stated number of candidates per kB, and what must be found in it.

A candidate is a run of digits or an ``@``: a date in figures holds three, a mobile one. (Counted as whole values, there are about
two thirds as many per kB.)
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from benchmarks import values
from benchmarks.speed.sentences import FILLER, LINES, VALUES
from benchmarks.values import Rng

CANDIDATE = re.compile(r"[0-9]+|@+")
SLOT = re.compile(r"\{(\w+)\}")
DENSITIES = (3, 7, 20)
KB = 1000


def _date(rng: Rng) -> str:
    year, month, day = 2001 + rng.below(23), 1 + rng.below(12), 1 + rng.below(28)
    return rng.pick((f"{year}-{month:02}-{day:02}", f"{year}年{month}月{day}日", f"{year}/{month}/{day}"))


def _stamp(rng: Rng) -> str:
    return f"2024-{1 + rng.below(12):02}-{1 + rng.below(28):02} {rng.below(24):02}:{rng.below(60):02}:{rng.below(60):02}"


MAKERS: dict[str, tuple[str, Callable[[Rng], str]]] = {
    "mobile": ("PHONE_NUMBER", values.mobile),
    "id": ("NATIONAL_ID", values.id_card),
    "email": ("EMAIL_ADDRESS", values.email),
    "card": ("CREDIT_CARD", values.card),
    "ip": ("IP_ADDRESS", values.ipv4),
    "date": ("DATE_TIME", _date),
    "stamp": ("DATE_TIME", _stamp),
    "amount": ("", lambda rng: f"{1 + rng.below(999)}.{rng.digits(2)}"),
    "order": ("", lambda rng: values.order(rng, 12 + rng.below(8))),
    "plain": ("", lambda rng: rng.number(2 + rng.below(2))),
}
"""Slot name: the entity that must be found there ("" for none), and how to make a value."""
FAMILIES = tuple(dict.fromkeys(entity for entity, _ in MAKERS.values() if entity))


class Document(NamedTuple):
    """A text and how many findings of each entity family it must give."""

    text: str
    expected: Counter[str]


def candidates(text: str) -> int:
    """How many candidates a text holds."""
    return sum(1 for _ in CANDIDATE.finditer(text))


def document(density: int, number: int, *, size: int = KB) -> Document:
    """The `number`-th document of about `size` bytes and `density` candidates per kB."""
    rng = Rng(density * 1_000_003 + number)
    parts: list[str] = []
    expected: Counter[str] = Counter()
    length = held = 0
    waiting, put = _next(density, rng)
    while length < size:
        # Half of what it holds too few, in the text as it would be with it: on average as many as asked for.
        if (2 * held + candidates(waiting)) * KB < 2 * density * (length + len(waiting.encode())):
            part = waiting
            held += candidates(part)
            expected += put
            waiting, put = _next(density, rng)
        else:
            part = rng.pick(FILLER)
        if rng.below(5) == 0:
            part += "\n"
        parts.append(part)
        length += len(part.encode())
    return Document("".join(parts), expected)


def _next(density: int, rng: Rng) -> tuple[str, Counter[str]]:
    """A part with values in it, and what must be found there."""
    put: Counter[str] = Counter()
    return _fill(rng.pick(LINES if density > 10 and rng.below(3) == 0 else VALUES), rng, put), put


def _fill(template: str, rng: Rng, expected: Counter[str]) -> str:
    def put(slot: re.Match[str]) -> str:
        entity, make = MAKERS[slot[1]]
        if entity:
            expected[entity] += 1
        return make(rng)

    return SLOT.sub(put, template)


def documents(density: int, count: int) -> list[Document]:
    """That many documents of 1 kB; larger texts are these joined, so every size holds the same kind of text."""
    return [document(density, number) for number in range(count)]
