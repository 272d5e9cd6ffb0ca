"""What stands in for a name that is personal information is the name of nothing else: one of the two would be lost."""

from __future__ import annotations

import json

import pandas as pd
import pyarrow as pa
import pytest

import piiscrub as ps
from piiscrub.cli import main
from piiscrub.errors import InputError
from piiscrub.model.plan import ColumnPlan, TablePlan
from piiscrub.table.headers import headers

NUMBER, OTHER = "13800138000", "13912345678"


def test_columns():
    shown = [one.shown for one in headers([NUMBER, "column_00", "column_00_", "column_03", OTHER])]
    assert shown == ["column_00__", "column_00", "column_00_", "column_03", "column_04"]


def kept(*names: str) -> TablePlan:
    """A plan that keeps columns; the first goes by another name."""
    columns = (ColumnPlan(position=at, name=name, action="keep", renamed=not at) for at, name in enumerate(names))
    return TablePlan(columns=tuple(columns))


def test_a_column_that_only_the_plan_renames():
    done = ps.apply(pa.table({"note": ["a"], "column_00": ["b"]}), kept("note", "column_00"))
    assert done.frame.column_names == ["column_00_", "column_00"]


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_columns_of_frames(library):
    table = pa.table({NUMBER: ["a"], "column_00": ["b"]})
    if library == "polars":
        pl = pytest.importorskip("polars")
        frame, names = pl.from_arrow(table), lambda one: one.columns
    elif library == "pandas":
        frame, names = table.to_pandas(), lambda one: list(one.columns)
    else:
        frame, names = table, lambda one: one.column_names
    assert names(ps.apply(frame, kept("column_00_", "column_00")).frame) == ["column_00_", "column_00"]


def test_keys_of_json(tmp_path):
    path, out = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    path.write_text(json.dumps({NUMBER: "hello", "column_00": "there"}) + "\n", encoding="utf-8")
    ps.apply(path, kept("column_00_", "column_00"), out=out)
    assert json.loads(out.read_text(encoding="utf-8")) == {"column_00_": "hello", "column_00": "there"}


def test_sheets(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook(write_only=True)
    for name, header in ((NUMBER, "phone"), ("Sheet_01", "mail")):
        sheet = book.create_sheet(name)
        sheet.append([header])
        sheet.append([{"phone": OTHER, "mail": "a@example.com"}[header]])
    book.save(tmp_path / "a.xlsx")
    plan = ps.plan(tmp_path / "a.xlsx", policy="balanced")
    assert [one.name for one in plan.tables] == ["a.xlsx/sheet_01_", "a.xlsx/Sheet_01"]
    ps.apply(tmp_path / "a.xlsx", plan, out=tmp_path / "b.xlsx")
    assert openpyxl.load_workbook(tmp_path / "b.xlsx", read_only=True).sheetnames == ["sheet_01_", "Sheet_01"]


def test_files_of_a_folder(tmp_path, capsys):
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / f"{NUMBER}.csv").write_text(f"phone\n{OTHER}\n", encoding="utf-8")
    (folder / "file_01.csv").write_text("mail\na@example.com\n", encoding="utf-8")
    assert main(["plan", str(folder), "-o", str(tmp_path / "plan.toml"), "--policy", "balanced"]) == 0
    assert main(["apply", str(folder), "--plan", str(tmp_path / "plan.toml"), "-o", str(out)]) == 0
    assert sorted(one.name for one in out.iterdir() if one.suffix == ".csv") == ["file_01.csv", "file_01_.csv"]
    capsys.readouterr()


def test_frames_by_name_that_cannot_be_told_apart_are_refused():
    one, two = pd.DataFrame({"phone": [OTHER]}), pd.DataFrame({"mail": ["a@example.com"]})
    with pytest.raises(InputError, match="share a name") as caught:
        ps.plan({NUMBER: one, OTHER: two}, policy="balanced")  # of two tables the plan knew the second
    assert NUMBER not in str(caught.value)
