"""fast(engine) on text made to cost much: bounded work for each character, no long list of places, and the same results."""

from __future__ import annotations

import base64
import random
import string

import pytest

from piiscrub.presidio import candidates, plan, reading
from piiscrub.presidio.heads import head
from piiscrub.presidio.plan import Plan
from piiscrub.presidio.reading import Reader
from tests.presidio.specimens import recognizers
from tests.presidio.test_fast import same

KINDS = ("a-", "a.", "a ", "1-", "1 ", "1", "a@", "A1 ", "signs", "base64", "hexadecimal", "digits")


def hostile(kind, length):
    rng = random.Random(5)
    if kind == "signs":
        return "".join(rng.choice(string.printable) for _ in range(length))
    if kind == "base64":
        return base64.b64encode(rng.randbytes(length))[:length].decode()
    if kind == "hexadecimal":
        return rng.randbytes(length // 2).hex()
    if kind == "digits":
        return "".join(rng.choice("0123456789 -") for _ in range(length))
    return (kind * length)[:length]


@pytest.fixture
def asked(monkeypatch):
    """How often a head was asked about some characters."""
    real, count = Reader.viable, [0]

    def counting(self, key, *, ends=False):
        count[0] += 1
        return real(self, key, ends=ends)

    monkeypatch.setattr(Reader, "viable", counting)
    return count


@pytest.mark.parametrize("kind", KINDS)
def test_the_work_for_a_character_is_bounded(kind, asked):
    once, more = candidates._FRESH
    for length in (4_000, 16_000, 64_000):
        fresh = Plan(recognizers()).candidates
        asked[0] = 0
        fresh.find(hostile(kind, length))
        assert asked[0] <= once + more * length


@pytest.mark.parametrize("kind", KINDS)
def test_a_regex_is_asked_at_few_places_or_left_to_run_over_the_text(kind, monkeypatch):
    most = []
    monkeypatch.setattr(plan, "_matched", lambda compiled, text, starts: most.append(len(starts)))
    text = hostile(kind, 4_000)
    Plan(recognizers()).matches(text)
    assert max(most, default=0) <= len(text) // plan._SHARE


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_results(kind):
    same(f"{hostile(kind, 500)} 4111 1111 1111 1111 info@example.com")


def test_a_text_that_asks_too_much_has_every_regex_run(monkeypatch):
    monkeypatch.setattr(candidates, "_FRESH", (0, 0))
    found = Plan(recognizers()).candidates
    assert found.find("ZQ-81 x") == dict.fromkeys(range(len(found.heads)))


def test_ordinary_text_asks_less_than_it_may():
    text = "Dear Sir, your claim 4711 of 12 March is settled; card 4111 1111 1111 1111 was charged. Call 212 555 0123. " * 5
    fresh = Plan(recognizers()).candidates
    fresh.find(text)  # what is kept from one text serves the next
    assert None not in [places for number, places in fresh.find(text).items() if number not in fresh._always]


def test_steps_that_are_forgotten_are_worked_out_again(monkeypatch):
    shape = head(r"\b[A-Z]{2}(?:\d{2,4}|-[A-Z]+\d)\b", 26)
    keys = ("AB00", "AB0A", "AB-ABC0", "AB-0", "A", "AB-A", "0")
    wanted = [Reader(shape).viable(key, ends=True) for key in keys]
    monkeypatch.setattr(reading, "_STATES", 1)
    small = Reader(shape)
    assert [small.viable(key, ends=True) for key in keys] == wanted == [True, False, True, False, False, False, False]
