"""Words for generated text: the lists of ``words.txt`` and tables of the package; which of them only tests may use."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

REFERENCE = Path(__file__).resolve().parents[2] / "src" / "piiscrub" / "reference"


def held_out(word: str) -> bool:
    """True for about one word in five: those never occur in training, so that a test can use them.

    >>> held_out("张"), held_out("张") == held_out("张")
    (False, True)
    """
    return hashlib.sha256(word.encode()).digest()[0] < 51


def _rows(name: str) -> list[list[str]]:
    lines = (REFERENCE / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


_SURNAMES = _rows("surnames")
COMMON = [row[0] for row in _SURNAMES if row[2] == "single" and row[3] == "common"]
OTHER = [row[0] for row in _SURNAMES if row[2] == "single" and row[3] != "common"]
COMPOUND = [row[0] for row in _SURNAMES if row[2] == "compound"]

_DIVISIONS = {row[0]: row[1] for row in _rows("divisions") if row[2] == "c" and row[0] < "710000"}
PROVINCES = [name for code, name in _DIVISIONS.items() if code.endswith("0000")]
COUNTIES = [  # (province, city or "", county)
    (
        _DIVISIONS[code[:2] + "0000"],
        city if (city := _DIVISIONS.get(code[:4] + "00", "")) not in ("市辖区", "县", "") and "直辖" not in city else "",
        name,
    )
    for code, name in _DIVISIONS.items()
    if not code.endswith("00") and name != "市辖区" and code[:2] + "0000" in _DIVISIONS
]
CITIES = sorted(
    {name for code, name in _DIVISIONS.items() if code.endswith("00") and name not in ("市辖区", "县") and "直辖" not in name}
)


def short(place: str) -> str:
    """The everyday form of a division's name.

    >>> short("广东省"), short("深圳市"), short("东城区"), short("内蒙古自治区")
    ('广东', '深圳', '东城区', '内蒙古')
    """
    for full, brief in (("维吾尔自治区", ""), ("壮族自治区", ""), ("回族自治区", ""), ("自治区", ""), ("地区", "")):
        if place.endswith(full):
            return place.removesuffix(full) + brief
    return re.sub("(?:省|市)$", "", place) if len(place) > 2 else place


def _words() -> dict[str, list[str]]:
    """The lists of ``words.txt`` by name."""
    lists: dict[str, list[str]] = {}
    for line in Path(__file__).with_name("words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = lists.setdefault(line[1 : line.index("]")], [])
        elif line and not line.startswith("#"):
            current += line.split()
    return lists


_WORDS = _words()
GIVEN = _WORDS["given"]
MINORITY = _WORDS["minority"]
TIBETAN = _WORDS["tibetan"]
SYLLABLES = _WORDS["syllables"]
ENDINGS = _WORDS["endings"]
JAPANESE = _WORDS["japanese"]
JAPANESE_GIVEN = _WORDS["japanese_given"]
LATIN = _WORDS["latin"]
LATIN_LAST = _WORDS["latin_last"]
COUNTRIES = _WORDS["countries"]
PLACES = _WORDS["places"]
GEOGRAPHY = _WORDS["geography"]
PLACE_CHARACTERS = _WORDS["place_characters"]
ROAD_CHARACTERS = _WORDS["road_characters"]
ESTATES = _WORDS["estates"]
BRANDS = _WORDS["brands"]
INDUSTRY = _WORDS["industry"]
COMPANY = _WORDS["company"]
BODIES = _WORDS["bodies"]
KNOWN = _WORDS["known"]
JOBS = _WORDS["jobs"]
TITLES = _WORDS["titles"]
DISEASES = _WORDS["diseases"]
GOODS = _WORDS["goods"]
CONFUSING = _WORDS["confusing"]
NAMED_AFTER = _WORDS["named_after"]
SPECIES = _WORDS["species"]
SHOP_PEOPLE = _WORDS["shop_people"]
FOOD = _WORDS["food"]
HOUSES = _WORDS["houses"]
SCRIPTS = _WORDS["scripts"]
WORDS_AND_NAMES = _WORDS["words_and_names"]
PET = _WORDS["pet"]
WHO = _WORDS["who"]
DID = _WORDS["did"]
TOLD = _WORDS["told"]
ORDINARY_ACTS = _WORDS["ordinary_acts"]
