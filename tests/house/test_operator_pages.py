"""The reference page of the operators is the one they give."""

from __future__ import annotations

import importlib.util

from piiscrub.registry.operators import operators
from tests.house.checkout import ROOT


def tool():
    spec = importlib.util.spec_from_file_location("operator_pages", ROOT / "tools" / "operator_pages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_up_to_date():
    pages = tool()
    assert pages.PAGE.read_text(encoding="utf-8") == pages.page(), "run python tools/operator_pages.py"


def test_every_operator_has_a_chinese_name_and_an_example():
    pages = tool()
    names = [one.name for one in operators()]
    assert sorted(pages.ZH) == sorted(names)
    assert sorted(pages.EXAMPLES) == sorted(names)
    assert all(f"\n## {name}\n" in pages.page() for name in names)
