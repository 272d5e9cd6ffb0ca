"""Formulas whose value the workbook does not remember are counted."""

import io
import zipfile

import openpyxl
import pytest

from piiscrub.sources.tabular.formulas import unremembered


def book(path, rows, *sheets):
    """Written by what does not calculate: no formula has a value."""
    made = openpyxl.Workbook()
    made.active.title = "people"
    for row in rows:
        made.active.append(row)
    for title in sheets:
        made.create_sheet(title).append(["note", "none"])
    made.save(path)
    return path


@pytest.fixture
def people(tmp_path):
    rows = [["name", "tel", "tel2"]]
    rows += [["张伟", f"138001380{n:02d}", f'="138001380"&"{n:02d}"'] for n in range(12)]
    return book(tmp_path / "people.xlsx", rows, "other")


def patched(path, change):
    """The same workbook with its first sheet changed as text."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name, data in parts.items():
            new.writestr(name, change(data) if name.endswith("sheet1.xml") else data)
    return out


def test_formulas_are_counted_by_sheet(people):
    with people.open("rb") as stream:
        assert unremembered(stream) == {"people": 12}


@pytest.mark.parametrize(
    ("before", "after", "left"),
    [
        (b"</f><v></v>", b"</f><v>7</v>", {}),
        (b"</f><v></v>", b"</f>", {"people": 12}),
        (b"</f><v></v>", b"</f>\n<v/>", {"people": 12}),
        (b"<c ", b'<c t="str" ', {}),
        (b"<f>", b'<f t="shared" ref="C2:C9" si="0">', {"people": 12}),
    ],
    ids=["a value", "none written", "an empty one", "an empty text", "shared"],
)
def test_what_a_value_is(people, before, after, left):
    with people.open("rb") as stream, zipfile.ZipFile(stream) as packed:
        written = packed.read("xl/worksheets/sheet1.xml")
    if b"<v></v>" not in written:
        before = before.replace(b"<v></v>", b"<v />")
    changed = patched(people, lambda data: data.replace(before, after))
    assert unremembered(changed) == left


def test_what_is_no_workbook_has_none():
    assert unremembered(io.BytesIO(b"name,tel\n")) == {}
