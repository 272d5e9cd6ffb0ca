"""Cells that have no text (lists, bytes that are no UTF-8) are neither lost in silence nor left behind."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet

import piiscrub as ps
from piiscrub.lifecycle.rules import read

pl = pytest.importorskip("polars")
PHONE, OTHER = "13800138000", "14200000001"
GBK = pa.array(["某甲".encode("gb18030"), PHONE.encode()]).view(pa.string())
LISTS = pd.DataFrame({"电话": [[PHONE], OTHER], "closed": ["2020-01-31", "2025-01-31"]})
RULES = read('schema = 1\n[[rules]]\nid = "r"\ntable = "*"\nbasis = "closed"\nperiod = "3 years"\naction = "anonymise"')
BASIS = ps.Basis(kind="contract", reference="C-1", responsible="Data office")


@pytest.mark.parametrize(
    "source",
    [LISTS, pa.table({"电话": pa.array([[PHONE], [OTHER]])}), pa.table({"电话": GBK})],
    ids=["pandas", "lists", "no UTF-8"],
)
def test_a_search_for_a_person_says_where_it_could_not_look(source):
    found = ps.subject({"crm": source}, {"phone": "13912345678"})
    assert found.unexamined == (("crm", "no-text"),)


def test_what_has_a_text_beside_them_is_found():
    assert len(ps.subject({"crm": LISTS}, {"phone": OTHER}).rows) == 1
    assert not ps.subject({"crm": LISTS.iloc[1:]}, {"phone": OTHER}).unexamined


@pytest.mark.parametrize("kind", ["pandas", "polars", "arrow"])
def test_overdue_rows_lose_them(kind):
    frame = {
        "pandas": LISTS,
        "polars": pl.DataFrame({"电话": [[PHONE], [OTHER]], "closed": LISTS["closed"].tolist()}),
        "arrow": pa.table({"电话": pa.array([[PHONE], [OTHER]]), "closed": LISTS["closed"].tolist()}),
    }[kind]
    after = ps.retention({"crm": frame}, RULES, apply=True, now=datetime.date(2026, 11, 22)).frames["crm"]
    cells = after.column(0).to_pylist() if kind == "arrow" else list(after["电话"])
    assert cells[0] is None
    assert list(cells[1]) == [OTHER] or cells[1] == OTHER


def test_a_hand_over_redacts_and_counts_them(tmp_path: Path):
    ring = ps.KeyRing.new(tmp_path / "keys")
    parquet.write_table(pa.table({"电话": GBK}), tmp_path / "gbk.parquet")
    for number, source in enumerate(({"crm": LISTS[["电话"]]}, {"crm": pa.table({"电话": GBK})}, tmp_path / "gbk.parquet")):
        made = ps.plan(source, purpose="analytics", recipient="Example Ltd", policy="pipl-share", basis=BASIS)
        column = dataclasses.replace(made.tables[0].columns[0], action="spans")
        plan = made.replace(
            tables=(dataclasses.replace(made.tables[0], columns=(column,)),),
            terms=ps.Terms(until="2099-12-31", contact="privacy@example.com"),
        )
        done = ps.handover(source, plan, out=tmp_path / f"out{number}", keys=ring)
        assert [one.unexamined for one in done.evidence] == [1]
        (written,) = (tmp_path / f"out{number}" / "bundle" / "data").iterdir()
        assert parquet.read_table(written).column(0).to_pylist().count("[REDACTED]") == 1


def test_a_profile_of_a_file_says_so(tmp_path: Path):
    parquet.write_table(pa.table({"电话": GBK}), tmp_path / "a.parquet")
    (column,) = ps.profile(tmp_path / "a.parquet").columns
    assert column.blind and any("could not be examined" in why for why in column.evidence)
