"""Results show themselves in a notebook and write themselves as a page, hostile headers and all, without a value."""

from __future__ import annotations

import pytest

from piiscrub.model.plan import ColumnPlan, TablePlan
from piiscrub.planner.making import make
from piiscrub.scrubber.pipeline import Scrubber
from piiscrub.table.applying import apply
from piiscrub.table.frame import Table
from piiscrub.table.profile.profile import profile
from piiscrub.table.scanning import scan
from tests.render.browser import needs_browser, rendered

HOSTILE = "<img src=x onerror=\"document.title='ran'\">"
MOBILE = "13800138000"
TABLE = Table.of({"手机号": [MOBILE] * 3, HOSTILE: [f"{HOSTILE}电话{MOBILE}", "无", HOSTILE]}, name=HOSTILE)
SPANS = TablePlan(columns=tuple(ColumnPlan(position=n, name=name, action="spans") for n, name in enumerate(TABLE.names)))


def results():
    found = profile(TABLE)
    return {
        "profile": found,
        "plan": make(found),
        "applied": apply(TABLE, SPANS),
        "found": scan(TABLE, Scrubber(policy="review")),
    }


@pytest.mark.parametrize("name", ["profile", "plan", "applied", "found"])
def test_the_part_for_a_notebook_and_the_page(tmp_path, name):
    one = results()[name]
    one.to_html(tmp_path / "a.html")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    for text in (one._repr_html_(), page):
        assert "手机号" in text
        assert "<img" not in text
        assert "&lt;img" in text
        assert MOBILE not in text
    assert page.startswith("<!DOCTYPE html>")
    assert page.count("<html") == 1


@needs_browser
def test_all_of_them_in_a_browser(tmp_path):
    page = tmp_path / "all.html"
    page.write_text("<title>quiet</title>" + "".join(one._repr_html_() for one in results().values()), encoding="utf-8")
    seen = rendered(page)
    assert "<title>quiet</title>" in seen
    assert MOBILE not in seen
