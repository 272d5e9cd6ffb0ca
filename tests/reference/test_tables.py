"""The tables: every one says where it is from, and holds what the checks rely on."""

from importlib.resources import files

import pytest

from piiscrub.reference import cards, divisions, phones, surnames, tables

# What each table knows for certain, and what it must not know
KNOWN = {
    "codes": (
        divisions.codes,
        {"110000", "110101", "440306", "330113", "110103", "100000", "710000", "830000"},
        {"190101", "840000"},
    ),
    "provinces": (divisions.provinces, {"11", "50", "65", "71", "82"}, {"10", "19", "83", "99"}),
    "mobile": (phones.mobile_segments, {"138", "192", "1349", "1703", "17400"}, {"142", "154", "161", "194", "174", "1410"}),
    "iot": (phones.iot_segments, {"1410", "1440", "146", "148"}, {"145", "147"}),
    "single": (surnames.single, {"王", "张", "張", "欧", "歐"}, {"的", "北"}),
    "compound": (surnames.compound, {"欧阳", "歐陽", "爱新觉罗"}, {"王李"}),
}


@pytest.mark.parametrize("name", tables.names())
def test_header_and_shape(name):
    header = tables.header(name)
    assert header.keys() >= {"source", "licence", "as_of", "confidence", "columns"}
    assert header["confidence"][0] in "HML"
    width = len(header["columns"].split("\t"))
    assert {len(row) for row in tables.rows(name)} == {width}
    assert all(cell and cell == cell.strip() for row in tables.rows(name) for cell in row), "an empty cell is written -"
    assert len(set(tables.rows(name))) == len(tables.rows(name)), "no row twice"


@pytest.mark.parametrize("name", KNOWN)
def test_members(name):
    table, inside, outside = KNOWN[name]
    assert inside <= table()
    assert not outside & table()


def test_all_tables_together_stay_small():
    entries = [entry for entry in files("piiscrub.reference").iterdir() if entry.name.endswith(".tsv")]
    assert sum(len(entry.read_bytes()) for entry in entries) < 600_000


def test_a_table_that_is_not_there():
    with pytest.raises(FileNotFoundError):
        tables.rows("no_such_table")


def test_divisions():
    everything = divisions.divisions()
    assert {row.status for row in everything} == {"current", "renamed", "abolished", "reserved"}
    assert all(len(row.code) == 6 and row.code.isdigit() for row in everything)
    assert {row.code[:2] for row in everything} - {"10", "83"} == divisions.provinces()
    assert all(not row.first or not row.last or row.first <= row.last for row in everything)
    assert 3_000 < sum(row.status == "current" for row in everything) < 4_000


def test_plates():
    assert len(divisions.plate_characters()) == len(set(divisions.plate_characters())) == 31
    assert divisions.nev_letters() == "ABCDEFGHJK"


def test_area_codes():
    codes = phones.area_codes()
    assert len(codes) == 324
    assert codes["10"] == {8}
    assert codes["755"] == codes["565"] == {7, 8}
    assert {code for code in codes if len(code) == 2} == {"10", "20", "21", "22", "23", "24", "25", "27", "28", "29"}


def test_no_segment_hides_another():
    """A longer prefix below a shorter one would say nothing, or two things."""
    segments = {row[0] for row in tables.rows("cn_mobile_segments")}
    assert not [one for one in segments for other in segments if one != other and one.startswith(other)]


def test_card_ranges():
    world, mainland = cards.lengths("world"), cards.lengths("cn")
    assert 19 in world["6222"]
    assert world["3400"] == {15}
    assert "2220" not in world
    assert "2721" not in world
    assert "9558" in mainland
    assert "9558" not in world
    assert cards.brands()["6226"] == ("unionpay", "maestro")


def test_surnames():
    assert len(surnames.common()) >= 100
    assert surnames.common() <= surnames.single()
    assert len(surnames.single()) > 500
    assert {len(name) for name in surnames.compound()} == {2, 4}
