"""Pages about tables: readable at a glance, hostile names harmless, no value in them; looked at in a real browser."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest

from piiscrub.model.plan import Basis, ColumnPlan, SharePlan, TablePlan
from piiscrub.model.policy import OperatorSpec
from piiscrub.render import html, tables
from piiscrub.scrubber.pipeline import Scrubber
from tests.render.browser import needs_browser, rendered, screenshot

HOSTILE = "<img src=x onerror=\"document.title='ran'\">"
MOBILE = "13800138000"


def column(position, name, **more):
    base = {
        "position": position, "name": name, "dtype": "string", "entity": "CN_MOBILE", "role": "direct", "confidence": 0.97,
        "evidence": (("table.size", {"rows": 3, "columns": 2}), "a sentence"), "alternatives": (("CN_LANDLINE", 0.4),),
        "sensitivity": {"gbt35273": "PI", "hipaa": ""}, "distinct": 3, "missing": 0, "found": (), "abstained": False,
    }  # fmt: skip  # a table reads better in rows
    return SimpleNamespace(**(base | more))


def profile_page(lang="en", name=HOSTILE):
    columns = [
        column(0, "手机号"),
        column(1, HOSTILE, entity="", role="unknown", confidence=0.0, abstained=True, evidence=(HOSTILE,)),
        column(2, "note", entity="", role="text", found=(("EMAIL_ADDRESS", 7),)),
    ]
    return tables.table_profile(columns, rows=3, name=name, combinations=[("sex", HOSTILE)], lang=lang)


PLAN = SharePlan(
    tables=(
        TablePlan(
            name=HOSTILE,
            columns=(
                ColumnPlan(position=0, name=HOSTILE, entity="CN_MOBILE", role="direct", action="transform",
                           operator=OperatorSpec.of("mask", keep_first=3), reason=HOSTILE, rule="balanced"),
                ColumnPlan(position=1, name="x", action="decide"),
                ColumnPlan(position=2, name="y", action="drop", role="none"),
            ),
            rows=(OperatorSpec.of("sample", share=0.5), OperatorSpec.of("suppress_cells", columns=HOSTILE, k=2)),
        ),
    ),
    purpose="sale", recipient=HOSTILE, policy="balanced", basis=Basis(kind="contract"),
)  # fmt: skip  # one line per column
SAMPLES = {(HOSTILE, 0): [("‹CN_MOBILE·11›", f"138****8000{HOSTILE}")]}


def scrub_page(lang="en"):
    one = SimpleNamespace(
        position=0, name=HOSTILE, entity="CN_MOBILE", action="spans", operator="", operators={"replace": 2}, cells=3, changed=2,
        found={"CN_MOBILE": 2}, unexamined=1, failures={HOSTILE: 1}, dtype="int64", dtype_after="string",
    )  # fmt: skip  # a table reads better in rows
    return tables.table_scrub([one], rows=3, rows_out=2, name=HOSTILE, lang=lang)


def heat_page(lang="en"):
    return tables.heat_map([("手机号", {"CN_MOBILE": 90}), (HOSTILE, {"PERSON": 3, "CN_MOBILE": 1})], rows=100, lang=lang)


def pages(lang):
    result = Scrubber(policy="review").scan(f"手机{MOBILE}，{HOSTILE}")
    scan = html.scan_result(result.findings, result.decisions, text=f"手机{MOBILE}，{HOSTILE}", lang=lang)
    return [profile_page(lang), tables.share_plan(PLAN, samples=SAMPLES, lang=lang), scrub_page(lang), heat_page(lang), scan]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("number", range(5))
def test_hostile_names_are_text_and_nothing_is_loaded(lang, number):
    page = pages(lang)[number]
    assert "<img" not in page
    assert not re.search(r"<script|<iframe|<link|@import|url\(", page)
    assert re.findall(r"https?://[^\s\"]+", page) == (["http://www.w3.org/2000/svg"] if number == 3 else [])
    assert f'lang="{lang}"' in page
    assert MOBILE not in page


def test_the_profile_says_role_confidence_and_evidence_at_a_glance():
    page = profile_page()
    assert "direct identifier" in page
    assert tables.ROLE_COLOURS["direct"] in page
    assert 'style="width: 97%"' in page
    assert "3 rows × 2 columns" in page  # evidence comes from the wording, in the language of the page
    assert "could also be" in page
    assert "cannot be told" in page
    assert "EMAIL_ADDRESS ×7" in page
    assert "直接标识符" in profile_page("zh")


def test_the_plan_shows_before_and_after_and_what_is_open():
    page = tables.share_plan(PLAN, samples=SAMPLES)
    assert "mask(keep_first=3)" in page
    assert "‹CN_MOBILE·11›" in page
    assert "→ 138****8000" in page
    assert "1 column has to be decided" in page
    assert "<s>y</s>" in page
    assert "sample(share=0.5)" in page


def test_the_heat_map_is_deeper_where_more_was_found():
    page = heat_page()
    depths = [float(depth) for depth in re.findall(r'fill-opacity="([\d.]+)"', page)]
    assert depths == [0.71, 0.0, 0.08, 0.13]
    assert "手机号: CN_MOBILE ×90 in 100 rows" in page
    assert "Nothing found" in tables.heat_map([("a", {})], rows=1)


def test_what_was_seen_and_not_reported_is_masked_in_the_text_too():
    from piiscrub.model.finding import Decision, Finding

    text = f"a {MOBILE} b 13800138001 c"
    seen = [
        Decision(Finding("CN_MOBILE", 2, 13, 0.9, "x"), True, "", ""),
        Decision(Finding("PERSON", 10, 14, 0.2, "x"), False, "", "overlap"),
        Decision(Finding("CN_MOBILE", 16, 27, 0.1, "x"), False, "", "threshold"),
    ]
    page = html.scan_result([seen[0].finding], seen, text=text)
    assert MOBILE not in page
    assert "13800138001" not in page
    assert "‹CN_MOBILE·12›" in page
    assert 'class="seen"' in page
    assert MOBILE in html.scan_result([seen[0].finding], seen[:1], text=text, values=True)


def test_scan_result_writes_a_page_that_shows_values_only_when_asked(tmp_path):
    result = Scrubber(policy="review").scan(f"手机{MOBILE}")
    result.to_html(tmp_path / "a.html", lang="zh")
    result.to_html(tmp_path / "b.html", values=True)
    assert MOBILE not in (tmp_path / "a.html").read_text(encoding="utf-8") + result._repr_html_()
    assert MOBILE in (tmp_path / "b.html").read_text(encoding="utf-8")


@needs_browser
@pytest.mark.parametrize("number", range(5))
def test_in_a_browser_no_handler_runs_and_the_text_can_be_read(tmp_path, number):
    page = tmp_path / "page.html"
    page.write_text(html.document(pages("zh")[number], f"t{HOSTILE}", lang="zh"), encoding="utf-8")
    seen = rendered(page)
    assert "<title>ran" not in seen
    assert "<img" not in seen
    assert "&lt;img src=x" in seen
    assert MOBILE not in seen


@needs_browser
def test_without_the_policy_of_the_page_nothing_runs_either(tmp_path):
    """A notebook puts the part into a page of its own, without our Content-Security-Policy."""
    page = tmp_path / "page.html"
    page.write_text("<title>quiet</title>" + "".join(pages("en")), encoding="utf-8")
    assert "<title>quiet</title>" in rendered(page)


@needs_browser
def test_the_browser_test_would_see_a_handler_that_runs(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(f"<title>quiet</title>{HOSTILE}", encoding="utf-8")
    assert "<title>ran</title>" in rendered(page)


@needs_browser
def test_a_screenshot_shows_the_roles_in_their_colours_on_light_and_dark(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(html.document(profile_page("zh"), "profile", lang="zh"), encoding="utf-8")
    for dark in (False, True):
        seen = screenshot(page, dark=dark)
        for role in ("direct", "text"):
            wanted = tuple(int(tables.ROLE_COLOURS[role][i : i + 2], 16) for i in (1, 3, 5))
            assert seen.count(wanted) > 20, (role, dark)
        grounds = [pixel for pixel in seen if pixel == ((0x16,) * 3 if dark else (255,) * 3)]
        assert len(grounds) > len(seen) / 2
