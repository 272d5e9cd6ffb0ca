"""Phone numbers through the phonenumbers library, and that it is not loaded before it is asked."""

from __future__ import annotations

import subprocess
import sys

import pytest

from piiscrub.parse import phones

# Reserved or published numbers: US 555-01xx, the ranges Ofcom keeps for drama.
CASES = (
    ("+1 202-555-0101", (), "+12025550101", "US"),
    ("(202) 555-0101", ("US",), "+12025550101", "US"),
    ("+44 20 7946 0958", (), "+442079460958", "GB"),
    ("020 7946 0958", ("GB",), "+442079460958", "GB"),
    ("+86 138 0013 8000", (), "+8613800138000", "CN"),
    ("13800138000", ("CN",), "+8613800138000", "CN"),
    ("2345 0000", ("HK",), "+85223450000", "HK"),
    ("+852 2345 0000", ("CN",), "+85223450000", "HK"),
)


@pytest.mark.parametrize("number", range(len(CASES)))
def test_country_and_e164(number: int) -> None:
    text, regions, e164, region = CASES[number]
    parts = phones.parse(text, regions)
    assert parts is not None
    assert (parts.e164, parts.region, parts.possible) == (e164, region, True)


def test_the_first_region_that_gives_out_such_numbers_wins() -> None:
    parts = phones.parse("020 7946 0958", ("US", "GB", "CN"))
    assert parts is not None
    assert parts.region == "GB"


def test_kind_and_extension() -> None:
    mobile = phones.parse("13800138000", ("CN",))
    desk = phones.parse("+1 202 555 0101 ext. 22")
    assert mobile is not None
    assert desk is not None
    assert (mobile.kind, mobile.valid, desk.extension) == ("mobile", True, "22")


@pytest.mark.parametrize(
    "text", ["", "hello", "+", "12", "+999999999999999999999"], ids=["empty", "word", "plus", "short", "long"]
)
def test_what_is_no_number(text: str) -> None:
    assert phones.parse(text, ("US", "CN")) is None or not phones.parse(text, ("US", "CN")).valid  # type: ignore[union-attr]  # not None here


def test_a_number_without_country_needs_a_region() -> None:
    assert phones.parse("020 7946 0958") is None


def test_the_library_is_loaded_only_when_asked() -> None:
    code = "import sys, piiscrub.parse.phones; print('phonenumbers' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
