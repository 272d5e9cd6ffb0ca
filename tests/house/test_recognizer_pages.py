"""The reference pages of the recognizers are those that their files give."""

from __future__ import annotations

import importlib.util

from tests.house.checkout import ROOT


def tool():
    spec = importlib.util.spec_from_file_location("recognizer_pages", ROOT / "tools" / "recognizer_pages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_pages_are_up_to_date():
    assert tool().stale() == [], "run python tools/recognizer_pages.py"


def test_pages_do_not_depend_on_the_run():
    assert tool().pages() == tool().pages()


def test_every_country_and_class_has_a_name():
    pages = tool().pages()
    assert {"index.md", "cn_id_card.md", "us_ssn.md"} <= pages.keys()
    for heading in ("What it finds", "How it decides", "Finds", "Does not find", "Known limits", "References"):
        assert f"\n## {heading} · " in pages["cn_id_card.md"]
