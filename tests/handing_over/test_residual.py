"""Whatever is planted in a file between writing and checking is found, wherever the format has room for it."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

import piiscrub as ps
from piiscrub.errors import HandoverError, PlanError
from piiscrub.handing_over import handing
from piiscrub.handing_over.leaks import Leak
from piiscrub.handing_over.opening import opened
from piiscrub.handing_over.residual import Check
from piiscrub.keys.ring import KeyRing
from piiscrub.model.plan import TablePlan
from tests.handing_over import making
from tests.handing_over.making import NOW

LEAK, WIDE = "14200000007", "１４２ 0000 0007"  # the mobile of row 8
VALID = "13800138000"  # stands in no table: only the scan can find it


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing.new(tmp_path / "keys")


def workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "客户"
    for row in (making.HEADER, *making.rows()):
        book.active.append(row)
    book.save(path)
    return path


def planting(monkeypatch: pytest.MonkeyPatch, plant: Callable[[Path], None]) -> None:
    """The written file is changed before anybody looks at it again."""
    written = handing.apply_file

    def then_changed(file: Any, target: Path, *args: Any, **options: Any) -> Any:
        done = written(file, target, *args, **options)
        plant(target)
        return done

    monkeypatch.setattr(handing, "apply_file", then_changed)


def _hidden_sheet(book: Any, value: str) -> None:
    book.create_sheet("notes").append([value])
    book["notes"].sheet_state = "veryHidden"


def _link(book: Any, value: str) -> None:
    book.active["A2"].hyperlink = f"tel:{value.replace(' ', '')}"


def _validation(book: Any, value: str) -> None:
    rule = DataValidation(type="list", formula1=f'"{value}"')
    rule.add("A2")
    book.active.add_data_validation(rule)


PLACES: dict[str, Callable[[Any, str], object]] = {
    "comment": lambda b, v: setattr(b.active["B3"], "comment", Comment(f"回拨{v}", "office")),
    "author of a comment": lambda b, v: setattr(b.active["B3"], "comment", Comment("ok", v)),
    "hidden sheet": _hidden_sheet,
    "hidden column": lambda b, v: (b.active.cell(1, 30, "x"), b.active.cell(9, 30, v)),
    "sheet name": lambda b, v: setattr(b.active, "title", v),
    "property": lambda b, v: setattr(b.properties, "keywords", v),
    "custom property": lambda b, v: b.custom_doc_props.append(StringProperty(name="contact", value=v)),
    "header": lambda b, v: setattr(b.active.oddHeader.center, "text", v),
    "footer": lambda b, v: setattr(b.active.evenFooter.left, "text", v),
    "defined name": lambda b, v: b.defined_names.add(DefinedName("contact", attr_text=f'"{v}"')),
    "link": _link,
    "choices of a cell": _validation,
    "cell": lambda b, v: setattr(b.active["E9"], "value", v),
    "header of a column": lambda b, v: setattr(b.active["E1"], "value", v),
}


class Written(NamedTuple):
    """A workbook as it was written, and what is needed to look at a changed one."""

    folder: Path
    name: str
    run: handing._Run

    def found(self, changed: Path) -> tuple[Leak, ...]:
        """What the check finds in another file in its place."""
        shutil.copyfile(changed, self.folder / self.name)
        check = Check(self.run.seen, self.run.policy)
        check.file(self.folder, self.name, self.run.files[0][1])
        return check.result().leaks


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    where = tmp_path_factory.mktemp("written")
    source = workbook(where / "customers.xlsx")
    (where / "work").mkdir()
    ring = KeyRing.new(where / "keys")
    run = handing._Run(making.plan(source), ring, None, None, where / "work", NOW, None, "", None)
    with opened(source) as sources:
        run.carry_out(sources)
    shutil.copyfile(where / "work" / "bundle" / "data" / "customers.xlsx", where / "good.xlsx")
    return Written(where / "work" / "bundle", "data/customers.xlsx", run)


@pytest.mark.parametrize("value", [LEAK, WIDE, VALID], ids=["removed", "removed, spelt otherwise", "of nobody"])
@pytest.mark.parametrize("place", PLACES)
def test_nothing_hides_in_a_workbook(tmp_path: Path, written: Written, place: str, value: str) -> None:
    book = openpyxl.load_workbook(written.folder.parent.parent / "good.xlsx")
    PLACES[place](book, value)
    book.save(tmp_path / "changed.xlsx")
    leaks = written.found(tmp_path / "changed.xlsx")
    assert leaks
    assert value not in str(leaks)


def test_a_workbook_saved_again_is_still_clean(tmp_path: Path, written: Written) -> None:
    openpyxl.load_workbook(written.folder.parent.parent / "good.xlsx").save(tmp_path / "changed.xlsx")
    assert not written.found(tmp_path / "changed.xlsx")


def test_a_part_nobody_can_look_into_stops_it(tmp_path: Path, ring: KeyRing, monkeypatch: pytest.MonkeyPatch) -> None:
    source = workbook(tmp_path / "customers.xlsx")

    def plant(path: Path) -> None:
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("xl/media/image1.png", b"\x89PNG")

    planting(monkeypatch, plant)
    with pytest.raises(HandoverError, match="nobody can look into it"):
        handing.handover(source, making.plan(source), out=tmp_path / "out", keys=ring, now=NOW)


def test_nothing_hides_in_the_notes_of_a_parquet_file(tmp_path: Path, ring: KeyRing, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = pd.DataFrame(making.rows(), columns=list(making.HEADER))
    frame.to_parquet(tmp_path / "customers.parquet", index=False)
    plan = making.plan(tmp_path / "customers.parquet")

    def plant(path: Path) -> None:
        table = pq.read_table(path)
        pq.write_table(table.replace_schema_metadata({"contact": LEAK}), path)

    planting(monkeypatch, plant)
    with pytest.raises(HandoverError, match="outside the cells"):
        handing.handover(tmp_path / "customers.parquet", plan, out=tmp_path / "out", keys=ring, now=NOW)


def test_a_file_put_in_the_place_of_another_stops_it(tmp_path: Path, ring: KeyRing, monkeypatch: pytest.MonkeyPatch) -> None:
    source = making.write(tmp_path / "customers.csv", making.rows())
    planting(monkeypatch, lambda path: shutil.copyfile(source, path) and None)
    with pytest.raises(HandoverError):
        handing.handover(source, making.plan(source), out=tmp_path / "out", keys=ring, now=NOW)


@pytest.mark.parametrize(
    "index", [[f"1420{i:07d}" for i in range(60)], [f"u{i}x@example.com" for i in range(60)]], ids=["mobile", "mail"]
)
def test_row_labels_go_by_the_plan_like_columns(tmp_path: Path, ring: KeyRing, index: list[str]) -> None:
    frame = pd.DataFrame({"金额": range(60), "等级": ["普通", "金卡"] * 30}, index=pd.Index(index, name="联系"))
    basis, terms = ps.Basis(kind="contract", reference="C-1", responsible="x"), ps.Terms(until="2099-12-31", contact="x")
    plan = ps.plan(frame, purpose="analytics", recipient="Example Ltd", policy="pipl-share", basis=basis, terms=terms)
    ps.handover({"customers": frame}, plan, out=tmp_path / "out", keys=ring, now=NOW)
    gone = pq.read_table(tmp_path / "out" / "bundle" / "data" / "customers.parquet")
    assert gone.column_names[0] == "金额"
    assert not set(index) & {str(cell) for column in gone.columns for cell in column.to_pylist()}


def test_a_plan_for_another_table_is_told_before_anything_is_written(tmp_path: Path, ring: KeyRing) -> None:
    source = making.write(tmp_path / "customers.csv", making.rows())
    plan = making.plan(source)
    table = pa.table({"客户编号": ["KH000001"]})
    with pytest.raises(PlanError):
        handing.handover({"customers": table}, plan, out=tmp_path / "out", keys=ring, now=NOW)


def test_the_order_of_columns_in_a_plan_does_not_matter(tmp_path: Path, ring: KeyRing) -> None:
    source = making.write(tmp_path / "customers.csv", making.rows())
    plan = making.plan(source)
    (table,) = plan.tables
    turned = plan.replace(tables=(TablePlan(name=table.name, columns=table.columns[::-1]),))
    for out, one in {"a": plan, "b": turned}.items():
        handing.handover(source, one, out=tmp_path / out, keys=ring, now=NOW)
    data = [(tmp_path / out / "bundle" / "data" / "customers.csv").read_bytes() for out in ("a", "b")]
    assert data[0] == data[1]


def test_the_print_of_an_input_is_of_its_content_and_under_the_ring(tmp_path: Path, ring: KeyRing) -> None:
    prints = []
    for n, amount in enumerate(("1", "1", "2")):
        (tmp_path / str(n)).mkdir()
        source = making.write(
            tmp_path / str(n) / "customers.csv", [*making.rows()[:-1], [*making.rows()[-1][:5], amount, "北京", "是"]]
        )
        keys = ring if n != 1 else KeyRing.new(tmp_path / "other")
        for i in range(2 if n == 0 else 1):
            out = tmp_path / str(n) / f"out{i}"
            handing.handover(source, making.plan(source), out=out, keys=keys, now=NOW)
            (told,) = json.loads((out / "record" / "report.json").read_bytes())["inputs"]
            prints.append(told["hmac_sha256"])
    assert prints[0] == prints[1]
    assert len(set(prints)) == 3


def test_a_name_left_in_a_text_says_where_and_what_to_do(tmp_path: Path, ring: KeyRing) -> None:
    body = [[*row[:4], f"{row[1]}来电" if i == 5 else "无", *row[5:]] for i, row in enumerate(making.rows())]
    source = making.write(tmp_path / "customers.csv", body)
    plan = making.plan(source, 备注="keep")
    with pytest.raises(HandoverError, match=r"备注, row 6: a name that was taken out(?s:.*)row 1 is the first below the header"):
        handing.handover(source, plan, out=tmp_path / "out", keys=ring, now=NOW)
