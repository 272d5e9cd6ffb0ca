"""Wording in both languages, stand-ins, and HTML in which nothing is executed and no value stands."""

from __future__ import annotations

import re
import string
import subprocess
import sys

import pytest

import piiscrub as ps
from piiscrub.errors import PiiscrubError
from piiscrub.model.finding import Decision, Finding
from piiscrub.render import html
from piiscrub.render.catalogue import has, say, words
from piiscrub.render.preview import masked, preview
from piiscrub.sources.problems import SENTENCES
from tests.sweep import sweep

HOSTILE = '"><img src=x onerror=alert(1)>'
FOUND = Finding("CN_MOBILE", 2, 13, 0.97, "cn_mobile", "plain", "passed", ("手机",))
DECISIONS = (
    Decision(FOUND, True, "replace", "check passed"),
    Decision(FOUND._replace(entity=HOSTILE, context=(HOSTILE,)), False, HOSTILE, HOSTILE),
)


def parts(sentence):
    """Where a Chinese sentence names an entity, it may say its title."""
    return {"entity" if name == "title" else name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_both_languages_say_the_same_parts():
    with sweep() as case:
        for key, both in words().items():
            with case(key):
                assert set(both) == {"en", "zh"}
                assert parts(both["en"]) == parts(both["zh"])
                assert both["en"].strip()
                assert both["zh"].strip()


def every_error(base=PiiscrubError):
    yield base
    for one in base.__subclasses__():
        yield from every_error(one)


def test_every_error_has_a_chinese_sentence():
    codes = {error.code for error in every_error() if error.__module__.startswith("piiscrub.")}
    codes |= {f"source-{kind}" for kind in SENTENCES} | {"usage", "internal", "interrupted"}
    assert [code for code in sorted(codes) if not has(f"error.{code}")] == []


def test_an_unknown_language_is_english():
    assert say("cli.found", "fr", n=2) == "2 found"
    with pytest.raises(KeyError):
        say("no.such.key")


def test_stand_ins_hold_nothing_of_the_value():
    assert preview("CN_MOBILE", 11) == "‹CN_MOBILE·11›"
    two = [FOUND, FOUND._replace(entity="X", start=10, end=15)]
    assert masked("手机13800138000，好的", two) == "手机‹CN_MOBILE·13›的"
    assert masked("abc", []) == "abc"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_html_is_escaped_and_self_contained(lang):
    pages = (
        html.scan_result([FOUND], DECISIONS, lang=lang),
        html.scrub_result(
            f"手机<CN_MOBILE_1>{HOSTILE}", [FOUND], DECISIONS, {"failures": (HOSTILE,), "entities": {HOSTILE: 1}}, lang=lang
        ),
        html.table([{HOSTILE: HOSTILE, "n": 1.5}], HOSTILE, lang=lang),
        html.scan_result([], [], lang=lang),
        html.table([], "none", lang=lang),
    )
    for page in pages:
        assert f'<div class="piiscrub" lang="{lang}">' in page
        assert "<img" not in page
        assert not re.search(r"<script|https?://|src=|href=", page.replace("src=x onerror", ""))
    assert "CN_MOBILE ×1" in pages[0]
    assert "<mark>&lt;CN_MOBILE_1&gt;</mark>" in pages[1]


def test_much_is_cut_and_said():
    page = html.table([{"n": n} for n in range(html.MOST_ROWS + 5)], "many")
    assert "5 more are not shown" in page
    page = html.scrub_result("x" * (html.MOST_CHARACTERS + 1), [], [], {})
    assert f"The first {html.MOST_CHARACTERS} characters are shown" in page


def test_it_works_without_pandas():
    code = "import sys; sys.modules['pandas'] = None\n"
    code += "from piiscrub.render import html; html.scan_result([], []); html.table([], 'x')"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_family_has_one_colour():
    assert html.colour("CN_MOBILE") == html.colour("PHONE_NUMBER") == html.colour("CONTACT")
    assert html.colour("MINE").startswith("#")


def test_half_of_an_emoji_stops_no_page(tmp_path):
    """Logs cut texts anywhere; what a notebook shows is sent as UTF-8."""
    text = "a\ud83d 电话13800138000"
    for result in (ps.scan(text), ps.scrub(text)):
        assert "\ufffd" in result._repr_html_().encode().decode()
        result.to_html(tmp_path / "page.html")
    assert "13800138000" not in (tmp_path / "page.html").read_text(encoding="utf-8")
