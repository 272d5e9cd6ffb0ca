"""Long texts are cut where nothing is torn, and what cannot be cut is not examined."""

from __future__ import annotations

import pytest

from piiscrub.sources.text import PlainText
from tests.growth import LINEAR, growth


def units(text, limit, size=1000):
    pieces = list(PlainText(limit=limit).pieces(text[at : at + size] for at in range(0, len(text), size)))
    assert "".join(p.raw for p in pieces) == text
    return [(p.raw, p.unit) for p in pieces]


def test_a_short_text_is_one_document():
    [(raw, unit)] = units("a\n\nb\n", 100)
    assert unit.text == raw


def test_cut_at_line_borders_with_places_of_the_file():
    text = "".join(f"line {n} of it\n" for n in range(500))
    parts = units(text, 1000)
    assert len(parts) > 3
    for raw, unit in parts:
        assert raw.endswith("\n")
        assert text[unit.place.offset :].startswith(raw)
        assert text[: unit.place.offset].count("\n") == unit.place.line - 1


def test_a_blank_line_is_preferred():
    text = ("x" * 40 + "\n") * 20 + "\n" + ("y" * 40 + "\n") * 20
    assert units(text, 1000)[0][0].endswith("\n\n")


def test_a_pem_block_stays_whole():
    block = "-----BEGIN X-----\n" + ("A" * 64 + "\n") * 8 + "-----END X-----\n"
    text = ("filler line\n" * 60) + block + ("filler line\n" * 60)
    for limit in range(900, 1500, 37):
        assert any(block in raw for raw, _ in units(text, limit)), limit


def test_a_long_line_is_cut_at_a_sentence_and_not_inside_a_number():
    line = "共有若干客户，号码 6222 0200 1234 5678 已登记。" * 200
    for raw, unit in units(line, 1000):
        assert unit.text == raw
        assert raw.count("6222 0200 1234 5678") * 19 == sum(c.isdigit() or c == " " for c in raw) - raw.count("码 6") - raw.count(
            "8 已"
        )


def test_an_endless_run_is_not_examined_and_what_follows_is():
    text = "head.\n" + "7" * 5000 + " tail of it\nend\n"
    parts = units(text, 1000)
    assert [unit.cause for raw, unit in parts if "77" in raw] == ["unbroken"] * sum("77" in raw for raw, _ in parts)
    assert "".join(raw for raw, unit in parts if not unit.cause) == "head.\ntail of it\nend\n"


@pytest.mark.parametrize(("part", "cause"), [("一句话，说完了。", ""), ("9", "unbroken")], ids=["sentences", "digits"])
@pytest.mark.parametrize("pieces", [5, 0], ids=["longer pieces", "more pieces"])
def test_five_megabytes_in_one_line_take_time_in_proportion(part, cause, pieces):
    def cut(size):
        limit = size // pieces if pieces else 1 << 16
        parts = units(part * (size // len(part)), limit, size=limit)
        assert {unit.cause for _, unit in parts} == {cause}

    assert growth(cut, 5_600_000) < LINEAR
