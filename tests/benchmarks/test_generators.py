"""The benchmarks measure the same thing every time: generators are seeded, and the committed counts are theirs."""

from __future__ import annotations

import pytest

from benchmarks import engine, values
from benchmarks.quality import pairs, random_numbers
from benchmarks.speed import expected, hostile
from benchmarks.speed.generate import DENSITIES, FAMILIES, candidates, document, documents


@pytest.mark.parametrize("density", DENSITIES)
def test_the_generated_text_is_the_committed_one(density: int) -> None:
    assert expected.facts(documents(density, expected.DOCUMENTS)) == expected.committed()[str(density)]


@pytest.mark.parametrize("density", DENSITIES)
def test_the_density_is_what_its_name_says(density: int) -> None:
    assert expected.committed()[str(density)]["per_kB"] == pytest.approx(density, rel=0.1)


@pytest.mark.parametrize("density", DENSITIES)
def test_the_engine_finds_what_the_generator_put_in(density: int) -> None:
    for number in range(40):
        doc = document(density, number)
        found = engine.scan(doc.text).findings
        counts = {family: sum(engine.is_a(f.entity, family) for f in found) for family in FAMILIES}
        assert counts == {family: doc.expected[family] for family in FAMILIES}, f"document {number}"


def test_a_candidate_is_a_run_of_digits_or_of_at_signs() -> None:
    assert candidates("IP 192.0.2.1，日期2024-03-05，邮箱a.b@example.com，手机13800138000，@@") == 4 + 3 + 1 + 1 + 1


def test_check_digits_are_those_of_published_specimens() -> None:
    assert values.luhn_sum("4111111111111111") % 10 == 0
    rng = values.Rng(1)
    assert values.luhn_sum(values.card(rng)) % 10 == 0
    assert 1900 <= int(values.id_card(rng)[6:10]) <= 1905


def test_order_numbers_are_no_cards() -> None:
    rng = values.Rng(2)
    assert all(values.luhn_sum(values.order(rng, 16)) % 10 for _ in range(50))


def test_pairs_stand_where_they_are_said_to() -> None:
    assert len(pairs.TEMPLATES) >= 40
    first, second = (list(pairs.sentences(per_template=1)) for _ in range(2))
    assert first == second
    assert len(first) == len(pairs.TEMPLATES) * len(pairs.KINDS)
    assert all(text[start:end].isalnum() for _, _, text, start, end in first)


def test_every_random_number_sentence_has_one_place_for_the_number() -> None:
    for template in (*random_numbers.ORDER, *random_numbers.NEUTRAL):
        assert template.count("{n}") == 1


def test_hostile_text_has_the_size_it_is_called_by() -> None:
    assert len(hostile.PIECES) >= 17
    for piece in hostile.PIECES.values():
        assert len(hostile.text_of(piece, 10_000).encode()) == pytest.approx(10_000, rel=0.02)
