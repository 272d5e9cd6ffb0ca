"""The notebooks of the documents run; what is stored of them has outputs everywhere, no value and no trace of a machine."""

from __future__ import annotations

import csv
import importlib.util
import json
import re

import pytest

from tests.house.checkout import ROOT

NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))
has_jupyter = pytest.mark.skipif(importlib.util.find_spec("nbclient") is None, reason="nbclient is not installed")


def outputs(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [(cell["source"], cell["outputs"]) for cell in cells if cell["cell_type"] == "code"]


@pytest.mark.slow
@has_jupyter
@pytest.mark.shows_values("the kernel says what it runs")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_cell_runs(path):
    from tools.notebooks import executed

    again = executed(path)
    assert [cell["source"] for cell in again.cells] == [
        "".join(c["source"]) for c in json.loads(path.read_text("utf-8"))["cells"]
    ]
    assert all(output.output_type != "error" for cell in again.cells if cell.cell_type == "code" for output in cell.outputs)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_what_is_stored(path):
    stored = outputs(path)
    assert all(found for _, found in stored)
    said = json.dumps([found for _, found in stored], ensure_ascii=False)
    with (ROOT / "docs" / "examples" / "customers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    secret = {row[name] for row in rows for name in ("姓名", "身份证号", "手机号", "电子邮箱", "通讯地址", "银行卡号")}
    assert [number for number, value in enumerate(sorted(secret)) if value in said] == []
    assert not re.search(r"0x[0-9a-f]{6,}|/site-packages/|<script|ipykernel", said)
    assert "<svg" in said
    assert "直接标识符" in said
